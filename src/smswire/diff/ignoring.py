"""The ignore file: findings that a team has accepted, each with its reason.

[[ignore]]
rule = "F002"
document = "smsc/*"                 # optional, as are path, direction and fingerprint
path = "/messages/*/note"           # "*" is any part of a step, "**" any steps
reason = "agreed with the provider on 2026-03-01"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from attrs import evolve, fields, frozen

from smswire.diff.errors import ComparisonError
from smswire.diff.model import Finding, Report
from smswire.diff.outcome import Ignored, Outcome
from smswire.diff.rules import rules


@frozen(kw_only=True)
class Entry:
    """What is ignored, and why. What is not said is any."""

    reason: str
    rule: str = "**"
    path: str = "**"
    document: str = "**"
    direction: str = "**"
    fingerprint: str = "**"

    def takes(self, report: Report, finding: Finding) -> bool:
        """Whether it is about a finding."""
        return all(
            _glob(wanted, found)
            for wanted, found in (
                (self.rule, finding.rule),
                (self.path, finding.path),
                (self.document, report.document),
                (self.direction, finding.direction),
                (self.fingerprint, finding.fingerprint),
            )
        )

    def __str__(self) -> str:
        told = [f"{each.name} {value}" for each in fields(type(self)) if (value := getattr(self, each.name)) != "**"]
        return ", ".join(each for each in told if not each.startswith("reason "))


@frozen
class IgnoreFile:
    """The entries of an ignore file, in its order."""

    name: str
    entries: tuple[Entry, ...]

    def applied(self, outcome: Outcome) -> Outcome:
        """The outcome without what is ignored. Entries that name no rule, or took nothing, are noted."""
        used: set[Entry] = set()
        ignored: list[Ignored] = []
        reports: list[Report] = []
        for report in outcome.reports:
            taken = {each: self._first(report, each) for each in report.findings}
            ignored += [Ignored(report, finding, entry.reason) for finding, entry in taken.items() if entry]
            used.update(entry for entry in taken.values() if entry)
            kept = tuple(finding for finding, entry in taken.items() if entry is None)
            reports.append(evolve(report, findings=kept))
        notes = (*outcome.notes, *self._notes(used))
        return evolve(outcome, reports=tuple(reports), ignored=(*outcome.ignored, *ignored), notes=notes)

    def _first(self, report: Report, finding: Finding) -> Entry | None:
        return next((each for each in self.entries if each.takes(report, finding)), None)

    def _notes(self, used: set[Entry]) -> Iterator[str]:
        for number, each in enumerate(self.entries, 1):
            if each.rule != "**" and not any(_glob(each.rule, known) for known in rules()):
                yield f"{self.name}: entry {number} ({each}) names a rule that there is not"
            elif each not in used:
                yield f"{self.name}: entry {number} ({each}) is about nothing that was found"


def read(path: Path) -> IgnoreFile:
    """Read an ignore file. Raises `ComparisonError` for one that cannot be understood."""
    try:
        told = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ComparisonError(f"{path}: {error.strerror}") from None
    except UnicodeDecodeError:
        raise ComparisonError(f"{path}: is not text in UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise ComparisonError(f"{path}: is not TOML: {error}") from None
    rows: object = told.get("ignore", [])
    if set(told) - {"ignore"} or not isinstance(rows, list):
        raise ComparisonError(f"{path}: holds [[ignore]] entries and nothing else")
    entries = cast("list[object]", rows)
    return IgnoreFile(str(path), tuple(_entry(path, number, row) for number, row in enumerate(entries, 1)))


def _entry(path: Path, number: int, row: object) -> Entry:
    allowed = [each.name for each in fields(Entry)]
    told: dict[str, str] = {}
    for name, value in cast("dict[str, object]", row).items() if isinstance(row, dict) else [("", None)]:
        if not isinstance(value, str):
            raise ComparisonError(f"{path}: entry {number} is not a table of texts")
        told[name] = value
    if odd := sorted(set(told) - set(allowed)):
        raise ComparisonError(f"{path}: entry {number} has the key {odd[0]}; known are {', '.join(allowed)}")
    if not told.get("reason", "").strip():
        raise ComparisonError(f"{path}: entry {number} gives no reason")
    if set(told) == {"reason"}:
        raise ComparisonError(f"{path}: entry {number} would ignore everything: say at least a rule")
    return Entry(**told)


def _glob(pattern: str, text: str) -> bool:
    parts: Sequence[str] = re.split(r"(\*\*|\*)", pattern)
    spelled = {"**": ".*", "*": "[^/]*"}
    return re.fullmatch("".join(spelled.get(each) or re.escape(each) for each in parts), text, re.DOTALL) is not None
