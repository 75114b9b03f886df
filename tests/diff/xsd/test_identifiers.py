"""Values that depend on the rest of a document: identifiers and references to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff.xsd.pieces import facet, simple, value
from diff.xsd.schemas import pair

ITEMS = """<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="i" maxOccurs="2"><xs:complexType>
<xs:attribute name="x">{}</xs:attribute></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>"""
NAMES, IDENTIFIERS = (ITEMS.format(simple("", each)) for each in ("xs:NCName", "xs:ID"))
LISTED = facet("enumeration", "a")


@pytest.mark.parametrize("old", [NAMES, ITEMS.format(simple(LISTED, "xs:NCName"))], ids=["any", "listed"])
def test_identifiers_are_distinct(tmp_path: Path, old: str) -> None:
    answer = pair(tmp_path, old, IDENTIFIERS).included("old")
    assert (answer.holds, answer.path) == (False, "/r/i")
    assert answer.witness is not None


def test_identifiers_are_names(tmp_path: Path) -> None:
    assert pair(tmp_path, IDENTIFIERS, NAMES).included("old").holds is True


def test_a_reference_refers_to_something(tmp_path: Path) -> None:
    """XSD refuses what refers to nothing, and libxml2 does not look."""
    references = value("", "xs:IDREF")
    answer = pair(tmp_path, value("", "xs:NCName"), references).included("old")
    assert (answer.holds, answer.witness, answer.rule) == (False, None, "T203")
    # a document may see to it that what is listed is there
    assert pair(tmp_path, value(LISTED, "xs:NCName"), references).included("old").holds is None


def test_a_doubt_is_told_once(tmp_path: Path) -> None:
    answer = pair(tmp_path, value("", "xs:NCName"), value("", "xs:ID")).included("old")
    assert (answer.holds, [path for path, _ in answer.reasons]) == (None, ["/r"])
