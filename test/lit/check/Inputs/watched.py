"""Runs `bootorder check --watch` and does things to its tree while it waits."""

import os
import queue
import signal
import subprocess
import sys
import threading
from pathlib import Path

# Nobody waits this long: a test that does has failed.
SECONDS = 300


class Watched:
    """A command whose lines, of both streams, are printed as they are waited for."""

    def __init__(self, command: list[str]):
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self.process.stdout:
            self.lines.put(line)
        self.lines.put("")

    def wait_for(self, text: str) -> None:
        line = None
        while line is None or text not in line:
            try:
                line = self.lines.get(timeout=SECONDS)
            except queue.Empty:
                line = ""
            if not line:
                self.process.kill()
                sys.exit(f"no line with '{text}'")
            print(line, end="", flush=True)

    def interrupt(self) -> None:
        self.process.send_signal(signal.SIGINT)
        print("status", self.process.wait(SECONDS), flush=True)
        while line := self.lines.get(timeout=SECONDS):
            print(line, end="", flush=True)


def save(path: str, text: str) -> None:
    """As editors do it: the file is another one afterwards."""
    Path(path + "~").write_text(text)
    os.rename(path + "~", path)


def replace(path: str, old: str, new: str) -> None:
    text = Path(path).read_text()
    assert old in text, (path, old)
    save(path, text.replace(old, new))
