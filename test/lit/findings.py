#!/usr/bin/env python3
"""Prints the findings of one shipped rule in a small kernel tree, and no other.

    findings.py BOOTORDER RULE FOLDER [OPTION...]

A tree that has only what a test is about lacks milestones of other rules, so any answer counts: exit status 0, 1 or 3.
"""

import subprocess
import sys

bootorder, rule, folder, *options = sys.argv[1:]
command = [bootorder, "check", "-p", folder, "--profile", "strict", *options]
done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
if done.returncode not in (0, 1, 3):
    sys.exit(f"exit status {done.returncode}: {' '.join(command)}")
for finding in done.stdout.split("\n\n"):
    if f"[bootorder-{rule}]" in finding:
        print(finding + "\n")
