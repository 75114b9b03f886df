"""Reports: the verdict is the proof's, and no finding contradicts it."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diff.pairs import OPEN, PROVEN, REFUTED
from smswire.diff.model import Change, Direction, Effect, Finding, Inclusion, Place, Profile, Report, Side
from smswire.diff.report import Settings, build
from smswire.diff.rules import Level, breaks, rules
from smswire.diff.rules.facing import NARROWED_AND_WIDENED

NARROWED = Change(rule="L403", path="/order/note", old="160", new="70", old_place=Place("old.xsd", 3))
WIDENED = Change(rule="L404", path="/order/note", old="70", new="160")
ADDED = Change(rule="F002", path="/order/tag", new="tag", open=True)
PROFILES: tuple[Profile, ...] = ("strict", "tolerant")
changes = st.builds(
    Change,
    rule=st.sampled_from([each.id for each in rules().values() if not each.fatal]),
    path=st.sampled_from(["", "/order", "/order/note", "/order/*/id", "/reply"]),
    old=st.none() | st.just("a"),
    new=st.none() | st.just("b"),
    effect=st.sampled_from([None, None, "narrows", "widens", "neutral"]),
    open=st.booleans(),
)
inclusions = st.sampled_from([PROVEN, REFUTED, OPEN, Inclusion(holds=False), evolve(REFUTED, path="/order/3/id")])


def report(
    *changes: Change,
    holds: Inclusion = PROVEN,
    direction: Direction = "request",
    profile: Profile = "strict",
    levels: dict[str, Level] | None = None,
) -> Report:
    settings = Settings(direction=direction, profile=profile, levels=levels or {})
    return build(changes, holds, settings, language="json", old="old.json", new="new.json")


def told(found: Report) -> list[tuple[str, str]]:
    return [(each.rule, each.severity) for each in found.findings]


def test_bad_news_that_a_proof_takes_back_is_no_error() -> None:
    found = report(NARROWED, holds=PROVEN)
    assert found.verdict == "compatible"
    assert told(found) == [("L403", "info")]
    assert "proven harmless" in found.findings[0].message
    assert "may be refused" not in found.findings[0].message


def test_a_proof_takes_no_warning_back() -> None:
    changed = Change(rule="V308", path="/order/ttl", old="60", new="1440")
    assert told(report(changed)) == [("V308", "warn")]


@pytest.mark.parametrize(("direction", "worse"), [("request", "L403"), ("response", "L404")])
def test_the_direction_decides_which_change_breaks(direction: Direction, worse: str) -> None:
    found = report(NARROWED, WIDENED, holds=REFUTED, direction=direction)
    assert found.verdict == "breaking"
    assert [rule for rule, severity in told(found) if severity == "error"] == [worse]
    assert found.findings[0].rule == worse


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


def test_a_witness_of_something_else_proves_no_finding() -> None:
    found = report(evolve(NARROWED, path="/order/note/text"), holds=evolve(REFUTED, path="/reply/code"))
    assert told(found) == [("L403", "error")]
    assert found.findings[0].witness is None
    assert found.witness is not None


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


def test_beside_an_error_it_keeps_its_severity() -> None:
    found = report(ADDED, NARROWED, holds=REFUTED)
    assert told(found) == [("L403", "error"), ("F002", "warn")]


def test_the_tolerant_profile_does_not_mind_what_readers_ignore() -> None:
    found = report(ADDED, holds=evolve(REFUTED, path="/order/tag"), profile="tolerant")
    assert found.verdict == "compatible"
    assert told(found) == [("F002", "info")]
    value = Change(rule="V301", path="/order/code", new="x")
    found = report(value, holds=evolve(REFUTED, path="/order/code"), direction="response", profile="tolerant")
    assert (found.verdict, told(found)) == ("compatible", [("V301", "warn")])


def test_the_tolerant_profile_minds_all_else() -> None:
    found = report(ADDED, NARROWED, holds=REFUTED, profile="tolerant")
    assert found.verdict == "breaking"
    found = report(ADDED, holds=evolve(REFUTED, path="/reply/code"), profile="tolerant")
    assert (found.verdict, told(found)) == ("breaking", [("T203", "error"), ("F002", "info")])


def test_what_is_undecided_says_why() -> None:
    found = report(NARROWED, holds=OPEN)
    assert found.verdict == "undecided"
    assert told(found) == [("L403", "error"), ("X900", "warn")]
    assert found.findings[1].path == "/order/note"
    assert found.findings[1].message == "not everything could be decided; the patterns are too large to be compared"
    assert "requests that were valid may be refused, which is not proven" in found.findings[0].message
    assert told(report(holds=Inclusion(holds=None))) == [("X900", "warn")]


def test_what_is_undecided_is_told_once() -> None:
    reason = "the schema is nested too deeply"
    twice = Inclusion(holds=None, reasons=(("/order", reason), ("/order", reason), ("/", reason)))
    found = report(Change(rule="X900", path="", note=reason), holds=twice)
    assert [each.path for each in found.findings] == ["", "/order"]


@given(st.data())
def test_the_levels_that_a_user_sets_change_no_verdict(data: st.DataObject) -> None:
    found = data.draw(st.lists(changes, max_size=4))
    holds = data.draw(inclusions)
    direction: Direction = data.draw(st.sampled_from(["request", "response"]))
    wished: Level = data.draw(st.sampled_from(["off", "info", "warn", "error"]))
    for profile in PROFILES:
        plain = report(*found, holds=holds, direction=direction, profile=profile)
        levels: dict[str, Level] = dict.fromkeys((each.rule for each in found[:2]), wished)
        told = report(*found, holds=holds, direction=direction, profile=profile, levels=levels)
        assert (told.verdict, told.tolerant) == (plain.verdict, plain.tolerant)
        assert plain.tolerant in ("compatible", plain.verdict)
        assert plain.tolerant == plain.verdict or profile == "strict"


def test_a_user_may_set_the_level_of_a_rule() -> None:
    assert told(report(NARROWED, holds=REFUTED, levels={"L403": "info"})) == [("L403", "info")]
    assert told(report(NARROWED, holds=PROVEN, levels={"L403": "error"})) == [("L403", "error")]
    assert told(report(NARROWED, holds=REFUTED, levels={"L403": "off"})) == []
    assert report(NARROWED, holds=REFUTED, levels={"L403": "off"}).verdict == "breaking"
    assert told(report(Change(rule="D801", path="/"), levels={"D801": "info"})) == [("D801", "info")]
    assert told(report(Change(rule="D801", path="/"))) == []


@pytest.mark.parametrize("effect", [None, "widens", "narrows"])
@pytest.mark.parametrize("direction", ["request", "response"])
@pytest.mark.parametrize("holds", [PROVEN, REFUTED, OPEN])
def test_a_steady_rule_is_as_severe_as_it_is_unless_a_document_shows_it(
    holds: Inclusion, direction: Direction, effect: Effect | None
) -> None:
    found = report(Change(rule="V308", path="/order", new="1", effect=effect), holds=holds, direction=direction)
    shown = holds is REFUTED and effect is not None and breaks(effect, direction)
    [own] = [each for each in found.findings if each.rule == "V308"]
    assert (own.severity, own.proven) == (("error", True) if shown else ("warn", False))
    assert ("replies may come" in own.message or "may be refused" in own.message) is shown
    # what breaks is told once
    assert sum(each.severity == "error" for each in found.findings) == (holds is REFUTED)


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


def test_a_default_is_added_changed_or_removed() -> None:
    for old, new, head in ((None, "1", "added: 1"), ("1", "2", "changed: 1 -> 2"), ("1", None, "removed: 1")):
        [found] = report(Change(rule="V308", path="/ttl", old=old, new=new)).findings
        assert found.message == f"a default was {head}; what is left out means something else"


@pytest.mark.parametrize(
    ("rule", "old", "new", "head"),
    [
        ("L403", None, "36", "a greatest length was set: 36"),
        ("L403", "40", "36", "the greatest length was lowered: 40 -> 36"),
        ("L404", "36", None, "the greatest length was dropped: 36"),
        ("C101", None, "1", "a least count was set: 1"),
        ("R414", "9", None, "the upper bound was dropped: 9"),
    ],
)
def test_a_limit_is_set_moved_or_dropped(rule: str, old: str | None, new: str | None, head: str) -> None:
    [found] = report(Change(rule=rule, path="/ttl", old=old, new=new)).findings
    assert found.message.startswith(f"{head}; ")


def test_what_a_document_shows_is_known() -> None:
    unsure = Change(rule="P424", path="/order", old="^(a)\\1$", new="^(b)\\1$")
    [found] = report(unsure, holds=REFUTED).findings
    assert (found.severity, found.proven) == ("error", True)
    assert "not known" not in found.message
    assert "the pattern changed, as the document shows" in found.message
    for holds in (OPEN, PROVEN, Inclusion(holds=False, path="/order")):
        [found] = [each for each in report(unsure, holds=holds).findings if each.rule == "P424"]
        assert (found.severity, found.proven) == ("warn", False)
        assert "not known" in found.message


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


def test_children_go_with_their_cause() -> None:
    moved = Change(rule="F008", path="/order/phone", children=(NARROWED, Change(rule="D801", path="/order/phone")))
    [found] = report(moved, holds=REFUTED).findings
    assert [(each.rule, each.severity) for each in found.children] == [("L403", "error")]
    # what is not shown leaves what it led to
    assert told(report(moved, holds=REFUTED, levels={"F008": "off"})) == [("L403", "error")]


def test_the_effect_that_a_front_end_saw_decides() -> None:
    became = Change(rule="C105", path="/order/row")
    assert told(report(became, holds=PROVEN)) == [("C105", "info")]
    assert told(report(evolve(became, effect="widens"), holds=OPEN)) == [("X900", "warn"), ("C105", "info")]


def test_a_fingerprint_is_of_what_was_found_and_not_of_where() -> None:
    [one] = report(NARROWED, holds=REFUTED).findings
    [moved] = report(evolve(NARROWED, old_place=Place("elsewhere.xsd", 99)), holds=PROVEN).findings
    assert one.fingerprint == moved.fingerprint
    assert len(one.fingerprint) == 16
    others = [evolve(NARROWED, rule="L404"), evolve(NARROWED, path="/x"), evolve(NARROWED, new="60")]
    prints = {report(each).findings[0].fingerprint for each in others}
    prints.add(report(NARROWED, direction="response").findings[0].fingerprint)
    assert len(prints | {one.fingerprint}) == 5


@given(st.lists(changes, max_size=4), inclusions, st.sampled_from(["request", "response"]))
def test_under_strict_the_verdict_is_the_proof_and_no_error_contradicts_it(
    found: list[Change], holds: Inclusion, direction: Direction
) -> None:
    made = report(*found, holds=holds, direction=direction)
    errors = [each for each in made.findings if each.severity == "error"]
    assert made.verdict == {True: "compatible", False: "breaking", None: "undecided"}[holds.holds]
    assert bool(errors) or made.verdict != "breaking"
    assert not errors or made.verdict != "compatible"
    assert made.verdict != "undecided" or "X900" in {each.rule for each in made.findings}
    ranks = ["error", "warn", "info"]
    assert [ranks.index(each.severity) for each in made.findings] == sorted(
        ranks.index(each.severity) for each in made.findings
    )


@given(st.lists(changes, max_size=4), inclusions, st.sampled_from(["request", "response"]))
def test_every_message_is_whole(found: list[Change], holds: Inclusion, direction: Direction) -> None:
    for each in report(*found, holds=holds, direction=direction).findings:
        rule = rules()[each.rule]
        titles = [rule.title, *filter(None, (rule.title_added, rule.title_removed))]
        assert each.message.startswith(tuple(titles))
        assert "; ;" not in each.message
        assert each.message == each.message.strip(" ;")
        assert isinstance(each, Finding)
