"""The limits on requests that providers document, kept by the client so that it never runs into them."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from collections.abc import Callable

from smswire_documents._runtime.description import Limit

_FEW = 64


class Limiter:
    """Counts the requests of one client. Safe to share between threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._made: dict[tuple[str, Limit, bytes], deque[float]] = {}
        self._enough = _FEW

    def reserve(self, path: str, limits: tuple[Limit, ...], body: bytes) -> float | None:
        """Count one request, or return the seconds after which the limits allow it and count nothing."""
        if not limits:
            return None
        now = self._clock()
        digest = hashlib.sha256(body).digest()
        with self._lock:
            if len(self._made) > self._enough:
                self._forget(now)
            windows = [self._window(path, limit, digest if limit.identical else b"", now) for limit in limits]
            waits = [
                window[0] + limit.seconds - now
                for limit, window in zip(limits, windows, strict=True)
                if len(window) >= limit.requests
            ]
            if waits:
                return max(waits)
            for window in windows:
                window.append(now)
        return None

    def give_back(self, path: str, limits: tuple[Limit, ...], body: bytes) -> None:
        """Take back the last reservation of this request, which did not reach the provider."""
        digest = hashlib.sha256(body).digest()
        with self._lock:
            for limit in limits:
                window = self._made.get((path, limit, digest if limit.identical else b""))
                if window:
                    window.pop()

    def _window(self, path: str, limit: Limit, digest: bytes, now: float) -> deque[float]:
        window = self._made.setdefault((path, limit, digest), deque())
        while window and window[0] <= now - limit.seconds:
            window.popleft()
        return window

    def _forget(self, now: float) -> None:
        """Drop the windows that are over, whenever their number has doubled."""
        for key in [k for k, made in self._made.items() if not made or made[-1] <= now - k[1].seconds]:
            del self._made[key]
        self._enough = max(_FEW, 2 * len(self._made))
