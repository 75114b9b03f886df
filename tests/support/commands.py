"""What a run of the command gives, for all tests of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    """What was printed, and the exit code."""

    code: int
    out: str
    err: str


Run = Callable[..., Result]
