"""How long to wait before another try: exponential, with jitter so that clients do not march in step."""

from __future__ import annotations

import random

TRIES = 3
"""Most tries of one request that may be repeated."""

_FIRST = 0.2
_MOST = 5.0


def pause(tries: int) -> float:
    """Seconds to wait after so many failed tries."""
    return min(_MOST, _FIRST * 2.0 ** (tries - 1)) * random.uniform(0.5, 1.0)  # noqa: S311 (not for secrecy)
