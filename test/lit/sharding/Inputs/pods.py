"""Runs what the pods of the Kubernetes recipe run, one after the other, on this machine.

    pods.py RECIPE BOOTORDER FOLDER

FOLDER stands for the volume, which is /kernel in the recipe. Prints the check's exit status last.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

recipe, bootorder, folder = Path(sys.argv[1]).read_text(), Path(sys.argv[2]), sys.argv[3]
extract, check = recipe.split("\n---\n")


def script(job):
    """The block behind `args:`, without its indentation."""
    lines = re.search(r"args:\n +- \|\n((?: {14}.*\n)+)", job).group(1)
    return re.sub("^ {14}", "", lines, flags=re.MULTILINE).replace("/kernel", folder)


def run(job, **environment):
    path = f"{bootorder.parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(["sh", "-c", script(job)], env={**os.environ, "PATH": path, **environment}).returncode


shards = re.search(r'name: SHARDS, value: "(\d+)"', extract).group(1)
assert re.search(r"completions: (\d+)", extract).group(1) == shards, "as many shards as completions"
for index in range(int(shards)):
    status = run(extract, SHARDS=shards, JOB_COMPLETION_INDEX=str(index))
    assert status == 0, f"pod {index} ended with {status}"
sys.stdout.flush()
print("check:", run(check))
