"""The global components of a schema and all that it leads to, by kind and name, as nodes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import define, field, frozen

from smswire.diff.errors import UnreadableSchema, UnresolvedReference
from smswire.diff.xsd.names import NAME, Name, Node, children, kind
from smswire.diff.xsd.sources import Reader, Source

_KINDS = {
    "element": "element",
    "attribute": "attribute",
    "simpleType": "type",
    "complexType": "type",
    "group": "group",
    "attributeGroup": "attributeGroup",
}


@frozen(eq=False)
class Declared:
    """A global component as it stands in its document."""

    node: Node
    source: Source


@define(eq=False)
class Library:
    """`table` has the components by kind ("type" for both kinds of types) and name."""

    sources: tuple[Source, ...]
    """All documents, the main one first."""
    missing: tuple[str, ...]
    table: dict[tuple[str, Name], Declared] = field(factory=dict[tuple[str, Name], Declared])
    ignored: dict[str, None] = field(factory=dict[str, None])
    """What XSD 1.1 adds, and is left out of the components."""
    doubled: set[tuple[str, int]] = field(factory=set[tuple[str, int]])
    """File and line of each component whose name another one has already."""

    @property
    def main(self) -> Source:
        return self.sources[0]

    def ignore(self, later: Iterable[str]) -> None:
        """Note what XSD 1.1 adds, and is left out."""
        self.ignored.update(dict.fromkeys(later))

    def find(self, what: str, name: Name) -> Declared | None:
        return self.table.get((what, name))

    def get(self, what: str, name: Name, node: Node, source: Source) -> Declared:
        """The component that a node refers to. Raises `UnresolvedReference`."""
        found = self.table.get((what, name))
        if found is None:
            reference = f"{what} {name[1]}" + (f" of namespace {name[0]}" if name[0] else "")
            if self.missing:
                reference += f" (not found beside it: {', '.join(self.missing[:3])})"
            raise UnresolvedReference(source.file, node.sourceline or 0, reference)
        return found

    def globals(self, what: str) -> Iterator[tuple[Name, Declared]]:
        for (found, name), declared in self.table.items():
            if found == what and "*" not in name[1]:
                yield name, declared


def load(path: Path) -> Library:
    """Read a schema with all that it leads to. Raises `UnreadableSchema` and `UnresolvedReference`."""
    reader = Reader()
    reader.read(path)
    library = Library(tuple(reader.sources), tuple(dict.fromkeys(reader.missing)))
    for source in reader.sources:
        library.ignore(f"xs:{kind(each)}" for each in children(source.root, "defaultOpenContent"))
        library.ignore(each for each in ("defaultAttributes",) if source.default(each))
        for node in source.root:
            _add(library, node, source)
    # what is redefined deepest is redefined first
    for count, (source, node) in enumerate(reversed(reader.redefined)):
        for each in children(node):
            _redefine(library, each, source, count)
    _grouped(library)
    return library


def _add(library: Library, node: Node, source: Source) -> None:
    what, local = _KINDS.get(kind(node)), (node.get("name") or "").strip()
    if what is not None and local:
        if not NAME.fullmatch(local):
            raise UnreadableSchema(source.file, node.sourceline or 0, f"{local[:40]!r} is no name")
        declared = Declared(node, source)
        if library.table.setdefault((what, (source.namespace, local)), declared) is not declared:
            library.doubled.add((source.file, node.sourceline or 0))


def _redefine(library: Library, node: Node, source: Source, count: int) -> None:
    """Put a component in the place of the one that it redefines, which it may itself refer to by its name."""
    what, local = _KINDS.get(kind(node)), (node.get("name") or "").strip()
    if what is None or not local:
        return
    name = (source.namespace, local)
    original = library.table.get((what, name))
    if original is not None:
        # no name of XML has an asterisk
        mark = f"*{count}"
        library.table[(what, (name[0], local + mark))] = original
        attribute = "base" if what == "type" else "ref"
        for each in node.iter():
            wanted = ("restriction", "extension") if what == "type" else (what,)
            text = each.get(attribute) if kind(each) in wanted else None
            if text is not None and source.resolve(each, text) == name:
                each.set(attribute, text.strip() + mark)
    library.table[(what, name)] = Declared(node, source)


def _grouped(library: Library) -> None:
    """Follow each substitution group to its head. Raises for one that leads nowhere, or back to itself."""
    for name, declared in library.globals("element"):
        pending, seen = _heads(declared), set[Name]()
        while pending:
            head = pending.pop()
            if head == name:
                problem = f"element {name[1]} is in a substitution group whose head is the element itself"
                raise UnreadableSchema(declared.source.file, declared.node.sourceline or 0, problem)
            if head not in seen:
                seen.add(head)
                pending += _heads(library.get("element", head, declared.node, declared.source))


def _heads(declared: Declared) -> list[Name]:
    node, source = declared.node, declared.source
    return [source.resolve(node, each) for each in (node.get("substitutionGroup") or "").split()]
