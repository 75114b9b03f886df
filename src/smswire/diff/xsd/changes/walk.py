"""The structural differences of two schemas, by the paths of documents, each pair of types looked at once."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Sequence

from attrs import define, evolve, field

from smswire.diff.model import Change, Place
from smswire.diff.xsd.changes import attributes, contents, declarations, items, roots, shapes, stated, values
from smswire.diff.xsd.changes.fates import Fields
from smswire.diff.xsd.changes.likeness import same_type
from smswire.diff.xsd.changes.merging import merged
from smswire.diff.xsd.changes.naming import Naming
from smswire.diff.xsd.changes.standing import NAMED, Standing
from smswire.diff.xsd.components import Attribute, Attributes, ComplexType, Content, Element, SimpleType, Type
from smswire.diff.xsd.sides import Side

_DEEPEST = 400
_TOO_DEEP = "nested too deeply for what changed further down to be told"
_NONE = Attributes({})
_UNNAMED = "a document that names the type by xsi:type is not considered"


@define(eq=False)
class _Use:
    """A pair of types, the changes between them at the first path, and how often they meet elsewhere."""

    first: int
    last: int
    name: str | None
    elsewhere: int = field(default=0)


class Walk:
    """Goes through both schemas at once, from the roots on, the nearest first."""

    def __init__(self, old: Side, new: Side, deadline: float) -> None:
        self.old = old
        self.new = new
        self.deadline = deadline
        self.naming = Naming(old.schema, new.schema)
        self.fields = Fields()
        self.changes: list[Change] = []
        self._pending: deque[tuple[Element, Element, str]] = deque()
        self._met: set[tuple[int, int]] = set()
        self._cut = False
        self._uses: dict[tuple[int, int], _Use] = {}
        self._standing = Standing(self.changes)

    def run(self, old: Sequence[Element], new: Sequence[Element]) -> tuple[Change, ...]:
        """All changes of documents with these roots."""
        before, after = {each.name: each for each in old}, {each.name: each for each in new}
        pairs = self.naming.pairs(before, after, "element", "")
        gone = {name: each for name, each in before.items() if name not in {mine for mine, _ in pairs}}
        come = {name: each for name, each in after.items() if name not in {theirs for _, theirs in pairs}}
        renamed = roots.renamed(self.old, self.new, gone, come)
        starts = [(before[mine], after[theirs]) for mine, theirs in pairs] + renamed
        # what others refer to is met within them, by a path that says more
        for each, other in sorted(starts, key=lambda pair: pair[0].name in self.old.survey.referenced):
            self._meet(each, other, f"/{other.name[1]}")
            self._drain()
        told = [*self.naming.changes, *self.fields.told(), *self._annotated()]
        alone = roots.tell((self.old, self.new), gone, come, renamed, told)
        return merged([*told, *alone, *roots.attributes(self.naming, self.old, self.new)])

    def _annotated(self) -> list[Change]:
        """The changes of types, those of a type that is used elsewhere with a word of that."""
        for use in self._uses.values():
            if use.elsewhere:
                what = f"type {use.name}" if use.name else "the same type"
                note = f"{what}, used in {use.elsewhere} more place{'s' if use.elsewhere > 1 else ''}"
                for at in range(use.first, use.last):
                    each = self.changes[at]
                    self.changes[at] = evolve(each, note=f"{each.note}; {note}" if each.note else note)
        return self.changes

    def _meet(self, old: Element, new: Element, path: str) -> None:
        key = (id(old), id(new))
        if key in self._met:
            use = self._uses.get((id(old.type), id(new.type)))
            if use is not None:
                use.elsewhere += 1
        elif path.count("/") <= _DEEPEST:
            self._met.add(key)
            self._pending.append((old, new, path))
        elif not self._cut:
            self._cut = True
            self.changes.append(declarations.change("X900", path, (old.place, new.place), None, None, note=_TOO_DEEP))

    def _drain(self) -> None:
        while self._pending and time.monotonic() < self.deadline:
            self._elements(*self._pending.popleft())

    def _elements(self, old: Element, new: Element, path: str) -> None:
        self.changes += declarations.elements(self.naming, old, new, path)
        self._substitutes(old, new, path)
        self._types(old.type, new.type, path, (old.place, new.place))
        self._kinds(old, new, path)

    def _substitutes(self, old: Element, new: Element, path: str) -> None:
        """What may stand for an element in its place."""
        before = {each.name: each for each in self.old.schema.substitutes(old)}
        after = {each.name: each for each in self.new.schema.substitutes(new)}
        parent = path.rpartition("/")[0]
        pairs = self.naming.pairs(before, after, "element", parent)
        for mine, theirs in pairs:
            if before[mine] is not old:
                self._meet(before[mine], after[theirs], f"{parent}/{theirs[1]}")
        same = {name for name, _ in pairs}, {name for _, name in pairs}
        for name, each in before.items():
            if name not in same[0] and each is not old:
                self._standing.gone(f"{parent}/{name[1]}", name[1], each.place, f"stood for {old.name[1]}")
        for name, each in after.items():
            if name not in same[1] and each is not new:
                self._standing.come(f"{parent}/{name[1]}", name[1], each.place, f"stands for {new.name[1]}")
        if old.abstract != new.abstract:
            rule = "S512" if new.abstract else "S511"
            self.changes.append(declarations.change(rule, path, (old.place, new.place), None, None, note="abstract"))

    def _kinds(self, old: Element, new: Element, path: str) -> None:
        """The types that an element may name by xsi:type."""
        before = {each.name: each for each in self.old.kinds(old) if each.name is not None}
        after = {each.name: each for each in self.new.kinds(new) if each.name is not None}
        pairs = self.naming.pairs(before, after, "type", path)
        for mine, theirs in pairs:
            self._types(before[mine], after[theirs], path, (before[mine].place, after[theirs].place))
        same = {name for name, _ in pairs}, {name for _, name in pairs}
        gone = [each for name, each in before.items() if name not in same[0]]
        come = [each for name, each in after.items() if name not in same[1]]
        for each in list(gone):
            other = next((other for other in come if _alike(each, other)), None)
            if other is not None:
                gone.remove(each)
                come.remove(other)
                self._standing.renamed(each, other, path)
                self._types(each, other, path, (each.place, other.place))
        for each in gone:
            self._standing.gone(path, declarations.named(each) or "", each.place, NAMED)
        for each in come:
            self._standing.come(path, declarations.named(each) or "", each.place, NAMED)

    def _types(self, old: Type, new: Type, path: str, places: tuple[Place, Place]) -> None:
        key = (id(old), id(new))
        use = self._uses.get(key)
        if use is not None:
            use.elsewhere += 1
            return
        first = len(self.changes)
        name = declarations.named(new)
        use = self._uses[key] = _Use(first, first, name)
        if old.name is not None and new.name is not None and old.node is not None and new.node is not None:
            self.changes += declarations.documented(old.node, new.node, path, (old.place, new.place))
            places = (old.place, new.place)
        count, lone = len(self.changes), len(self.fields.removed) + len(self.fields.added) + len(self.fields.changes)
        self._compared(old, new, path, places)
        now = len(self.fields.removed) + len(self.fields.added) + len(self.fields.changes)
        if len(self.changes) == count and lone == now:
            self._rewritten(old, new, path, places)
        use.last = len(self.changes)

    def _rewritten(self, old: Type, new: Type, path: str, places: tuple[Place, Place]) -> None:
        """Note what of a type is otherwise when nothing that it says is."""
        was, now = declarations.named(old), declarations.named(new)
        if was is not None and now is not None and was != now:
            if was not in self._standing.names:
                self.changes.append(declarations.change("T209", path, places, was, now, note=_UNNAMED))
        elif (was is None) != (now is None) or (old.node is None) != (new.node is None) or shapes.rewritten(old, new):
            self.changes.append(declarations.change("D803", path, places, None, None))

    def _compared(self, old: Type, new: Type, path: str, places: tuple[Place, Place]) -> None:
        if old is self.old.schema.any_type or new is self.new.schema.any_type:
            if old is not self.old.schema.any_type or new is not self.new.schema.any_type:
                rule = "T206" if old is self.old.schema.any_type else "T207"
                self.changes.append(declarations.change(rule, path, places, _shown(old), _shown(new)))
            return
        before, after = _content(old), _content(new)
        mine = old.attributes if isinstance(old, ComplexType) else _NONE
        theirs = new.attributes if isinstance(new, ComplexType) else _NONE
        for own, its in attributes.both(self.naming, mine, theirs, path):
            self._attributes(own, its, f"{path}/@{its.name[1]}")
        self.changes += attributes.wildcards(self.naming, mine.wildcard, theirs.wildcard, f"{path}/@*", places)
        removed, added = attributes.lone(self.naming, mine, theirs, path)
        if before.simple is not None and after.simple is not None:
            kinds = before.simple.alternatives, after.simple.alternatives
            found = values.compare(*kinds, path, places, self.deadline)
            schemas = self.old.schema, self.new.schema
            self.changes += stated.placed(found, schemas, (before.simple, after.simple))
        elif before.simple is not None or after.simple is not None:
            self.changes.append(declarations.change("T201", path, places, _shown(old), _shown(new)))
        else:
            models = contents.compare(self.naming, before, after, path, places)
            self.changes += models.changes
            removed, added = removed + models.removed, added + models.added
            for each, other in models.both:
                self._meet(each, other, f"{path}/{other.name[1]}")
        for gone, come in self.fields.paired(removed, added):
            if isinstance(gone.declared, Element) and isinstance(come.declared, Element):
                self._meet(gone.declared, come.declared, come.document_path)
        self._flags(old, new, path, places)

    def _attributes(self, old: Attribute, new: Attribute, path: str) -> None:
        if old is not new:
            self.changes += declarations.attributes(old, new, path)
            self._types(old.type, new.type, path, (old.place, new.place))

    def _flags(self, old: Type, new: Type, path: str, places: tuple[Place, Place]) -> None:
        (was_abstract, before), (is_abstract, after) = _flagged(old), _flagged(new)
        if was_abstract != is_abstract:
            rule = "S512" if is_abstract else "S511"
            self.changes.append(declarations.change(rule, path, places, None, None, note="the type is abstract or was"))
        if before != after:
            rule = "S507" if before < after else "S508" if before > after else "S509"
            self.changes.append(declarations.change(rule, path, places, None, None, note="an assertion of XSD 1.1"))


def _flagged(kind: Type) -> tuple[bool, frozenset[str]]:
    """Whether a type is abstract, and what a later version of XSD adds to it."""
    return (kind.abstract, kind.opaque) if isinstance(kind, ComplexType) else (False, frozenset())


def _content(kind: Type) -> Content:
    return Content(simple=kind) if isinstance(kind, SimpleType) else kind.content


def _shown(kind: Type) -> str:
    if isinstance(kind, SimpleType):
        return values.described(kind.alternatives)
    if kind.content.simple is not None:
        return values.described(kind.content.simple.alternatives)
    return items.shown(items.read(kind.content.particle)) if kind.base is not None else "anything"


def _alike(old: ComplexType, new: ComplexType) -> bool:
    """Whether one type is another by a new name: it has the same children and attributes."""
    return same_type(evolve(old, name=None), evolve(new, name=None))
