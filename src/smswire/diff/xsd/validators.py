"""The real validator of a schema: libxml2's, which judges every witness."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from smswire.diff.xsd.names import XML, XS, Node
from smswire.diff.xsd.refusals import Complaint
from smswire.diff.xsd.sources import locate, parser
from smswire.diff.xsd.wellknown import WELL_KNOWN

if TYPE_CHECKING:
    import xmlschema

_SMALL: Final = 64 * 1024
"""Bytes of a schema that the second validator reads soon enough."""

_HOME: Final = "http://www.w3.org/2001/xml.xsd"


class Validator:
    """Judges documents by a schema file. It is made when it is first asked."""

    def __init__(self, path: Path, *, broken: bool = False) -> None:
        """`broken` tells that libxml2 had better not see the schema."""
        self._path = path
        self._broken = broken
        self._made: etree.XMLSchema | None = None
        self._tried = False
        self._second: xmlschema.XMLSchema10 | None = None
        self._complaints: tuple[Complaint, ...] = ()

    def accepts(self, document: str) -> bool | None:
        """Whether a document is valid. None: the schema is none that the validator takes."""
        schema = self._schema()
        if schema is None:
            return None
        try:
            return schema.validate(etree.fromstring(document.encode(), parser()))
        except etree.Error:
            return None

    def otherwise(self, document: str) -> bool | None:
        """Whether a document is valid to a second validator, which is slow. None: it has no answer."""
        # it takes a while to import, and is seldom asked
        import xmlschema

        try:
            if self._broken or self._path.stat().st_size > _SMALL:
                return None
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                if self._second is None:
                    self._second = xmlschema.XMLSchema10(str(self._path), allow="local")
                return self._second.is_valid(document)
        except (xmlschema.XMLSchemaException, OSError, RecursionError):
            return None

    def complaints(self) -> tuple[Complaint, ...]:
        """What libxml2 finds wrong with the schema."""
        self._schema()
        return self._complaints

    def _schema(self) -> etree.XMLSchema | None:
        if not self._tried and not self._broken:
            try:
                self._made = _made(self._path)
            except etree.XMLSchemaParseError as error:
                self._complaints = tuple(_complaints(error))
            except (etree.Error, OSError):
                self._made = None
        self._tried = True
        return self._made


def _made(path: Path) -> etree.XMLSchema:
    # libxml2 takes no schema that has references to entities left
    reading = parser(entities=True)
    reading.resolvers.add(_Beside(path))
    root = etree.parse(path, reading).getroot()
    _at_home(root)
    return etree.XMLSchema(root.getroottree())


def _complaints(error: etree.XMLSchemaParseError) -> Iterator[Complaint]:
    for each in error.error_log:
        if each.level_name == "ERROR":
            yield Complaint(each.filename or "", each.line, each.type_name, each.message)


def _at_home(root: Node) -> bool:
    """Give an import of the namespace of xml:lang a location, which the validator needs."""
    changed = False
    for each in root.iter(f"{{{XS}}}import"):
        if each.get("namespace") == XML and not each.get("schemaLocation"):
            each.set("schemaLocation", _HOME)
            changed = True
    return changed


class _Beside(etree.Resolver):
    """Finds what a schema leads to where the reader of the schema found it, and nothing elsewhere."""

    def __init__(self, main: Path) -> None:
        super().__init__()
        self._main = main

    # lxml has no public name for what this gives
    def resolve(
        self,
        system_url: str | None,
        public_id: str | None,  # noqa: ARG002 - lxml's signature
        context: object,
        /,
    ) -> Any:  # noqa: ANN401
        system_url = system_url or ""
        found = locate(system_url, self._main, self._main)
        if found is None:
            known = _well_known(system_url)
            return (
                self.resolve_string(known, context, base_url=system_url)
                if known
                else self.resolve_filename("", context)
            )
        try:
            root = etree.fromstring(found.read_bytes(), parser(entities=True))
        except (etree.XMLSyntaxError, OSError):
            return self.resolve_filename(str(found), context)
        changed = _at_home(root)
        if changed:
            return self.resolve_string(etree.tostring(root), context, base_url=str(found))
        return self.resolve_filename(str(found), context)


def _well_known(url: str) -> bytes | None:
    return WELL_KNOWN[XML] if url.rpartition("/")[2].lower() == "xml.xsd" else None
