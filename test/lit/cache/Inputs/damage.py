"""Cuts every file of the cache in half, or every one of a KIND.

    damage.py CACHE [KIND]
"""

import os
import sys
from pathlib import Path

for file in Path(sys.argv[1], "v1", *sys.argv[2:]).rglob("*"):
    if file.is_file():
        os.truncate(file, file.stat().st_size // 2)
