"""References: to places in a file, to resources by their identifiers, and to files beside the schema. Never the net."""

from __future__ import annotations

from itertools import islice
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from smswire.diff.errors import UnreadableSchema, UnresolvedReference
from smswire.diff.json import documents
from smswire.diff.json.dialects import Dialect, UnknownDraft, declared, within
from smswire.diff.json.documents import Document
from smswire.diff.json.keywords import children
from smswire.diff.json.locations import Location, Metaschema, Resource, Target
from smswire.diff.json.metaschemas import is_built_in, published
from smswire.diff.json.values import Json

_BESIDE = 200
_LARGE = 4_000_000
"""So many files, of at most so many bytes, are looked into for an identifier."""


class Library:
    """The files of one side of a comparison, and the resources in them."""

    def __init__(self, document: Document) -> None:
        self.resources: dict[str, Resource] = {}
        self.owners: dict[int, Resource] = {}
        self.files: dict[Path, Document] = {}
        self.uris: dict[str, Json] = {}
        self.root = self._add(document, document.path.resolve().as_uri())

    def location(self, location: Location) -> Location:
        """The same schema with the resource that it is the root of, where it is one."""
        owner = self.owners.get(id(location.schema))
        return location if owner is None else Location(owner, location.pointer, location.schema)

    def find(self, reference: str, origin: Location) -> Location | None:
        """What a reference leads to, None for nothing."""
        found = self._resolved(reference, origin)
        return found if isinstance(found, Location) else None

    def resolve(self, reference: str, origin: Location) -> Target:
        """What a reference leads to. Raises `UnresolvedReference`, `UnreadableSchema` for a file that it names."""
        found = self._resolved(reference, origin)
        if found is None:
            document = origin.resource.document
            raise UnresolvedReference(str(document.path), document.line((*origin.pointer, "$ref")), reference)
        return found

    def _resolved(self, reference: str, origin: Location) -> Target | None:
        whole, fragment = urldefrag(reference)
        resource: Resource | None = origin.resource
        if whole:
            try:
                uri = _normal(urljoin(origin.resource.uri, whole))
                resource = self.resources.get(uri) or self._published(uri)
                if resource is None and _is_metaschema(uri):
                    return Metaschema(f"{uri}#{fragment}")
                resource = resource or self._load(uri, whole, origin)
            except (ValueError, OSError):  # no URI, or no file name
                return None
        return None if resource is None else self._within(resource, unquote(fragment))

    def _within(self, resource: Resource, fragment: str) -> Location | None:
        if not fragment:
            return Location(resource, resource.pointer, resource.schema)
        if not fragment.startswith("/"):
            return resource.anchors.get(fragment)
        location = Location(resource, resource.pointer, resource.schema)
        at: Json = resource.schema
        for raw in fragment[1:].split("/"):
            step = raw.replace("~1", "/").replace("~0", "~")
            if isinstance(at, dict) and step in at:
                at = at[step]
                location = self.location(location.child(step, schema=at))
            elif isinstance(at, list) and step.isdecimal() and int(step) < len(at):
                at = at[int(step)]
                location = self.location(location.child(int(step), schema=at))
            else:
                return None
        return location if isinstance(at, dict | bool) else None

    def _published(self, uri: str) -> Resource | None:
        found = published(uri)
        if found is None:
            return None
        dialect, text, raw = found
        return self._add(Document(Path(f"draft-0{dialect:d}-schema.json"), raw, text, dialect), uri)

    def _load(self, uri: str, reference: str, origin: Location) -> Resource | None:
        """A resource from a file: by its place relative to the schema's, by its identifier, by its name alone."""
        near, named = self._candidates(uri, reference, origin)
        return self._first(near, uri) or self._beside(uri) or self._first(named, uri, by_name=True)

    def _first(self, paths: list[Path], uri: str, *, by_name: bool = False) -> Resource | None:
        """A resource from the first file that there is; by name none that has the same one elsewhere."""
        for path in paths:
            if path in self.files:
                if not by_name:
                    return self.resources.setdefault(uri, self.owners[id(self.files[path].schema)])
            elif path.is_file():
                text, raw = documents.read(path)
                dialect = documents.draft(path, raw) or self.root.dialect
                own, asked = (PurePosixPath(urlsplit(each).path) for each in (_identified(raw, "", dialect) or "", uri))
                if not (by_name and own.is_absolute() and own.name == asked.name and own != asked):
                    return self._add(Document(path, raw, text, dialect), uri)
        return None

    def _beside(self, uri: str) -> Resource | None:
        """A resource from a file beside the schema that has its URI as its identifier."""
        for path in islice(sorted(self.root.document.path.resolve().parent.glob("*.json")), _BESIDE):
            if path in self.files or path.stat().st_size > _LARGE:
                continue
            try:
                text, raw = documents.read(path)
                dialect = documents.draft(path, raw) or self.root.dialect
            except UnreadableSchema:
                continue  # another file's faults are none of this schema's
            if uri in text and _normal(_identified(raw, "", dialect) or "") == uri:
                return self._add(Document(path, raw, text, dialect), uri)
        return None

    def _candidates(self, uri: str, reference: str, origin: Location) -> tuple[list[Path], list[Path]]:
        """Files that a reference may mean, by the way to them and by their name."""
        folder = self.root.document.path.resolve().parent
        here = origin.resource.document.path.resolve().parent
        found: list[Path] = []
        base, target = urlsplit(self.root.uri), urlsplit(uri)
        if (base.scheme, base.netloc) == (target.scheme, target.netloc):
            found.append(folder / _relative(unquote(target.path), unquote(base.path)))
        plain = unquote(urlsplit(reference).path)
        if not urlsplit(reference).scheme and plain and not plain.startswith("/"):
            found.append(here / plain)
        name = PurePosixPath(unquote(target.path)).name
        named = [here / name, folder / name] if name else []
        return _spellings(found), _spellings(named)

    def _add(self, document: Document, uri: str) -> Resource:
        """Index a document's resources and anchors."""
        path = document.path.resolve()
        self.files[path] = document
        found = _identified(document.schema, uri, document.dialect)
        root = Resource(document, (), document.schema, _normal(found or uri), document.dialect)
        self.uris[_normal(uri)] = document.schema
        self.uris[root.uri] = document.schema
        self.resources[_normal(uri)] = root
        todo = [Location(root, (), document.schema)]
        while todo:
            at = todo.pop()
            if not isinstance(at.schema, dict):
                continue
            own = self._own(at)
            resource = own or at.resource
            if own is not None:
                self.owners[id(at.schema)] = own
                # what only bears the name of a meta-schema is passed over by validators, which have their own
                if not at.pointer or not is_built_in(own.uri):
                    self.resources.setdefault(own.uri, own)
            self._anchor(Location(resource, at.pointer, at.schema))
            for steps, schema in children(at.schema, resource.dialect):
                todo.append(Location(resource, (*at.pointer, *steps), schema))
        return root

    def _own(self, at: Location) -> Resource | None:
        """The resource that begins here."""
        resource = at.resource
        if not at.pointer:
            return resource
        assert isinstance(at.schema, dict)
        if "$ref" in at.schema and not resource.dialect.siblings:
            return None
        dialect = within(at.schema, resource.dialect)
        found = _identified(at.schema, resource.uri, dialect)
        if found is None:
            return None
        return Resource(resource.document, at.pointer, at.schema, _normal(found), dialect)

    def _anchor(self, at: Location) -> None:
        assert isinstance(at.schema, dict)
        dialect = at.resource.dialect
        names: list[Json] = []
        if dialect >= Dialect.D2019:
            names.append(at.schema.get("$anchor"))
        if dialect is Dialect.D2020 and isinstance(name := at.schema.get("$dynamicAnchor"), str):
            names.append(name)
            at.resource.dynamic.add(name)
        plain = at.schema.get(dialect.id_keyword)
        if dialect <= Dialect.D7 and isinstance(plain, str) and plain.startswith("#"):
            names.append(plain[1:])
        for each in names:
            if isinstance(each, str) and each:
                at.resource.anchors.setdefault(each, at)


def _spellings(paths: list[Path]) -> list[Path]:
    """The paths, also with what names of files end in."""
    tried = [each for path in paths for each in (path, Path(f"{path}.json"), Path(f"{path}.schema.json"))]
    return list(dict.fromkeys(each.resolve() for each in tried))


def _identified(schema: Json, base: str, dialect: Dialect) -> str | None:
    """The URI that a schema gives itself, None for one that gives itself none."""
    name = schema.get(dialect.id_keyword) if isinstance(schema, dict) else None
    if not isinstance(name, str) or not name or name.startswith("#"):
        return None
    try:
        return urljoin(base, name)
    except ValueError:
        return None


def _normal(uri: str) -> str:
    return urldefrag(uri)[0]


def _relative(target: str, base: str) -> str:
    """A path relative to the folder of another."""
    parts, others = PurePosixPath(target).parts, PurePosixPath(base).parent.parts
    common = 0
    while common < min(len(parts) - 1, len(others)) and parts[common] == others[common]:
        common += 1
    return "/".join([".."] * (len(others) - common) + list(parts[common:]))


def _is_metaschema(uri: str) -> bool:
    try:
        return declared({"$schema": uri}) is not None or uri.startswith("https://json-schema.org/draft/")
    except UnknownDraft:
        return True
