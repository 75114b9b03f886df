"""Objects that satisfy assertions: the properties that are needed, and some more where there must be so many."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from smswire.diff.json import engines, nodes
from smswire.diff.json.evaluation import holds, is_other
from smswire.diff.json.nodes import Node
from smswire.diff.json.solving.literals import Literals
from smswire.diff.json.solving.names import Kinds
from smswire.diff.json.solving.objectshape import ObjectShape, Plan, Rule
from smswire.diff.json.solving.outcomes import EMPTY, UNWRITTEN, Outcome, Reason, best, found, perhaps, unsure
from smswire.diff.json.solving.support import Search
from smswire.diff.json.values import Json, key

_EXTRA = 200
_RULES = 4


def solve(search: Search, literals: Literals) -> Outcome:
    """An object that satisfies all assertions, with few properties."""
    return _Objects(search, literals).solve()


class _Objects:
    def __init__(self, search: Search, literals: Literals) -> None:
        self.search = search
        self.excluded = literals.excluded
        self.shape = ObjectShape(literals)
        self.kinds = Kinds(self.shape.patterns())

    def solve(self) -> Outcome:
        for name in self.shape.plan.failing:
            if self._value(self.shape.plan, name).empty:
                return EMPTY
        return best(self._finished(plan) for plan in self._placed(self.shape.plan, 0))

    def _placed(self, plan: Plan | Outcome, index: int) -> Iterator[Plan | Outcome]:
        """Every way to have some property fail what some property must."""
        if isinstance(plan, Outcome) or index == len(self.shape.wanted):
            yield plan
            return
        if self._too_many(plan):
            return
        for each in self._ways(plan, self.shape.wanted[index]):
            yield from self._placed(each, index + 1)

    def _ways(self, plan: Plan, wanted: Rule) -> Iterator[Plan | Outcome]:
        failing = () if isinstance(wanted, nodes.Names) else (wanted.part,)
        for kind in self.kinds:
            if isinstance(wanted, nodes.Matching) and wanted.pattern not in kind:
                continue
            if isinstance(wanted, nodes.Others) and kind & set(wanted.patterns):
                continue
            yield from self._made_up(plan, kind, failing, wanted)
        for name in dict.fromkeys([*plan.failing, *self.shape.explicit]):
            concerned = _concerns(wanted, name)
            if concerned is None:
                yield unsure("a pattern for names cannot be read")
            elif concerned and name not in self.shape.forbidden:
                more = plan.add(name, failing)
                if not self._value(more, name).empty:
                    yield more
        if not self.kinds.complete:
            yield unsure("more patterns for names than can be told apart")
        if self.shape.high is not None and len(self._names()) > _RULES:
            yield unsure("more rules for names than can be tried together")

    def _names(self) -> list[nodes.Names]:
        return [each for each in self.shape.wanted if isinstance(each, nodes.Names)]

    def _made_up(
        self, plan: Plan, kind: frozenset[str], failing: tuple[Node, ...], wanted: Rule | None
    ) -> Iterator[Plan | Outcome]:
        """With one property more, of a name that nothing mentions."""
        if self._of_kind(kind, failing).empty:
            return
        known = [*self.shape.explicit, *plan.kinds]
        for refused in self._refused(wanted):
            name = self.kinds.name(self.search, kind, self.shape.names, refused, known)
            if name.empty:
                continue
            if not isinstance(name.value, str):
                yield unsure("no name was found that matches just some patterns")
            elif name.found:
                yield plan.add(name.value, failing, kind)
            else:
                yield Outcome("unsure", reasons=(*name.reasons, ((), "a name of a field cannot be judged")))

    def _refused(self, wanted: Rule | None) -> Iterator[tuple[Node, ...]]:
        """What a name that is made up must fail: where there may be just so many names, one may have to do for more."""
        own = (wanted.part,) if isinstance(wanted, nodes.Names) else ()
        yield own
        if wanted is None or self.shape.high is None:
            return
        more = [each.part for each in self._names() if each is not wanted]
        if more:
            yield (*own, *more)
        for size in range(1, len(more)):
            for chosen in combinations(more[:_RULES], size):
                yield (*own, *chosen)

    def _value(self, plan: Plan, name: str) -> Outcome:
        """The value of a property."""
        failing = plan.failing.get(name, ())
        if (kind := plan.kinds.get(name)) is not None:
            return self._of_kind(kind, failing)
        if name in self.shape.forbidden or any(holds(each, name) is False for each in self.shape.names):
            return EMPTY
        parts = list(self.shape.properties.get(name, ()))
        unread = any(holds(each, name) is None for each in self.shape.names)
        rules: list[nodes.Matching | nodes.Others] = [*self.shape.matching, *self.shape.others]
        for rule in rules:
            concerned = _concerns(rule, name)
            unread = unread or concerned is None
            if concerned:
                parts.append(rule.part)
        outcome = self.search.solve(parts, failing).within(name)
        if unread and outcome.found:
            return perhaps(outcome.value, [((name,), "a pattern for names cannot be read")])
        return outcome

    def _of_kind(self, kind: frozenset[str], failing: tuple[Node, ...]) -> Outcome:
        """The value of a property whose name nothing mentions."""
        parts = [each.part for each in self.shape.matching if each.pattern in kind]
        parts += [each.part for each in self.shape.others if not kind & set(each.patterns)]
        return self.search.solve(parts, failing).within("*")

    def _too_many(self, plan: Plan) -> bool:
        return self.shape.high is not None and len(plan.failing) > self.shape.high

    def _finished(self, plan: Plan | Outcome) -> Outcome:
        """The object of a plan."""
        if isinstance(plan, Outcome):
            return plan
        if self._too_many(plan):
            return EMPTY
        reasons: list[Reason] = []
        value: dict[str, Json] = {}
        tried = True
        for name in plan.failing:
            outcome = self._value(plan, name)
            if not outcome.has_value and not outcome.certain:
                return outcome
            tried = tried and outcome.has_value
            reasons += outcome.reasons
            value[name] = outcome.value
        if tried:
            return self._filled(plan, value, reasons)
        if len(value) < self.shape.low or self.excluded:
            return unsure("a value would have to be too long to be tried")
        return perhaps(None, reasons, tried=False)

    def _filled(self, plan: Plan, value: dict[str, Json], reasons: list[Reason]) -> Outcome:
        """The object with as many properties as it needs, and equal to none that is excluded."""
        doubtful = False
        more = self._more(plan)
        while len(value) < self.shape.low or self._is_excluded(value):
            extended = None if self.shape.high is not None and len(value) >= self.shape.high else next(more, None)
            if extended is None:
                break
            if isinstance(extended, Outcome):
                doubtful = True
                continue
            plan = extended
            name = list(plan.failing)[-1]
            outcome = self._value(plan, name)
            value[name] = outcome.value
            reasons += outcome.reasons
        if len(value) < self.shape.low:
            if len(value) >= _EXTRA and self._takes_any_name():
                return perhaps(None, [*reasons, ((), UNWRITTEN)], tried=False)
            return unsure("too few names could be found") if doubtful or len(value) >= _EXTRA else EMPTY
        if self._is_excluded(value):
            return self._varied(plan, value, reasons, doubtful=doubtful)
        return perhaps(value, reasons) if reasons else found(value)

    def _takes_any_name(self) -> bool:
        """Whether there is no end of names that nothing mentions, and a value for each."""
        free = (
            not self.shape.names
            and not self.kinds.patterns
            and (self.shape.high is None or self.shape.high >= self.shape.low)
        )
        return free and self._of_kind(frozenset(), ()).found

    def _is_excluded(self, value: Json) -> bool:
        return bool(self.excluded) and key(value) in self.excluded

    def _more(self, plan: Plan) -> Iterator[Plan | Outcome]:
        """The plan with one property more each time, or why there may be more that were not found."""
        for name in self.shape.explicit:
            if name in plan.failing:
                continue
            outcome = self._value(plan, name)
            if outcome.has_value:
                plan = plan.add(name)
                yield plan
            elif not outcome.empty:
                yield outcome
        for kind in self.kinds:
            for _ in range(_EXTRA):
                added = next(self._made_up(plan, kind, (), None), None)
                if isinstance(added, Plan) and self._of_kind(kind, ()).has_value:
                    plan = added
                    yield plan
                    continue
                if added is not None:
                    yield unsure("no further name was found")
                break
        if not self.kinds.complete:
            yield unsure("more patterns for names than can be told apart")

    def _varied(self, plan: Plan, value: dict[str, Json], reasons: list[Reason], *, doubtful: bool) -> Outcome:
        """The object with another value for some property."""
        universe = self.search.universe
        for name in value:
            other = self._value(plan.add(name, (universe.one_of_values([value[name]]),)), name)
            if other.has_value:
                varied = {**value, name: other.value}
                if not self._is_excluded(varied):
                    reasons = [*reasons, *other.reasons]
                    return perhaps(varied, reasons) if reasons else found(varied)
            doubtful = doubtful or not other.empty
        certain = not doubtful and set(value) == set(self.shape.plan.failing) and len(self.excluded) == 1
        return EMPTY if certain else unsure("single objects are ruled out")


def _concerns(rule: Rule, name: str) -> bool | None:
    """Whether a rule about properties speaks of one of a name; for names, whether they refuse it."""
    if isinstance(rule, nodes.Matching):
        return engines.matches(rule.pattern, name)
    if isinstance(rule, nodes.Others):
        return is_other(rule, name)
    answer = holds(rule.part, name)
    return None if answer is None else not answer
