"""Reading of a schema file and of every file that it includes, imports or redefines. Nothing is ever downloaded."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

from attrs import define, field
from lxml import etree

from smswire.diff.errors import UnreadableSchema, UnresolvedReference
from smswire.diff.xsd.names import XML, XS, Name, Node, children, kind, spelled
from smswire.diff.xsd.wellknown import WELL_KNOWN

LARGEST = 64 * 1024 * 1024
_MOST_FILES = 2_000
_DECLARATION = re.compile(rb"\sxmlns[:=]")
_XML = re.compile(rb"ref\s*=\s*[\"']xml:")
_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);|#)")
_PARAMETER = re.compile(rb"<!ENTITY\s+%")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+:")


@define(eq=False)
class Source:
    """One schema document, under the target namespace that it has where it is included."""

    file: str
    path: Path
    root: Node
    namespace: str
    chameleon: bool
    nested: bool
    """Whether an element other than the root declares prefixes."""
    prefixes: dict[str | None, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self.prefixes = dict(self.root.nsmap)

    def spelled(self) -> str:
        """What the document says, its annotations left out."""
        return spelled(self.root)

    def default(self, attribute: str) -> str:
        """A default that the schema element states, such as `elementFormDefault`."""
        return self.root.get(attribute, "").strip()

    def resolve(self, node: Node, text: str) -> Name:
        """The name that a QName within the document stands for. Raises `UnresolvedReference`."""
        prefix, colon, local = text.strip().rpartition(":")
        prefixes = dict(node.nsmap) if self.nested else self.prefixes
        if not colon:
            found = prefixes.get(None, "")
            return (self.namespace if self.chameleon and not found else found), local
        if prefix == "xml":
            return XML, local
        if prefix not in prefixes:
            raise UnresolvedReference(self.file, node.sourceline or 0, f"{text.strip()}: the prefix is not declared")
        return prefixes[prefix], local


@define(eq=False)
class Reader:
    """The schema documents that one file leads to, in the order in which they are met."""

    sources: list[Source] = field(factory=list[Source])
    missing: list[str] = field(factory=list[str])
    """Locations that lead to no file."""
    redefined: list[tuple[Source, Node]] = field(factory=list[tuple[Source, Node]])
    _known: dict[tuple[str, str], Source] = field(factory=dict[tuple[str, str], Source])
    _mentions_xml: bool = False

    def read(self, path: Path) -> Source:
        """Read the main file and all that it leads to. Raises `UnreadableSchema`."""
        main, pending = self._open(path, None), list[Source]()
        pending.append(main)
        while pending:
            source = pending.pop()
            found = self._references(source)
            pending.extend(reversed(found))
        if self._mentions_xml and XML not in {each.namespace for each in self.sources}:
            self._well_known(XML)
        return main

    def _references(self, source: Source) -> list[Source]:
        found: list[Source] = []
        for node in children(source.root, "include", "import", "redefine", "override"):
            target = self._referred(source, node)
            if target is None:
                _may_be_missing(source, node)
                continue
            known = len(self.sources)
            opened = self._open(target, None if kind(node) == "import" else source.namespace)
            if len(self.sources) > known:
                found.append(opened)
            if kind(node) in ("redefine", "override"):
                self.redefined.append((source, node))
        return found

    def _referred(self, source: Source, node: Node) -> Path | None:
        location = (node.get("schemaLocation") or "").strip()
        if not location:
            self._well_known((node.get("namespace") or "").strip())
            return None
        target = locate(location, source.path, self.sources[0].path)
        if target is None:
            namespace = (node.get("namespace") or "").strip()
            if not self._well_known(namespace):
                self.missing.append(location)
        return target

    def _well_known(self, namespace: str) -> bool:
        text = WELL_KNOWN.get(namespace)
        if text is None:
            return False
        key = ("", namespace)
        if key not in self._known:
            source = _source(f"({namespace})", Path(), etree.fromstring(text), text, None)
            self._known[key] = source
            self.sources.append(source)
        return True

    def _open(self, path: Path, including: str | None) -> Source:
        """The document at a path, as it is for an including schema's target namespace, None for no including one."""
        resolved = str(path.resolve())
        if len(self.sources) >= _MOST_FILES:
            raise UnreadableSchema(str(path), 0, f"leads to more than {_MOST_FILES} files")
        for namespace in dict.fromkeys((including or "", "*")):
            if (known := self._known.get((resolved, namespace))) is not None:
                return known
        data = _bytes(path)
        self._mentions_xml = self._mentions_xml or _XML.search(data) is not None
        source = _source(str(path), path, _parse(data, str(path)), data, including)
        own = (source.root.get("targetNamespace") or "").strip()
        # what states a namespace is the same wherever it is included from
        self._known[(resolved, "*" if own else including or "")] = source
        self.sources.append(source)
        return source


def _may_be_missing(source: Source, node: Node) -> None:
    """Only an import may lead nowhere: what else does is a part of the schema. Raises `UnresolvedReference`."""
    location = (node.get("schemaLocation") or "").strip()
    if location and kind(node) != "import":
        problem = f"{location}: no such file beside the schema, and nothing is downloaded"
        raise UnresolvedReference(source.file, node.sourceline or 0, problem)


def locate(location: str, beside: Path, main: Path) -> Path | None:
    """The file that a schemaLocation leads to, None when there is none.

    What is no relative path, or leads nowhere, is looked for by its name beside the file and beside the main one; an
    address often leaves out what the file's name ends with.
    """
    name = unquote(urlsplit(location).path).replace("\\", "/").rpartition("/")[2]
    candidates: list[Path] = []
    if not _SCHEME.match(location):
        relative = unquote(location.partition("#")[0]).replace("\\", "/")
        candidates.append(beside.parent / relative)
    if name not in ("", ".", ".."):
        names = [name] if "." in name else [name, f"{name}.xsd"]
        candidates += [folder / each for each in names for folder in (beside.parent, main.parent)]
    for each in candidates:
        try:
            if each.is_file():
                return each
        except (OSError, ValueError):
            continue
    return None


def _source(file: str, path: Path, root: Node, data: bytes, including: str | None) -> Source:
    namespace = (root.get("targetNamespace") or "").strip()
    chameleon = not namespace and bool(including)
    nested = b"\0" in data[:8] or len(_DECLARATION.findall(data)) > len(root.nsmap)
    return Source(file, path, root, namespace or including or "", chameleon, nested)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            raise UnreadableSchema(str(path), 0, f"is larger than {LARGEST} bytes")
        return path.read_bytes()
    except OSError as error:
        raise UnreadableSchema(str(path), 0, error.strerror or "cannot be read") from None


def parser(*, entities: bool = False) -> etree.XMLParser:
    """A parser for a schema: nothing external is read, the depth is bounded.

    Entities stand as they are in text, or with `entities` are expanded there where the document itself declares them.
    """
    return etree.XMLParser(
        resolve_entities="internal" if entities else False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
    )


def _parse(data: bytes, file: str) -> Node:
    try:
        root = etree.fromstring(data, parser())
        if root.getroottree().docinfo.doctype and _REFERENCE.search(data):
            root = _expanded(root, data, file)
    except etree.XMLSyntaxError as error:
        problem = (error.msg or "").partition(",")[0]
        raise UnreadableSchema(file, error.lineno or 0, f"is not well-formed XML: {problem}") from None
    except ValueError as error:
        raise UnreadableSchema(file, 0, f"is not well-formed XML: {error}") from None
    if kind(root) != "schema":
        raise UnreadableSchema(file, root.sourceline or 0, f"is no XML schema: its root is not xs:schema of {XS}")
    return root


def _expanded(root: Node, data: bytes, file: str) -> Node:
    """The same document with its own entities in their places. Raises `UnreadableSchema` for those of other files."""
    try:
        return etree.fromstring(data, parser(entities=True))
    except etree.XMLSyntaxError as error:
        left = list(root.iter(etree.Entity))
        said = [each for each in left if not any(kind(above) == "annotation" for above in each.iterancestors())]
        # an attribute is silent about an entity that another file may declare
        silent = root.getroottree().docinfo.system_url is not None or _PARAMETER.search(data) is not None
        if left and not said and not silent:
            return root
        problem = f"has an entity that cannot be put in its place: {(error.msg or '').partition(',')[0]}"
        if left or silent:
            problem += "; external entities are not read"
        line = said[0].sourceline if said else error.lineno
        raise UnreadableSchema(file, line or 0, problem) from None
