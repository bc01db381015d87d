#!/usr/bin/env python3
"""Cost of extraction against `clang -fsyntax-only` on the same units, in the same run.

usage: syntax_ratio.py [-n UNITS] [--seed N] [--all] [-j JOBS] [--clang CLANG] BOOTORDER DATABASE_DIR

Takes UNITS (default 100) random C units of vmlinux of DATABASE_DIR/compile_commands.json, runs clang once per unit and
`bootorder extract` once over all of them, and prints user plus system CPU time of both and their ratio. Every
figure is of this run: quote ratios, not seconds. Both keep as many processors busy, so that both suffer alike from
sharing caches and memory. Clang gets the commands that bootorder itself parses with, as
`bootorder dump commands` prints them: without the flags of GCC that it does not know.

With --all, all C units are extracted, as a user would; clang still runs on the random ones, and its time is
scaled to all. That takes the cost of common headers for what it is in a whole tree.
"""
import argparse
import concurrent.futures
import json
import os
import random
import resource
import subprocess
import sys
import tempfile


def cpu_seconds(work):
    """User plus system time of what work starts and waits for; what it returns."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, done


def run(command, directory=None):
    return subprocess.run(command, cwd=directory, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)


def syntax_command(clang, entry):
    *options, compiles, source, _, _ = entry["arguments"][1:]
    assert compiles == "-c"
    return [clang, "-fsyntax-only", *options, "-w", "-Qunused-arguments", "-ferror-limit=0", source]


def commands_of(bootorder, database):
    """What bootorder parses C units of vmlinux with, and the same units' entries of the compile database."""
    dumped = subprocess.run([bootorder, "dump", "commands", "-p", database], check=True, stdout=subprocess.PIPE)
    effective = {e["output"]: e for e in json.loads(dumped.stdout) if e["file"].endswith(".c")}
    with open(os.path.join(database, "compile_commands.json")) as file:
        captured = [e for e in json.load(file) if e.get("output") in effective]
    return effective, captured


def extract_command(bootorder, jobs, entries, folder):
    with open(os.path.join(folder, "compile_commands.json"), "w") as database:
        json.dump(entries, database)
    return [bootorder, "extract", "--no-cache", "-j", str(jobs), "-p", folder, "-o", os.path.join(folder, "facts")]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("-n", type=int, default=100, metavar="UNITS")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("-j", type=int, default=os.cpu_count(), dest="jobs", metavar="JOBS")
    parser.add_argument("--clang", default="clang-19")
    parser.add_argument("bootorder")
    parser.add_argument("database")
    options = parser.parse_args()
    effective, entries = commands_of(options.bootorder, options.database)
    sample = random.Random(options.seed).sample(entries, min(options.n, len(entries)))
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        plain, parses = cpu_seconds(lambda: list(pool.map(
            lambda entry: run(syntax_command(options.clang, effective[entry["output"]]), entry["directory"]), sample)))
    failed = sum(parse.returncode != 0 for parse in parses)
    extracted = entries if options.all else sample
    plain *= len(extracted) / len(sample)
    with tempfile.TemporaryDirectory() as folder:
        ours, done = cpu_seconds(lambda: run(extract_command(options.bootorder, options.jobs, extracted, folder)))
        print(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "", file=sys.stderr)
    print(f"units {len(extracted)}, {len(sample)} by clang  clang -fsyntax-only {plain:.1f} s CPU ({failed} with errors)  "
          f"bootorder extract {ours:.1f} s CPU  ratio {ours / plain:.3f}")
    return done.returncode not in (0, 3)


if __name__ == "__main__":
    sys.exit(main())
