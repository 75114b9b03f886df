"""What libxml2 takes for no XSD is refused with its place; what is only beyond libxml2 is compared."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff.xsd.pieces import A, attribute, every, facet, leaf, seq, value
from diff.xsd.schemas import HEAD, element, pair, schema
from smswire.diff.errors import UnreadableSchema
from smswire.diff.xsd import Pair

NO_SCHEMA = {
    "two elements": '<xs:element name="r" type="xs:string"/>',
    "unknown element": element(seq('<xs:elment name="a"/>'), "s"),
    "unknown attribute": element(seq(leaf("a", 'minoccurs="0"')), "s"),
    "unknown use": element(attribute("x", 'use="requird"'), "s"),
    "counts": element(seq(leaf("a", 'minOccurs="5" maxOccurs="3"')), "s"),
    "pattern": value(facet("pattern", "(")).replace('"r"', '"s"'),
    "enumeration": value(facet("enumeration", "abc"), "xs:int").replace('"r"', '"s"'),
    "facet": value(facet("maxLength", "3"), "xs:int").replace('"r"', '"s"'),
    "two attributes": element(attribute() + attribute(), "s"),
    "order": element(attribute() + seq(A), "s"),
    "required with a default": element(attribute("x", 'use="required" default="y"'), "s"),
    "often in all": element(every(leaf("a", 'maxOccurs="2"')), "s"),
    "all twice": element(every(A).replace("<xs:all", '<xs:all maxOccurs="2"'), "s"),
    "no name": '<xs:element type="xs:string"/>',
    "form": element(attribute("x", 'form="Qualified"'), "s"),
    "two types": '<xs:element name="s" type="xs:int"><xs:complexType/></xs:element>',
    "own substitution": '<xs:element name="a" substitutionGroup="b"/><xs:element name="b" substitutionGroup="a"/>',
}


@pytest.mark.parametrize("body", NO_SCHEMA.values(), ids=NO_SCHEMA.keys())
@pytest.mark.parametrize("included", [False, True])
def test_no_schema_is_refused_with_its_place(tmp_path: Path, body: str, included: bool) -> None:
    """Also where it stands in another file, and whichever side it is on."""
    broken = f'{HEAD}>\n\n<xs:element name="r" type="xs:int"/>\n{body}\n</xs:schema>'
    good, bad, main = tmp_path / "good.xsd", tmp_path / "bad.xsd", tmp_path / "main.xsd"
    good.write_text(schema(element("")))
    bad.write_text(broken)
    main.write_text(schema('<xs:include schemaLocation="bad.xsd"/>'))
    for sides in ((good, main if included else bad), (main if included else bad, good)):
        with pytest.raises(UnreadableSchema) as caught:
            Pair.load(*sides)
        assert caught.value.file == str(bad)
        assert caught.value.line == 4
        assert str(tmp_path) not in caught.value.problem
        assert "{http" not in caught.value.problem


COMPARED = {
    "ambiguous": element(seq(leaf("a", 'minOccurs="0"'), leaf("a"))),
    "assertion of 1.1": element(seq(A) + '<xs:assert test="true()"/>'),
    "often in all, of 1.1": element(every(leaf("a", 'maxOccurs="2"')))
    + '<xs:element name="s" vc:minVersion="1.1" xmlns:vc="http://www.w3.org/2007/XMLSchema-versioning"/>',
    "wildcard in all, of 1.1": element(every(A, '<xs:any namespace="##other"/>')),
    "default that is no value": '<xs:element name="r" type="xs:int" default="x"/>',
    "looser facet": '<xs:simpleType name="T"><xs:restriction base="xs:string"><xs:maxLength value="3"/></xs:restriction>'
    "</xs:simpleType>" + value(facet("maxLength", "5"), "T"),
    "the same identifier": '<xs:element name="r" id="x"/><xs:element name="s" id="x"/>',
    "a great year": value(facet("enumeration", "123456789012345678901"), "xs:gYear"),
    "a great count": element(seq(leaf("a", 'maxOccurs="99999999999"'))),
}


@pytest.mark.parametrize("body", COMPARED.values(), ids=COMPARED.keys())
def test_what_libxml2_alone_refuses_is_compared(tmp_path: Path, body: str) -> None:
    compared = pair(tmp_path, body, body)
    assert compared.included("old").holds is True
    assert compared.changes() == ()


def test_great_counts_are_told_by_what_is_allowed(tmp_path: Path) -> None:
    nines = "9" * 40
    for body in (element(seq(leaf("a", f'maxOccurs="{nines}"'))), value(facet("maxLength", nines))):
        with pytest.raises(UnreadableSchema, match="at most 18 digits") as caught:
            pair(tmp_path, body, body)
        assert nines not in caught.value.problem


EXTERNAL = '<!DOCTYPE xs:schema [<!ENTITY x SYSTEM "part.xml">]>'
DOCUMENTED = "<xs:annotation><xs:documentation>&x;</xs:documentation></xs:annotation>"


@pytest.mark.parametrize(
    ("head", "body", "line"),
    [
        (EXTERNAL, element(f"\n{seq('&x;')}"), 3),
        ('<!DOCTYPE xs:schema SYSTEM "entities.dtd">', element(f"\n{seq(leaf('a&x;'))}"), 3),
        (EXTERNAL, DOCUMENTED + element(f"\n{seq('&x;')}"), 3),
    ],
)
def test_external_entities_are_refused(tmp_path: Path, head: str, body: str, line: int) -> None:
    path = tmp_path / "main.xsd"
    path.write_text(head + schema(body))
    (tmp_path / "part.xml").write_text("hunter2")
    with pytest.raises(UnreadableSchema, match="external entities are not read") as caught:
        Pair.load(path, path)
    assert caught.value.line == line


@pytest.mark.parametrize("body", [element(""), DOCUMENTED + element("")])
def test_external_entities_that_say_nothing_are_no_matter(tmp_path: Path, body: str) -> None:
    path = tmp_path / "main.xsd"
    path.write_text(EXTERNAL + schema(body))
    assert Pair.load(path, path).included("old").holds is True


def test_internal_entities_are_read(tmp_path: Path) -> None:
    part = '<s:element xmlns:s="http://www.w3.org/2001/XMLSchema" name="a" type="s:int"/>'
    old, new = tmp_path / "old.xsd", tmp_path / "new.xsd"
    old.write_text(f"<!DOCTYPE xs:schema [<!ENTITY x '{part}'>]>" + schema(element(seq("&x;"))))
    new.write_text(schema(element(seq(part))))
    compared = Pair.load(old, new)
    assert (compared.included("old").holds, compared.included("new").holds) == (True, True)
    assert Pair.load(old, old).changes() == ()


@pytest.mark.parametrize("first", ["", leaf("b")])
def test_a_second_validator_is_asked_where_libxml2_is_at_fault(tmp_path: Path, first: str) -> None:
    """libxml2 takes an element that may occur no more than never."""
    old, new = (element(seq(first, leaf("a", f'minOccurs="0" {more}'))) for more in ("", 'maxOccurs="0"'))
    answer = pair(tmp_path, old, new).included("old")
    assert (answer.holds, answer.path, answer.rule) == (False, "/r/a", "F003")
