"""Attributes, types, substitution, derivation, namespaces: each pair is asked both ways."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff.xsd.schemas import both, element, pair, qualified, schema


def attribute(name: str = "x", more: str = "", kind: str = "xs:string") -> str:
    return f'<xs:attribute name="{name}" type="{kind}" {more}/>'


ANY = '<xs:anyAttribute namespace="{}" processContents="{}"/>'

ATTRIBUTES = {
    "optional added": ("", attribute(), True, False),
    "required added": ("", attribute(more='use="required"'), False, False),
    "became required": (attribute(), attribute(more='use="required"'), False, True),
    "prohibited": (attribute(), attribute(more='use="prohibited"'), False, True),
    "type narrowed": (attribute(), attribute(kind="xs:int"), False, True),
    "fixed": (attribute(), attribute(more='fixed="a"'), False, True),
    "fixed to another": (attribute(more='fixed="a"'), attribute(more='fixed="b"'), False, False),
    "fixed number in another print": (
        attribute(more='fixed="1"', kind="xs:decimal"),
        attribute(more='fixed="1.0"', kind="xs:decimal"),
        True,
        True,
    ),
    "fixed boolean in another print": (
        attribute(more='fixed="1"', kind="xs:boolean"),
        attribute(more='fixed="true"', kind="xs:boolean"),
        True,
        True,
    ),
    "default": (attribute(), attribute(more='default="a"'), True, True),
    "any instead": (attribute(), ANY.format("##any", "skip"), True, False),
    "any of none declared": ("", ANY.format("##any", "strict"), True, True),
    "any of others": (ANY.format("##other", "lax"), ANY.format("##any", "lax"), True, False),
}


@pytest.mark.parametrize(("old", "new", "forth", "back"), ATTRIBUTES.values(), ids=ATTRIBUTES.keys())
def test_attributes(tmp_path: Path, old: str, new: str, forth: bool, back: bool) -> None:
    assert both(tmp_path, element(old), element(new)) == (forth, back)


TYPE = '<xs:complexType name="T"{0}><xs:sequence><xs:element name="a" type="xs:string"/></xs:sequence></xs:complexType>'
DERIVED = (
    '<xs:complexType name="{0}"><xs:complexContent><xs:extension base="T"><xs:sequence>'
    '<xs:element name="b" type="{1}"/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>'
)
ROOT = '<xs:element name="r" type="T"{0}/>'
PLAIN = TYPE.format("") + ROOT.format("")
ABSTRACT = TYPE.format(' abstract="true"') + ROOT.format("")

TYPES = {
    "derived type added": (PLAIN, PLAIN + DERIVED.format("D", "xs:int"), True, False),
    "derived type changed": (
        PLAIN + DERIVED.format("D", "xs:int"),
        PLAIN + DERIVED.format("D", "xs:long"),
        True,
        False,
    ),
    "derived type renamed": (
        PLAIN + DERIVED.format("D", "xs:int"),
        PLAIN + DERIVED.format("E", "xs:int"),
        False,
        False,
    ),
    "only derived type renamed": (
        ABSTRACT + DERIVED.format("D", "xs:int"),
        ABSTRACT + DERIVED.format("E", "xs:int"),
        False,
        False,
    ),
    "declared type renamed": (
        PLAIN + DERIVED.format("D", "xs:int"),
        (PLAIN + DERIVED.format("D", "xs:int")).replace('"T"', '"U"'),
        True,
        True,
    ),
    "derived types swapped": (
        PLAIN + DERIVED.format("D", "xs:int") + DERIVED.format("E", "xs:date"),
        PLAIN + DERIVED.format("E", "xs:int") + DERIVED.format("D", "xs:date"),
        False,
        False,
    ),
    "made abstract": (
        PLAIN + DERIVED.format("D", "xs:int"),
        ABSTRACT + DERIVED.format("D", "xs:int"),
        False,
        True,
    ),
    "blocked": (
        PLAIN + DERIVED.format("D", "xs:int"),
        TYPE.format("") + ROOT.format(' block="extension"') + DERIVED.format("D", "xs:int"),
        False,
        True,
    ),
    "nothing derived from abstract": (ABSTRACT, PLAIN, True, False),
    "nillable": (PLAIN, TYPE.format("") + ROOT.format(' nillable="true"'), True, False),
    "nil in an abstract type": (
        ABSTRACT + DERIVED.format("D", "xs:int"),
        TYPE.format(' abstract="true"') + ROOT.format(' nillable="true"') + DERIVED.format("D", "xs:int"),
        True,
        False,
    ),
    "from any type": ('<xs:element name="r"/>', PLAIN, False, True),
    "simple type renamed": (
        '<xs:simpleType name="A"><xs:restriction base="xs:int"/></xs:simpleType><xs:element name="r" type="A"/>',
        '<xs:simpleType name="B"><xs:restriction base="xs:int"/></xs:simpleType><xs:element name="r" type="B"/>',
        True,
        True,
    ),
    "element fixed": (
        '<xs:element name="r" type="xs:int"/>',
        '<xs:element name="r" type="xs:int" fixed="1"/>',
        False,
        False,
    ),
    "element default": (
        '<xs:element name="r" type="xs:int"/>',
        '<xs:element name="r" type="xs:int" default="1"/>',
        True,
        False,
    ),
}


@pytest.mark.parametrize(("old", "new", "forth", "back"), TYPES.values(), ids=TYPES.keys())
def test_types(tmp_path: Path, old: str, new: str, forth: bool, back: bool) -> None:
    assert both(tmp_path, old, new) == (forth, back)


def test_a_new_element_is_held_to_its_declaration_where_any_may_stand(tmp_path: Path) -> None:
    open_model = element('<xs:sequence><xs:any namespace="##other" processContents="lax"/></xs:sequence>')
    new = open_model + '<xs:element name="s" type="xs:int"/>'
    assert both(tmp_path, open_model, new) == (False, False)
    assert pair(tmp_path, open_model, new).included("old").path.startswith("/s")


HEADS = (
    '<xs:element name="h" type="xs:string"{0}/>'
    '<xs:element name="m" substitutionGroup="h"/>{1}'
    '<xs:element name="r"><xs:complexType><xs:sequence><xs:element ref="h"/></xs:sequence></xs:complexType></xs:element>'
)
SUBSTITUTES = {
    "member added": (
        HEADS.format("", ""),
        HEADS.format("", '<xs:element name="n" substitutionGroup="h"/>'),
        True,
        False,
    ),
    "member of a member": (
        HEADS.format("", '<xs:element name="n" type="xs:string"/>'),
        HEADS.format("", '<xs:element name="n" type="xs:string" substitutionGroup="m"/>'),
        True,
        False,
    ),
    "head made abstract": (HEADS.format("", ""), HEADS.format(' abstract="true"', ""), False, True),
    "substitution blocked": (HEADS.format("", ""), HEADS.format(' block="substitution"', ""), False, True),
    "written out": (
        HEADS.format(' abstract="true"', ""),
        HEADS.format(' abstract="true"', "").replace('<xs:element ref="h"/>', '<xs:element ref="m"/>'),
        True,
        True,
    ),
}


@pytest.mark.parametrize(("old", "new", "forth", "back"), SUBSTITUTES.values(), ids=SUBSTITUTES.keys())
def test_substitution_groups(tmp_path: Path, old: str, new: str, forth: bool, back: bool) -> None:
    assert both(tmp_path, old, new) == (forth, back)


ITEM = element('<xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence>')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (schema(ITEM), qualified(ITEM)),
        (qualified(ITEM, "urn:a"), qualified(ITEM, "urn:b")),
        (qualified(ITEM), qualified(ITEM).replace('elementFormDefault="qualified"', "")),
        (schema(ITEM), schema(ITEM.replace('"r"', '"s"'))),
    ],
    ids=["namespace added", "namespace changed", "form changed", "root renamed"],
)
def test_other_names_are_other_documents(tmp_path: Path, old: str, new: str) -> None:
    assert both(tmp_path, old, new) == (False, False)


def test_a_root_may_be_named(tmp_path: Path) -> None:
    old = schema(ITEM + '<xs:element name="s" type="xs:int"/>')
    new = schema(ITEM + '<xs:element name="s" type="xs:date"/>')
    assert pair(tmp_path, old, new).included("old").holds is False
    assert pair(tmp_path, old, new, root="r").included("old").holds is True
    assert pair(tmp_path, old, new, root="s").included("old").holds is False
    assert pair(tmp_path, qualified(ITEM), qualified(ITEM), root="{urn:t}r").included("old").holds is True


KEYS = (
    '<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="i" maxOccurs="unbounded"><xs:complexType>'
    '<xs:attribute name="id" type="xs:int" use="required"/></xs:complexType></xs:element></xs:sequence>{0}</xs:complexType>{1}</xs:element>'
)
UNIQUE = '<xs:unique name="u"><xs:selector xpath="i"/><xs:field xpath="@id"/></xs:unique>'


def test_an_added_key_is_found_to_refuse_something(tmp_path: Path) -> None:
    compared = pair(tmp_path, KEYS.format("", ""), KEYS.format("", UNIQUE))
    answer = compared.included("old")
    assert answer.holds is False
    assert answer.witness is not None
    assert answer.witness.count("<i ") == 2
    assert compared.included("new").holds is True


def test_documents_keep_to_keys_that_stay(tmp_path: Path) -> None:
    """What is shown of something else is valid under the key, with two different values."""
    more = '<xs:attribute name="x" use="required"/>'
    old = KEYS.format("", UNIQUE).replace('name="i"', 'name="i" minOccurs="2"')
    new = KEYS.format(more, UNIQUE).replace('name="i"', 'name="i" minOccurs="2"')
    assert both(tmp_path, old, new) == (False, False)


def test_a_changed_key_is_not_called_compatible(tmp_path: Path) -> None:
    other = UNIQUE.replace("@id", ".")
    answer = pair(tmp_path, KEYS.format("", UNIQUE), KEYS.format("", other)).included("old")
    assert answer.holds is not True


def test_what_extends_anything_takes_any_attribute(tmp_path: Path) -> None:
    extended = '<xs:complexContent mixed="true"><xs:{} base="xs:anyType"/></xs:complexContent>'
    anything = '<xs:sequence><xs:any processContents="lax" minOccurs="0" maxOccurs="unbounded"/></xs:sequence>'
    narrow = f'<xs:element name="r"><xs:complexType mixed="true">{anything}</xs:complexType></xs:element>'
    assert both(tmp_path, element(extended.format("extension")), narrow) == (False, True)
    assert both(tmp_path, element(extended.format("restriction")), narrow) == (True, False)


@pytest.mark.parametrize(
    ("model", "wanted"),
    [
        ("<xs:sequence>{}</xs:sequence>", (True, True)),
        ('<xs:sequence minOccurs="0">{}</xs:sequence>', (False, True)),
        ("<xs:choice>{}</xs:choice>", (False, True)),
        ("<xs:all>{}</xs:all>", (True, False)),
    ],
)
def test_an_abstract_element_that_none_stands_for_is_as_the_validator_has_it(
    tmp_path: Path, model: str, wanted: tuple[bool, bool]
) -> None:
    """It is no part of any document, and asks for nothing, but in an xs:all."""
    declared = '<xs:element name="h" abstract="true" type="xs:string"/><xs:element name="b" type="xs:string"/>'
    calling = declared + element(model.format('<xs:element ref="h"/><xs:element ref="b"/>'))
    assert both(tmp_path, calling, declared + element('<xs:sequence><xs:element ref="b"/></xs:sequence>')) == wanted
