#!/usr/bin/env python3
"""Does to the cache what must not change an answer, and compares every answer.

    cache_torture.py BOOTORDER -p CAPTURE --cache DIR [--corruptions N] [--kills N] [--pairs N]
                     [--unwritable] [--full-disk DIR] [--seed N] [-j N]

The right answer is `check --format json` without a cache. Then, on one cache in DIR, which must be
empty or not there:

  --corruptions N   N times: one file is flipped, cut, emptied, lengthened, replaced by another or
                    removed; then a run
  --kills N         N times: a run on a cache without a random part of its files is killed at a
                    random moment (SIGKILL); then a run to the end
  --pairs N         N times: two runs at once on an empty cache
  --unwritable      a run on a folder that cannot be made, because a file stands in its place
  --full-disk DIR   a run with its cache in DIR, a small file system: as root,
                        mount -t tmpfs -o size=1m tmpfs DIR

Works on any capture: the miniature kernel takes seconds, a hundred units of a real one minutes.
Prints one line per kind; exit status 1 if an answer was wrong or a run crashed.
"""

import argparse
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path


class Torture:
    def __init__(self, options: argparse.Namespace):
        self.options = options
        self.random = random.Random(options.seed)
        self.cache = options.cache
        self.right, self.status, seconds = self.run_plain()
        self.seconds = seconds
        self.failed = False

    def command(self, *arguments: str) -> list[str]:
        jobs = ["-j", str(self.options.jobs)] if self.options.jobs else []
        return [self.options.bootorder, "check", "-p", self.options.capture, "--format", "json",
                *jobs, *arguments]  # fmt: skip

    def run_plain(self) -> tuple[bytes, int, float]:
        start = time.monotonic()
        done = subprocess.run(self.command("--no-cache"), capture_output=True)
        if done.returncode not in (0, 1, 3):
            sys.exit(f"cache_torture: {done.stderr.decode()}")
        return done.stdout, done.returncode, time.monotonic() - start

    def start(self, cache: Path) -> subprocess.Popen:
        # An answer that is kept would hide what became of facts.
        anew = ["--recompute"] if self.random.random() < 0.5 else []
        command = self.command("--cache", str(cache), *anew)
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def judge(self, run: subprocess.Popen, tally: list[int]) -> str:
        """Counts a wrong answer or a crash; what the run said."""
        output, said = run.communicate()
        if run.returncode != self.status:
            tally[1] += 1
            print(f"status {run.returncode}: {said.decode()}", file=sys.stderr)
        elif output != self.right:
            tally[0] += 1
            lines = zip(self.right.splitlines(), output.splitlines())
            right, wrong = next((pair for pair in lines if pair[0] != pair[1]), ("", "shorter"))
            print(f"right: {right}\nwrong: {wrong}", file=sys.stderr)
        return said.decode()

    def report(self, title: str, tally: list[int]) -> None:
        print(f"{title}: {tally[0]} wrong answers, {tally[1]} crashes", flush=True)
        self.failed |= tally != [0, 0]

    def files(self) -> list[Path]:
        return sorted(path for path in self.cache.rglob("*") if path.is_file())

    def corrupt(self, file: Path) -> None:
        data = bytearray(file.read_bytes())
        kind = self.random.randrange(6)
        at = self.random.randrange(len(data)) if data else 0
        if kind == 0 and data:
            data[at] ^= 1 << self.random.randrange(8)
        elif kind == 1:
            del data[at:]
        elif kind == 2:
            data.clear()
        elif kind == 3:
            data += self.random.randbytes(1 + at % 100)
        elif kind == 4:
            data = bytearray(self.random.choice(self.files()).read_bytes())
        else:
            file.unlink()
            return
        file.write_bytes(data)

    def corruptions(self, count: int) -> None:
        tally = [0, 0]
        self.judge(self.start(self.cache), tally)
        warned = 0
        for _ in range(count):
            self.corrupt(self.random.choice(self.files()))
            warned += "warning" in self.judge(self.start(self.cache), tally)
        self.report(f"{count} corruptions", tally)
        print(f"  {warned} of them were met and warned of")

    def kills(self, count: int) -> None:
        tally = [0, 0]
        for _ in range(count):
            for file in self.files():
                if self.random.random() < 0.5:
                    file.unlink()
            run = self.start(self.cache)
            time.sleep(self.random.random() * self.seconds)
            run.send_signal(signal.SIGKILL)
            run.communicate()
            self.judge(self.start(self.cache), tally)
        self.report(f"{count} kills", tally)

    def pairs(self, count: int) -> None:
        tally = [0, 0]
        for _ in range(count):
            shutil.rmtree(self.cache, ignore_errors=True)
            both = [self.start(self.cache), self.start(self.cache)]
            for run in both:
                self.judge(run, tally)
            self.judge(self.start(self.cache), tally)
        self.report(f"{count} pairs of runs at once", tally)

    def elsewhere(self, title: str, cache: Path) -> None:
        tally = [0, 0]
        said = self.judge(self.start(cache), tally)
        self.report(title, tally)
        print(said, end="")


def parse_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("bootorder")
    parser.add_argument("-p", dest="capture", required=True)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--corruptions", type=int, default=0)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--pairs", type=int, default=0)
    parser.add_argument("--unwritable", action="store_true")
    parser.add_argument("--full-disk", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("-j", dest="jobs", type=int)
    return parser.parse_args()


def main() -> int:
    options = parse_options()
    if options.cache.exists() and any(options.cache.iterdir()):
        sys.exit(f"cache_torture: '{options.cache}' is not empty; name a folder to be spoilt")
    torture = Torture(options)
    if options.corruptions:
        torture.corruptions(options.corruptions)
    if options.kills:
        torture.kills(options.kills)
    if options.pairs:
        torture.pairs(options.pairs)
    if options.unwritable:
        shutil.rmtree(options.cache, ignore_errors=True)
        options.cache.write_text("no folder\n")
        torture.elsewhere("unwritable", options.cache / "below")
        options.cache.unlink()
    if options.full_disk:
        torture.elsewhere("full disk", options.full_disk / "cache")
    return 1 if torture.failed else 0


if __name__ == "__main__":
    sys.exit(main())
