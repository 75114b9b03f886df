"""What a comparison means for the next release: the step of its version, and lines for its changelog.

The step is Semantic Versioning's, for a library made from the schemas. The greatest that any document asks for counts:

* major: the verdict on requests is breaking; that on responses is, even for readers that ignore what they do not know
  (the profile `tolerant`: the library's own readers are such); a verdict is undecided, or a document could not be
  compared; responses lose a field, even an optional one, as what users read is gone.
* minor: anything else that changes what is sent or read. A field or value was added, a limit changed as a proof calls
  harmless, a default changed, something was deprecated, only readers that refuse what they do not know would break.
* patch: documentation, names of types, other ways to write the same.
* none: nothing was found.

What is ignored or switched off counts all the same: a reason to go on is no reason to keep quiet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Literal, TypeAlias

from attrs import frozen

from smswire.diff import wording
from smswire.diff.model import VERDICTS, Finding, Profile, Report, Verdict
from smswire.diff.outcome import Outcome
from smswire.diff.rules import Level, rules

Step: TypeAlias = Literal["none", "patch", "minor", "major"]
Spell: TypeAlias = Callable[[str, str, str], str]
"""How a line says a document, a path ("" for none) and what is told of it."""

_STEPS: tuple[Step, ...] = ("none", "patch", "minor", "major")
_SHOWN = 3
_SECTIONS = ("Added", "Changed", "Deprecated", "Removed")
_SILENT = {"D801", "D803", "D804", "T209", "X900"}
_MARKS: Mapping[Verdict, str] = {
    "breaking": "**Breaking:** ",
    "undecided": "**Possibly breaking:** ",
    "compatible": "",
}


@frozen
class Advice:
    """A step of the version, and what asks for it."""

    step: Step
    because: tuple[str, ...]
    lenient: bool = False
    """A verdict is breaking, and the step is less than major all the same."""

    def told(self) -> str:
        """The step, and why it is less than a verdict lets one expect."""
        clause = " (breaking only for readers that refuse what they do not know)" if self.lenient else ""
        return self.step + clause

    def reasons(self) -> Iterator[str]:
        """The first of what asks for it, in Markdown, and how much more there is."""
        yield from self.because[:_SHOWN]
        if len(self.because) > _SHOWN:
            yield f"and {len(self.because) - _SHOWN} more"


def plain(document: str, path: str, told: str) -> str:
    """A line as it is."""
    return f"{document}: `{path}`: {told}" if path else f"{document}: {told}"


def advise(outcome: Outcome, spell: Spell = plain) -> Advice:
    """The step that users of a library made from the schemas need, by the table of this module."""
    steps = list(_steps(outcome, spell))
    worst = max((_STEPS.index(step) for step, _ in steps), default=0)
    because = dict.fromkeys(text for step, text in steps if step == _STEPS[worst])
    breaking = any(each.verdict == "breaking" for each in outcome.reports)
    return Advice(_STEPS[worst], tuple(because), breaking and _STEPS[worst] != "major")


def _steps(outcome: Outcome, spell: Spell) -> Iterator[tuple[Step, str]]:
    blamed: set[tuple[str, str]] = set()
    for report, finding in _everything(outcome):
        if _effect(report, finding) == "breaking":
            blamed.add((report.document, report.direction))
        yield _step(report, finding), _because(report, finding, spell)
    for each in outcome.problems:
        yield "major", spell(each.document, "", "it could not be compared")
    for report in outcome.reports:
        if _felt(report) == "undecided":
            told = f"it could not be decided whether {report.direction}s stay valid"
            yield "major", spell(report.document, "", told)
        elif _felt(report) == "breaking" and (report.document, report.direction) not in blamed:
            yield "major", spell(report.document, "", wording.REFUSED[report.direction])


def _everything(outcome: Outcome) -> Iterator[tuple[Report, Finding]]:
    yield from outcome.findings()
    yield from ((report, each) for report in outcome.reports for each in report.hidden)
    yield from ((each.report, each.finding) for each in outcome.ignored)


def _felt(report: Report) -> Verdict:
    """The verdict as users of the library feel it."""
    return report.verdict if report.direction == "request" else report.tolerant


def _effect(report: Report, finding: Finding) -> Verdict:
    """What a finding by itself does to users of the library."""
    profile = report.profile if report.direction == "request" else "tolerant"
    level = _level(finding, profile)
    shown = finding.proven and level == _level(finding, "strict")
    return _felt(report) if level == "error" or shown else "compatible"


def _level(finding: Finding, profile: Profile) -> Level:
    return rules()[finding.rule].level(finding.direction, profile, finding.effect, open=finding.open)


def _step(report: Report, finding: Finding) -> Step:
    rule = rules()[finding.rule]
    if _effect(report, finding) != "compatible":
        return "major"
    if finding.direction == "response" and rule.section == "Removed" and rule.id.startswith("F"):
        return "major"
    neutral = finding.effect == "neutral" and _level(finding, "strict") != "warn"
    return "patch" if neutral or rule.id in _SILENT else "minor"


def changelog(outcome: Outcome, spell: Spell = plain) -> Mapping[str, tuple[str, ...]]:
    """Lines in the manner of Keep a Changelog, section by section, without bullets. What breaks comes first."""
    lines: dict[str, dict[str, Verdict]] = {each: {} for each in _SECTIONS}
    for report, finding in _everything(outcome):
        effect = _effect(report, finding)
        if finding.rule not in _SILENT or effect != "compatible":
            section, line = lines[rules()[finding.rule].section], _told(report, finding, spell)
            worst = min(VERDICTS.index(effect), VERDICTS.index(section.get(line, effect)))
            section[line] = VERDICTS[worst]
    return {
        section: tuple(
            f"{_MARKS[found[line]]}{line}" for line in sorted(found, key=lambda each: VERDICTS.index(found[each]))
        )
        for section, found in lines.items()
        if found
    }


def _because(report: Report, finding: Finding, spell: Spell) -> str:
    told = _told(report, finding, spell)
    only_strict = (
        report.verdict == "breaking" and _felt(report) == "compatible" and _level(finding, "strict") == "error"
    )
    return f"{told} (only readers that refuse what they do not know break)" if only_strict else told


def _told(report: Report, finding: Finding, spell: Spell) -> str:
    return spell(report.document, finding.path, wording.headline(rules()[finding.rule], finding.old, finding.new))
