"""Documents that one schema accepts and the other refuses: no such pair is called compatible."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from diff.xsd.pieces import MANY, attribute, facet, leaf, one, seq, value
from diff.xsd.schemas import element, pair, validator, written

EMPTY = '<xs:element name="r"><xs:complexType/></xs:element>'
# only two items of one value show it, which no document has but by chance
UNDECIDED = "<r><i><f/></i><i><f>x</f></i></r>"
NAMED = '<r xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="D"/>'


def text(base: str, *steps: tuple[str, str]) -> str:
    return value("".join(facet(*each) for each in steps), f"xs:{base}")


def listed(base: str, pattern: str, *values: str) -> str:
    steps = (("pattern", pattern),) if pattern else ()
    return text(base, *steps, *(("enumeration", each) for each in values))


def made(kind: str, *values: str) -> str:
    """An element of a list or a union with an enumeration."""
    inner = f"<xs:simpleType><xs:{kind}/></xs:simpleType>"
    steps = "".join(facet("enumeration", each) for each in values)
    return typed(f"<xs:simpleType><xs:restriction>{inner}{steps}</xs:restriction></xs:simpleType>")


def typed(kind: str) -> str:
    return f'<xs:element name="r">{kind}</xs:element>'


def keyed(items: str, field: str, kind: str = "unique") -> str:
    constraint = f'<xs:{kind} name="u"><xs:selector xpath="i"/><xs:field xpath="{field}"/></xs:{kind}>'
    item = f'<xs:element name="i" {MANY}><xs:complexType>{items}</xs:complexType></xs:element>'
    return f'<xs:element name="r"><xs:complexType>{seq(item)}</xs:complexType>{constraint}</xs:element>'


def wild(kind: str, namespace: str) -> str:
    return f'<xs:{kind} namespace="{namespace}" processContents="skip"/>'


def derived(name: str, method: str, base: str, steps: str = "", form: str = "complexContent", more: str = "") -> str:
    step = f'<xs:{method} base="{base}">{steps}</xs:{method}>'
    return f'<xs:complexType name="{name}" {more}><xs:{form}>{step}</xs:{form}></xs:complexType>'


NEVER = leaf("q", 'minOccurs="0" maxOccurs="0"')
ABSTRACT = element(seq('<xs:element ref="q" minOccurs="0"/>')) + leaf("q", 'abstract="true"')
BLANK = {
    "never": element(seq(NEVER)),
    "nested": element(seq(seq())),
    "no branch": element(seq(one(more='minOccurs="0"'))),
    "abstract": ABSTRACT,
}
NO_TEXT = {"empty": EMPTY, "no length": text("string", ("maxLength", "0")), "nothing": listed("string", "", "")}
SPACES = [
    (f"white space, {mine}, {theirs}", sub, sup, "<r> </r>")
    for mine, sub in BLANK.items()
    for theirs, sup in NO_TEXT.items()
]

PROHIBITED = attribute("a", 'use="prohibited"')
GROUP = f'<xs:attributeGroup name="G">{PROHIBITED}</xs:attributeGroup>'
BASE = f'<xs:complexType name="B">{attribute("a")}</xs:complexType>'
GROUPED = derived("T", "restriction", "B", '<xs:attributeGroup ref="G"/>') + leaf("r", "", "T")

HEAD = (
    element(seq('<xs:element ref="h"/>')) + '<xs:simpleType name="T"><xs:restriction base="xs:string"/></xs:simpleType>'
)
MEMBER = derived("M", "extension", "T", "", "simpleContent") + leaf("m", 'substitutionGroup="h"', "M")
MIDDLE = (
    element(seq('<xs:element ref="h"/>'))
    + '<xs:complexType name="A"/>'
    + derived("C", "extension", "B")
    + leaf("h", "", "A")
    + leaf("m", 'substitutionGroup="h"', "C")
)
SHORT = derived("B", "extension", "xs:string", "", "simpleContent") + derived(
    "D", "restriction", "B", facet("maxLength", "2"), "simpleContent"
)
LOW, HIGH = ("minInclusive", "minExclusive"), ("maxInclusive", "maxExclusive")
BOUNDS = [
    (
        f"{sub} in {sup}, rounded, {bound}",
        text(sub, (of[0], bound)),
        text(sup, (of[1], other)),
        f"<r>{document or bound}</r>",
    )
    for sub, sup, of, bound, other, document in (
        ("decimal", "double", HIGH, "0.0999999999999999999999", "0.1", ""),
        ("double", "double", HIGH, "0.09999999999999999999999", "0.1", ""),
        ("integer", "double", LOW, "9007199254740993", "9007199254740992", ""),
        ("integer", "float", LOW, "16777217", "16777216", ""),
        ("decimal", "double", (HIGH[1], HIGH[1]), "10", "10", "9.99999999999999999999999"),
        ("float", "double", (HIGH[0], HIGH[0]), "0.1", "0.1", "0.1000000001"),
        ("decimal", "double", (LOW[1], LOW[1]), "0", "0", f"0.{'0' * 350}1"),
    )
]

CASES = [
    *SPACES,
    (
        "a listed text that rounds to the bound",
        listed("string", "", "0.0999999999999999999999", "0.05"),
        text("double", ("maxExclusive", "0.1")),
        "<r>0.0999999999999999999999</r>",
    ),
    ("no namespace", element(seq(wild("any", "##any"))), element(seq(wild("any", ""))), "<r><a/></r>"),
    (
        "no namespace of attributes",
        element(wild("anyAttribute", "##any")),
        element(wild("anyAttribute", "")),
        '<r a="1"/>',
    ),
    ("prohibited in a group", BASE + GROUP + GROUPED, EMPTY, '<r a="1"/>'),
    (
        "blocked from a simple type",
        HEAD + leaf("h") + MEMBER,
        HEAD + leaf("h", 'block="extension"') + MEMBER,
        "<r><m>1</m></r>",
    ),
    (
        "blocked on the way",
        MIDDLE + derived("B", "extension", "A"),
        MIDDLE + derived("B", "extension", "A", more='block="extension"'),
        "<r><m/></r>",
    ),
    ("a named type without the default", SHORT + leaf("r", "", "B"), SHORT + leaf("r", 'default="abc"', "B"), NAMED),
    ("default of unique", keyed(attribute("x"), "@x"), keyed(attribute("x", 'default="a"'), "@x"), "<r><i/><i/></r>"),
    (
        "default of a key",
        keyed(attribute("x", 'default="a"'), "@x", "key"),
        keyed(attribute("x"), "@x", "key"),
        "<r><i/></r>",
    ),
    (
        "default of an element",
        keyed(seq(leaf("f")), "f"),
        keyed(seq(leaf("f", 'default="x"')), "f"),
        UNDECIDED,
    ),
    *BOUNDS,
    ("listed in another print", listed("int", "[0-9]+", "+1"), listed("string", "", "z"), "<r>1</r>"),
    ("listed without a print", listed("decimal", r"[0-9]\.[0-9]", "1"), listed("string", "", "z"), "<r>1.0</r>"),
    ("one of two listed", listed("decimal", r"[0-9]\.[0-9]|2", "1", "2"), listed("decimal", "", "2"), "<r>1.0</r>"),
    ("listed float", listed("float", "[^.]*", "1.0"), listed("decimal", "[^.]*", "1.0"), "<r>1E0</r>"),
    (
        "listed lists",
        made('list itemType="xs:int"', "1 2"),
        made('list itemType="xs:string"', "1 2"),
        "<r>01 2</r>",
    ),
    (
        "an earlier member's value",
        listed("int", "", "1"),
        made('union memberTypes="xs:string xs:int"', "1"),
        "<r>01</r>",
    ),
]


@pytest.mark.parametrize(("sub", "sup", "document"), [each[1:] for each in CASES], ids=[each[0] for each in CASES])
def test_what_is_refused_is_not_called_compatible(sub: str, sup: str, document: str, tmp_path: Path) -> None:
    paths = written(tmp_path, sub, sup)
    assert [validator(path).validate(etree.fromstring(document)) for path in paths] == [True, False]
    answer = pair(tmp_path, sub, sup).included("old")
    if document == UNDECIDED:
        assert answer.holds is not True
    else:
        assert answer.witness is not None
        assert [validator(path).validate(etree.fromstring(answer.witness)) for path in paths] == [True, False]


def identified(kind: str) -> str:
    uses = attribute("x", kind=kind) + attribute("y", kind="xs:IDREF")
    return element(seq(f'<xs:element name="i" maxOccurs="9"><xs:complexType>{uses}</xs:complexType></xs:element>'))


def test_a_reference_may_lose_its_identifier(tmp_path: Path) -> None:
    """XSD refuses a reference to what is no identifier, and libxml2 does not look."""
    old, new = (identified(each) for each in ("xs:ID", "xs:NCName"))
    assert pair(tmp_path, old, new).included("old").holds is None
    assert pair(tmp_path, old, old).included("old").holds is True


def test_a_model_that_xsd_forbids_is_compared(tmp_path: Path) -> None:
    """Two particles in a row let the same child in: a state has more than one expression."""
    many, three, five = (
        f'<xs:element ref="b" minOccurs="{low}" maxOccurs="{high}"/>'
        for low, high in ((1, "unbounded"), (3, 3), (5, "unbounded"))
    )
    declared = leaf("b")
    old, new = (element(seq(*each)) + declared for each in ((many, many), (three, five)))
    assert pair(tmp_path, old, new).included("old").holds is False
    assert pair(tmp_path, new, old).included("old").holds is True
