#!/usr/bin/env python3
"""Runs the fuzz targets of a build, one after the other.

    fuzz.py BUILD [TARGET...] [--runs N] [--seconds N] [--max-length N] [--seed N]

BUILD is a build folder of the preset `fuzz`, or `asan`, with the target bootorder_fuzz built; without
TARGET all are run. Seeds are those of test/fuzz/seeds, the shipped rules, and what bootorder_fuzz_seeds makes.
What a run finds to be new stays in BUILD/fuzz/corpus/TARGET, and the next run begins there.

--runs 0 tries the seeds and the corpus once and invents nothing: that is what CI does.

One line per target; an input that breaks one is kept in BUILD/fuzz/broken/, and the exit status is 1.
"""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "test" / "fuzz" / "seeds"
# Targets whose seeds are also files that we ship.
SHIPPED = {
    "rules": [*ROOT.glob("rules/linux/*.yaml"), *ROOT.glob("rules/u-boot/*.yaml"), ROOT / "test/data/all-keys.yaml"],
    "tables": [ROOT / "rules/flags/flags.yaml", ROOT / "rules/kbuild/kbuild.yaml"],
}
PREFIX = "bootorder-fuzz-"


def seeds_of(target: str, made: Path) -> list[Path]:
    files = [*SEEDS.glob(f"{target}/*"), *made.glob(f"{target}/*"), *SHIPPED.get(target, [])]
    return sorted(file for file in files if file.suffix not in (".c", ".h") or target == "source")


def write_words(files: list[Path], dictionary: Path) -> None:
    """The words of the seeds: a grammar is found sooner if its words are known."""
    words: set[str] = set()
    for file in files:
        words |= set(re.findall(r"[A-Za-z_][\w./-]{2,30}", file.read_bytes().decode("latin-1"), re.ASCII))
    dictionary.write_text("".join(f'"{word}"\n' for word in sorted(words)[:1500]))


def number_after(label: str, text: str) -> int:
    found = re.findall(rf"{re.escape(label)}\s*(\d+)", text)
    return int(found[-1]) if found else 0


def run_target(program: Path, folder: Path, options: argparse.Namespace) -> bool:
    name = program.name.removeprefix(PREFIX)
    corpus, broken = folder / "corpus" / name, folder / "broken"
    corpus.mkdir(parents=True, exist_ok=True)
    broken.mkdir(exist_ok=True)
    seeds = seeds_of(name, folder / "made")
    for number, seed in enumerate(seeds):
        shutil.copyfile(seed, corpus / f"seed-{number:03}-{seed.name}")
    dictionary = folder / f"{name}.dict"
    write_words(seeds, dictionary)
    log = folder / f"{name}.log"
    command = [program, f"-runs={options.runs}", f"-max_total_time={options.seconds}", f"-seed={options.seed}",
               f"-dict={dictionary}", f"-artifact_prefix={broken}/{name}-", "-timeout=20", "-rss_limit_mb=2048",
               "-malloc_limit_mb=1024", "-print_final_stats=1", corpus]  # fmt: skip
    if options.runs:
        command.insert(1, f"-max_len={options.max_length}")
    with log.open("wb") as output:
        status = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL).returncode
    text = log.read_text(errors="replace")
    print(f"{name}: {number_after('stat::number_of_executed_units:', text)} executions, "
          f"{number_after('stat::average_exec_per_sec:', text)} per second, "
          f"{number_after('cov:', text)} edges, "
          f"{number_after('stat::peak_rss_mb:', text)} MiB, "
          f"{'no crash' if status == 0 else f'BROKEN, see {log}'}", flush=True)  # fmt: skip
    return status == 0


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=Path)
    parser.add_argument("targets", nargs="*")
    parser.add_argument("--runs", type=int, default=1000000)
    parser.add_argument("--seconds", type=int, default=0)
    parser.add_argument("--max-length", type=int, default=4096)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    programs = sorted(options.build.glob(f"bin/{PREFIX}*"))
    if options.targets:
        programs = [options.build / "bin" / (PREFIX + name) for name in options.targets]
    missing = [str(program) for program in programs if not program.exists()]
    if missing or not programs:
        sys.exit(f"fuzz: no {missing or 'target'} in '{options.build}'; build bootorder_fuzz there")
    folder = options.build / "fuzz"
    folder.mkdir(exist_ok=True)
    subprocess.run([options.build / "bin" / "bootorder_fuzz_seeds", SEEDS, folder / "made"], check=True)
    results = [run_target(program, folder, options) for program in programs]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
