#!/usr/bin/env python3
"""Runs a command and succeeds if it ends with the status named first: exit codes are a contract.

    expect_status.py STATUS COMMAND...
"""

import subprocess
import sys

expected = int(sys.argv[1])
actual = subprocess.run(sys.argv[2:]).returncode
if actual != expected:
    sys.exit(f"expected exit status {expected}, got {actual}")
