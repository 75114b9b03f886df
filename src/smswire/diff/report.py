"""Changes and a proof become a report: severities, a verdict, and findings that agree with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from smswire.diff import wording
from smswire.diff.model import (
    Change,
    Direction,
    Effect,
    Finding,
    Inclusion,
    Place,
    Profile,
    Report,
    Side,
    Verdict,
    Witness,
)
from smswire.diff.paths import Nearness, nearness, steps
from smswire.diff.rules import LEVELS, Language, Level, Rule, breaks, rules
from smswire.diff.rules.facing import facing


@frozen(kw_only=True)
class Settings:
    """How a comparison is judged: the direction, the profile, and the levels that a user set for rules."""

    direction: Direction
    profile: Profile = "strict"
    levels: Mapping[str, Level] = field(factory=dict[str, Level])


def build(
    changes: Iterable[Change],
    inclusion: Inclusion,
    settings: Settings,
    *,
    language: Language,
    old: str,
    new: str,
    document: str = "",
    placed: Callable[[Place], Place] = lambda place: place,
) -> Report:
    """The report of one pair in one direction. `placed` renames places for people.

    Under the profile `strict` the verdict is the inclusion and nothing else. Under `tolerant` a witness that only shows
    what tolerant readers do not mind breaks nothing.
    """
    judge = _Judge(settings, language, placed)
    verdict, judged = judge.agreed([judge.of(each) for each in changes], inclusion)
    return Report(
        verdict=verdict,
        findings=tuple(sorted(_shown(judged), key=_worst_first)),
        hidden=tuple(sorted(_hidden(judged), key=_worst_first)),
        direction=settings.direction,
        profile=settings.profile,
        old=old,
        new=new,
        document=document,
        witness=judge.witness(inclusion),
    )


@frozen
class _Judged:
    """A finding whose level may yet be "off"."""

    level: Level
    finding: Finding
    unwished: Level
    """The level without what the user set."""
    tolerated: bool = False
    """The profile `tolerant` takes it more lightly than `strict` does."""
    children: tuple[_Judged, ...] = ()

    @property
    def breaking(self) -> bool:
        return breaks(self.finding.effect, self.finding.direction)

    @property
    def steady(self) -> bool:
        return rules()[self.finding.rule].steady


@frozen
class _Judge:
    settings: Settings
    language: Language
    placed: Callable[[Place], Place]

    def of(self, change: Change) -> _Judged:
        """What a change is by the rules alone."""
        rule = rules()[change.rule]
        usual = rule.effect_in(self.language, open=change.open)
        effect = usual if rule.steady else change.effect or usual
        direction = self.settings.direction
        strict = rule.level(direction, "strict", effect, open=change.open)
        level = rule.level(direction, self.settings.profile, effect, open=change.open)
        finding = self._finding(rule, change, wording.message(rule, change, direction, effect), effect)
        children = tuple(self.of(each) for each in change.children)
        return _Judged(self._wished(rule, level), finding, level, strict != level, children)

    def _wished(self, rule: Rule, level: Level) -> Level:
        return self.settings.levels.get(rule.id, level)

    def _finding(self, rule: Rule, change: Change, message: str, effect: Effect) -> Finding:
        return Finding(
            rule=rule.id,
            name=rule.name,
            severity="info",
            path=change.path,
            message=message,
            direction=self.settings.direction,
            old=change.old,
            new=change.new,
            old_place=change.old_place and self.placed(change.old_place),
            new_place=change.new_place and self.placed(change.new_place),
            effect=effect,
            open=change.open,
        )

    def witness(self, inclusion: Inclusion) -> Witness | None:
        accepting: Side = "old" if self.settings.direction == "request" else "new"
        return None if inclusion.witness is None else Witness(inclusion.witness, accepting)

    def agreed(self, judged: list[_Judged], inclusion: Inclusion) -> tuple[Verdict, list[_Judged]]:
        """The verdict, and the findings brought into agreement with it."""
        if inclusion.holds is None:
            return "undecided", [*judged, *self._undecided(inclusion)]
        if inclusion.holds:
            return "compatible", [self._harmless(each) for each in judged]
        proof = self.witness(inclusion)
        errors = [each for each in judged if each.level == "error" and each.breaking]
        shown = self._explaining(errors or [each for each in judged if self._may_explain(each, proof)], inclusion)
        if shown is None:
            return "breaking", judged if errors else [*judged, self._made(inclusion, proof)]
        told = evolve(shown, finding=self._proven(shown.finding, proof))
        verdict: Verdict = "breaking"
        if not errors and shown.tolerated:
            verdict = "compatible"
        elif not errors and shown.finding.rule not in self.settings.levels:
            told = evolve(told, level="error")
        if not errors and verdict == "breaking":
            told = evolve(told, unwished="error")
        return verdict, [told if each is shown else each for each in judged]

    def _may_explain(self, judged: _Judged, proof: Witness | None) -> bool:
        """Whether a finding may be what broke though its rule calls it no error. Unknown effects need a document."""
        return not judged.steady and (judged.breaking or (judged.finding.effect == "unknown" and proof is not None))

    def _explaining(self, judged: Iterable[_Judged], inclusion: Inclusion) -> _Judged | None:
        """The finding that the witness shows, the nearest to where it is refused. None when none is near."""
        rule = inclusion.rule and facing(inclusion.rule, self.settings.direction)
        ranked: list[tuple[tuple[bool, Nearness, bool, bool], _Judged]] = []
        for each in judged:
            if near := _near(each, inclusion.path):
                told = _told_by(inclusion.witness, each.finding)
                ranked.append(((each.breaking, near, each.finding.rule == rule, told), each))
        best = max(ranked, key=lambda pair: pair[0], default=None)
        return None if best is None else best[1]

    def _proven(self, finding: Finding, proof: Witness | None) -> Finding:
        if proof is None:
            return finding
        message = wording.proven(rules()[finding.rule], finding.message, finding.direction)
        return evolve(finding, message=message, proven=True, witness=proof)

    def _undecided(self, inclusion: Inclusion) -> Iterator[_Judged]:
        rule = rules()["X900"]
        reasons = dict.fromkeys(inclusion.reasons) or {("", "no proof and no counterexample was found in time"): None}
        for path, reason in reasons:
            finding = self._finding(rule, Change(rule=rule.id, path=path), f"{rule.title}: {reason}", "unknown")
            yield _Judged(self._wished(rule, "warn"), finding, "warn")

    def _harmless(self, judged: _Judged) -> _Judged:
        """Bad news that a proof takes back. What a user set is left as it is."""
        children = tuple(self._harmless(each) for each in judged.children)
        unwished: Level = "info" if judged.unwished == "error" else judged.unwished
        judged = evolve(judged, unwished=unwished, children=children)
        if judged.level != "error" or judged.finding.rule in self.settings.levels:
            return judged
        message = wording.proven_harmless(judged.finding.message, self.settings.direction)
        return evolve(judged, level="info", finding=evolve(judged.finding, message=message))

    def _made(self, inclusion: Inclusion, proof: Witness | None) -> _Judged:
        """A finding of what only the witness shows."""
        rule = rules()[facing(inclusion.rule or "T203", self.settings.direction)]
        if rule.steady:
            # a further root is one more form that a document may take
            rule = rules()["S501"]
        message = wording.refusal(rule, inclusion.problem, self.settings.direction)
        effect: Effect = "narrows" if self.settings.direction == "request" else "widens"
        finding = self._finding(rule, Change(rule=rule.id, path=inclusion.path), message, effect)
        proven = evolve(finding, proven=proof is not None, witness=proof)
        return _Judged(self._wished(rule, "error"), proven, "error")


def _near(judged: _Judged, refused: str) -> Nearness | None:
    """How near a finding is. What was renamed or moved is where it was, and where it is now."""
    finding = judged.finding
    paths = [finding.path]
    if finding.rule in _MOVED and finding.new:
        parent = finding.path.rpartition("/")[0]
        paths.append(finding.new if finding.new.startswith("/") else f"{parent}/{finding.new}")
    return max((found for each in paths if (found := nearness(each, refused))), default=None)


def _told_by(witness: str | None, finding: Finding) -> bool:
    """Whether a witness has the field that a finding is about, or lacks it where it must not."""
    name = (steps(finding.path) or ("",))[-1].lstrip("@")
    return (name in (witness or "")) is not (finding.rule in _LACKING[finding.direction])


_MOVED = {"F007", "F008", "F009"}
_LACKING: Mapping[Direction, frozenset[str]] = {
    "request": frozenset({"F001", "F005", "C101"}),
    "response": frozenset({"F004", "F006", "C102"}),
}


def _shown(judged: Iterable[_Judged]) -> Iterator[Finding]:
    """The findings whose level is not "off". What one that is off would have had below it stands by itself."""
    for each in judged:
        children = sorted(_shown(each.children), key=_worst_first)
        if each.level == "off":
            yield from children
        else:
            yield evolve(each.finding, severity=each.level, children=tuple(children))


def _hidden(judged: Iterable[_Judged]) -> Iterator[Finding]:
    """The findings that a user switched off."""
    for each in judged:
        if each.level == "off":
            if each.unwished != "off":
                yield evolve(each.finding, severity=each.unwished)
            yield from _hidden(each.children)


def _worst_first(finding: Finding) -> tuple[int, str, str]:
    return -LEVELS.index(finding.severity), finding.path, finding.rule
