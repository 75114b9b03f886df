"""A change of how values are told apart is noticed where a key, a keyref or unique compares them."""

from __future__ import annotations

from pathlib import Path

import pytest

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
