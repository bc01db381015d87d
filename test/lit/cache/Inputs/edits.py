"""Edits a tree step by step; after each, compares a run with the cache to one without.

    edits.py FOLDER BOOTORDER

The tree is FOLDER/tree; the cache is FOLDER/cache.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER, BOOTORDER = Path(sys.argv[1]), sys.argv[2]
RULES = Path(__file__).parents[2] / "check" / "Inputs" / "rules.yaml"
TREE = FOLDER / "tree"


def run(command: list[str], tree: Path) -> subprocess.CompletedProcess:
    everything = [*command, "-p", str(tree), "--rules", str(RULES)]
    return subprocess.run([BOOTORDER, *everything], capture_output=True, text=True)


def compare(title: str, tree: Path = TREE) -> None:
    cache = ["--cache", str(FOLDER / "cache")]
    warm = run(["check", *cache, "--why-parsed"], tree)
    print(f"{title}: {warm.stderr}", end="")
    if warm.stdout != run(["check", "--no-cache"], tree).stdout or not warm.stdout:
        print(f"{title}: THE REPORT DIFFERS FROM A RUN WITHOUT THE CACHE")
    graph = run(["dump", "callgraph", *cache], tree).stdout
    if graph != run(["dump", "callgraph", "--no-cache"], tree).stdout:
        print(f"{title}: THE CALL GRAPH DIFFERS FROM A RUN WITHOUT THE CACHE")


def edit(file: str, old: str, new: str) -> None:
    path = TREE / file
    path.write_text(path.read_text().replace(old, new))


compare("cold")
compare("warm")
edit("b.c", "take(4", "take(5")
compare("one source")
edit("include/flags.h", "| 1", "| 2")
compare("a header of two")
# The header functions read the same; what they mean does not.
edit("include/types.h", "0x10", "0x20")
compare("a header of all")
shadow = TREE / "flags.h"
shadow.write_text((TREE / "include/flags.h").read_text().replace("WAIT;", "0;"))
compare("a shadow")
shadow.unlink()
compare("no shadow")
(TREE / "include/gone.h").unlink()
compare("a header gone")
other = FOLDER / "elsewhere" / "checkout"
shutil.copytree(TREE, other)
database = other / "compile_commands.json"
database.write_text(database.read_text().replace(str(TREE), str(other)))
compare("another checkout", other)
times = (TREE / "c.c").stat()
edit("c.c", "take(8", "take(9")
os.utime(TREE / "c.c", ns=(times.st_atime_ns, times.st_mtime_ns))
compare("same time and size")
database = TREE / "compile_commands.json"
database.write_text(database.read_text().replace('"-D__KERNEL__"', '"-D__KERNEL__", "-DX"'))
compare("a flag")
