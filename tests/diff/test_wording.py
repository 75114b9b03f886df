"""What findings say."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diff.pairs import OPEN, PROVEN, REFUTED
from diff.test_reports import changes, inclusions, report
from smswire.diff.model import Change, Direction, Finding, Inclusion
from smswire.diff.rules import rules


@pytest.mark.parametrize(
    ("rule", "direction"), [("F001", "response"), ("F002", "request"), ("F002", "response"), ("V301", "response")]
)
def test_what_the_profile_does_not_mind_is_not_told_as_if_it_did(rule: str, direction: Direction) -> None:
    change = Change(rule=rule, path="/order/tag", new="tag", open=rule == "F002" and direction == "request")
    shown = evolve(REFUTED, path="/order/tag")
    strict = report(change, holds=shown, direction=direction)
    assert (strict.verdict, strict.tolerant, strict.witness is None) == ("breaking", "compatible", False)
    found = report(change, holds=shown, direction=direction, profile="tolerant")
    assert (found.verdict, found.witness) == ("compatible", None)
    for holds in (shown, PROVEN, OPEN):
        for each in report(change, holds=holds, direction=direction, profile="tolerant").findings:
            assert "refuse" not in each.message
            assert "profile" not in each.message
            assert each.severity != "error"
    [proven] = report(change, holds=PROVEN, direction=direction, profile="tolerant").findings
    assert "proven harmless" in proven.message
    assert "tolerant" not in proven.message


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
        ("R415", None, "multiples of 2", "numbers are held to a step or to fewer digits: multiples of 2"),
        ("R416", "2 digits", None, "numbers are no longer held to a step or to digits: 2 digits"),
        ("V307", "1.0", None, "a value is no longer the only one allowed: 1.0"),
        ("S504", "(a | b)", "(a, b)", "parts stand in another order or choice: (a | b) -> (a, b)"),
    ],
)
def test_a_limit_is_set_moved_or_dropped(rule: str, old: str | None, new: str | None, head: str) -> None:
    [found] = report(Change(rule=rule, path="/ttl", old=old, new=new)).findings
    assert found.message.startswith(f"{head}; ")


@pytest.mark.parametrize(
    ("old", "new", "head"),
    [("urn:a", None, "removed: urn:a"), (None, "urn:b", "added: urn:b"), ("a", "b", "changed: a -> b")],
)
def test_an_identifier_is_added_changed_or_removed(old: str | None, new: str | None, head: str) -> None:
    [found] = report(Change(rule="D804", path="", old=old, new=new)).findings
    assert found.message == f"the schema's dialect or identifier {'' if old and new else 'was '}{head}"


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


@given(st.lists(changes, max_size=4), inclusions, st.sampled_from(["request", "response"]))
def test_every_message_is_whole(found: list[Change], holds: Inclusion, direction: Direction) -> None:
    for each in report(*found, holds=holds, direction=direction).findings:
        rule = rules()[each.rule]
        titles = [rule.title, *filter(None, (rule.title_added, rule.title_removed))]
        assert each.message.startswith(tuple(titles))
        assert "; ;" not in each.message
        assert each.message == each.message.strip(" ;")
        assert isinstance(each, Finding)
