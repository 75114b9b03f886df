"""A change of how values are told apart is noticed where a key, a keyref or unique compares them."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff.xsd.schemas import both, changes, pair
from smswire.diff import compare

SCHEMA = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="r"><xs:complexType><xs:sequence>
<xs:element name="i" maxOccurs="9"><xs:complexType><xs:attribute name="x" type="xs:{}"/></xs:complexType></xs:element>
</xs:sequence></xs:complexType>{}</xs:element></xs:schema>"""
UNIQUE = '<xs:unique name="u"><xs:selector xpath="i"/><xs:field xpath="@x"/></xs:unique>'


@pytest.mark.parametrize(
    ("old", "new", "constraint", "verdict"),
    [
        ("string", "token", UNIQUE, {"undecided", "breaking"}),
        ("decimal", "double", UNIQUE, {"undecided", "breaking"}),
        ("int", "long", UNIQUE, {"compatible"}),
        ("string", "token", "", {"compatible"}),
    ],
)
def test_values_that_become_equal(old: str, new: str, constraint: str, verdict: set[str], tmp_path: Path) -> None:
    paths = [tmp_path / f"{name}.xsd" for name in ("old", "new")]
    for path, kind in zip(paths, (old, new), strict=True):
        path.write_text(SCHEMA.format(kind, constraint), "utf-8")
    assert compare(*paths, direction="request").verdict in verdict


CONSTRAINED = """<xs:element name="r"><xs:complexType><xs:sequence><xs:element name="a" maxOccurs="9"><xs:complexType>
<xs:sequence><xs:element name="c" type="xs:int"/><xs:element name="d" type="xs:int" minOccurs="0"/></xs:sequence>
<xs:attribute name="x" use="required"/><xs:attribute name="y"/></xs:complexType></xs:element></xs:sequence>
</xs:complexType><xs:{kind} name="u"><xs:selector xpath="{path}"/><xs:field xpath="{field}"/></xs:{kind}></xs:element>"""


def constrained(path: str, field: str, kind: str = "unique") -> str:
    return CONSTRAINED.format(path=path, field=field, kind=kind)


@pytest.mark.parametrize(
    ("path", "field", "same_path", "same_field"),
    [
        ("a", "@x", "./a", "@x"),
        ("a", "@x", "a", "./@x"),
        ("a", "c", "child::a", "./child::c"),
        (".//a", "@x", ".//./a", "attribute::x"),
        ("a|b", "@x", "b | ./a", "@x"),
    ],
)
def test_one_path_spelled_in_two_ways(path: str, field: str, same_path: str, same_field: str, tmp_path: Path) -> None:
    old, new = constrained(path, field), constrained(same_path, same_field)
    assert both(tmp_path, old, new) == (True, True)
    assert changes(tmp_path, old, new) == []


@pytest.mark.parametrize("field", ["@x", "c"])
def test_unique_is_a_key_where_every_field_is_there(field: str, tmp_path: Path) -> None:
    assert both(tmp_path, constrained("a", field), constrained("a", field, "key")) == (True, True)


@pytest.mark.parametrize("field", ["@y", "d"])
def test_unique_is_no_key_where_a_field_may_lack(field: str, tmp_path: Path) -> None:
    """A key is unique all the same."""
    compared = pair(tmp_path, constrained("a", field), constrained("a", field, "key"))
    assert compared.included("old").witness is not None
    assert compared.included("new").holds is True
