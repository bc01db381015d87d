# Runs the recipe in a cluster until its last job has ended: run-recipe.sh RECIPE CAPTURED RESULT SHARDS [OPTION...]
set -u
"$@" | tee "$3.submitted"
job=$(sed -n 's/^merge and check: job //p' "$3.submitted")
for ((try = 0; try < 900; ++try)); do
  state=$(squeue -h -t all -j "$job" -o %T 2>/dev/null)
  case $state in
    COMPLETED | FAILED) break ;;
  esac
  sleep 0.2
done
scontrol show job "$job" | grep -o 'JobState=[A-Z]*\|ExitCode=[0-9:]*'
cat "$3"/log/shard-*.txt "$3"/log/merge.txt
