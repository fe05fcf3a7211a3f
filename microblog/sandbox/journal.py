"""Everything committed, one JSON line each, so that a killed sandbox goes on where it was.

A line is `[table, row]`. It is flushed to the operating system before the call is answered, which a SIGKILL of
the process cannot undo. A last line torn by the kill was never answered for, and is dropped.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO


class Journal:
    """An append-only file of lines; with no path it keeps nothing."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._file: TextIO | None = None

    def read(self) -> Iterator[tuple[str, Any]]:
        """Lines written so far, oldest first; cuts off a torn last line. Call before `write`."""
        if self._path is None or not self._path.exists():
            return
        whole = 0
        with self._path.open("rb") as lines:
            for line in lines:
                if not line.endswith(b"\n"):
                    break
                whole += len(line)
                table, row = json.loads(line)
                yield table, row
        with self._path.open("r+b") as file:
            file.truncate(whole)

    def write(self, table: str, row: Any) -> None:
        """Append one line; it is safe once `flush` has returned."""
        if self._path is None:
            return
        if self._file is None:
            self._file = self._path.open("a", encoding="utf-8")
        self._file.write(json.dumps([table, row], separators=(",", ":")) + "\n")

    def flush(self) -> None:
        """Hand what was written to the operating system."""
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        """Close the file; a later write opens it again."""
        if self._file is not None:
            self._file.close()
            self._file = None
