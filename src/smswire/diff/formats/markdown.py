"""Markdown for a comment on a pull request: tables by direction, what breaks first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from smswire.diff.advice import advise, changelog
from smswire.diff.formats.text import where
from smswire.diff.model import VERDICTS, Direction, Finding, Report
from smswire.diff.outcome import Outcome
from smswire.diff.rules import LEVELS

_TITLES: dict[Direction, str] = {
    "request": "Requests (we write, the provider reads)",
    "response": "Replies (the provider writes, we read)",
}
_LONGEST_WITNESS = 4000


def render(outcome: Outcome) -> str:
    """The whole comment."""
    return "\n".join(_lines(outcome)) + "\n"


def _lines(outcome: Outcome) -> Iterator[str]:
    yield "## Schema comparison"
    yield ""
    yield from _verdicts(outcome)
    for direction in _TITLES:
        yield from _direction(outcome, direction)
    if witnesses := list(_witnesses(outcome.reports)):
        yield from ("### Witnesses", "", *witnesses)
    if outcome.problems:
        yield from ("### Not compared", "", *(f"- {escaped(each.text)}" for each in outcome.problems), "")
    if outcome.ignored or outcome.notes:
        yield from ("### Ignored", "")
        yield from (
            f"- {each.finding.rule} at {code(each.finding.path or '/')}: {escaped(each.reason)}"
            for each in outcome.ignored
        )
        yield from (f"- {escaped(each)}" for each in outcome.notes)
        yield ""
    yield from _advice(outcome)


def _verdicts(outcome: Outcome) -> Iterator[str]:
    telling = [each for each in outcome.reports if each.findings or each.verdict != "compatible"]
    if not telling:
        yield from ("No differences in what could be compared." if outcome.problems else "No differences.", "")
        return
    for each in sorted(telling, key=lambda each: VERDICTS.index(each.verdict)):
        yield f"- {code(each.document)} ({each.direction}): **{each.verdict}**"
    yield ""


def _direction(outcome: Outcome, direction: Direction) -> Iterator[str]:
    found = [(report, each) for report, each in outcome.findings() if report.direction == direction]
    if not found:
        return
    yield from (f"### {_TITLES[direction]}", "", "| | Rule | Document | Path | What | Where |", "|-|-|-|-|-|-|")
    for report, each in sorted(found, key=lambda pair: -LEVELS.index(pair[1].severity)):
        yield from _rows(report, each, "")
    yield ""


def _rows(report: Report, finding: Finding, margin: str) -> Iterator[str]:
    place = finding.new_place or finding.old_place
    cells = (
        f"{margin}**{finding.severity}**" if finding.severity == "error" else f"{margin}{finding.severity}",
        f"{finding.rule} {finding.name}",
        code(report.document),
        code(finding.path or "/"),
        escaped(finding.message),
        "" if place is None else code(where(place)),
    )
    yield "| " + " | ".join(cells) + " |"
    for each in finding.children:
        yield from _rows(report, each, f"{margin}&nbsp;&nbsp;")


def _witnesses(reports: Sequence[Report]) -> Iterator[str]:
    for report in reports:
        if report.witness is None:
            continue
        document = report.witness.document
        shown = document if len(document) <= _LONGEST_WITNESS else f"{document[:_LONGEST_WITNESS]}..."
        fence = _fence(shown) + "``"
        head = _unmentioned(escape(f"{' '.join(report.document.split())} ({report.direction})"))
        yield from (
            f"<details><summary>{head}: valid under the {report.witness.accepted_by} schema only</summary>",
            "",
            fence,
            shown,
            fence,
            "",
            "</details>",
            "",
        )


def _advice(outcome: Outcome) -> Iterator[str]:
    advice = advise(outcome, _spelled)
    if advice.step == "none":
        return
    yield from (f"**Version step: {advice.told()}**", "", *(f"- {each}" for each in advice.reasons()), "")
    if told := changelog(outcome, _spelled):
        yield from ("### Changelog", "")
    for section, lines in told.items():
        yield from (f"#### {section}", "", *(f"- {each}" for each in lines), "")


def _spelled(document: str, path: str, told: str) -> str:
    return ": ".join([escaped(document), *([code(path)] if path else []), escaped(told)])


def code(text: str) -> str:
    """A text as code, within a table too."""
    bare = " ".join(text.split()).replace("|", "\\|")
    fence = _fence(bare)
    return f"{fence} {bare} {fence}" if "`" in bare else f"{fence}{bare}{fence}"


def _fence(text: str) -> str:
    """More backticks than the text has in a row."""
    return "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)


def escaped(text: str) -> str:
    """A text in which nothing is markup or mentions anybody, within a table too."""
    return _unmentioned(re.sub(r"([\\`*_{}\[\]<>|#~&])", r"\\\1", " ".join(text.split())))


def _unmentioned(text: str) -> str:
    """A backslash keeps nobody from being mentioned: a space without width does."""
    return re.sub(r"@(?=\w)", "@&#8203;", text)
