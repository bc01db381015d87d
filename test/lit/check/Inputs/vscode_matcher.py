"""Prints what the task for VS Code makes of the lines of `bootorder check --watch`.

    vscode_matcher.py TASKS LINES
"""

import json
import re
import sys
from pathlib import Path

matcher = json.loads(Path(sys.argv[1]).read_text())["tasks"][0]["problemMatcher"]
pattern, rounds = matcher["pattern"], matcher["background"]
for name in ("beginsPattern", "endsPattern"):
    if re.compile(rounds[name]).groups:
        sys.exit(f"{name} has a group: VS Code takes it for the only file whose problems the round replaces")
seen = []
for line in Path(sys.argv[2]).read_text().splitlines():
    if re.search(rounds["beginsPattern"], line):
        seen.append("changed")
    if re.search(rounds["endsPattern"], line):
        seen.append("ready")
    if found := re.search(pattern["regexp"], line):
        seen.append(" ".join(found[pattern[part]] for part in ("file", "line", "column", "severity", "code")))
print("; ".join(seen))
