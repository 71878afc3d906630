"""The files under check and what a rule reports."""

import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class Finding:
    rule: str
    path: str
    line: int
    text: str

    def __str__(self):
        place = f"{self.path}:{self.line}" if self.line else self.path
        return f"{place}: [{self.rule}] {self.text}"


class Tree:
    """A repository: the files git tracks or would add, with their text read once."""

    def __init__(self, root):
        self.root = Path(root)
        self._texts = {}

    @cached_property
    def files(self):
        """Paths relative to the root, as strings, sorted."""
        listed = subprocess.run(
            ["git", "-C", str(self.root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            capture_output=True, check=True)
        names = {name for name in listed.stdout.decode().split("\0") if name}
        return sorted(name for name in names if (self.root / name).is_file())

    def size(self, path):
        return (self.root / path).stat().st_size

    def text(self, path):
        """The file's text; empty for a binary one."""
        if path not in self._texts:
            data = (self.root / path).read_bytes()
            self._texts[path] = "" if b"\0" in data[:4096] else data.decode("utf-8", errors="replace")
        return self._texts[path]

    def cpp(self):
        return [p for p in self.files if p.startswith("src/") and p.endswith((".h", ".cpp"))]

    def room_of(self, path):
        """src/<room>/… -> <room>; None for a file at the root of src."""
        parts = path.split("/")
        return parts[1] if parts[0] == "src" and len(parts) > 2 else None
