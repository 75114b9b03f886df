"""Lines for people, the worst first, each part with a style that a terminal may show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

from smswire.diff.advice import advise, changelog
from smswire.diff.model import VERDICTS, Finding, Place, Report, Severity, Witness
from smswire.diff.outcome import Outcome

Line: TypeAlias = Sequence[tuple[str, str]]
"""Parts of a line: a style ("" for none) and a text."""

STYLES = {"error": "bold red", "warn": "yellow", "info": "cyan", "breaking": "bold red", "undecided": "yellow"}
_LONGEST_WITNESS = 400


def render(outcome: Outcome) -> str:
    """All lines, without styles."""
    return "".join(f"{''.join(part for _, part in line)}\n" for line in lines(outcome))


def lines(outcome: Outcome) -> Iterator[Line]:
    """All lines, part by part."""
    shown = [each for each in outcome.reports if each.findings or each.verdict != "compatible"]
    for report in sorted(shown, key=lambda each: VERDICTS.index(each.verdict)):
        yield from _report(report)
        yield ()
    for each in outcome.ignored:
        yield [("dim", f"ignored  {each.finding.rule} at {each.finding.path or '/'}: {each.reason}")]
    for note in outcome.notes:
        yield [("yellow", f"note  {note}")]
    if outcome.reports:
        yield from _advice(outcome)
        yield from _counts(outcome)


def _report(report: Report) -> Iterator[Line]:
    profile = "" if report.profile == "strict" else f", {report.profile}"
    verdict = report.verdict.upper() if report.verdict == "breaking" else report.verdict
    yield [
        ("bold", report.document),
        ("", f" ({report.direction}{profile}): "),
        (STYLES.get(report.verdict, "green"), verdict),
    ]
    for each in report.findings:
        yield from _finding(each, 1)
    if report.witness and not any(each.witness for each in report.findings):
        yield from _witness(report.witness, "  ")


def _finding(finding: Finding, depth: int) -> Iterator[Line]:
    margin = "  " * depth
    proven = "  proven" if finding.proven else ""
    yield [
        ("", margin),
        (STYLES[finding.severity], f"{finding.severity:<5}"),
        ("", f" {finding.rule} {finding.name}  "),
        ("bold", finding.path or "/"),
        ("dim", proven),
    ]
    yield [("", f"{margin}      {finding.message}")]
    if places := [f"{side} {where(place)}" for side, place in _places(finding)]:
        yield [("dim", f"{margin}      {', '.join(places)}")]
    if finding.witness:
        yield from _witness(finding.witness, f"{margin}      ")
    for each in finding.children:
        yield from _finding(each, depth + 1)


def _places(finding: Finding) -> Iterator[tuple[str, Place]]:
    if finding.old_place:
        yield "old", finding.old_place
    if finding.new_place:
        yield "new", finding.new_place


def where(place: Place) -> str:
    """A place as compilers print it."""
    return ":".join([place.file, *(str(each) for each in (place.line, place.column) if each)])


def _witness(witness: Witness, margin: str) -> Iterator[Line]:
    document = witness.document
    if len(document) > _LONGEST_WITNESS:
        document = f"{document[:_LONGEST_WITNESS]}... ({len(witness.document)} characters)"
    told = document.splitlines() or [""]
    head = f"{margin}valid under the {witness.accepted_by} schema only: "
    if len(told) == 1:
        yield [("", head), ("green", told[0])]
        return
    yield [("", head.rstrip())]
    for each in told:
        yield [("green", f"{margin}  {each}")]


def _advice(outcome: Outcome) -> Iterator[Line]:
    advice = advise(outcome)
    if advice.step == "none":
        return
    yield [("bold", f"version: {advice.told()}")]
    for each in advice.reasons():
        yield [("", f"  {each}")]
    if told := changelog(outcome):
        yield [("bold", "changelog:")]
    for section, entries in told.items():
        yield [("", f"  ### {section}")]
        for each in entries:
            yield [("", f"  - {each}")]


def _counts(outcome: Outcome) -> Iterator[Line]:
    verdicts = [each.verdict for each in outcome.reports]
    told = [f"{count} {each}" for each in VERDICTS if (count := verdicts.count(each))]
    told += [f"{len(outcome.problems)} not compared"] if outcome.problems else []
    severities: list[Severity] = [finding.severity for _, finding in outcome.findings()]
    numbers = [(severities.count(each), name) for each, name in _NAMES.items()]
    counts = [f"{count} {name if count == 1 else name + 's'}" for count, name in numbers]
    yield [("", f"{', '.join(told)}; {', '.join(counts)}")]


_NAMES: dict[Severity, str] = {"error": "error", "warn": "warning", "info": "info"}
