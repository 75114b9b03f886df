"""Limits on requests, as the providers document them, counted in sandbox time."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """At most `most` requests of one `key` in `seconds`."""

    key: Hashable
    most: int
    seconds: float


_TIDY = 1000


class Windows:
    """The requests of the recent past. A request that was refused does not count."""

    def __init__(self) -> None:
        self._made: dict[tuple[Hashable, float], deque[float]] = {}
        self._tidy_at = _TIDY

    def admit(self, now: float, *rules: Rule) -> bool:
        """Count a request if every rule allows it."""
        if len(self._made) >= self._tidy_at:
            self._tidy(now)
        windows = [(self._window(rule, now), rule.most) for rule in rules]
        if any(len(window) >= most for window, most in windows):
            return False
        for window, _ in windows:
            window.append(now)
        return True

    def _window(self, rule: Rule, now: float) -> deque[float]:
        window = self._made.setdefault((rule.key, rule.seconds), deque())
        while window and window[0] <= now - rule.seconds:
            window.popleft()
        return window

    def _tidy(self, now: float) -> None:
        """Forget what is past; seldom, because it looks at everything."""
        self._made = {key: made for key, made in self._made.items() if made and made[-1] > now - key[1]}
        self._tidy_at = 2 * len(self._made) + _TIDY
