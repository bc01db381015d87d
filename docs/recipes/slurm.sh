#!/bin/bash
# Extracts a captured kernel on a Slurm cluster, a shard per array task, then merges and checks:
#
#   slurm.sh CAPTURED RESULT SHARDS [CHECK-OPTION...]
#
# CAPTURED, the kernel tree and RESULT have the same paths on all nodes. A task that is killed is queued
# again by Slurm, three times at most. Shards that are in RESULT already are not extracted again, so the
# same command goes on after a failure. Findings: RESULT/check.txt; its job has the exit status of 'check'.
#SBATCH --job-name=boot-order
#SBATCH --cpus-per-task=4
#SBATCH --mem=4G
#SBATCH --time=1:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
set -u
bootorder=${BOOTORDER:-bootorder}
captured=$1 result=$2 shards=$3

submit() {
  local missing=() shard array
  for ((shard = 1; shard <= shards; ++shard)); do
    [ -e "$result/shard-$shard/tree.json" ] || missing+=("$shard")
  done
  mkdir -p "$result/log" || exit
  # sbatch reads the options at the top of this file.
  if [ "${#missing[@]}" -gt 0 ]; then
    array=$(sbatch --parsable --array="$(IFS=,; echo "${missing[*]}")" \
      --output="$result/log/shard-%a.txt" "$@") || exit
    echo "shards ${missing[*]}: job $array"
    set -- --dependency="afterok:$array" "$@"
  fi
  echo "merge and check: job $(sbatch --parsable --output="$result/log/merge.txt" "$@")"
}

extract() {
  local shard=$SLURM_ARRAY_TASK_ID status=0
  "$bootorder" extract -p "$captured" -o "$result/shard-$shard" --shard "$shard/$shards" \
    --cache "$result/cache" -j "${SLURM_CPUS_PER_TASK:-1}" || status=$?
  case $status in
    0 | 3) exit 0 ;;     # lost units are counted by merge and check
    1 | 2) exit $status ;; # another try would say the same
  esac
  [ "${SLURM_RESTART_COUNT:-0}" -lt 3 ] || exit $status
  echo "shard $shard ended with status $status; it is queued again"
  scontrol requeue "${SLURM_ARRAY_JOB_ID}_$shard"
  sleep 60 # until Slurm ends this try
}

merge() {
  local status=0
  "$bootorder" merge "$result"/shard-* -o "$result/facts" || status=$?
  [ $status -eq 0 ] || [ $status -eq 3 ] || exit $status # 3: units were lost
  "$bootorder" check --facts "$result/facts" "${@:4}" > "$result/check.txt"
}

if [ -z "${SLURM_JOB_ID:-}" ]; then
  submit "$0" "$@"
elif [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
  extract
else
  merge "$@"
fi
