"""Which of several findings a witness shows: the nearest to where it is refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from smswire.diff.model import Direction, Finding, Inclusion
from smswire.diff.paths import Nearness, nearness, steps
from smswire.diff.rules import breaks
from smswire.diff.rules.facing import facing

_Rank: TypeAlias = tuple[bool, Nearness, bool, bool]
_MOVED = {"F007", "F008", "F009", "N703"}
_LACKING: Mapping[Direction, frozenset[str]] = {
    "request": frozenset({"F001", "F005", "C101"}),
    "response": frozenset({"F004", "F006", "C102"}),
}


def explaining(findings: Iterable[Finding], inclusion: Inclusion) -> Finding | None:
    """The finding that the witness shows. None when none is near."""
    ranked: list[tuple[_Rank, Finding]] = []
    for each in findings:
        if near := _near(each, inclusion.path):
            rule = inclusion.rule and facing(inclusion.rule, each.direction)
            told = _told_by(inclusion.witness, each)
            ranked.append(((breaks(each.effect, each.direction), near, each.rule == rule, told), each))
    best = max(ranked, key=lambda pair: pair[0], default=None)
    return None if best is None else best[1]


def _near(finding: Finding, refused: str) -> Nearness | None:
    """How near a finding is. What was renamed or moved is where it was, and where it is now."""
    paths = [finding.path]
    if finding.rule in _MOVED and finding.new:
        parent = finding.path.rpartition("/")[0]
        paths.append(finding.new if finding.new.startswith("/") else f"{parent}/{finding.new}")
    return max((found for each in paths if (found := nearness(each, refused))), default=None)


def _told_by(witness: str | None, finding: Finding) -> bool:
    """Whether a witness has the field that a finding is about, or lacks it where it must not."""
    name = (steps(finding.path) or ("",))[-1].lstrip("@")
    return (name in (witness or "")) is not (finding.rule in _LACKING[finding.direction])
