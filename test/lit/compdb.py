#!/usr/bin/env python3
"""Turns a folder of C and assembly files into a small kernel tree that bootorder can read.

    compdb.py FOLDER [--kernel 2.6.30] [FLAG...]

Writes FOLDER/compile_commands.json with one command per .c file, sorted by path, and, unless the
folder has them, a Makefile that states the kernel version and the Kconfig by which bootorder tells
the top of a kernel tree. Flags are added to every command. Headers
come from the folder itself, from its include/, then from Inputs/kernel.
"""

import argparse
import json
from pathlib import Path

KERNEL_HEADERS = Path(__file__).resolve().parent / "Inputs" / "kernel" / "include"


def compile_command(source: str, flags: list[str]) -> list[str]:
    return [
        "clang-19", "--target=x86_64-linux-gnu", "-nostdinc", "-ffreestanding", "-std=gnu11",
        "-D__KERNEL__", "-I.", "-Iinclude", f"-I{KERNEL_HEADERS}", *flags,
        "-c", "-o", str(Path(source).with_suffix(".o")), source,
    ]  # fmt: skip


def write_version(folder: Path, kernel: str) -> None:
    names = ("VERSION", "PATCHLEVEL", "SUBLEVEL")
    lines = [f"{name} = {number}\n" for name, number in zip(names, kernel.split("."))]
    (folder / "Makefile").write_text("".join(lines))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--kernel", default="2.6.30")
    arguments, flags = parser.parse_known_args()

    folder = arguments.folder.resolve()
    sources = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.c"))
    commands = [
        {"directory": str(folder), "file": source, "arguments": compile_command(source, flags)}
        for source in sources
    ]
    (folder / "compile_commands.json").write_text(json.dumps(commands, indent=1) + "\n")
    if not (folder / "Makefile").exists():
        write_version(folder, arguments.kernel)
    (folder / "Kconfig").touch()


if __name__ == "__main__":
    main()
