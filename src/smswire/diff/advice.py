"""What a comparison means for the next release: the step of its version, and lines for its changelog."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, TypeAlias

from attrs import frozen

from smswire.diff import wording
from smswire.diff.model import Finding, Report
from smswire.diff.outcome import Outcome
from smswire.diff.rules import rules

Step: TypeAlias = Literal["none", "patch", "minor", "major"]
_STEPS: tuple[Step, ...] = ("none", "patch", "minor", "major")
_SECTIONS = ("Added", "Changed", "Deprecated", "Removed")
_SILENT = {"D801", "D803", "D804", "T209", "X900"}


@frozen
class Advice:
    """A step of Semantic Versioning for the library made from these schemas, and what asks for it."""

    step: Step
    because: tuple[str, ...]


def advise(outcome: Outcome) -> Advice:
    """The step that users of the library need.

    Replies are judged as tolerant readers take them, as the library does. What is ignored or switched off is counted,
    and at its rule's own severity: a reason to go on is no reason to keep quiet.
    """
    steps = [(step, text) for report in outcome.reports for step, text in _steps(report)]
    steps += [(_step(each.report, each.finding), _told(each.report, each.finding)) for each in outcome.ignored]
    worst = max((_STEPS.index(step) for step, _ in steps), default=0)
    because = dict.fromkeys(text for step, text in steps if step == _STEPS[worst])
    return Advice(_STEPS[worst], tuple(because))


def _steps(report: Report) -> Iterator[tuple[Step, str]]:
    if report.verdict == "undecided":
        yield "major", f"{report.document}: it could not be decided whether {report.direction}s stay valid"
    for each in (*report.findings, *report.hidden):
        yield _step(report, each), _told(report, each)


def _step(report: Report, finding: Finding) -> Step:
    rule = rules()[finding.rule]
    if finding.effect == "neutral" or finding.rule in _SILENT:
        usual = rule.level(report.direction, report.profile, finding.effect, open=finding.open)
        return "minor" if usual == "warn" and finding.rule != "X900" else "patch"
    # what users read is no longer there, even where no document became invalid
    if finding.direction == "response" and rule.section == "Removed" and rule.id.startswith("F"):
        return "major"
    if (
        report.verdict == "compatible"
        or rule.level(report.direction, "tolerant", finding.effect, open=finding.open) != "error"
    ):
        return "minor"
    return "major"


def changelog(outcome: Outcome) -> Mapping[str, tuple[str, ...]]:
    """Lines in the manner of Keep a Changelog, section by section, without bullets."""
    lines: dict[str, dict[str, bool]] = {each: {} for each in _SECTIONS}
    everything = [*outcome.findings(), *((report, each) for report in outcome.reports for each in report.hidden)]
    everything += [(each.report, each.finding) for each in outcome.ignored]
    for report, finding in everything:
        if finding.rule in _SILENT:
            continue
        line = _told(report, finding)
        section = lines[rules()[finding.rule].section]
        section[line] = section.get(line, False) or finding.severity == "error"
    return {section: tuple(_marked(found.items())) for section, found in lines.items() if found}


def _marked(lines: Iterable[tuple[str, bool]]) -> Iterator[str]:
    for line, breaking in sorted(lines, key=lambda each: not each[1]):
        yield f"**Breaking:** {line}" if breaking else line


def _told(report: Report, finding: Finding) -> str:
    told = wording.headline(rules()[finding.rule], finding.old, finding.new)
    return f"{report.document}: `{finding.path}`: {told}" if finding.path else f"{report.document}: {told}"
