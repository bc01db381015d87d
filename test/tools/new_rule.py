#!/usr/bin/env python3
"""Adds a rule with its page and its test, for a person to fill in.

usage: new_rule.py ID [--after MILESTONE | --before MILESTONE] [--sink FUNCTION] [--file NAME.yaml]

ID says when and what: early-board-clock, late-board-memory. Writes three things, none of which may be there yet:

  rules/linux/NAME.yaml          the rule, at the end of the file, which is made and included if need be
  docs/checks/ID.md              what, why, wrong and right, guards, limits, fix
  test/lit/rules/ID/ID.c         a case that must warn, one behind a guard, one that is late enough

Every place to fill in says FILL IN; `ctest` fails while one is left (LinuxRules.EveryRule...). Exit status: 0 written, 2 not.
"""
import argparse
import re
import sys
from pathlib import Path

TOP = Path(__file__).resolve().parent.parent.parent

RULE = """
  {id}:
    title: FILL IN what is wrong, in half a sentence
    severity: error
    stage: trial
    since: "{version}"
    why: FILL IN what breaks
    fix: FILL IN how it is usually fixed
    needs: {{{needs}: {milestone}}}
    source: [{{file: FILL IN, function: FILL IN, version: FILL IN, says: FILL IN}}]
    sinks:
      - functions: [{sink}]
"""

PAGE = """# {id}

FILL IN: one sentence.

## What is reported

FILL IN: calls of `{sink}()` {order} the milestone `{milestone}`.

## Why the kernel breaks

FILL IN, with file, function and version of the kernel.

## Wrong

```c
FILL IN
```

## Right

```c
FILL IN
```

## What it understands

- FILL IN: guards in the kernel that are decided.

## Limits

- FILL IN: what is reported and harmless, and what is missed.

## How it is usually fixed

FILL IN. Never by flags that take from the reserves for interrupt handlers.
"""

TEST = """// {id}: FILL IN. It is no finding behind a guard that does not hold, nor {right} enough.

// RUN: rm -rf %t && mkdir -p %t && cp %s %t/main.c && %compdb %t --kernel 6.12.0
// RUN: %findings {id} %t | FileCheck %s --implicit-check-not="[bootorder-"

void {sink}(void);

static int is_ready;

void milestone(void) {{ is_ready = 1; }} // FILL IN: the function that completes '{milestone}'

static void board_{wrong}(void)
{{
	// CHECK: main.c:[[#@LINE+1]]:{{{{[0-9]+}}}}: {{{{.*}}}} [bootorder-{id}]
	{sink}();
	if ({guard})
		{sink}();
}}

static void board_{right}(void)
{{
	{sink}();
}}

void start_kernel(void)
{{
	board_early();
	milestone();
	board_late();
}}
"""


def fail(message):
    print(f"new_rule: error: {message}", file=sys.stderr)
    sys.exit(2)


def add_rule(rules, text):
    """Puts the rule at the end of a file that ends with its rules, or makes the file."""
    if rules.exists():
        old = rules.read_text()
        if not re.search(r"^rules:$", old, re.MULTILINE):
            old += "\nrules:"
        rules.write_text(old.rstrip("\n") + "\n" + text)
        return
    rules.write_text("# FILL IN what these rules are about.\nbootorder: 1\n\nrules:" + text)
    top = rules.parent / "linux.yaml"
    top.write_text(top.read_text().rstrip("\n") + f"\n  - {rules.name}\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("id")
    order = parser.add_mutually_exclusive_group()
    order.add_argument("--after")
    order.add_argument("--before")
    parser.add_argument("--sink", default="board_call")
    parser.add_argument("--file", default="other.yaml")
    given = parser.parse_args()
    if not re.fullmatch(r"(early|late)(-[a-z0-9]+)+", given.id):
        fail(f"'{given.id}' does not say when and what; write early-... or late-..., in lower case")

    page = TOP / "docs" / "checks" / f"{given.id}.md"
    test = TOP / "test" / "lit" / "rules" / given.id / f"{given.id}.c"
    rules = TOP / "rules" / "linux" / given.file
    known = [file for file in rules.parent.glob("*.yaml") if re.search(rf"^  {given.id}:$", file.read_text(), re.MULTILINE)]
    for there in [*known, *(path for path in (page, test) if path.exists())]:
        fail(f"'{given.id}' is there: {there.relative_to(TOP)}")

    version = re.search(r"VERSION (\d+\.\d+\.\d+)", (TOP / "CMakeLists.txt").read_text())
    is_late = given.before is not None
    slots = {
        "id": given.id,
        "version": version.group(1),
        "needs": "before" if is_late else "after",
        "milestone": given.before or given.after or "irqs_on",
        "order": "after" if is_late else "before",
        "sink": given.sink,
        "guard": "!is_ready" if is_late else "is_ready",
        "wrong": "late" if is_late else "early",
        "right": "early" if is_late else "late",
    }
    add_rule(rules, RULE.format(**slots))
    page.write_text(PAGE.format(**slots))
    test.parent.mkdir(parents=True, exist_ok=True)
    test.write_text(TEST.format(**slots))
    for path in (rules, page, test):
        print(path.relative_to(TOP))
    return 0


if __name__ == "__main__":
    sys.exit(main())
