"""What changed, by rule and path: one change per cause, and nothing hidden behind another."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff.xsd.pieces import ANY, MANY, OPTIONAL, A, B, C, attribute, every, facet, leaf, one, seq, simple, value
from diff.xsd.schemas import changes, element, full_changes
from smswire.diff.rules import rules

MODELS: dict[str, tuple[str, str, list[tuple[str, str]]]] = {
    "required field added": (seq(A), seq(A, leaf("b", kind="xs:int")), [("F001", "/r/b")]),
    "optional field added": (seq(A), seq(A, leaf("b", OPTIONAL)), [("F002", "/r/b")]),
    "optional field removed": (seq(A, leaf("b", OPTIONAL)), seq(A), [("F003", "/r/b")]),
    "required field removed": (seq(A, B), seq(A), [("F004", "/r/b")]),
    "became required": (seq(leaf("a", OPTIONAL)), seq(A), [("F005", "/r/a")]),
    "became optional": (seq(A), seq(leaf("a", OPTIONAL)), [("F006", "/r/a")]),
    "required field added to a branch": (one(seq(A), B), one(seq(C, A), B), [("F001", "/r/c")]),
    "required field removed from an optional group": (
        seq(A, seq(B, C, more=OPTIONAL)),
        seq(A, seq(B, more=OPTIONAL)),
        [("F004", "/r/c")],
    ),
    "optional group added": (seq(A), seq(A, seq(B, more=OPTIONAL)), [("F002", "/r/b")]),
    "renamed": (seq(leaf("sender")), seq(leaf("senderId")), [("F007", "/r/sender")]),
    "not renamed": (
        seq(leaf("sender")),
        seq(leaf("price", kind="xs:decimal")),
        [("F004", "/r/sender"), ("F001", "/r/price")],
    ),
    "renamed to what is unlike": (seq(A, leaf("text"), B), seq(A, leaf("body"), B), [("F007", "/r/text")]),
    "two of one type renamed to what is unlike": (
        seq(leaf("text"), leaf("zip")),
        seq(leaf("body"), leaf("area")),
        [("F004", "/r/text"), ("F004", "/r/zip"), ("F001", "/r/body"), ("F001", "/r/area")],
    ),
    "element became attribute": (seq(A, B), seq(A) + attribute("b"), [("F009", "/r/b")]),
    "attribute became element": (seq(A) + attribute("b"), seq(A, B), [("F009", "/r/@b")]),
    "element with an attribute": (
        seq(A),
        seq(
            '<xs:element name="a"><xs:complexType><xs:simpleContent><xs:extension base="xs:string">'
            '<xs:attribute name="x" use="required"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>'
        ),
        [("F001", "/r/a/@x")],
    ),
    "type of an element written within it": (
        seq(A),
        seq(f'<xs:element name="a">{simple("")}</xs:element>'),
        [("D803", "/r/a")],
    ),
    "forbidden": (seq(leaf("a", OPTIONAL), B), seq(leaf("a", 'minOccurs="0" maxOccurs="0"'), B), [("F010", "/r/a")]),
    "prohibited": (attribute(), attribute(more='use="prohibited"'), [("F010", "/r/@x")]),
    "least count": (seq(leaf("a", 'maxOccurs="9"')), seq(leaf("a", 'minOccurs="2" maxOccurs="9"')), [("C101", "/r/a")]),
    "greatest count": (seq(leaf("a", 'maxOccurs="9"')), seq(leaf("a", 'maxOccurs="5"')), [("C103", "/r/a")]),
    "unbounded": (seq(leaf("a", 'maxOccurs="9"')), seq(leaf("a", 'maxOccurs="unbounded"')), [("C104", "/r/a")]),
    "became a list": (seq(A), seq(leaf("a", 'maxOccurs="2"')), [("C105", "/r/a")]),
    "became single": (seq(leaf("a", 'maxOccurs="2"')), seq(A), [("C106", "/r/a")]),
    "group counted": (seq(A, seq(B, C)), seq(A, seq(B, C, more=OPTIONAL)), [("F006", "/r/b"), ("F006", "/r/c")]),
    "group repeated": (seq(A, one(B, C)), seq(A, one(B, C, more='maxOccurs="3"')), [("C105", "/r")]),
    "order": (seq(A, B), seq(B, A), [("S504", "/r")]),
    "order relaxed": (seq(A, B), every(A, B), [("S505", "/r")]),
    "order imposed": (every(A, B), seq(B, A), [("S506", "/r")]),
    "repeated choice": (seq(A, B), one(A, B, more=MANY), [("S505", "/r")]),
    "branch added": (one(A, B), one(A, B, C), [("S501", "/r/c")]),
    "branch removed": (one(A, B, C), one(A, B), [("S502", "/r/c")]),
    "alternative to what was alone": (seq(A), one(A, B), [("S501", "/r/b")]),
    "restructured": (one(seq(A, B), seq(A, C)), seq(A, one(B, C)), [("D803", "/r")]),
    "wildcard added": (seq(A), seq(A, ANY), [("O602", "/r/*")]),
    "wildcard removed": (seq(A, ANY), seq(A), [("O601", "/r/*")]),
    "wildcard narrowed": (seq(A, ANY), seq(A, ANY.replace("##any", "##other")), [("O603", "/r/*")]),
    "wildcard widened": (seq(A, ANY), seq(A, ANY.replace("lax", "skip")), [("O604", "/r/*")]),
    "any attribute": ("", '<xs:anyAttribute processContents="lax"/>', [("O602", "/r/@*")]),
    "attribute required": (attribute(), attribute(more='use="required"'), [("F005", "/r/@x")]),
    "attribute added": ("", attribute(more='use="required"'), [("F001", "/r/@x")]),
    "attribute removed": (attribute(), "", [("F003", "/r/@x")]),
    "fixed": (attribute(), attribute(more='fixed="1"'), [("V306", "/r/@x")]),
    "fixed to another": (attribute(more='fixed="1"'), attribute(more='fixed="2"'), [("V305", "/r/@x")]),
    "fixed to the same": (
        attribute(more='fixed="1"', kind="xs:int"),
        attribute(more='fixed="01"', kind="xs:int"),
        [("D803", "/r/@x")],
    ),
    "version": (attribute("version", 'fixed="1"'), attribute("version", 'fixed="2"'), [("N705", "/r/@version")]),
    "no longer fixed": (attribute(more='fixed="1"'), attribute(), [("V307", "/r/@x")]),
    "default": (attribute(), attribute(more='default="1"'), [("V308", "/r/@x")]),
    "nothing but the order of attributes": (attribute("x") + attribute("y"), attribute("y") + attribute("x"), []),
    "nested behind an insertion": (
        seq(f'<xs:element name="a"><xs:complexType>{seq(leaf("x", kind="xs:int"))}</xs:complexType></xs:element>'),
        seq(B, f'<xs:element name="a"><xs:complexType>{seq(leaf("x", kind="xs:date"))}</xs:complexType></xs:element>'),
        [("F001", "/r/b"), ("T201", "/r/a/x")],
    ),
}


@pytest.mark.parametrize(("old", "new", "wanted"), MODELS.values(), ids=MODELS.keys())
def test_contents_and_attributes(tmp_path: Path, old: str, new: str, wanted: list[tuple[str, str]]) -> None:
    assert changes(tmp_path, element(old), element(new)) == wanted


VALUES = {
    "widened": (value("", "xs:int"), value("", "xs:long"), ["T202"]),
    "narrowed": (value("", "xs:decimal"), value("", "xs:int"), ["T203"]),
    "changed": (value("", "xs:int"), value("", "xs:date"), ["T201"]),
    "other form": (value("", "xs:date"), value("", "xs:dateTime"), ["T208"]),
    "number to text, whatever its facets": (
        value(facet("totalDigits", "10") + facet("fractionDigits", "2") + facet("minInclusive", "0"), "xs:decimal"),
        value(""),
        ["T202"],
    ),
    "truth to words": (
        value("", "xs:boolean"),
        value(facet("enumeration", "yes") + facet("enumeration", "no")),
        ["T201"],
    ),
    "word to number": (value(facet("enumeration", "1")), value(facet("enumeration", "1"), "xs:int"), ["T202"]),
    "of the same strings": (value("", "xs:float"), value("", "xs:double"), ["T202"]),
    "a string after all": (value("", "xs:anySimpleType"), value(""), ["T203"]),
    "white space only": (value(""), value("", "xs:token"), ["P427"]),
    "value added": (
        value(facet("enumeration", "a")),
        value(facet("enumeration", "a") + facet("enumeration", "b")),
        ["V301"],
    ),
    "values introduced": (value(""), value(facet("enumeration", "a") + facet("enumeration", "b")), ["V303"]),
    "length": (value(facet("maxLength", "9")), value(facet("maxLength", "5")), ["L403"]),
    "bound": (value(facet("minInclusive", "1"), "xs:int"), value(facet("minInclusive", "0"), "xs:int"), ["R412"]),
    "bound of dates": (
        value(facet("maxInclusive", "2024-01-01"), "xs:date"),
        value(facet("maxInclusive", "2023-01-01"), "xs:date"),
        ["R413"],
    ),
    "digits": (
        value(facet("fractionDigits", "2"), "xs:decimal"),
        value(facet("fractionDigits", "3"), "xs:decimal"),
        ["R416"],
    ),
    "pattern": (value(facet("pattern", "[a-z]+")), value(facet("pattern", "[a-c]+")), ["P421"]),
    "pattern of the same strings": (value(facet("pattern", "a|b")), value(facet("pattern", "[ab]")), ["D803"]),
    "member added": (
        '<xs:element name="r" type="xs:int"/>',
        '<xs:element name="r"><xs:simpleType><xs:union memberTypes="xs:int xs:date"/></xs:simpleType></xs:element>',
        ["S501"],
    ),
    "list": (
        '<xs:element name="r" type="xs:NMTOKEN"/>',
        '<xs:element name="r" type="xs:NMTOKENS"/>',
        ["T202"],
    ),
    "nillable": (
        '<xs:element name="r" type="xs:int"/>',
        '<xs:element name="r" type="xs:int" nillable="true"/>',
        ["T204"],
    ),
    "from anything": ('<xs:element name="r"/>', '<xs:element name="r" type="xs:int"/>', ["T206"]),
    "to anything": (element(""), '<xs:element name="r"/>', ["T207"]),
    "to a simple type": (element(seq(A)), '<xs:element name="r" type="xs:int"/>', ["T201"]),
    "root renamed": (element(seq(A)), element(seq(A), "s"), ["N703"]),
    "documented": (
        '<xs:element name="r" type="xs:int"/>',
        '<xs:element name="r" type="xs:int"><xs:annotation><xs:documentation>All.</xs:documentation></xs:annotation></xs:element>',
        ["D801"],
    ),
    "key": (
        element(seq(A)),
        element(seq(A))
        .replace("</xs:element>\n", "")
        .replace(
            "</xs:complexType></xs:element>",
            '</xs:complexType><xs:unique name="u"><xs:selector xpath="a"/><xs:field xpath="."/></xs:unique></xs:element>',
        ),
        ["C107"],
    ),
}


@pytest.mark.parametrize(("old", "new", "wanted"), VALUES.values(), ids=VALUES.keys())
def test_values_and_declarations(tmp_path: Path, old: str, new: str, wanted: list[str]) -> None:
    assert [rule for rule, _ in changes(tmp_path, old, new)] == wanted


DERIVED = '<xs:complexType name="T"><xs:sequence/></xs:complexType><xs:element name="r" type="T"/>{0}'
EXTENSION = '<xs:complexType name="{0}"><xs:complexContent><xs:extension base="T"><xs:sequence><xs:element name="x" type="{1}"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>'


def test_derived_types_and_substitutes(tmp_path: Path) -> None:
    plain, derived = DERIVED.format(""), DERIVED.format(EXTENSION.format("D", "xs:int"))
    assert changes(tmp_path, plain, derived) == [("S511", "/r")]
    assert changes(tmp_path, derived, plain) == [("S512", "/r")]
    [renamed] = full_changes(tmp_path, derived, DERIVED.format(EXTENSION.format("E", "xs:int")))
    assert (renamed.rule, renamed.path, renamed.old, renamed.new) == ("S510", "/r", "D", "E")
    head = element(seq('<xs:element ref="h"/>')) + '<xs:element name="h" type="xs:int"/>'
    member = '<xs:element name="m" substitutionGroup="h"/>'
    assert changes(tmp_path, head, head + member) == [("S511", "/r/m")]
    assert changes(tmp_path, head + member, head) == [("S512", "/r/m")]


def test_every_rule_told_is_a_rule(tmp_path: Path) -> None:
    told = {rule for _, _, wanted in MODELS.values() for rule, _ in wanted} | {
        rule for *_, wanted in VALUES.values() for rule in wanted
    }
    assert told <= set(rules())
