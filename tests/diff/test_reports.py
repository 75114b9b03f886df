"""Reports: the verdict is the proof's, and no finding contradicts it."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diff.pairs import OPEN, PROVEN, REFUTED
from smswire.diff.model import Change, Direction, Effect, Inclusion, Place, Profile, Report
from smswire.diff.report import Settings, build
from smswire.diff.rules import Level, breaks, rules

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
