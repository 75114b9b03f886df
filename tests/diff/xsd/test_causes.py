"""One change per cause: what several places, several facets or several fields have in common is told once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from diff.xsd.pieces import ANY, MANY, OPTIONAL, A, B, C, attribute, facet, leaf, one, seq, value
from diff.xsd.schemas import changes, element, full_changes, qualified, schema, written
from smswire.diff import compare
from smswire.diff.model import Place
from smswire.diff.xsd.changes import values
from smswire.diff.xsd.simple.atoms import builtin
from smswire.diff.xsd.simple.facets import Facet, restrict


def test_a_fixed_value_lets_an_element_be_empty(tmp_path: Path) -> None:
    free, fixed = (f'<xs:element name="r" type="xs:int" {more}/>' for more in ("", 'fixed="1"'))
    [added] = full_changes(tmp_path, free, fixed)
    [removed] = full_changes(tmp_path, fixed, free)
    assert [(each.rule, each.effect) for each in (added, removed)] == [("V306", "both"), ("V307", "both")]


def test_a_fixed_value_leaves_mixed_content_no_children(tmp_path: Path) -> None:
    mixed = '<xs:element name="r" {}><xs:complexType mixed="true">{}</xs:complexType></xs:element>'
    for model, effect in ((seq(A), "both"), (seq(leaf("a", OPTIONAL)), None)):
        free, fixed = (mixed.format(more, model) for more in ("", 'fixed="x"'))
        [added], [removed] = full_changes(tmp_path, free, fixed), full_changes(tmp_path, fixed, free)
        assert [(each.rule, each.effect) for each in (added, removed)] == [("V306", effect), ("V307", effect)]


def test_what_is_nested_too_deeply_to_be_told_is_said(tmp_path: Path) -> None:
    def nested(depth: int, kind: str) -> str:
        step = (
            '<xs:complexType name="T{}"><xs:sequence><xs:element name="e" type="T{}"/></xs:sequence></xs:complexType>'
        )
        last = f'<xs:simpleType name="T{depth}"><xs:restriction base="{kind}"/></xs:simpleType>'
        return "".join(step.format(each, each + 1) for each in range(depth)) + last + leaf("r", kind="T0")

    [told] = full_changes(tmp_path, nested(300, "xs:int"), nested(300, "xs:long"))
    [untold] = full_changes(tmp_path, nested(450, "xs:int"), nested(450, "xs:long"))
    assert (told.rule, untold.rule) == ("T202", "X900")
    assert "too deeply" in untold.note


def test_a_new_name_of_a_type_says_what_is_not_considered(tmp_path: Path) -> None:
    old = f'<xs:complexType name="T">{seq(A)}</xs:complexType><xs:element name="r" type="T"/>'
    [change] = full_changes(tmp_path, old, old.replace('"T"', '"U"'))
    assert (change.rule, change.old, change.new) == ("T209", "T", "U")
    assert "xsi:type" in change.note


REWRITTEN = {
    "choice of one": (element(seq(one(A), B)), element(seq(A, B))),
    "sequences within": (element(seq(seq(A, B), C)), element(seq(A, seq(B, C)))),
    "counts": (element(seq(A, leaf("a", MANY))), element(seq(leaf("a", 'maxOccurs="unbounded"')))),
    "derived type": (value(facet("minInclusive", "1"), "xs:integer"), leaf("r", kind="xs:positiveInteger")),
    "bounds": (
        value(facet("totalDigits", "2"), "xs:integer"),
        value(facet("minInclusive", "-99") + facet("maxInclusive", "99"), "xs:integer"),
    ),
    "pattern as values": (value(facet("pattern", "a|b")), value(facet("enumeration", "a") + facet("enumeration", "b"))),
    "restricted twice": (
        '<xs:simpleType name="S"><xs:restriction base="xs:string"><xs:pattern value="[a-z]+"/></xs:restriction></xs:simpleType>'
        + value(facet("pattern", "[a-c]+"), "S"),
        value(facet("pattern", "[a-c]+")),
    ),
}


@pytest.mark.parametrize(("old", "new"), REWRITTEN.values(), ids=REWRITTEN.keys())
def test_what_is_written_otherwise_is_told_once(tmp_path: Path, old: str, new: str) -> None:
    assert changes(tmp_path, old, new) == [("D803", "/r")]
    assert changes(tmp_path, new, old) == [("D803", "/r")]


def test_patterns_are_compared_while_there_is_time() -> None:
    patterns = "[ab]*ab{7}x*", "[ab]*ab{7}y*x*"
    some, more = (restrict((builtin("string"),), [Facet("pattern", each, str)]) for each in patterns)
    places = (Place("old.xsd"), Place("new.xsd"))
    told = [
        [each.rule for each in values.compare(some, more, "/r", places, until)] for until in (time.monotonic(), None)
    ]
    assert told == [["P424"], ["P422"]]


def test_a_changed_type_is_told_once_with_its_uses(tmp_path: Path) -> None:
    kind = '<xs:simpleType name="Code"><xs:restriction base="xs:string"><xs:maxLength value="{}"/></xs:restriction></xs:simpleType>'
    uses = element(seq(*(leaf(each, kind="Code") for each in "abc")))
    [change] = full_changes(tmp_path, kind.format(5) + uses, kind.format(6) + uses)
    assert (change.rule, change.path, change.old, change.new) == ("L404", "/r/a", "5", "6")
    assert change.note == "type Code, used in 2 more places"
    assert change.old_place is not None
    assert change.new_place is not None
    assert (change.old_place.line, change.new_place.line) == (2, 2)


GROUP = """<xs:attributeGroup name="G">
  <xs:attribute name="x" type="{}"/>
  {}
</xs:attributeGroup>
"""


def test_what_one_line_does_in_many_places_is_told_once(tmp_path: Path) -> None:
    use = '<xs:attributeGroup ref="G"/>'
    roots = element(use) + element(use, "s") + element(use, "t")
    old = GROUP.format("xs:int", "") + roots
    new = GROUP.format("xs:long", attribute("y")) + roots
    told = [(each.rule, each.path, each.note) for each in full_changes(tmp_path, old, new)]
    assert told == [
        ("F002", "/r/@y", "also at /s/@y, and in 1 more place"),
        ("T202", "/r/@x", "the same type, used in 2 more places"),
    ]


def test_fields_of_one_group_are_one_cause(tmp_path: Path) -> None:
    [change] = full_changes(tmp_path, element(seq(A)), element(seq(A, seq(B, C, more=OPTIONAL))))
    assert (change.rule, change.path) == ("F002", "/r/b")
    assert [(each.rule, each.path) for each in change.children] == [("F002", "/r/c")]


WRAPPER = '<xs:element name="{}"><xs:complexType>{}</xs:complexType></xs:element>'


def test_a_moved_field_is_one_cause(tmp_path: Path) -> None:
    inner = '<xs:element name="i"><xs:complexType>{}</xs:complexType></xs:element>'
    old = element(seq(leaf("token"), inner.format(seq(A))))
    new = element(seq(inner.format(seq(A, leaf("token")))))
    [change] = full_changes(tmp_path, old, new)
    assert (change.rule, change.path, change.new) == ("F008", "/r/token", "/r/i/token")


WRAPPED = {
    "a list": (seq(A, leaf("result", MANY)), seq(A, WRAPPER.format("results", seq(leaf("result", MANY)))), ["result"]),
    "all there is": (seq(A, B), seq(WRAPPER.format("body", seq(A, B))), ["a", "b"]),
    "twice": (seq(A, B), seq(A, WRAPPER.format("d", seq(WRAPPER.format("e", seq(B))))), ["b"]),
}


@pytest.mark.parametrize(("old", "new", "names"), WRAPPED.values(), ids=WRAPPED.keys())
def test_fields_that_are_wrapped_are_one_cause(tmp_path: Path, old: str, new: str, names: list[str]) -> None:
    for before, after, rule in ((old, new, "F001"), (new, old, "F004")):
        [change] = full_changes(tmp_path, element(before), element(after))
        told = [change, *change.children]
        assert [each.rule for each in told] == [*["F008" for _ in names], rule]
        assert {each.path.rpartition("/")[2] for each in told[:-1]} == set(names)


def test_what_changed_within_a_wrapped_field_is_told(tmp_path: Path) -> None:
    kind = '<xs:complexType name="R">' + seq(leaf("q", kind="{}")) + "</xs:complexType>"
    field = leaf("result", kind="R")
    old = kind.format("xs:int") + element(seq(field))
    new = kind.format("xs:long") + element(seq(WRAPPER.format("results", seq(field))))
    assert changes(tmp_path, old, new) == [("F008", "/r/result"), ("T202", "/r/results/result/q")]


def test_a_field_of_an_open_model_says_so(tmp_path: Path) -> None:
    [change] = full_changes(tmp_path, element(seq(A, ANY)), element(seq(A, leaf("b", OPTIONAL), ANY)))
    assert (change.rule, change.path, change.open) == ("F002", "/r/b", True)


def test_a_new_attribute_matters_where_any_attribute_may_stand(tmp_path: Path) -> None:
    opened = element('<xs:anyAttribute processContents="lax"/>')
    declared = opened + '<xs:attribute name="g" type="xs:int"/>'
    assert changes(tmp_path, opened, declared) == [("O603", "/*/@g")]
    assert changes(tmp_path, declared, opened) == [("O604", "/*/@g")]
    assert changes(tmp_path, element(""), element("") + '<xs:attribute name="g" type="xs:int"/>') == []
    assert changes(tmp_path, qualified(declared, "urn:a"), qualified(declared, "urn:b")) == [("N701", "/")]
    [finding] = compare(*written(tmp_path, opened, declared), direction="request").findings
    assert (finding.severity, finding.proven) == ("error", True)


def test_a_wildcard_that_calls_for_an_element_narrows_too(tmp_path: Path) -> None:
    any_element = ANY.replace('minOccurs="0"', "")
    [added] = full_changes(tmp_path, element(seq(A)), element(seq(A, any_element)))
    assert (added.rule, added.path, added.effect) == ("O602", "/r/*", "both")


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [(seq(A, B), seq(A, C, B), "F001"), (seq(A, B), seq(B, A), "S504"), (seq(A, ANY), seq(A), "O601")],
)
def test_the_change_that_a_document_shows_is_proven(tmp_path: Path, old: str, new: str, rule: str) -> None:
    [finding] = compare(*written(tmp_path, element(old), element(new)), direction="request").findings
    assert (finding.rule, finding.proven) == (rule, True)


def test_a_namespace_is_told_once_and_the_rest_beside_it(tmp_path: Path) -> None:
    old = qualified(element(seq(A, leaf("b", kind="xs:int"))), "urn:a")
    new = qualified(element(seq(A, leaf("b", kind="xs:date"), leaf("c", OPTIONAL))), "urn:b")
    assert changes(tmp_path, old, new) == [("N701", "/"), ("F002", "/r/c"), ("T201", "/r/b")]
    local = new.replace('elementFormDefault="qualified"', "")
    assert changes(tmp_path, new, local) == [("N702", "/")]
    assert changes(tmp_path, schema(element(seq(A))), qualified(element(seq(A)))) == [("N701", "/")]


def test_a_global_element_is_told_where_it_is_used(tmp_path: Path) -> None:
    head = element(seq(A, '<xs:element ref="g" minOccurs="0"/>')) + '<xs:element name="g" type="xs:int"/>'
    assert changes(tmp_path, element(seq(A)), head) == [("F002", "/r/g")]
    assert changes(tmp_path, element(seq(A)), element(seq(A)) + '<xs:element name="g" type="xs:int"/>') == [
        ("N704", "/g")
    ]


def test_a_new_element_matters_where_any_element_may_stand(tmp_path: Path) -> None:
    closed, opened = element(seq(A)), element(seq(A, ANY))
    new = '<xs:element name="g" type="xs:int"/>'
    told = [full_changes(tmp_path, each, each + new) for each in (closed, opened)]
    assert [[(each.rule, each.path, each.effect) for each in some] for some in told] == [
        [("N704", "/g", None)],
        [("N704", "/g", "both")],
    ]


FORMS = """<xs:element name="r"><xs:complexType>
<xs:sequence>
<xs:element name="a" type="xs:int" form="{0}"/>
<xs:element name="b" type="xs:int"/></xs:sequence>
<xs:attribute name="x" form="{1}"/>
</xs:complexType></xs:element>"""


@pytest.mark.parametrize(
    ("old", "new", "wanted"),
    [
        (("qualified", "qualified"), ("unqualified", "qualified"), ("/r/a", "qualified element a", 4)),
        (("qualified", "qualified"), ("qualified", "unqualified"), ("/r/@x", "qualified attribute x", 6)),
    ],
)
def test_the_form_of_one_name_is_told_of_it_alone(
    tmp_path: Path, old: tuple[str, str], new: tuple[str, str], wanted: tuple[str, str, int]
) -> None:
    [change] = full_changes(tmp_path, *(qualified(FORMS.format(*each)) for each in (old, new)))
    place = change.new_place
    assert place is not None
    assert (change.rule, change.path, change.old, place.line) == ("N702", *wanted)
    assert change.new == f"un{change.old}"
    found = compare(*written(tmp_path, *(qualified(FORMS.format(*each)) for each in (old, new))), direction="response")
    assert [(each.rule, each.proven) for each in found.findings] == [("N702", True)]
