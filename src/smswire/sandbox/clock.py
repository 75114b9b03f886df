"""Sandbox time: it starts at the time of day and runs at its own speed."""

from __future__ import annotations

import math
import threading
import time


class Clock:
    """Unix seconds of sandbox time; `speed` of them pass in each second. Safe to share between threads.

    It starts no earlier than at `begin`, so that the messages of a database from an earlier run stay in the past.
    """

    def __init__(self, speed: float, begin: float = 0.0) -> None:
        if not 0 <= speed < math.inf:
            raise ValueError("speed must be a number, 0 or more")
        self._speed = speed
        self._lock = threading.Lock()
        self._skipped = 0.0
        self._base = max(time.time(), begin)
        self._begin = time.monotonic()

    def now(self) -> float:
        """The moment that it is in the sandbox."""
        with self._lock:
            return self._base + (time.monotonic() - self._begin) * self._speed + self._skipped

    def advance(self, seconds: float) -> None:
        """Let so many seconds pass at once. Raises `ValueError` for a step back."""
        if not 0 <= seconds < math.inf:
            raise ValueError("time only goes on: seconds must be 0 or more")
        with self._lock:
            self._skipped += seconds
