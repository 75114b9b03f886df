"""Schemas as the wild has them: large, versioned by their namespace, and told of in few words."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from diff.xsd.schemas import both, changes, confirmed, element, full_changes, pair, qualified, schema
from smswire.diff.xsd import Pair

MANY = 400


def leaf(name: str, kind: str = "xs:string") -> str:
    return f'<xs:element name="{name}" type="{kind}"/>'


def test_a_wide_choice_is_compared_soon(tmp_path: Path) -> None:
    def wide(kind: str, count: int) -> str:
        return element(f"<xs:choice>{leaf('a', kind)}{''.join(leaf(f'e{each}') for each in range(count))}</xs:choice>")

    started = time.process_time()
    found = changes(tmp_path, wide("xs:int", MANY), wide("xs:long", 0))
    assert time.process_time() - started < 5
    assert found == [("S502", "/r/e0"), ("T202", "/r/a")]


def test_a_long_list_of_values_is_compared_soon(tmp_path: Path) -> None:
    lines = "".join(f'<xs:enumeration value="{each}"/>' for each in range(24_000))
    new = f'<xs:simpleType name="T"><xs:restriction base="xs:string">{lines}</xs:restriction></xs:simpleType>'
    started = time.process_time()
    assert both(tmp_path, leaf("r"), leaf("r", "T") + new) == (False, True)
    assert time.process_time() - started < 5


def test_names_that_come_or_go_by_the_hundred_are_one_cause(tmp_path: Path) -> None:
    roots = "".join(leaf(f"e{each}") for each in range(MANY))
    [change] = full_changes(tmp_path, leaf("r"), leaf("r") + roots)
    assert (change.rule, change.path, change.new) == ("N704", "/e0", f"e0 and {MANY - 1} more")
    assert [each.path for each in change.children] == [f"/e{each}" for each in range(1, MANY)]


def test_few_names_are_told_one_by_one(tmp_path: Path) -> None:
    roots = "".join(leaf(f"e{each}") for each in range(3))
    assert changes(tmp_path, leaf("r") + roots, leaf("r")) == [("N703", f"/e{each}") for each in range(3)]


def test_types_that_documents_name_are_told_where_they_may_stand(tmp_path: Path) -> None:
    def schema_with(count: int) -> str:
        named = "".join(
            f'<xs:complexType name="T{each}"><xs:complexContent><xs:extension base="T"/></xs:complexContent>'
            "</xs:complexType>"
            for each in range(count)
        )
        base = '<xs:complexType name="T"><xs:sequence><xs:element name="a"/></xs:sequence></xs:complexType>'
        return schema(leaf("r", "T") + base + named)

    [change] = full_changes(tmp_path, schema_with(20), schema_with(0))
    assert (change.rule, change.path, change.old, len(change.children)) == ("S512", "/r", "T0 and 19 more", 19)


def test_rewriting_without_effect_is_told_once(tmp_path: Path) -> None:
    def amounts(step: str) -> str:
        return "".join(
            f'<xs:element name="e{each}" type="E{each}"/><xs:complexType name="E{each}"><xs:simpleContent>'
            f'<xs:{step} base="Base"/></xs:simpleContent></xs:complexType>'
            for each in range(20)
        )

    base = (
        '<xs:complexType name="Base"><xs:simpleContent><xs:extension base="xs:string"><xs:attribute name="x"/>'
        "</xs:extension></xs:simpleContent></xs:complexType>"
    )
    [change] = full_changes(tmp_path, base + amounts("extension"), base + amounts("restriction"))
    assert (change.rule, change.path) == ("D803", "/e0")
    assert "in 18 more places" in change.note


@pytest.mark.parametrize(("wild", "told"), [("##other", []), ("##any", ["O604"])])
def test_a_new_namespace_is_no_change_of_wildcards(tmp_path: Path, wild: str, told: list[str]) -> None:
    """What leaves out the schema's own namespace leaves out another one now, which is the same cause."""

    def versioned(namespace: str, allowed: str) -> str:
        anything = f'<xs:any namespace="{allowed}" processContents="lax" minOccurs="0"/>'
        attributes = f'<xs:anyAttribute namespace="{allowed}" processContents="lax"/>'
        return qualified(element(f"<xs:sequence>{anything}</xs:sequence>{attributes}"), namespace)

    found = changes(tmp_path, versioned("urn:v1", "##other"), versioned("urn:v2", wild))
    assert [rule for rule, _ in found] == ["N701", *told, *told]
    assert pair(tmp_path, versioned("urn:v1", "##other"), versioned("urn:v2", wild)).included("old").holds is False


def test_a_new_namespace_is_no_change_of_keys(tmp_path: Path) -> None:
    def versioned(namespace: str) -> str:
        key = '<xs:unique name="u"><xs:selector xpath="t:a"/><xs:field xpath="t:b/@c"/></xs:unique>'
        body = '<xs:element name="r"><xs:complexType><xs:sequence><xs:any processContents="lax"/></xs:sequence>'
        return qualified(
            f"{body}</xs:complexType>{key.replace('<xs:unique', f'<xs:unique xmlns:t={namespace!r}')}</xs:element>",
            namespace,
        )

    assert changes(tmp_path, versioned("urn:v1"), versioned("urn:v2")) == [("N701", "/")]


def test_alternatives_that_may_be_missing_are_a_choice_that_may_be_missing(tmp_path: Path) -> None:
    def alternatives(more: str) -> str:
        return element(f"<xs:choice>{''.join(f'<xs:element name={name!r} {more}/>' for name in 'abc')}</xs:choice>")

    [change] = full_changes(tmp_path, alternatives('minOccurs="0"'), alternatives(""))
    assert (change.rule, change.path, change.note) == ("C101", "/r", "of (a | b | c) as a group")


def test_an_entity_may_be_part_of_a_facet(tmp_path: Path) -> None:
    """As in schemas that write a pattern once, in their document type declaration."""
    texts = [
        f'<!DOCTYPE xs:schema [<!ENTITY digits "[0-9]{{{count}}}">]>'
        + schema(
            '<xs:element name="r"><xs:simpleType><xs:restriction base="xs:string"><xs:pattern value="x&digits;"/>'
            "</xs:restriction></xs:simpleType></xs:element>"
        )
        for count in ("1", "1,2")
    ]
    for name, text in zip(("old", "new"), texts, strict=True):
        (tmp_path / f"{name}.xsd").write_text(text, "utf-8")
    compared = Pair.load(tmp_path / "old.xsd", tmp_path / "new.xsd")
    assert compared.included("old").holds is True
    confirmed(tmp_path, compared.included("new"), "new", "old")


def test_a_witness_refers_to_the_identifiers_that_it_has(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is built so, and not found at random."""
    monkeypatch.setattr("smswire.diff.xsd.pair._TRYING", 0)

    def keyed(use: str) -> str:
        def part(name: str, attribute: str) -> str:
            return f'<xs:element name="{name}"><xs:complexType><xs:attribute {attribute} use="required"/></xs:complexType></xs:element>'

        attribute = f'<xs:attribute name="id" type="xs:ID" use="required"/><xs:attribute name="x" use="{use}"/>'
        parts = part("tool", 'name="id" type="xs:ID"') + part("step", 'name="tool" type="xs:IDREF"')
        key = '<xs:key name="k"><xs:selector xpath="tool"/><xs:field xpath="@id"/></xs:key>'
        keyref = '<xs:keyref name="f" refer="k"><xs:selector xpath="step"/><xs:field xpath="@tool"/></xs:keyref>'
        body = f"<xs:complexType><xs:sequence>{parts}</xs:sequence>{attribute}</xs:complexType>{key}{keyref}"
        return f'<xs:element name="r">{body}</xs:element>'

    assert both(tmp_path, keyed("optional"), keyed("required")) == (False, True)


def limited(base: str, facet: str) -> str:
    simple = f'<xs:simpleType><xs:restriction base="{base}"><xs:{facet}/></xs:restriction></xs:simpleType>'
    return f'<xs:element name="r">{simple}</xs:element>'


@pytest.mark.parametrize(
    "later",
    [
        limited("xs:int", 'assertion test="$value gt 3"'),
        limited("xs:date", 'explicitTimezone value="required"'),
        element('<xs:sequence><xs:any notQName="a" processContents="skip"/></xs:sequence>'),
        element('<xs:anyAttribute notNamespace="urn:o" processContents="skip"/>'),
        f"<xs:defaultOpenContent><xs:any/></xs:defaultOpenContent>{leaf('r')}",
    ],
)
def test_what_a_later_version_adds_is_never_left_out_in_silence(tmp_path: Path, later: str) -> None:
    """What it does is not known, unless both schemas say the same."""
    assert pair(tmp_path, later, leaf("r", "xs:anyType")).included("old").holds is None
    answer = pair(tmp_path, leaf("r", "xs:anyType"), later).included("new")
    assert answer.holds is None
    assert "of XSD 1.1 is not compared" in " ".join(reason for _, reason in answer.reasons)
    assert pair(tmp_path, later, later).included("old").holds is True
