#!/usr/bin/env python3
"""Runs rule tests that are one unit through the command line and through the clang-tidy module.

    compare.py BOOTORDER CLANG_TIDY MODULE SCRATCH TEST...

For every tree that a test makes of itself, findings of both are compared by file, line and rule: those of the module
alone, and with a phase map of the tree. Prints a table, and exits with 1 if a row differs or if no row has a finding.
"""

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

COMPDB = Path(__file__).resolve().parents[2] / "compdb.py"
DIAGNOSTIC = re.compile(r"^(.*):(\d+):\d+: (?:warning|error): .*\[bootorder-([a-z0-9-]+)(?:,-warnings-as-errors)?\]$")


def trees(test: Path) -> list[list[str]]:
    """The arguments of each %compdb in the RUN lines of a test."""
    text = test.read_text()
    if "split-file" in text:
        return []
    return [
        shlex.split(match[1].split("&&")[0])
        for match in re.finditer(r"^// RUN:.*%compdb %t(?![\w.])(.*)$", text, re.MULTILINE)
    ]


def of_command_line(bootorder: str, folder: Path) -> set[tuple[str, int, str]]:
    command = [bootorder, "check", "-p", str(folder), "--profile", "strict", "--format", "json"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"exit status {done.returncode}: {' '.join(command)}\n{done.stderr}")
    findings = json.loads(done.stdout)["findings"]
    return {(f["file"], f["line"], f["rule"]) for f in findings if f["class"] == "violation"}


def make_map(bootorder: str, folder: Path) -> None:
    command = [bootorder, "phase-map", "-p", str(folder), "--profile", "strict", "-o", str(folder / "boot.map")]
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)


def of_module(clang_tidy: str, module: str, folder: Path, phase_map: str) -> set[tuple[str, int, str]]:
    options = f"{{bootorder.Profile: strict, bootorder.PhaseMap: '{phase_map}'}}"
    config = f"{{Checks: '-*,bootorder-*', CheckOptions: {options}}}"
    command = [clang_tidy, "-quiet", f"-load={module}", f"-config={config}", "-p", str(folder), "main.c"]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=folder)
    if done.returncode != 0:
        sys.exit(f"exit status {done.returncode}: {' '.join(command)}\n{done.stdout}{done.stderr}")
    matches = filter(None, map(DIAGNOSTIC.match, done.stdout.splitlines()))
    return {(str(Path(folder, m[1]).relative_to(folder)), int(m[2]), m[3]) for m in matches}


def main() -> int:
    bootorder, clang_tidy, module, scratch, *tests = sys.argv[1:]
    folder = Path(scratch)
    folder.mkdir(parents=True, exist_ok=True)
    bad = rows = total = 0
    for test in map(Path, sorted(tests)):
        for flags in trees(test):
            for old in folder.iterdir():
                old.unlink()
            (folder / "main.c").write_text(test.read_text())
            subprocess.run([sys.executable, str(COMPDB), str(folder), *flags], check=True)
            cli = of_command_line(bootorder, folder)
            alone = of_module(clang_tidy, module, folder, "")
            make_map(bootorder, folder)
            mapped = of_module(clang_tidy, module, folder, "boot.map")
            is_same = cli == alone == mapped
            print(
                f"{test.stem:28} {' '.join(flags):32} {len(cli):3} {len(alone):3} {len(mapped):3} "
                f"{'same' if is_same else 'DIFFERENT'}"
            )
            for name, found in (("alone", alone), ("with a map", mapped)):
                for file, line, rule in sorted(cli ^ found):
                    who = "command line" if (file, line, rule) in cli else f"module {name}"
                    print(f"  {who} only: {file}:{line}: {rule}")
            bad += not is_same
            rows += 1
            total += len(cli)
    print(f"{rows} trees, {total} findings, {bad} differ")
    return 1 if bad or not total else 0


if __name__ == "__main__":
    sys.exit(main())
