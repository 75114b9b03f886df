"""Identity constraints as a document meets them: which nodes a constraint selects, and distinct values for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import count

from attrs import frozen

from smswire.diff.xsd.components import Constraint, Element
from smswire.diff.xsd.names import Name, Node
from smswire.diff.xsd.simple.accepting import accepts
from smswire.diff.xsd.simple.atoms import Alternatives, Atom, normal
from smswire.diff.xsd.simple.samples import samples

_MOST = 200


@frozen(eq=False)
class Slot:
    """A text of a document: an element's, or an attribute's, and what it may be."""

    node: Node
    attribute: str | None
    kinds: Alternatives

    @property
    def value(self) -> str:
        """The text, without the white space that is no part of what it says."""
        text = (self.node.text or "") if self.attribute is None else self.node.get(self.attribute, "")
        return normal(text, "collapse") if all(each.space == "collapse" for each in self.kinds) else text

    def set(self, value: str) -> None:
        if self.attribute is None:
            self.node.text = value
        else:
            self.node.set(self.attribute, value)


Slots = Mapping[tuple[Node, str | None], Slot]
Declared = Mapping[Node, Element]


def mend(root: Node, declared: Declared, slots: Slots, names: Mapping[Name, Constraint], kept: Slot | None) -> None:
    """Make the values of a document distinct where they must be, and refer to what is there. `kept` stays as it is."""
    # before others refer to them
    _identifiers(slots, kept)
    found: dict[str, list[tuple[str, ...]]] = {}
    scopes = [(node, each) for node in root.iter() if node in declared for each in declared[node].constraints]
    for node, each in scopes:
        if each.kind != "keyref":
            found.setdefault(each.name, []).extend(_distinct(node, each, slots, kept))
    for node, each in scopes:
        target = names.get(each.refers) if each.refers is not None else None
        if each.kind == "keyref" and target is not None:
            _refer(node, each, slots, found.get(target.name, []), kept)


def compared(constraint: Constraint) -> set[str]:
    """The names of the elements, and "@" of the attributes, whose values a constraint compares; "*" for any."""
    found: set[str] = set()
    for each in constraint.fields:
        path, mark, attribute = each.partition("@")
        names = [attribute] if mark else [name for name in _last(path or ".") if name not in (".", "")]
        for name in names or _last(constraint.selector):
            local = _local(name)
            found.add(f"@{local}" if mark and local != "*" else local)
    return found


def _last(path: str) -> list[str]:
    """The last steps of a path's alternatives."""
    return [list(_steps(each))[-1] for each in path.split("|")]


def _local(name: str) -> str:
    local = name.removeprefix("child::").removeprefix("attribute::").rpartition("}")[2]
    return "*" if local in ("*", ".", "") else local


def selected(node: Node, path: str) -> list[Node]:
    """The elements that a selector, or a field without an attribute, leads to."""
    found: dict[Node, None] = {}
    for each in path.split("|"):
        steps = each.removeprefix("child::")
        start = [node]
        if steps.startswith(".//"):
            start, steps = list(node.iter()), steps[3:]
        for step in [step for step in _steps(steps) if step != "."]:
            name = step.removeprefix("child::")
            start = [child for parent in start for child in parent if name == "*" or _named(child, name)]
        found.update(dict.fromkeys(start))
    return list(found)


def _named(node: Node, name: str) -> bool:
    return node.tag == name or (name.endswith("}*") and str(node.tag).startswith(name[:-1]))


def _steps(path: str) -> Iterator[str]:
    """The steps of a path; a namespace in braces may have slashes."""
    step, within = "", False
    for each in path:
        within = each == "{" or (within and each != "}")
        if each == "/" and not within:
            yield step
            step = ""
        else:
            step += each
    yield step


def _fields(node: Node, constraint: Constraint, slots: Slots) -> list[Slot] | None:
    """The texts that a constraint compares, None where the node lacks one."""
    found: list[Slot] = []
    for each in constraint.fields:
        path, mark, attribute = each.partition("@")
        nodes = selected(node, path.rstrip("/")) if path.rstrip("/") else [node]
        slot = next((slots[key] for at in nodes if (key := (at, attribute if mark else None)) in slots), None)
        if slot is None:
            return None
        found.append(slot)
    return found


def _distinct(node: Node, constraint: Constraint, slots: Slots, kept: Slot | None) -> list[tuple[str, ...]]:
    taken: list[tuple[str, ...]] = []
    for each in selected(node, constraint.selector):
        fields = _fields(each, constraint, slots)
        if fields is None:
            continue
        values = tuple(slot.value for slot in fields)
        if values in taken:
            for slot in fields:
                if slot is not kept and _changed(slot, {old[fields.index(slot)] for old in taken}):
                    break
            values = tuple(slot.value for slot in fields)
        taken.append(values)
    return taken


def _changed(slot: Slot, taken: set[str]) -> bool:
    """Give a slot another value than those that are taken."""
    for value in _values(slot.kinds):
        if value not in taken:
            slot.set(value)
            return True
    return False


def _values(kinds: Alternatives) -> Iterator[str]:
    """Many different values of a simple type."""
    yield from (each for each in samples(kinds) if accepts(kinds, each) and each == each.strip())
    for number in count(1):
        if number > _MOST:
            return
        for each in (str(number), f"a{number}", f"a{number:08}"):
            if accepts(kinds, each):
                yield each


def _refer(node: Node, constraint: Constraint, slots: Slots, targets: list[tuple[str, ...]], kept: Slot | None) -> None:
    for each in selected(node, constraint.selector):
        fields = _fields(each, constraint, slots)
        if fields is None or tuple(slot.value for slot in fields) in targets:
            continue
        for target in targets:
            if len(target) == len(fields) and all(
                accepts(slot.kinds, value) and slot is not kept for slot, value in zip(fields, target, strict=True)
            ):
                for slot, value in zip(fields, target, strict=True):
                    slot.set(value)
                break


def _identifiers(slots: Slots, kept: Slot | None) -> None:
    """Values of xs:ID are distinct in a whole document."""
    taken: set[str] = set()
    wanted = [
        slot for slot in slots.values() if any(isinstance(each, Atom) and each.base == "ID" for each in slot.kinds)
    ]
    for slot in sorted(wanted, key=lambda each: each is not kept):
        if slot.value in taken and slot is not kept:
            _changed(slot, taken)
        taken.add(slot.value)
