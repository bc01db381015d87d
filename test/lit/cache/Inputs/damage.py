"""Cuts every file of the cache FOLDER in half."""

import os
import sys
from pathlib import Path

for file in Path(sys.argv[1], "v1").rglob("*"):
    if file.is_file():
        os.truncate(file, file.stat().st_size // 2)
