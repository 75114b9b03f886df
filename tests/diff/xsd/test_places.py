"""Places of changes: the line that says what changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff.xsd.pieces import facet, leaf
from diff.xsd.schemas import full_changes


def kind(*facets: str, name: str = "S", base: str = "xs:string") -> str:
    """A simple type whose restriction is on its second line, and each facet on a line of its own."""
    lines = "\n".join(facets)
    return (
        f'<xs:simpleType name="{name}">\n<xs:restriction base="{base}">\n{lines}\n</xs:restriction></xs:simpleType>\n'
    )


def values(*texts: str) -> str:
    return kind(*(facet("enumeration", each) for each in texts)) + leaf("r", kind="S")


LONG, USE = facet("maxLength", "9"), leaf("r", kind="S")
DERIVED = kind(LONG, name="T", base="S") + leaf("r", kind="T")

PLACES = {
    "pattern": (
        kind(LONG, facet("pattern", "[a-z]+")) + USE,
        kind(LONG, facet("pattern", "[a-c]+")) + USE,
        [("P421", 5, 5)],
    ),
    "bound added": (
        kind(facet("minInclusive", "1"), base="xs:int") + USE,
        kind(facet("minInclusive", "1"), facet("maxInclusive", "5"), base="xs:int") + USE,
        [("R413", 2, 5)],
    ),
    "value added": (values("a", "b", "d"), values("a", "b", "c", "d"), [("V301", 2, 6)]),
    "value removed": (values("a", "b", "c"), values("a", "c"), [("V302", 5, 2)]),
    "digits of both kinds": (
        kind(facet("totalDigits", "5"), facet("fractionDigits", "3"), base="xs:decimal") + USE,
        kind(facet("totalDigits", "4"), facet("fractionDigits", "2"), base="xs:decimal") + USE,
        [("R415", 4, 4), ("R415", 5, 5)],
    ),
    "base": (kind(base="xs:int") + USE, kind(base="xs:long") + USE, [("T202", 3, 3)]),
    "another type by name": (leaf("r", kind="xs:int"), kind() + USE, [("T202", 2, 6)]),
    "facet of the base": (
        kind(LONG, facet("pattern", "a*")) + DERIVED,
        kind(LONG, facet("pattern", "b*")) + DERIVED,
        [("P423", 5, 5)],
    ),
}


@pytest.mark.parametrize(("old", "new", "wanted"), PLACES.values(), ids=PLACES.keys())
def test_a_change_is_told_at_the_facet(tmp_path: Path, old: str, new: str, wanted: list[tuple[str, int, int]]) -> None:
    told = [
        (each.rule, each.old_place and each.old_place.line, each.new_place and each.new_place.line)
        for each in full_changes(tmp_path, old, new)
    ]
    assert told == wanted
