#!/usr/bin/env python3
"""What each part of the analysis is worth: the table of docs/analysis.md, for a traced kernel.

usage: ablation.py [--only NAME,...] BOOTORDER FACTS TRACE

FACTS is a folder that `bootorder extract` wrote, TRACE a prefix in test/data/boot-traces (6.12-x86_64) of a trace of that
kernel and configuration. Runs `dump reached` and `check` once with everything and once without each part
(`--without=NAME`), and prints rows of a Markdown table: recall, functions reached before interrupts are on, tightness,
findings, masked and held-back uses, and the CPU time of `dump reached`.
"""
import argparse
import contextlib
import io
import json
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

TRACES = Path(__file__).resolve().parent.parent / "data" / "boot-traces"
sys.path.insert(0, str(TRACES))
import recall  # noqa: E402

PARTS = ["initial-memory", "certain-writes", "guards", "contexts", "tests", "heap", "results", "liveness", "narrowing",
         "masks", "effects", "crash-paths", "boundaries", "waiting"]


def measure(options, without, scratch):
    """One row of the table."""
    part = [f"--without={without}"] if without else []
    reached, report = Path(scratch) / "reached.tsv", Path(scratch) / "report.json"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with reached.open("w") as out:
        subprocess.run([options.bootorder, "dump", "reached", "--facts", options.facts, "--before", "irqs_on", *part],
                       stdout=out, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([options.bootorder, "check", "--facts", options.facts, "--fail-on", "never", "--format",
                    f"json={report}", *part], check=True)
    with contextlib.redirect_stdout(io.StringIO()):
        found, tight = recall.main(TRACES / f"{options.trace}.tsv", reached, TRACES / f"{options.trace}.symbols")
    result = json.loads(report.read_text())
    cells = [without or "(everything in place)", f"{found:.4f}", f"{len(reached.read_text().splitlines()):,}",
             f"{tight:.2f}", len(result["findings"]), result["ledger"]["masked"], f"{result['ledger']['heldBack']:,}",
             f"{after.ru_utime - before.ru_utime:.0f} s"]
    return "| " + " | ".join(map(str, cells)) + " |"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", type=lambda text: text.split(","), default=["", *PARTS], metavar="NAME,...")
    parser.add_argument("bootorder")
    parser.add_argument("facts")
    parser.add_argument("trace")
    options = parser.parse_args()
    print("| Without | Recall | Reached | Tightness | Findings | Masked | Held back | CPU |")
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as scratch:
        for without in options.only:
            print(measure(options, without, scratch), flush=True)


if __name__ == "__main__":
    sys.exit(main())
