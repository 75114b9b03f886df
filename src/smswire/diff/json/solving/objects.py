"""Objects that satisfy assertions: the properties that are needed, and some more where there must be so many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import field, frozen

from smswire.diff.json import engines, nodes
from smswire.diff.json.evaluation import holds, is_other
from smswire.diff.json.nodes import Node
from smswire.diff.json.solving.literals import Literals
from smswire.diff.json.solving.names import Kinds
from smswire.diff.json.solving.outcomes import EMPTY, Outcome, Reason, best, found, perhaps, unsure
from smswire.diff.json.solving.support import Search
from smswire.diff.json.values import Json, key

_EXTRA = 200

_Rule: TypeAlias = nodes.Matching | nodes.Others | nodes.Names
"""What speaks of properties that it does not name."""


def solve(search: Search, literals: Literals) -> Outcome:
    """An object that satisfies all assertions, with few properties."""
    return _Objects(search, literals).solve()


@frozen
class _Plan:
    """The properties of an object to be, each with what its value must fail, and the kinds of names made up."""

    failing: dict[str, tuple[Node, ...]] = field(factory=dict[str, tuple[Node, ...]])
    kinds: dict[str, frozenset[str]] = field(factory=dict[str, frozenset[str]])

    def add(self, name: str, failing: tuple[Node, ...] = (), kind: frozenset[str] | None = None) -> _Plan:
        """With one property more, or with more that a property's value must fail."""
        kinds = self.kinds if kind is None else {**self.kinds, name: kind}
        return _Plan({**self.failing, name: (*self.failing.get(name, ()), *failing)}, kinds)


class _Objects:
    def __init__(self, search: Search, literals: Literals) -> None:
        self.search = search
        self.excluded = literals.excluded
        self.properties: dict[str, list[Node]] = {}
        self.matching: list[nodes.Matching] = []
        self.others: list[nodes.Others] = []
        self.names: list[Node] = []
        self.low = 0
        self.high: int | None = None
        self.forbidden: set[str] = set()
        self.plan = _Plan()
        self.wanted: list[_Rule] = []
        """What some property must fail."""
        for each in literals.holding:
            self._hold(each)
        for each in literals.failing:
            self._fail(each)
        self.explicit = list(dict.fromkeys([*self.plan.failing, *self._mentioned(), *sorted(self.forbidden)]))
        patterns = [each.pattern for each in (*self.matching, *self.wanted) if isinstance(each, nodes.Matching)]
        for each in (*self.others, *self.wanted):
            patterns += each.patterns if isinstance(each, nodes.Others) else ()
        self.kinds = Kinds(tuple(dict.fromkeys(patterns)))

    def _hold(self, node: Node) -> None:
        if isinstance(node, nodes.Property):
            self.properties.setdefault(node.name, []).append(node.part)
        elif isinstance(node, nodes.Has):
            self.plan = self.plan.add(node.name)
        elif isinstance(node, nodes.Matching):
            self.matching.append(node)
        elif isinstance(node, nodes.Others):
            self.others.append(node)
        elif isinstance(node, nodes.Names):
            self.names.append(node.part)
        elif isinstance(node, nodes.AtLeast):
            self.low = max(self.low, node.count)
        elif isinstance(node, nodes.AtMost):
            self.high = node.count if self.high is None else min(self.high, node.count)

    def _fail(self, node: Node) -> None:
        if isinstance(node, nodes.Property):
            self.plan = self.plan.add(node.name, (node.part,))
        elif isinstance(node, nodes.Has):
            self.forbidden.add(node.name)
        elif isinstance(node, nodes.Matching | nodes.Others | nodes.Names):
            self.wanted.append(node)

    def _mentioned(self) -> Iterator[str]:
        yield from self.properties
        for each in (*self.others, *self.wanted):
            if isinstance(each, nodes.Others):
                yield from sorted(each.names)

    def solve(self) -> Outcome:
        for name in self.plan.failing:
            if self._value(self.plan, name).empty:
                return EMPTY
        return best(self._finished(plan) for plan in self._placed(self.plan, 0))

    def _placed(self, plan: _Plan | Outcome, index: int) -> Iterator[_Plan | Outcome]:
        """Every way to have some property fail what some property must."""
        if isinstance(plan, Outcome) or index == len(self.wanted):
            yield plan
            return
        for each in self._ways(plan, self.wanted[index]):
            yield from self._placed(each, index + 1)

    def _ways(self, plan: _Plan, wanted: _Rule) -> Iterator[_Plan | Outcome]:
        failing = () if isinstance(wanted, nodes.Names) else (wanted.part,)
        for kind in self.kinds:
            if isinstance(wanted, nodes.Matching) and wanted.pattern not in kind:
                continue
            if isinstance(wanted, nodes.Others) and kind & set(wanted.patterns):
                continue
            yield from self._made_up(plan, kind, failing, wanted)
        for name in dict.fromkeys([*plan.failing, *self.explicit]):
            concerned = _concerns(wanted, name)
            if concerned is None:
                yield unsure("a pattern for names cannot be read")
            elif concerned and name not in self.forbidden:
                more = plan.add(name, failing)
                if not self._value(more, name).empty:
                    yield more
        if not self.kinds.complete:
            yield unsure("more patterns for names than can be told apart")

    def _made_up(
        self, plan: _Plan, kind: frozenset[str], failing: tuple[Node, ...], wanted: Node | None
    ) -> Iterator[_Plan | Outcome]:
        """With one property more, of a name that nothing mentions."""
        if self._of_kind(kind, failing).empty:
            return
        refused = (wanted.part,) if isinstance(wanted, nodes.Names) else ()
        known = [*self.explicit, *plan.kinds]
        name = self.kinds.name(self.search, kind, self.names, refused, known)
        if name.empty:
            return
        if not isinstance(name.value, str):
            yield unsure("no name was found that matches just some patterns")
        elif name.found:
            yield plan.add(name.value, failing, kind)
        else:
            yield Outcome("unsure", reasons=name.reasons)

    def _value(self, plan: _Plan, name: str) -> Outcome:
        """The value of a property."""
        failing = plan.failing.get(name, ())
        if (kind := plan.kinds.get(name)) is not None:
            return self._of_kind(kind, failing)
        if name in self.forbidden or any(holds(each, name) is False for each in self.names):
            return EMPTY
        parts = list(self.properties.get(name, ()))
        unread = any(holds(each, name) is None for each in self.names)
        rules: list[nodes.Matching | nodes.Others] = [*self.matching, *self.others]
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
        parts = [each.part for each in self.matching if each.pattern in kind]
        parts += [each.part for each in self.others if not kind & set(each.patterns)]
        return self.search.solve(parts, failing).within("*")

    def _finished(self, plan: _Plan | Outcome) -> Outcome:
        """The object of a plan."""
        if isinstance(plan, Outcome):
            return plan
        if self.high is not None and len(plan.failing) > self.high:
            return EMPTY
        reasons: list[Reason] = []
        value: dict[str, Json] = {}
        for name in plan.failing:
            outcome = self._value(plan, name)
            if outcome.empty or not outcome.has_value:
                return outcome
            reasons += outcome.reasons
            value[name] = outcome.value
        return self._filled(plan, value, reasons)

    def _filled(self, plan: _Plan, value: dict[str, Json], reasons: list[Reason]) -> Outcome:
        """The object with as many properties as it needs, and equal to none that is excluded."""
        doubtful = False
        more = self._more(plan)
        while len(value) < self.low or self._is_excluded(value):
            extended = None if self.high is not None and len(value) >= self.high else next(more, None)
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
        if len(value) < self.low:
            return unsure("too few names could be found") if doubtful or len(value) >= _EXTRA else EMPTY
        if self._is_excluded(value):
            return self._varied(plan, value, doubtful=doubtful)
        return perhaps(value, reasons) if reasons else found(value)

    def _is_excluded(self, value: Json) -> bool:
        return bool(self.excluded) and key(value) in self.excluded

    def _more(self, plan: _Plan) -> Iterator[_Plan | Outcome]:
        """The plan with one property more each time, or why there may be more that were not found."""
        for name in self.explicit:
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
                if isinstance(added, _Plan) and self._of_kind(kind, ()).has_value:
                    plan = added
                    yield plan
                    continue
                if added is not None:
                    yield unsure("no further name was found")
                break
        if not self.kinds.complete:
            yield unsure("more patterns for names than can be told apart")

    def _varied(self, plan: _Plan, value: dict[str, Json], *, doubtful: bool) -> Outcome:
        """The object with another value for some property."""
        universe = self.search.universe
        for name in value:
            other = self._value(plan.add(name, (universe.one_of_values([value[name]]),)), name)
            if other.has_value:
                varied = {**value, name: other.value}
                if not self._is_excluded(varied):
                    return perhaps(varied, other.reasons) if other.reasons else found(varied)
            doubtful = doubtful or not other.empty
        certain = not doubtful and set(value) == set(self.plan.failing) and len(self.excluded) == 1
        return EMPTY if certain else unsure("single objects are ruled out")


def _concerns(rule: _Rule, name: str) -> bool | None:
    """Whether a rule about properties speaks of one of a name; for names, whether they refuse it."""
    if isinstance(rule, nodes.Matching):
        return engines.matches(rule.pattern, name)
    if isinstance(rule, nodes.Others):
        return is_other(rule, name)
    answer = holds(rule.part, name)
    return None if answer is None else not answer
