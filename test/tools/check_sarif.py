#!/usr/bin/env python3
"""Validates SARIF files with the SARIF Multitool, its GitHub rules included.

    check_sarif.py MULTITOOL FILE...

Prints what it says, by kind. Exit status 1 if there is an error, or a warning or note that is not justified
below; 2 if the Multitool could not be run.
"""

import collections
import json
import subprocess
import sys
import tempfile
from pathlib import Path

# What is said of every report, and why it stays so.
JUSTIFIED = {
    "SARIF2002": "GitHub shows message.text alone: a message by id would be empty there",
    "SARIF2003": "the analysed tree need not be a repository; GitHub knows the commit it uploads for",
    "SARIF2005": "the project has no page of its own that informationUri could name",
    "SARIF2006": "the address of the schema is OASIS's; tests must not depend on the network",
    "SARIF2009": "rule ids say what they mean, and baselines and comments rely on them",
    "SARIF2012": "the help is in the report itself; there is no page that helpUri could name",
}
QUIET = {"SARIF2005": "warning"}  # all others are notes


def find_program(multitool: str) -> str:
    """The program behind npm's launcher, which hands arguments to a shell."""
    folder = Path(multitool).absolute().parents[1] / "@microsoft"
    return str(next(folder.glob("sarif-multitool-*/Sarif.Multitool")))


def validate(program: str, files: list[str]) -> list[tuple[str, str, str]]:
    """Level, rule and text of everything the Multitool says."""
    with tempfile.TemporaryDirectory() as scratch:
        output = Path(scratch) / "said.sarif"
        subprocess.run(
            [program, "validate", *files, "--rule-kind", "Sarif;Ghas", "--output", str(output),
             "--level", "Error;Warning;Note", "--kind", "Fail", "--log", "ForceOverwrite"],
            stdout=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        run = json.loads(output.read_text(encoding="utf-8-sig"))["runs"][0]
    rules = {rule["id"]: rule for rule in run["tool"]["driver"].get("rules", [])}
    said = []
    for result in run.get("results", []):
        message = result["message"]
        form = rules[result["ruleId"]]["messageStrings"][message["id"]]["text"]
        text = form.format(*message.get("arguments", []))
        said.append((result.get("level", "warning"), result["ruleId"], text))
    for invocation in run.get("invocations", []):
        for notification in invocation.get("toolExecutionNotifications", []):
            if notification.get("level") == "error":
                said.append(("error", "Multitool", notification["message"]["text"]))
    return said


def main() -> int:
    try:
        said = validate(find_program(sys.argv[1]), sys.argv[2:])
    except (OSError, ValueError, StopIteration, KeyError) as error:
        print(f"check_sarif.py: error: the Multitool gave no answer: {error!r}", file=sys.stderr)
        return 2
    bad = [
        entry for entry in said
        if entry[1] not in JUSTIFIED or entry[0] != QUIET.get(entry[1], "note")
    ]  # fmt: skip
    for level, rule, text in bad:
        print(f"{level} {rule}: {text}")
    for (level, rule), count in sorted(collections.Counter(entry[:2] for entry in said).items()):
        if rule in JUSTIFIED:
            print(f"justified: {count} {level} {rule}: {JUSTIFIED[rule]}")
    print(f"{len(bad)} not justified")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
