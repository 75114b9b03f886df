"""Changes and a proof become a report: severities, a verdict, and findings that agree with it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import evolve, field, frozen

from smswire.diff import wording
from smswire.diff.explaining import explaining
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
    what tolerant readers do not mind breaks nothing. Levels that a user set change no verdict.
    """
    found = tuple(_once([*changes, *_undecided(inclusion)]))
    judge = _Judge(settings, language, placed)
    verdict, judged = judge.agreed(found, inclusion)
    tolerant, _ = evolve(judge, settings=evolve(settings, profile="tolerant")).agreed(found, inclusion)
    shown = settings.profile == "strict" or any(each.finding.witness for each in judged)
    return Report(
        verdict=verdict,
        tolerant=tolerant,
        findings=tuple(sorted(_shown(judged), key=_worst_first)),
        hidden=tuple(sorted(_hidden(judged), key=_worst_first)),
        direction=settings.direction,
        profile=settings.profile,
        old=old,
        new=new,
        document=document,
        # under `tolerant` it may show no more than what such readers do not mind
        witness=judge.witness(inclusion) if shown else None,
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
    def failing(self) -> bool:
        return self.unwished == "error" and self.breaking


@frozen
class _Judge:
    settings: Settings
    language: Language
    placed: Callable[[Place], Place]

    def of(self, change: Change) -> _Judged:
        """What a change is by the rules alone."""
        rule = rules()[change.rule]
        usual = rule.effect_in(self.language, open=change.open)
        effect = change.effect or usual
        direction = self.settings.direction
        strict = rule.level(direction, "strict", effect, open=change.open)
        level = rule.level(direction, self.settings.profile, effect, open=change.open)
        tolerated = strict != level
        message = wording.message(rule, change, direction, effect, tolerated=tolerated)
        children = tuple(self.of(each) for each in change.children)
        finding = self._finding(rule, change, message, effect)
        return _Judged(self._wished(rule, level), finding, level, tolerated, children)

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

    def agreed(self, changes: Iterable[Change], inclusion: Inclusion) -> tuple[Verdict, list[_Judged]]:
        """The verdict, and the findings brought into agreement with it."""
        judged = [self.of(each) for each in changes]
        if inclusion.holds is None:
            return "undecided", [self._retold(each, wording.unproven, "error") for each in judged]
        if inclusion.holds:
            return "compatible", [self._retold(each, wording.proven_harmless, "info") for each in judged]
        proof = self.witness(inclusion)
        errors = [each for each in judged if each.failing]
        lesser = [each for each in judged if not each.failing and _may_explain(each, proof)]
        told = explaining([each.finding for each in (*errors, *lesser)], inclusion)
        shown = next((each for each in (*errors, *lesser) if each.finding is told), None)
        if shown is None and len(errors) == 1:
            [shown] = errors
        if shown is None:
            return "breaking", judged if errors else [*judged, self._made(inclusion, proof)]
        if shown.tolerated and not shown.failing:
            return "breaking" if errors else "compatible", judged
        proven = self._proven(shown, proof)
        return "breaking", [proven if each is shown else each for each in judged]

    def _retold(self, judged: _Judged, told: Callable[[str, Direction], str], level: Level) -> _Judged:
        """Bad news that stays what its rule says, or that a proof takes back."""
        children = tuple(self._retold(each, told, level) for each in judged.children)
        judged = evolve(judged, children=children)
        if judged.unwished != "error" and not (judged.tolerated and level == "info"):
            return judged
        message = told(judged.finding.message, self.settings.direction)
        return self._as(judged, level, evolve(judged.finding, message=message))

    def _proven(self, judged: _Judged, proof: Witness | None) -> _Judged:
        """What broke: an error, though its rule may call it less."""
        finding = judged.finding
        message = wording.breaking(rules()[finding.rule], finding.message, finding.direction)
        return self._as(judged, "error", evolve(finding, message=message, proven=proof is not None, witness=proof))

    def _as(self, judged: _Judged, level: Level, finding: Finding) -> _Judged:
        """At another level, unless a user has set it."""
        rule = rules()[finding.rule]
        return evolve(judged, level=self._wished(rule, level), unwished=level, finding=finding)

    def _made(self, inclusion: Inclusion, proof: Witness | None) -> _Judged:
        """A finding of what only the witness shows."""
        rule = rules()[facing(inclusion.rule or "T203", self.settings.direction)]
        message = wording.refusal(rule, inclusion.problem, self.settings.direction)
        effect: Effect = "narrows" if self.settings.direction == "request" else "widens"
        finding = self._finding(rule, Change(rule=rule.id, path=inclusion.path), message, effect)
        proven = evolve(finding, proven=proof is not None, witness=proof)
        return _Judged(self._wished(rule, "error"), proven, "error")


def _undecided(inclusion: Inclusion) -> Iterator[Change]:
    if inclusion.holds is None:
        for path, reason in inclusion.reasons or (("", "no proof and no counterexample was found in time"),):
            yield Change(rule="X900", path=path, note=reason)


def _once(changes: Iterable[Change]) -> Iterator[Change]:
    """A reason is told once, whether the verdict stumbled over it, the list of changes, or both."""
    told: set[tuple[str, str]] = set()
    for each in changes:
        reason = each.path.rstrip("/"), each.note
        if each.rule != "X900" or reason not in told:
            yield each
        if each.rule == "X900":
            told.add(reason)


def _may_explain(judged: _Judged, proof: Witness | None) -> bool:
    """Whether a finding may be what broke though its rule calls it no error. Unknown effects need a document."""
    return judged.breaking or (judged.finding.effect == "unknown" and proof is not None)


def _shown(judged: Iterable[_Judged]) -> Iterator[Finding]:
    """The findings whose level is not "off". What one that is off would have had below it stands by itself."""
    for each in judged:
        children = sorted(_shown(each.children), key=_worst_first)
        if each.level == "off":
            yield from children
        else:
            yield evolve(each.finding, severity=each.level, children=tuple(children))


def _hidden(judged: Iterable[_Judged]) -> Iterator[Finding]:
    """The findings whose level is "off", by its rule or as a user wished."""
    for each in judged:
        if each.level == "off":
            yield evolve(each.finding, severity="info" if each.unwished == "off" else each.unwished)
        yield from _hidden(each.children)


def _worst_first(finding: Finding) -> tuple[int, str, str]:
    return -LEVELS.index(finding.severity), finding.path, finding.rule
