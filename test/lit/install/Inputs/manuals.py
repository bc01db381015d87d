"""Compares the manual page and the completions with what `--help` of the program lists.

    manuals.py BOOTORDER FOLDER
"""

import re
import subprocess
import sys
from pathlib import Path

program, folder = sys.argv[1], Path(sys.argv[2])


def help_of(path):
    return subprocess.run([program, *path, "--help"], check=True, capture_output=True, text=True).stdout


def section(text, title):
    """The lines of `Options:` or `Subcommands:`, without those that only go on."""
    found = re.search(rf"^{title}:\n((?:  .*\n)+)", text, re.MULTILINE)
    return [line[2:] for line in found.group(1).splitlines() if line[2] != " "] if found else []


def walk(path):
    """(words of the command, names of its options), and so for all below."""
    text = help_of(path)
    names = []
    for line in section(text, "Options"):
        names += [name for name in line.split()[0].split(",") if name.startswith("-")]
    yield path, names
    for line in section(text, "Subcommands"):
        yield from walk([*path, line.split()[0]])


def missing(commands):
    page = (folder / "bootorder.1").read_text().replace("\\-", "-")
    bash = (folder / "bootorder.bash").read_text()
    zsh = (folder / "_bootorder").read_text()
    fish = (folder / "bootorder.fish").read_text()
    for path, names in commands:
        words = " ".join(path)
        part = re.search(rf'^\.SS "bootorder {words}[ "].*\n((?:(?!\.SS ).*\n)*)', page, re.MULTILINE)
        function = "_bootorder" + "".join("_" + word.replace("-", "_") for word in path)
        body = re.search(rf"^{function}\(\) {{\n(.*?)^}}", zsh, re.MULTILINE | re.DOTALL)
        line = re.search(rf"^    '{words}'\) (.*)", bash, re.MULTILINE)
        if path and not part:
            yield f"the manual page lacks '{words}'"
        if not body or not line or (path and f"-a {path[-1]} " not in fish):
            yield f"a completion lacks '{words}'"
            continue
        for name in names:
            if path and f"\\fB{name}\\fR" not in part.group(1):
                yield f"the manual page lacks {name} of '{words}'"
            if name not in re.findall(r"[\w-]+", line.group(1)) or f"*{name}[" not in body.group(1):
                yield f"a completion lacks {name} of '{words}'"
            kind, plain = (" -l ", name[2:]) if name.startswith("--") else (" -s ", name[1:])
            if not re.search(rf"{path[-1] if path else ''}.*{kind}{plain} ", fish):
                yield f"fish lacks {name} of '{words}'"


commands = list(walk([]))
for problem in missing(commands):
    print(problem)
print(f"{len(commands)} commands, {sum(len(names) for _, names in commands)} options compared")
