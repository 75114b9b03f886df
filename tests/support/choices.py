"""For each choice of the model, the ways to take it: by an alternative, by none, by two, by a part of one."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from itertools import combinations
from typing import Any

from attrs import frozen
from lxml import etree

from smswire.documents import write
from smswire.schema.model import Choice, Record
from smswire_codegen.names import attribute, attribute_of
from support import examples, oracles, raw_xml
from support.cases import CASES, Case

Taken = frozenset[str]
"""Names of the fields of a choice that have a value."""


@frozen(repr=False, eq=False)
class ChoiceTrial:
    """A choice of a record, and the documents of a case in which it is taken one way or another."""

    case: Case
    record: Record
    number: int

    def __repr__(self) -> str:
        return f"{self.case}:{self.record.name}.{self.number}"

    @property
    def choice(self) -> Choice:
        return self.record.choices[self.number]

    @property
    def names(self) -> tuple[str, ...]:
        """The fields of the choice, each once."""
        return tuple(dict.fromkeys(name for each in self.choice.alternatives for name in each.fields))

    @property
    def says(self) -> tuple[str, ...]:
        """What a refusal must say: how many alternatives may be taken, and what each of them needs."""
        needed = [name for each in self.choice.alternatives for name in each.required or each.fields]
        return ("at most one" if self.choice.optional else "exactly one", *map(attribute, needed))

    def takings(self) -> set[Taken]:
        """None, each field, each two; each alternative at its least and whole, less a field, and two of them."""
        whole = [frozenset(each.fields) for each in self.choice.alternatives]
        least = [frozenset(each.required) for each in self.choice.alternatives]
        found = {frozenset[str](), *whole, *least}
        found |= {frozenset(each) for size in (1, 2) for each in combinations(self.names, size)}
        found |= {each - {name} for each in (*whole, *least) for name in each}
        found |= {one | other for one, other in combinations((*whole, *least), 2)}
        return found

    def arguments(self, taken: Taken) -> dict[str, Any]:
        """What the record's class is built from, when these fields of the choice have a value and no others."""
        others = examples.arguments(self.case, self.record)
        for name in self.names:
            others.pop(attribute(name), None)
        fields = [each for each in self.record.fields if each.name in taken]
        return others | {attribute_of(each): examples.of_field(self.case, each) for each in fields}

    def bodies(self, taken: Taken) -> Iterator[bytes]:
        """A document with these elements of the choice, in the order that each of the alternatives gives them."""
        template, elements = _parts(self)
        for alternative in self.choice.alternatives:
            root = deepcopy(template)
            holder = self._holders(root)[0]
            place = min(index for index, child in enumerate(holder) if child.tag in self.names)
            holder[:] = [child for child in holder if child.tag not in self.names]
            order = dict.fromkeys((*alternative.fields, *self.names))
            holder[place:place] = [deepcopy(elements[name]) for name in order if name in taken]
            yield etree.tostring(root)

    def _holders(self, root: Any) -> list[Any]:
        return [element for element, record, _ in raw_xml.places(self.case, root) if record == self.record]


@cache
def _parts(trial: ChoiceTrial) -> tuple[Any, dict[str, Any]]:
    """A document that has the choice in it, and an element for each of its fields."""
    roots = [oracles.parse_xml(write(trial.case.type, each)).getroot() for each in examples.roots(trial.case)]
    holders = [holder for root in roots for holder in trial._holders(root)]
    elements = {child.tag: child for holder in holders for child in holder if child.tag in trial.names}
    return holders[0].getroottree().getroot(), elements


CHOICES = [
    ChoiceTrial(case, record, number)
    for case in CASES
    for record in case.records
    for number in range(len(record.choices))
]
