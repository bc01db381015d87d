#!/bin/bash
# In place of bootorder: the first extraction of shard 2 is killed while it runs.
if [ "$1" = extract ] && [ "${SLURM_ARRAY_TASK_ID:-}" = 2 ] && mkdir "$KILLED" 2>/dev/null; then
  "$REAL_BOOTORDER" "$@" &
  until [ -e "$SHARD" ] || ! kill -0 $! 2>/dev/null; do :; done
  kill -KILL $!
  wait $!
  exit 137
fi
exec "$REAL_BOOTORDER" "$@"
