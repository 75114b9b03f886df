"""Reading of schemas: files that lead to others, and what is wrong with them."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from diff.xsd.schemas import HEAD, both, element, pair, qualified, schema
from smswire.diff.errors import ComparisonError, UnreadableSchema, UnresolvedReference
from smswire.diff.xsd import Pair
from smswire.diff.xsd.schema import load

CODE = '<xs:simpleType name="Code"><xs:restriction base="xs:string"><xs:maxLength value="{}"/></xs:restriction></xs:simpleType>'
USE = '<xs:element name="r" type="{}Code"/>'


def saved(folder: Path, **files: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / f"{name}.xsd").write_text(text, "utf-8")
    return folder / "main.xsd"


@pytest.mark.parametrize(
    "location",
    [
        "types.xsd",
        "http://example.org/a/types.xsd",
        "http://example.org/a/types",
        "../elsewhere/types.xsd",
        r"C:\schemas\types.xsd",
        "./types.xsd",
    ],
)
@pytest.mark.parametrize("namespace", [False, True])
def test_an_included_file_is_found_beside_the_main_one(tmp_path: Path, location: str, namespace: bool) -> None:
    """One without a namespace takes on the one that includes it."""
    include = f'<xs:include schemaLocation="{location}"/>' + USE.format("")
    main = qualified(include) if namespace else schema(include)
    old = saved(tmp_path / "old", main=main, types=schema(CODE.format(5)))
    new = saved(tmp_path / "new", main=main, types=schema(CODE.format(6)))
    compared = Pair.load(old, new)
    assert compared.included("old").holds is True
    [change] = compared.changes()
    assert change.rule == "L404"
    assert change.new_place is not None
    assert Path(change.new_place.file).name == "types.xsd"


def test_files_may_include_each_other(tmp_path: Path) -> None:
    main = saved(
        tmp_path,
        main=schema('<xs:include schemaLocation="types.xsd"/>' + USE.format("")),
        types=schema('<xs:include schemaLocation="main.xsd"/>' + CODE.format(5)),
    )
    assert Pair.load(main, main).included("old").holds is True


def test_an_import_brings_another_namespace(tmp_path: Path) -> None:
    main = qualified(
        '<xs:import namespace="urn:o" schemaLocation="types.xsd"/>'
        '<xs:element name="r" xmlns:o="urn:o"><xs:complexType><xs:sequence><xs:element ref="o:e"/></xs:sequence>'
        "</xs:complexType></xs:element>"
    )
    old = saved(tmp_path / "old", main=main, types=qualified('<xs:element name="e" type="xs:int"/>', "urn:o"))
    new = saved(tmp_path / "new", main=main, types=qualified('<xs:element name="e" type="xs:date"/>', "urn:o"))
    compared = Pair.load(old, new)
    answer = compared.included("old")
    assert answer.holds is False
    assert answer.witness is not None
    assert [(each.rule, each.path) for each in compared.changes()] == [("T201", "/r/e")]


REDEFINED = (
    '<xs:redefine schemaLocation="types.xsd"><xs:simpleType name="Code"><xs:restriction base="Code">'
    '<xs:minLength value="{}"/></xs:restriction></xs:simpleType></xs:redefine>'
)


def test_a_redefinition_stands_on_what_it_redefines(tmp_path: Path) -> None:
    types = schema(CODE.format(5))
    old = saved(tmp_path / "old", main=schema(REDEFINED.format(2) + USE.format("")), types=types)
    new = saved(tmp_path / "new", main=schema(REDEFINED.format(3) + USE.format("")), types=types)
    compared = Pair.load(old, new)
    assert compared.included("old").holds is False
    assert compared.included("new").holds is True
    plain = saved(
        tmp_path / "plain", main=schema('<xs:include schemaLocation="types.xsd"/>' + USE.format("")), types=types
    )
    assert Pair.load(old, plain).included("old").holds is True


def test_a_redefined_group_may_refer_to_itself(tmp_path: Path) -> None:
    group = '<xs:group name="G"><xs:sequence><xs:element name="a"/></xs:sequence></xs:group>'
    redefined = (
        '<xs:redefine schemaLocation="types.xsd"><xs:group name="G"><xs:sequence><xs:group ref="G"/>'
        '<xs:element name="b"/></xs:sequence></xs:group></xs:redefine>'
    )
    main = saved(tmp_path, main=schema(redefined + element('<xs:group ref="G"/>')), types=schema(group))
    written = tmp_path / "written.xsd"
    written.write_text(schema(element('<xs:sequence><xs:element name="a"/><xs:element name="b"/></xs:sequence>')))
    compared = Pair.load(main, written)
    assert compared.included("old").holds is True
    assert compared.included("new").holds is True


def test_the_namespace_of_xml_lang_needs_no_file(tmp_path: Path) -> None:
    imported = (
        '<xs:import namespace="http://www.w3.org/XML/1998/namespace" schemaLocation="http://www.w3.org/2001/xml.xsd"/>'
        + element('<xs:attribute ref="xml:lang"/>')
    )
    compared = pair(tmp_path, element(""), imported)
    assert compared.included("old").holds is True
    assert compared.included("new").witness == '<r xml:lang="a"/>'
    without = imported.replace(' schemaLocation="http://www.w3.org/2001/xml.xsd"', "")
    compared = pair(tmp_path, without, imported.replace('ref="xml:lang"', 'ref="xml:lang" use="required"'))
    assert compared.included("old").witness == "<r/>"
    assert compared.included("new").holds is True


def test_nothing_is_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(*arguments: object) -> None:
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", connect)
    imported = '<xs:import namespace="urn:o" schemaLocation="http://127.0.0.1:1/o.xsd"/>' + element("")
    assert pair(tmp_path, imported, imported).included("old").holds is True


UNRESOLVED = {
    "type": '<xs:element name="r" type="Nothing"/>',
    "base": '<xs:complexType name="T"><xs:simpleContent><xs:extension base="Nothing"/></xs:simpleContent></xs:complexType>',
    "element": element('<xs:sequence><xs:element ref="nothing"/></xs:sequence>'),
    "group": element('<xs:group ref="nothing"/>'),
    "attribute": element('<xs:attribute ref="nothing"/>'),
    "attribute group": element('<xs:attributeGroup ref="nothing"/>'),
    "item": '<xs:simpleType name="S"><xs:list itemType="Nothing"/></xs:simpleType>',
    "member": '<xs:simpleType name="S"><xs:union memberTypes="xs:int Nothing"/></xs:simpleType>',
    "prefix": '<xs:element name="r" type="p:Nothing"/>',
    "built-in": '<xs:element name="r" type="xs:nothing"/>',
    "missing include": '<xs:include schemaLocation="types.xsd"/>',
    "missing include from afar": '<xs:include schemaLocation="http://example.org/types.xsd"/>',
    "missing redefinition": '<xs:redefine schemaLocation="types.xsd"/>',
    "missing head": '<xs:import namespace="urn:o" schemaLocation="o.xsd"/>'
    '<xs:element name="r" substitutionGroup="o:e" xmlns:o="urn:o"/>',
    "missing import": '<xs:import namespace="urn:o" schemaLocation="o.xsd"/><xs:element name="r" type="o:T" xmlns:o="urn:o"/>',
}


@pytest.mark.parametrize("body", UNRESOLVED.values(), ids=UNRESOLVED.keys())
def test_a_reference_that_leads_nowhere_is_told_with_its_line(tmp_path: Path, body: str) -> None:
    path = saved(tmp_path, main=f"{HEAD}>\n\n{body}\n</xs:schema>")
    with pytest.raises(UnresolvedReference) as caught:
        load(path)
    assert caught.value.line == 3
    assert caught.value.file == str(path)


def test_an_unused_missing_import_is_no_matter(tmp_path: Path) -> None:
    body = '<xs:import namespace="urn:o" schemaLocation="o.xsd"/>' + element("")
    assert pair(tmp_path, body, body).included("old").holds is True


UNREADABLE = {
    "no xml": "nothing",
    "cut off": HEAD + "><xs:element",
    "other xml": "<html/>",
    "empty": "",
    "count": schema(element('<xs:sequence><xs:element name="a" maxOccurs="many"/></xs:sequence>')),
    "negative": schema(element('<xs:sequence><xs:element name="a" minOccurs="-1"/></xs:sequence>')),
    "no name": schema("<xs:element/>" + element('<xs:sequence><xs:element type="xs:int"/></xs:sequence>')),
    "bad name": schema('<xs:element name="@a@"/>'),
    "bad facet": schema(
        '<xs:simpleType name="S"><xs:restriction base="xs:string"><xs:maxLength value="x"/></xs:restriction></xs:simpleType>'
    ),
    "empty simple type": schema('<xs:simpleType name="S"/>'),
    "wildcard": schema(element('<xs:sequence><xs:any processContents="maybe"/></xs:sequence>')),
    "own base": schema(
        '<xs:complexType name="T"><xs:complexContent><xs:extension base="T"/></xs:complexContent></xs:complexType>'
    ),
    "own restriction": schema('<xs:simpleType name="S"><xs:restriction base="S"/></xs:simpleType>'),
    "own member": schema('<xs:simpleType name="S"><xs:union memberTypes="S"/></xs:simpleType>'),
    "own group": schema('<xs:group name="G"><xs:sequence><xs:group ref="G"/></xs:sequence></xs:group>'),
    "own attribute group": schema(
        '<xs:attributeGroup name="G"><xs:attributeGroup ref="G"/></xs:attributeGroup>'
        + element('<xs:attributeGroup ref="G"/>')
    ),
    "content of complex for simple": schema(
        element("").replace("<xs:complexType>", '<xs:complexType><xs:attribute name="a" type="T"/>')
        + '<xs:complexType name="T"/>'
    ),
}


@pytest.mark.parametrize("text", UNREADABLE.values(), ids=UNREADABLE.keys())
def test_what_is_no_schema_is_told_with_its_file(tmp_path: Path, text: str) -> None:
    path = saved(tmp_path, main=text)
    with pytest.raises(UnreadableSchema) as caught:
        load(path)
    assert caught.value.file == str(path)


def test_missing_and_odd_files(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSchema, match=r"nothing\.xsd"):
        load(tmp_path / "nothing.xsd")
    with pytest.raises(UnreadableSchema):
        load(tmp_path)


def test_two_schemas_without_a_root_cannot_be_compared(tmp_path: Path) -> None:
    types = schema(CODE.format(5))
    with pytest.raises(UnreadableSchema, match="no document"):
        pair(tmp_path, types, types)
    with pytest.raises(UnreadableSchema, match="no global element s"):
        pair(tmp_path, element(""), element(""), root="s")
    assert pair(tmp_path, element(""), types).included("old").holds is False
    assert pair(tmp_path, element(""), types).included("new").holds is True


def test_utf_16_and_doctypes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "main.xsd"
    text = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE xs:schema [<!ENTITY n "xs:int">]>' + schema(element(""))
    path.write_bytes(text.encode("utf-16"))
    assert Pair.load(path, path).included("old").holds is True


def test_prefixes_may_be_declared_anywhere(tmp_path: Path) -> None:
    body = (
        '<xs:element name="r"><xs:complexType><xs:sequence>'
        '<xs:element xmlns:q="http://www.w3.org/2001/XMLSchema" name="a" type="q:int"/>'
        '<xs:element xmlns:q="urn:t" ref="q:e"/></xs:sequence></xs:complexType></xs:element>'
        '<xs:element name="e" type="xs:date"/>'
    )
    same = body.replace('xmlns:q="http://www.w3.org/2001/XMLSchema" name="a" type="q:int"', 'name="a" type="xs:int"')
    assert both(tmp_path, qualified(body), qualified(same)) == (True, True)


def test_every_error_is_one_of_the_comparison() -> None:
    assert issubclass(UnreadableSchema, ComparisonError)
    assert issubclass(UnresolvedReference, ComparisonError)
