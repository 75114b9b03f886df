"""Which finding a witness shows."""

from __future__ import annotations

import pytest
from attrs import evolve

from diff.pairs import PROVEN, REFUTED
from diff.test_reports import ADDED, NARROWED, WIDENED, report, told
from smswire.diff import compare
from smswire.diff.model import Change, Direction, Inclusion, Side
from smswire.diff.rules import breaks, rules
from smswire.diff.rules.facing import NARROWED_AND_WIDENED


@pytest.mark.parametrize(("direction", "side"), [("request", "old"), ("response", "new")])
def test_the_witness_is_shown_at_what_it_proves(direction: Direction, side: Side) -> None:
    other = evolve(NARROWED, rule="T201", path="/other")
    close = evolve(NARROWED, rule="V305")
    found = report(other, close, holds=evolve(REFUTED, path="/order[2]/note"), direction=direction)
    proven = [each for each in found.findings if each.proven]
    assert [(each.rule, each.path) for each in proven] == [("V305", "/order/note")]
    assert proven[0].witness == found.witness
    assert found.witness is not None
    assert (found.witness.document, found.witness.accepted_by) == ("<order/>", side)


@pytest.mark.parametrize(
    ("refused", "nearest"),
    [
        ("/order/tag", "/order/tag"),
        ("/order", "/order/tag"),
        ("/order/row[2]/id", "/order/row/*"),
        ("/row/tag", "/order/row/tag"),
        ("/order/row/tag/deep", "/order/row/tag"),
        ("/order/label", "/order/name"),
        ("/order/item/@lang", "/order/item/@*"),
        ("/", "/order/tag"),
        ("/reply/code", None),
        ("/order/other", None),
    ],
)
def test_the_nearest_finding_is_proven(refused: str, nearest: str | None) -> None:
    paths = ["/order/row/*", "/order/row/tag", "/order/tag"]
    removed = [Change(rule="F003", path=each, old=each) for each in paths]
    renamed = Change(rule="F007", path="/order/name", old="name", new="label")
    holds = Inclusion(holds=False, path=refused, witness='{"order": {"tag": 1}}', rule="F003")
    extra = Change(rule="O603", path="/order/item/@*")
    found = report(*removed, renamed, extra, holds=holds)
    assert next((each.path for each in found.findings if each.proven), None) == nearest


def test_a_root_is_refused_by_its_new_name() -> None:
    renamed = Change(rule="N703", path="/order", old="order", new="bill")
    [finding] = report(
        renamed, direction="response", holds=Inclusion(holds=False, path="/bill", witness="<bill/>")
    ).findings
    assert (finding.rule, finding.proven) == ("N703", True)


def test_of_equally_near_findings_the_one_that_the_witness_tells_of_is_proven() -> None:
    changes = [Change(rule="F003", path="/b"), Change(rule="F003", path="/a"), Change(rule="F005", path="/c")]
    [proven] = [
        each
        for each in report(*changes, holds=Inclusion(holds=False, witness='{"a": 1, "c": 2}')).findings
        if each.proven
    ]
    assert proven.path == "/a"
    [proven] = [each for each in report(*changes, holds=Inclusion(holds=False, witness="{}")).findings if each.proven]
    assert proven.path == "/c"


def test_a_witness_of_something_else_proves_none_of_several_errors() -> None:
    changes = [evolve(NARROWED, path=each) for each in ("/order/note/text", "/order/tag/text")]
    found = report(*changes, WIDENED, holds=evolve(REFUTED, path="/reply/code"))
    assert told(found) == [("L403", "error"), ("L403", "error"), ("L404", "info")]
    assert not any(each.proven or each.witness for each in found.findings)
    assert found.witness is not None


def test_the_only_error_is_what_the_witness_shows() -> None:
    found = report(evolve(NARROWED, path="/order/note/text"), WIDENED, holds=evolve(REFUTED, path="/reply/code"))
    assert [(each.rule, each.severity, each.witness) for each in found.findings] == [
        ("L403", "error", found.witness),
        ("L404", "info", None),
    ]


def test_what_another_field_needs_is_shown_where_it_is_told() -> None:
    old = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    found = compare(old, {**old, "dependentRequired": {"a": ["b"]}}, direction="request")
    [finding] = [each for each in found.findings if each.severity == "error"]
    assert (finding.rule, finding.proven, finding.witness) == ("S507", True, found.witness)


def test_what_only_the_witness_shows_becomes_a_finding() -> None:
    found = report(WIDENED, holds=evolve(REFUTED, path="/order/code", problem="not a number"))
    assert found.verdict == "breaking"
    assert told(found) == [("T203", "error"), ("L404", "info")]
    assert found.findings[0].path == "/order/code"
    assert found.findings[0].proven
    assert "not a number" in found.findings[0].message
    assert told(report(holds=REFUTED, direction="response")) == [("T202", "error")]
    assert told(report(holds=evolve(REFUTED, rule="S503"))) == [("S503", "error")]


def test_a_lesser_finding_that_the_witness_proves_is_an_error() -> None:
    found = report(ADDED, WIDENED, holds=evolve(REFUTED, path="/order/tag"))
    assert told(found) == [("F002", "error"), ("L404", "info")]
    assert found.findings[0].proven
    assert "tolerant" in found.findings[0].message


def test_beside_an_error_it_keeps_its_severity_unless_the_witness_shows_it() -> None:
    found = report(ADDED, NARROWED, holds=REFUTED)
    assert told(found) == [("L403", "error"), ("F002", "warn")]
    shown = evolve(REFUTED, path="/order/tag")
    found = report(ADDED, NARROWED, holds=shown)
    assert [(each.rule, each.severity, each.proven) for each in found.findings] == [
        ("L403", "error", False),
        ("F002", "error", True),
    ]
    found = report(ADDED, NARROWED, holds=shown, profile="tolerant")
    assert (found.verdict, told(found)) == ("breaking", [("L403", "error"), ("F002", "info")])
    assert found.witness is None
    for each in (REFUTED, evolve(REFUTED, path="/order/note")):
        assert report(NARROWED, holds=each, profile="tolerant", levels={"L403": "off"}).witness is not None


@pytest.mark.parametrize("witness", ["<late/>", None])
def test_a_root_that_only_one_side_knows_is_one_finding(witness: str | None) -> None:
    added = Change(rule="N704", path="/late", new="late")
    refuted = Inclusion(holds=False, witness=witness, path="/late", rule="N704", problem="the root is not known")
    [found] = report(added, holds=refuted, direction="response").findings
    assert (found.rule, found.severity, found.proven) == ("N704", "error", witness is not None)
    assert found.message == "a document or root was added: late; replies may come that the old schema refuses"
    [harmless] = report(added, holds=PROVEN).findings
    assert (harmless.severity, harmless.message) == (
        "info",
        "a document or root was added: late; requests that were valid stay so",
    )


@pytest.mark.parametrize(("narrowed", "widened"), NARROWED_AND_WIDENED)
def test_what_one_side_alone_accepts_is_told_from_that_side(narrowed: str, widened: str) -> None:
    for seen in (narrowed, widened):
        old = report(holds=evolve(REFUTED, rule=seen))
        new = report(holds=evolve(REFUTED, rule=seen), direction="response")
        assert [each.effect for each in (*old.findings, *new.findings)] == ["narrows", "widens"]
        assert new.findings[0].rule == widened
        assert old.findings[0].rule in {one for one, other in NARROWED_AND_WIDENED if other == widened}
    assert breaks(rules()[narrowed].effect, "request")
    assert breaks(rules()[widened].effect, "response")
