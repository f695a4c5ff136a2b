"""Promises a record of every REST exchange, gateway event (also of those that are lost) and heartbeat, in order, as
plain dicts; and as JSON lines in a file when one is given.
"""

import json
from pathlib import Path
from typing import Any, TextIO

from rehearsal.server.clock import Clock


class Record:
    """What passed between Discord and its clients. `entries` grows until `clear`."""

    def __init__(self, clock: Clock) -> None:
        self.entries: list[dict[str, Any]] = []
        self._clock = clock
        self._file: TextIO | None = None

    def keep(self, path: Path | None) -> None:
        """From now on entries are appended to this file too."""
        self._file = path.open("a", encoding="utf-8") if path else None

    def exchange(self, **entry: Any) -> None:
        self._add({"kind": "exchange", "at": self._clock.since_start(), **entry})

    def event(self, to: str, name: str, seq: int, data: Any, fault: str | None = None) -> None:
        """`fault` is what befell it on its way."""
        entry = {"kind": "event", "at": self._clock.since_start()}
        befell = {"fault": fault} if fault else {}
        self._add({**entry, "to": to, "name": name, "seq": seq, "data": data, **befell})

    def loss(self, to: str, name: str, data: Any) -> None:
        """An event that was never sent to somebody who should have got it."""
        self._add({"kind": "loss", "at": self._clock.since_start(), "to": to, "name": name, "data": data})

    def heartbeat(self, sender: str, seq: int | None) -> None:
        self._add({"kind": "heartbeat", "at": self._clock.since_start(), "from": sender, "seq": seq})

    def clear(self) -> None:
        self.entries.clear()

    def close(self) -> None:
        if self._file:
            self._file.close()
            self._file = None

    def _add(self, entry: dict[str, Any]) -> None:
        self.entries.append(entry)
        if self._file:
            self._file.write(json.dumps(entry, ensure_ascii=False) + "\n")
            self._file.flush()
