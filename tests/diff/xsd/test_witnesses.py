"""Documents that show a difference: the smallest there are."""

from __future__ import annotations

from pathlib import Path

import pytest

from diff.xsd.pieces import facet, value
from diff.xsd.schemas import pair

SMALLEST = {
    "bound": (value(facet("maxInclusive", "99"), "xs:int"), value(facet("maxInclusive", "999"), "xs:int"), "100"),
    "wider integers": (value("", "xs:unsignedByte"), value("", "xs:unsignedShort"), "256"),
    "integers below zero": (value("", "xs:unsignedByte"), value("", "xs:int"), "-1"),
    "large": (
        value(facet("minInclusive", "0") + facet("maxInclusive", "9007199254740991"), "xs:long"),
        value(facet("minInclusive", "0"), "xs:long"),
        "9007199254740992",
    ),
    "digits": (
        value(facet("totalDigits", "4"), "xs:integer"),
        value(facet("totalDigits", "5"), "xs:integer"),
        "10000",
    ),
    "truth": (value(facet("enumeration", "true") + facet("enumeration", "false")), value("", "xs:boolean"), "0"),
    "listed": (
        value("".join(facet("enumeration", each) for each in "abc")),
        value("".join(facet("enumeration", each) for each in "abcd"), "xs:token"),
        "d",
    ),
}


@pytest.mark.parametrize(("old", "new", "wanted"), SMALLEST.values(), ids=SMALLEST.keys())
def test_what_shows_a_difference_is_small_and_plain(tmp_path: Path, old: str, new: str, wanted: str) -> None:
    answer = pair(tmp_path, old, new).included("new")
    assert answer.witness == f"<r>{wanted}</r>"
