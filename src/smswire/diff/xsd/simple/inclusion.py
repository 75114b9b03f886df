"""Whether every string that one simple type takes is taken by another, white space included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import chain, islice

from attrs import frozen

from smswire.diff.xsd.simple.accepting import accepts, takes
from smswire.diff.xsd.simple.atoms import Alternative, Alternatives, Atom, ListOf, number
from smswire.diff.xsd.simple.builtins import Space
from smswire.diff.xsd.simple.reprints import edges, reprints
from smswire.diff.xsd.simple.samples import samples
from smswire.diff.xsd.simple.together import together
from smswire.diff.xsd.simple.within import RANK, only_longer, unsure, within

_MANY = 2_000
_FEW = 5
_LOOKED_AT = 30


@frozen
class Answer:
    """`holds` None is undecided. `examples` are strings that break the inclusion, or may do so, if any are known."""

    holds: bool | None
    examples: tuple[str, ...] = ()


def included(sub: Alternatives, sup: Alternatives, deadline: float | None = None) -> Answer:
    """Whether every string that `sub` takes is one that `sup` takes."""
    if sub == sup:
        return Answer(holds=True)
    undecided: list[Answer] = []
    for each in sub:
        answer = _one(each, sup, deadline)
        if answer.holds is False:
            return answer
        if answer.holds is None:
            undecided.append(answer)
    return undecided[0] if undecided else Answer(holds=True)


def _one(sub: Alternative, sup: Alternatives, deadline: float | None) -> Answer:
    answers = [within(sub, each, _items, deadline) for each in sup]
    if True in answers:
        return Answer(holds=True)
    if sub.values is not None and _textual(sub):
        return _listed(sub, sub.values, sup)
    if isinstance(sub, Atom) and sub.base == "boolean":
        return _listed(sub, ("true", "false", "1", "0"), sup)
    covered, likely = together(sub, sup, deadline) if isinstance(sub, Atom) and len(sup) > 1 else (False, ())
    if covered:
        return Answer(holds=True)
    against = (
        each
        for each in chain(likely, samples((sub,), sup, deadline), reprints(sub))
        if takes(sub, each) and accepts(sup, each) is False
    )
    examples = _least(islice(against, _LOOKED_AT))
    if examples or answers == [False]:
        return Answer(holds=False, examples=examples)
    return Answer(holds=None, examples=tuple(islice(chain(edges(sub), reprints(sub)), 3 * _FEW)))


def _least(against: Iterable[str]) -> tuple[str, ...]:
    """The shortest of some strings, and of numbers of one length those nearest to zero; odd white space comes last."""

    def size(text: str) -> tuple[bool, int, Decimal]:
        return text != " ".join(text.split()), len(text), abs(number(text) or Decimal(0))

    return tuple(sorted(against, key=size)[:_FEW])


def _textual(kind: Alternative) -> bool:
    """Whether a value has one print, white space apart."""
    if isinstance(kind, ListOf):
        return all(_textual(each) for each in kind.items)
    return kind.builtin.family == "text"


def _listed(sub: Alternative, values: Sequence[str], sup: Alternatives) -> Answer:
    """Each listed value is one that `sup` takes, with any white space that may come with it."""
    undecided = False
    against: list[str] = []
    sure = [each for each in sup if not unsure(sub, each)]
    known = {value for each in sure if isinstance(each, Atom) and _only_lists(each, sub) for value in each.values or ()}
    others = {value for each in sup for value in each.values or ()}
    # what none of them lists shows it by itself, without white space around it
    for value in sorted(values, key=others.__contains__):
        if value in known or takes(sub, value) is False:
            continue
        for printed in _spaced(value, sub.space):
            answer = accepts(sup, printed)
            if answer is False and takes(sub, printed):
                against.append(printed)
            undecided = undecided or answer is None
        same = any((RANK[each.space] >= RANK[sub.space] or only_longer(each)) and takes(each, value) for each in sure)
        undecided = undecided or not same
        if len(against) >= _FEW:
            break
    return Answer(holds=False if against else None if undecided else True, examples=_least(against))


def _only_lists(kind: Atom, sub: Alternative) -> bool:
    """Whether an atom takes all the strings that it lists, as they come with the white space of another."""
    plain = kind.builtin.family == "text" and not kind.patterns and kind.max_length is None and not kind.min_length
    return plain and isinstance(sub, Atom) and kind.base == sub.base and RANK[kind.space] >= RANK[sub.space]


def _spaced(value: str, space: Space) -> Iterator[str]:
    yield value
    if space == "collapse":
        yield f" {value}\n"
        yield value + " " * _MANY
    elif space == "replace" and " " in value:
        yield value.replace(" ", "\t")
        yield value.replace(" ", "\n")


def _items(sub: Alternatives, sup: Alternatives, deadline: float | None) -> bool | None:
    return included(sub, sup, deadline).holds
