#!/usr/bin/env python3
"""What bootorder knows of a whole kernel, held against the figures recorded for it.

usage: kernel_gate.py [--record] BOOTORDER FACTS

FACTS is a folder that `bootorder extract` wrote. test/data/kernel-figures.json has the figures of a kernel that a
real boot was traced on: recall and tightness against the trace (test/data/boot-traces), the shares of the ledger,
lost units, and findings per rule and class. Figures are compared only if FACTS are of the same version and
configuration; else they are printed. The rules have to fit the tree, whatever it is (`rules lint`). Exit status 1: they
do not, or a figure is worse than recorded. --record writes the figures instead, for a maintainer who has read why they
changed.
"""
import argparse
import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent / "data"
TRACES = DATA / "boot-traces"
FIGURES = DATA / "kernel-figures.json"
sys.path.insert(0, str(TRACES))
import recall  # noqa: E402

# Options that say which compiler was found, not what the kernel is.
TOOLCHAIN = ("CC_", "AS_", "LD_", "GCC_", "CLANG_", "LLD_", "RUSTC_", "TOOLS_", "PAHOLE_", "HAVE_RUST", "RUST_IS_")


def options(names):
    return {name for name in names if not name.startswith(TOOLCHAIN)}


def enabled(config):
    """The options that a .config sets to y or m, without their prefix."""
    lines = (line.strip() for line in config.read_text().splitlines())
    return {line.split("=")[0].removeprefix("CONFIG_") for line in lines if line.endswith(("=y", "=m"))}


def run(command):
    """The standard output; statuses that tell of findings or lost units are answers."""
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"kernel_gate: error: exit status {done.returncode} of {' '.join(command)}")
    return done.stdout


def traced(bootorder, facts, trace, scratch):
    """Recall and tightness of what is reached before the trace ends."""
    reached = Path(scratch) / "reached.tsv"
    reached.write_text(run([bootorder, "dump", "reached", "--facts", facts, "--before", "irqs_on"]))
    with contextlib.redirect_stdout(io.StringIO()) as said:
        found, tight = recall.main(TRACES / f"{trace}.tsv", reached, TRACES / f"{trace}.symbols")
    print(said.getvalue(), end="")
    return {"recall": round(found, 4), "tightness": round(tight, 2)}


def misfits(bootorder, facts):
    """What the rules say that the tree does not bear out."""
    done = subprocess.run([bootorder, "rules", "lint", "--facts", facts], text=True, capture_output=True)
    if done.returncode not in (0, 1, 3):
        sys.exit(f"kernel_gate: error: exit status {done.returncode} of bootorder rules lint\n{done.stderr}")
    print(done.stdout, end="")
    return done.stderr.splitlines() if done.returncode == 1 else []


def share(part, whole):
    return round(100 * part / whole, 1) if whole else 0.0


def checked(bootorder, facts, scratch):
    """Figures of the report; the ledger goes to the standard output."""
    report = Path(scratch) / "report.json"
    text = run([bootorder, "check", "--facts", facts, "--fail-on", "never", "--format", "text", "--format",
                f"json={report}"])
    print(text[text.rfind("\n\n") + 1:].strip())
    found = json.loads(report.read_text())
    ledger, findings = found["ledger"], {}
    for finding in found["findings"]:
        classes = findings.setdefault(finding["rule"], {})
        classes[finding["class"]] = classes.get(finding["class"], 0) + 1
    calls = ledger["indirectCalls"]
    return {
        "branchesDecided": share(ledger["branchesDecided"], ledger["branches"]),
        "valuesKnown": share(ledger["valuesKnown"], ledger["valuesRead"]),
        "callsResolved": share(calls - ledger["unresolvedIndirectCalls"], calls),
        "unitsLost": len(ledger["unitsLost"]),
        "masked": ledger["masked"],
        "latent": ledger["latent"],
        "findings": {rule: dict(sorted(classes.items())) for rule, classes in sorted(findings.items())},
    }


def worse(figures, recorded):
    """What is worse than recorded, in words; shares may drop by a point."""
    complaints = []

    def hold(name, is_worse):
        if is_worse(figures[name], recorded[name]):
            complaints.append(f"{name} is {figures[name]}, recorded is {recorded[name]}")

    hold("recall", lambda now, then: now < then)
    hold("tightness", lambda now, then: now > then * 1.01)
    for name in ("branchesDecided", "valuesKnown", "callsResolved"):
        hold(name, lambda now, then: now < then - 1)
    if figures["unitsLost"]:
        complaints.append(f"{figures['unitsLost']} units are lost")
    for name in ("masked", "latent"):
        hold(name, lambda now, then: now != then)
    for rule in sorted(figures["findings"].keys() | recorded["findings"].keys()):
        now, then = figures["findings"].get(rule, {}), recorded["findings"].get(rule, {})
        if now != then:
            complaints.append(f"findings of {rule} are {now}, recorded are {then}")
    return complaints


def mismatch(tree, known):
    """Why figures cannot be compared; None if they can."""
    if tree["kernel"] != known["kernel"]:
        return f"this is Linux {tree['kernel']}, recorded is {known['kernel']}"
    ours = options(tree["config"])
    theirs = options(enabled(TRACES / f"{known['trace']}.config"))
    if ours != theirs:
        differ = sorted(ours ^ theirs)
        return f"the configuration differs from that of the trace in {', '.join(differ[:8])}"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--record", action="store_true")
    parser.add_argument("bootorder")
    parser.add_argument("facts")
    options_given = parser.parse_args()

    tree = json.loads((Path(options_given.facts) / "tree.json").read_text())
    entries = json.loads(FIGURES.read_text())
    known = next((entry for entry in entries if entry["arch"] == tree["arch"]), None)
    if known is None:
        sys.exit(f"kernel_gate: error: {FIGURES} has no figures for {tree['arch']}")

    complaints = misfits(options_given.bootorder, options_given.facts)
    with tempfile.TemporaryDirectory() as scratch:
        figures = checked(options_given.bootorder, options_given.facts, scratch)
        figures |= traced(options_given.bootorder, options_given.facts, known["trace"], scratch)
    print(json.dumps(figures, sort_keys=True))

    reason = mismatch(tree, known)
    if reason:
        print(f"kernel gate: not compared: {reason}")
    elif options_given.record:
        known["figures"] = figures
        FIGURES.write_text(json.dumps(entries, indent=2, sort_keys=True) + "\n")
        print(f"kernel gate: recorded in {os.path.relpath(FIGURES)}")
    else:
        complaints += worse(figures, known["figures"])
    for complaint in complaints:
        print(f"kernel gate: {complaint}")
    print("kernel gate: " + ("failed" if complaints else "passed"))
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
