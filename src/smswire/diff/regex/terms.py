"""Regular languages as terms that derive: Brzozowski's derivatives, with intersection and complement.

The characters that no expression of a question tells apart are one atom; a set of atoms is the bits of an integer.
Equal terms are one object, so that what was derived once is not derived again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Literal, TypeAlias

from smswire.diff.regex.atoms import Atoms
from smswire.diff.regex.charset import Charset

Kind: TypeAlias = Literal["chars", "empty word", "then", "or", "and", "not", "repeat", "loop"]


class TooLarge(Exception):
    """More terms were made than a question may cost."""


class Term:
    """A language. Made by a `Space` only, which keeps equal terms identical."""

    __slots__ = (
        "classes",
        "definition",
        "derived",
        "high",
        "kind",
        "low",
        "mask",
        "nullable",
        "parts",
        "serial",
        "split",
    )

    def __init__(self, kind: Kind, parts: tuple[Term, ...], mask: int, low: int, high: int | None, serial: int) -> None:
        self.kind: Kind = kind
        self.parts = parts
        self.mask = mask
        self.low = low
        self.high = high
        self.serial = serial
        self.nullable = _nullable(kind, parts, low)
        self.definition: Term | None = None
        self.classes: tuple[int, ...] | None = None
        self.derived: dict[int, Term] = {}
        self.split: tuple[Term, ...] | None = None


def _nullable(kind: Kind, parts: tuple[Term, ...], low: int) -> bool:
    if kind == "loop":
        return parts[0].nullable
    if kind in ("then", "and"):
        return all(each.nullable for each in parts)
    if kind == "or":
        return any(each.nullable for each in parts)
    if kind == "not":
        return not parts[0].nullable
    return kind == "empty word" or (kind == "repeat" and low == 0)


class Space:
    """The terms of one question about some expressions."""

    def __init__(self, sets: Iterable[Charset], alphabet: Charset, limit: int) -> None:
        self.limit = limit
        self._known: dict[tuple[object, ...], Term] = {}
        self._loops: dict[Hashable, int] = {}
        self.atoms = Atoms(set(sets), alphabet)
        self.full = (1 << len(self.atoms.samples)) - 1
        self.nothing = self._make("chars")
        self.empty_word = self._make("empty word")
        self.any = self._make("repeat", (self.chars(self.full),), low=0, high=None)

    def _make(
        self, kind: Kind, parts: tuple[Term, ...] = (), *, mask: int = 0, low: int = 0, high: int | None = 0
    ) -> Term:
        key = (kind, *(each.serial for each in parts), mask, low, high)
        if (found := self._known.get(key)) is None:
            if len(self._known) >= self.limit:
                raise TooLarge
            found = self._known[key] = Term(kind, parts, mask, low, high, len(self._known))
        return found

    def chars(self, mask: int) -> Term:
        """One character out of the atoms of a mask."""
        return self._make("chars", mask=mask)

    def of(self, characters: Charset) -> Term:
        """One character of a set that the space was made for."""
        return self.chars(self.atoms.masks[characters])

    def then(self, first: Term, second: Term) -> Term:
        if self.nothing in (first, second):
            return self.nothing
        if first is self.empty_word:
            return second
        if second is self.empty_word:
            return first
        if first.kind == "then":
            return self.chain([*_links(first), second])
        star = first.kind == "repeat" and first.high is None and first.low == 0
        if star and (second is first or (second.kind == "then" and second.parts[0] is first)):
            return second
        return self._make("then", (first, second))

    def chain(self, terms: Sequence[Term]) -> Term:
        """One after the other."""
        found = self.empty_word
        for each in reversed(terms):
            found = self.then(each, found)
        return found

    def repeat(self, body: Term, low: int, high: int | None) -> Term:
        if body is self.nothing:
            return self.nothing if low else self.empty_word
        if high == 0 or body is self.empty_word:
            return self.empty_word
        if low == high == 1:
            return body
        if body.kind == "repeat" and body.low == 0 and body.high is None:
            return body
        return self._make("repeat", (body,), low=0 if body.nullable else low, high=high)

    def loop(self, key: Hashable, after: Term, body: Callable[[Callable[[bool], Term]], Term]) -> Term:
        """What `body` makes of itself any number of times, and then `after`. Each time takes a character at least.

        `body` is given what stands for the loop itself; `key` tells bodies apart.
        """
        number = self._loops.setdefault(key, len(self._loops))
        loop = self._make("loop", (after,), low=number)
        if loop.definition is None:
            loop.definition = after
            loop.definition = self.union((after, body(lambda _: loop)))
        return loop

    def union(self, terms: Iterable[Term]) -> Term:
        mask = 0
        found: dict[int, Term] = {}
        for each in _flat("or", terms):
            if each.kind == "chars":
                mask |= each.mask
            else:
                found[each.serial] = each
        if mask:
            single = self.chars(mask)
            found[single.serial] = single
        if self.any.serial in found or any(self.negation(each).serial in found for each in found.values()):
            return self.any
        if self.empty_word.serial in found and sum(each.nullable for each in found.values()) > 1:
            del found[self.empty_word.serial]
        return self._together("or", found, self.nothing)

    def intersection(self, terms: Iterable[Term]) -> Term:
        mask: int | None = None
        found: dict[int, Term] = {}
        for each in _flat("and", terms):
            if each.kind == "chars":
                mask = each.mask if mask is None else mask & each.mask
            elif each is not self.any:
                found[each.serial] = each
        if mask is not None:
            single = self.chars(mask)
            found[single.serial] = single
        if self.nothing.serial in found or any(
            each.kind == "not" and each.parts[0].serial in found for each in found.values()
        ):
            return self.nothing
        if self.empty_word.serial in found:
            return self.empty_word if all(each.nullable for each in found.values()) else self.nothing
        return self._together("and", found, self.any)

    def _together(self, kind: Kind, found: dict[int, Term], otherwise: Term) -> Term:
        if len(found) <= 1:
            return next(iter(found.values()), otherwise)
        return self._make(kind, tuple(found[serial] for serial in sorted(found)))

    def negation(self, term: Term) -> Term:
        if term.kind == "not":
            return term.parts[0]
        if term is self.any:
            return self.nothing
        if term is self.nothing:
            return self.any
        if term.kind == "or":
            return self.intersection(self.negation(each) for each in term.parts)
        if term.kind == "and":
            return self.union(self.negation(each) for each in term.parts)
        return self._make("not", (term,))

    def derive(self, term: Term, mask: int) -> Term:
        """What may follow a character of `mask`, whose atoms the term does not tell apart."""
        if (found := term.derived.get(mask)) is None:
            found = term.derived[mask] = self._derive(term, mask)
        return found

    def _derive(self, term: Term, mask: int) -> Term:
        parts = term.parts
        if term.kind == "chars":
            return self.empty_word if term.mask & mask else self.nothing
        if term.kind == "empty word":
            return self.nothing
        if term.kind == "then":
            first = self.then(self.derive(parts[0], mask), parts[1])
            return self.union((first, self.derive(parts[1], mask))) if parts[0].nullable else first
        if term.kind == "or":
            return self.union([self.derive(each, mask) for each in parts])
        if term.kind == "and":
            return self.intersection([self.derive(each, mask) for each in parts])
        if term.kind == "not":
            return self.negation(self.derive(parts[0], mask))
        if term.definition is not None:
            return self.derive(term.definition, mask)
        fewer = None if term.high is None else term.high - 1
        return self.then(self.derive(parts[0], mask), self.repeat(parts[0], max(term.low - 1, 0), fewer))

    def classes(self, term: Term) -> tuple[int, ...]:
        """Disjoint sets of atoms, all together, none of which the term tells apart in the first place."""
        if term.classes is None:
            term.classes = self._classes(term)
        return term.classes

    def _classes(self, term: Term) -> tuple[int, ...]:
        if term.kind == "chars":
            return tuple(each for each in (term.mask, self.full & ~term.mask) if each)
        parts = term.parts[:1] if term.kind == "then" and not term.parts[0].nullable else term.parts
        found: tuple[int, ...] = (self.full,)
        for part in parts if term.definition is None else (term.definition,):
            found = tuple(both for one in self.classes(part) for other in found if (both := one & other))
        return found


def _links(term: Term) -> Iterator[Term]:
    while term.kind == "then":
        yield term.parts[0]
        term = term.parts[1]
    yield term


def _flat(kind: Kind, terms: Iterable[Term]) -> Iterator[Term]:
    for each in terms:
        if each.kind == kind:
            yield from each.parts
        else:
            yield each
