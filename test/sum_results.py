#!/usr/bin/env python3
"""Adds up the JUnit files that the suites left in a folder; prints "N passed, N failed" last.

    sum_results.py FOLDER

A suite without a file ended before its last test and counts as one failure. Exit status 1 if
anything failed.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree

SUITES = ("unit", "lit")


def count(suite: ElementTree.Element) -> tuple[int, int]:
    """The passed and failed test cases of one file; skipped ones are neither."""
    passed = failed = 0
    for case in suite.iter("testcase"):
        outcomes = {child.tag for child in case}
        if outcomes & {"failure", "error"}:
            failed += 1
        elif "skipped" not in outcomes and case.get("status") != "notrun":
            passed += 1
    return passed, failed


def main() -> int:
    total_passed = total_failed = 0
    for name in SUITES:
        path = Path(sys.argv[1]) / f"{name}.xml"
        try:
            passed, failed = count(ElementTree.parse(path).getroot())
        except (OSError, ElementTree.ParseError):
            print(f"{name}: ended without a result")
            passed, failed = 0, 1
        total_passed += passed
        total_failed += failed
    print(f"{total_passed} passed, {total_failed} failed")
    return 1 if total_failed else 0


if __name__ == "__main__":
    sys.exit(main())
