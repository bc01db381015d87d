# A Slurm cluster of one node with eight CPUs, on the loopback: cluster.sh COMMAND... runs a command with it.
set -u
PATH=$PATH:/usr/sbin:/sbin
dir=$(mktemp -d /tmp/bootorder-slurm.XXXXXX)
pids=()
finish() {
  local status=$?
  for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null; done
  wait
  [ $status -eq 0 ] || tail -n 40 "$dir"/*.log >&2
  rm -rf "$dir"
}
trap finish EXIT

free_ports() {
  python3 -c 'import socket
s = [socket.socket() for _ in range(2)]
for x in s: x.bind(("127.0.0.1", 0))
print(*(x.getsockname()[1] for x in s))'
}
read -r controller node < <(free_ports)

mkdir "$dir/state" "$dir/spool"
head -c 1024 /dev/urandom > "$dir/munge.key" && chmod 400 "$dir/munge.key"
munged --foreground --force --socket="$dir/munge" --key-file="$dir/munge.key" --pid-file="$dir/munged.pid" \
  --log-file="$dir/munged.log" --seed-file="$dir/seed" > "$dir/munged.out.log" 2>&1 &
pids+=($!)

export SLURM_CONF=$dir/slurm.conf
cat > "$SLURM_CONF" <<CONF
ClusterName=bootorder
SlurmctldHost=localhost(127.0.0.1)
SlurmctldPort=$controller
SlurmdPort=$node
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthInfo=socket=$dir/munge,cred_expire=5
StateSaveLocation=$dir/state
SlurmdSpoolDir=$dir/spool
SlurmctldPidFile=$dir/slurmctld.pid
SlurmdPidFile=$dir/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
MpiDefault=none
ReturnToService=2
SchedulerParameters=sched_interval=1,batch_sched_delay=0
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
NodeName=localhost NodeAddr=127.0.0.1 CPUs=8 RealMemory=16000
PartitionName=all Nodes=ALL Default=YES State=UP
CONF
until [ -S "$dir/munge" ]; do kill -0 "${pids[0]}" || exit; sleep 0.1; done
slurmctld -D > "$dir/slurmctld.log" 2>&1 &
pids+=($!)
slurmd -D -N localhost > "$dir/slurmd.log" 2>&1 &
pids+=($!)
for ((try = 0; try < 300; ++try)); do
  [ "$(sinfo -h -o %T 2>/dev/null)" != idle ] || break
  sleep 0.1
done
"$@"
