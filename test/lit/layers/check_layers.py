#!/usr/bin/env python3
"""Checks every #include of checkers/ and tool/ against the include table.

    check_layers.py ROOT

Prints one line per violation, sorted, and exits with 1 if there is any. The table is the one of
docs/architecture.md: change both together.
"""

import re
import sys
from pathlib import Path

# Folder of checkers/ -> the folders of checkers/ it may include, besides itself.
MAY_INCLUDE = {
    "support": set(),
    "model": {"support"},
    "rules": {"model", "support"},
    "extract": {"model", "support"},
    "store": {"model", "support"},
    "link": {"rules", "model", "support"},
    "solve": {"link", "rules", "model", "support"},
    "tidy": {"extract", "store", "link", "solve", "rules", "model", "support"},
}

# Folders, from the root, whose files may include a header of Clang.
MAY_INCLUDE_CLANG = ("checkers/extract/", "checkers/tidy/", "tool/driver/")

# Only the located reader may include yaml-cpp, only the command line CLI11, only the store FlatBuffers.
LIBRARY_OWNERS = {
    "yaml-cpp/": ("checkers/support/",),
    "CLI/": ("tool/",),
    "flatbuffers/": ("checkers/store/",),
    "clang/": MAY_INCLUDE_CLANG,
    "clang-tidy/": ("checkers/tidy/",),
}

INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def violation(source: str, header: str) -> str | None:
    """Why \\p source, a path from the root, may not include \\p header; None if it may."""
    for prefix, owners in LIBRARY_OWNERS.items():
        if header.startswith(prefix) and not source.startswith(owners):
            return f"only {', '.join(owners)} may include '{prefix}'"
    if source.startswith("tool/"):
        return None
    if header.startswith("tool/"):
        return "checkers/ may not include tool/"
    if header.startswith("checkers/"):
        return "headers of checkers/ are named from checkers/ itself"
    own, folder = source.split("/")[1], header.split("/")[0]
    if folder in MAY_INCLUDE and folder != own and folder not in MAY_INCLUDE[own]:
        return f"checkers/{own} may not include checkers/{folder}"
    return None


def violations(root: Path) -> list[str]:
    found = []
    for source in sorted(path for top in ("checkers", "tool") for path in (root / top).rglob("*")):
        if source.suffix not in (".h", ".cpp", ".def", ".inc"):
            continue
        name = source.relative_to(root).as_posix()
        parts = name.split("/")
        if parts[0] == "checkers" and parts[1] not in MAY_INCLUDE:
            found.append(f"{name}:1: folder is not in the include table")
            continue
        for number, line in enumerate(source.read_text().splitlines(), start=1):
            match = INCLUDE.match(line)
            reason = violation(name, match[1]) if match else None
            if reason:
                found.append(f'{name}:{number}: includes "{match[1]}": {reason}')
    return found


def main() -> int:
    found = violations(Path(sys.argv[1]))
    print("\n".join(found) or "every #include is allowed")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
