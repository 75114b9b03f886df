"""A goal taken apart: what must hold and what must not, down to assertions and alternatives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import TypeAlias

from attrs import define, field, frozen

from smswire.diff.json import nodes
from smswire.diff.json.evaluation import holds
from smswire.diff.json.nodes import Mask, Node
from smswire.diff.json.universe import Universe
from smswire.diff.json.values import Json, Key

Goal: TypeAlias = tuple[frozenset[Node], frozenset[Node]]
"""Nodes that must hold and nodes that must not."""

_FEW = 64


@frozen
class Alternative:
    """One way to satisfy a clause."""

    holding: tuple[Node, ...] = ()
    failing: tuple[Node, ...] = ()


@frozen
class Clause:
    """A node that leaves a choice; it must hold, or if not `holds`, must not."""

    node: Node
    holds: bool


def flat(holding: Iterable[Node], failing: Iterable[Node]) -> Goal | None:
    """The goal without what can be said part by part. None: it contradicts itself."""
    return extended((frozenset(), frozenset()), holding, failing)


def extended(goal: Goal, holding: Iterable[Node], failing: Iterable[Node]) -> Goal | None:
    """A goal, flat already, with more in it. None: it contradicts itself."""
    seen: tuple[set[Node], set[Node]] = (set(), set())
    kept: tuple[list[Node], list[Node]] = ([], [])
    todo = [(each, True) for each in holding] + [(each, False) for each in failing]
    while todo:
        node, wanted = todo.pop()
        mine, others = (0, 1) if wanted else (1, 0)
        if node in seen[mine] or node in goal[mine]:
            continue
        if node in seen[others] or node in goal[others]:
            return None
        seen[mine].add(node)
        kind = type(node)
        if kind is (nodes.Both if wanted else nodes.Either):
            assert isinstance(node, nodes.Both | nodes.Either)
            todo += [(each, wanted) for each in node.parts]
        elif isinstance(node, nodes.Not):
            todo.append((node.part, not wanted))
        elif isinstance(node, nodes.Loop):
            assert node.target is not None
            todo.append((node.target, wanted))
        elif kind is nodes.Anything or kind is nodes.Nothing:
            if (kind is nodes.Anything) != wanted:
                return None
        else:
            kept[mine].append(node)
    return goal[0].union(kept[0]) if kept[0] else goal[0], goal[1].union(kept[1]) if kept[1] else goal[1]


@define
class Literals:
    """What a goal says of values of one type."""

    kind: Mask
    holding: list[Node] = field(factory=list[Node])
    failing: list[Node] = field(factory=list[Node])
    listed: dict[Key, Json] | None = None
    """The only values that can be meant, None for no such limit."""
    excluded: dict[Key, Json] = field(factory=dict[Key, Json])
    unknown: list[nodes.Unknown] = field(factory=list[nodes.Unknown])
    clauses: list[Clause] = field(factory=list[Clause])


def of_type(universe: Universe, kind: Mask, goal: Goal) -> Literals | None:
    """What a goal comes to for values of one type. None: it rules them out."""
    found = Literals(kind)
    for node in sorted(goal[0], key=_serial):
        if not node.may & kind:
            return None
        if not node.must & kind:
            _hold(found, node)
    for node in sorted(goal[1], key=_serial):
        if node.must & kind:
            return None
        if node.may & kind:
            _fail(universe, found, node)
    return found


def _hold(found: Literals, node: Node) -> None:
    if isinstance(node, nodes.OneOfValues):
        inner = node.values
        found.listed = {k: v for k, v in inner.items() if found.listed is None or k in found.listed}
    elif isinstance(node, nodes.Unknown):
        found.unknown.append(node)
    elif isinstance(node, nodes.Either | nodes.Single):
        found.clauses.append(Clause(node, holds=True))
    else:
        found.holding.append(node)


def _fail(universe: Universe, found: Literals, node: Node) -> None:
    if isinstance(node, nodes.Both | nodes.Single):
        found.clauses.append(Clause(node, holds=False))
    elif isinstance(node, nodes.OneOfValues):
        found.excluded |= node.values
    elif isinstance(node, nodes.Unknown):
        found.unknown.append(node)
    elif isinstance(node, nodes.AtLeast):
        found.holding.append(universe.assertion(nodes.AtMost(node.what, node.count - 1)))
    elif isinstance(node, nodes.AtMost):
        found.holding.append(universe.assertion(nodes.AtLeast(node.what, node.count + 1)))
    elif isinstance(node, nodes.Contains):
        found.holding.append(universe.assertion(nodes.ContainsAtMost(node.part, node.least - 1)))
    elif isinstance(node, nodes.ContainsAtMost):
        found.holding.append(universe.assertion(nodes.Contains(node.part, node.most + 1)))
    else:
        found.failing.append(node)


def ways(goal: Goal, kind: Mask, clause: Clause) -> list[Alternative] | None:
    """The ways to satisfy a clause that the goal does not rule out at first sight. None: it is satisfied."""
    holding, failing = goal
    node = clause.node
    if isinstance(node, nodes.Single):
        return _open(goal, kind, _of_single(node, holds=clause.holds))
    found: list[Alternative] = []
    assert isinstance(node, nodes.Either | nodes.Both)
    for each in node.parts:
        if clause.holds:
            if each in holding or each.must & kind:
                return None
            if each.may & kind and each not in failing:
                found.append(Alternative((each,)))
        else:
            if each in failing or not each.may & kind:
                return None
            if not each.must & kind and each not in holding:
                found.append(Alternative((), (each,)))
    return found


def _of_single(node: nodes.Single, *, holds: bool) -> Iterator[Alternative]:
    if holds:
        for each in node.parts:
            yield Alternative((each,), tuple(other for other in node.parts if other is not each))
        return
    yield Alternative((), node.parts)
    for one, other in combinations(node.parts, 2):
        yield Alternative((one, other))


def _open(goal: Goal, kind: Mask, alternatives: Iterable[Alternative]) -> list[Alternative] | None:
    holding, failing = goal
    found: list[Alternative] = []
    for each in alternatives:
        if any(not one.may & kind or one in failing for one in each.holding):
            continue
        if any(one.must & kind or one in holding for one in each.failing):
            continue
        held = all(one.must & kind or one in holding for one in each.holding)
        if held and all(not one.may & kind or one in failing for one in each.failing):
            return None
        found.append(each)
    return found


def relevant(goal: Goal) -> Goal:
    """The goal without what must fail and fails anyhow, as the values of needed properties tell."""
    known = _needed(goal[0])
    if not known:
        return goal
    kept = frozenset(each for each in goal[1] if not _fails(each, known))
    return goal if len(kept) == len(goal[1]) else (goal[0], kept)


def _needed(holding: frozenset[Node]) -> dict[str, list[Json]]:
    """The possible values of properties that must be there and have few."""
    names = {each.name for each in holding if isinstance(each, nodes.Has)}
    parts: dict[str, list[Node]] = {}
    for each in holding:
        if isinstance(each, nodes.Property) and each.name in names:
            parts.setdefault(each.name, []).append(each.part)
    found: dict[str, list[Json]] = {}
    for name, rules in parts.items():
        flat_rules = [inner for rule in rules for inner in (rule.parts if isinstance(rule, nodes.Both) else (rule,))]
        listed = [each.values for each in flat_rules if isinstance(each, nodes.OneOfValues)]
        if listed and len(few := min(listed, key=len)) <= _FEW:
            found[name] = [each for each in few.values() if all(holds(rule, each) is not False for rule in rules)]
    return found


def _fails(node: Node, known: dict[str, list[Json]]) -> bool:
    return isinstance(node, nodes.Both) and any(
        isinstance(each, nodes.Property)
        and each.name in known
        and all(holds(each.part, value) is False for value in known[each.name])
        for each in node.parts
    )


def _serial(node: Node) -> int:
    return node.serial
