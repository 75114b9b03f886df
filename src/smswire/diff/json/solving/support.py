"""What the parts of the search need of the whole."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from smswire.diff.json.nodes import Node
from smswire.diff.json.solving.outcomes import Outcome
from smswire.diff.json.universe import Universe


class Search(Protocol):
    """A search in progress."""

    universe: Universe
    samples: tuple[str, ...]

    @property
    def until(self) -> float | None:
        """The time of `time.monotonic` at which the search ends."""
        ...

    def solve(self, holding: Iterable[Node], failing: Iterable[Node] = ()) -> Outcome:
        """A value that all of `holding` hold for and none of `failing`."""
        ...
