"""A front-end that answers what a test tells it to."""

from __future__ import annotations

from pathlib import Path

import pytest

from smswire.diff import frontend
from smswire.diff.model import Change, Inclusion, Side


class FakePair:
    """Two schemas of which only the answers are known."""

    def __init__(self, *changes: Change, old: Inclusion | None = None, new: Inclusion | None = None) -> None:
        proven = Inclusion(holds=True)
        self._changes = changes
        self._inclusions: dict[Side, Inclusion] = {"old": old or proven, "new": new or proven}

    def included(self, sub: Side, *, deadline: float | None = None) -> Inclusion:
        return self._inclusions[sub]

    def changes(self, *, deadline: float | None = None) -> tuple[Change, ...]:
        return self._changes


def pretend(monkeypatch: pytest.MonkeyPatch, pair: FakePair) -> None:
    """Let every comparison be about this pair."""

    def load(old: Path, new: Path, root: str | None = None) -> FakePair:
        return pair

    monkeypatch.setattr(frontend, "load", load)


PROVEN = Inclusion(holds=True)
REFUTED = Inclusion(holds=False, witness="<order/>", path="/order")
OPEN = Inclusion(holds=None, reasons=(("/order/note", "the patterns are too large to be compared"),))
