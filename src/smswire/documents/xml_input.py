"""Parsing of XML from a stranger: no DTD of any kind, no entities, no network, no comments, bounded depth."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

# lxml has no public name for the class of its elements
ELEMENT = etree._Element  # pyright: ignore[reportPrivateUsage]
"""The class of every parsed element, for telling it from plain data."""

Element: TypeAlias = etree._Element  # pyright: ignore[reportPrivateUsage]


class NotXml(ValueError):
    """The bytes are no document that may be read; `line` is where, from 1, and the text quotes nothing."""

    def __init__(self, problem: str, line: int = 1) -> None:
        super().__init__(problem)
        self.line = line


def parse(body: bytes, encoding: str | None = None, schema: etree.XMLSchema | None = None) -> Element:
    """Parse a whole document, in `encoding` where one is given, whatever it declares. Raises `NotXml`.

    With a `schema`, a document that it does not take is not parsed either.
    """
    # a parser keeps state between uses, so each document gets its own
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
        encoding=encoding,
        schema=schema,
    )
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
    else:
        # entities within attribute values are expanded whatever the parser is told, so no doctype is let in
        if root.getroottree().docinfo.doctype:
            raise NotXml("a document type declaration is not allowed")
        return root
    raise NotXml("not well-formed XML", line)
