"""Turns the order of the commands in FOLDER/compile_commands.json round."""

import json
import sys
from pathlib import Path

database = Path(sys.argv[1], "compile_commands.json")
database.write_text(json.dumps(json.loads(database.read_text())[::-1]))
