"""The rules: complete, told in words, and as severe as their effect on documents says."""

from __future__ import annotations

import re

import pytest

from smswire.diff.rules import Rule, breaks, rules, severity_of

RULES = list(rules().values())
DIRECTIONS = ("request", "response")

# (request, response) where the effect alone does not say it: strict, in an open object, under the profile tolerant
EXPECTED = {
    "F001": (("error", "error"), None, ("error", "info")),
    "F002": (("info", "error"), ("warn", "info"), ("info", "info")),
    "F003": (("error", "warn"), ("warn", "warn"), ("error", "warn")),
    "C108": (("info", "warn"), None, ("info", "warn")),
    "T209": (("off", "off"), None, ("off", "off")),
    "V301": (("info", "error"), None, ("info", "warn")),
    "V308": (("warn", "warn"), None, ("warn", "warn")),
    "P424": (("warn", "warn"), None, ("warn", "warn")),
    "P425": (("warn", "info"), None, ("warn", "info")),
    "P426": (("info", "warn"), None, ("info", "warn")),
    "P427": (("warn", "warn"), None, ("warn", "warn")),
    "S503": (("error", "warn"), None, ("error", "warn")),
    "S509": (("warn", "warn"), None, ("warn", "warn")),
    "O602": (("info", "error"), None, ("info", "info")),
    "O604": (("info", "warn"), None, ("info", "warn")),
    "N704": (("info", "info"), None, ("info", "info")),
    "N705": (("warn", "warn"), None, ("warn", "warn")),
    "D801": (("off", "off"), None, ("off", "off")),
    "D802": (("warn", "warn"), None, ("warn", "warn")),
    "D803": (("info", "info"), None, ("info", "info")),
    "D804": (("info", "info"), None, ("info", "info")),
    "X900": (("warn", "warn"), None, ("warn", "warn")),
}
BY_EFFECT = {
    "narrows": ("error", "info"),
    "widens": ("info", "error"),
    "both": ("error", "error"),
    "unknown": ("warn", "warn"),
    "neutral": ("info", "info"),
}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_is_told_in_full(rule: Rule) -> None:
    assert re.fullmatch(r"[FCTVLRPSONDX]\d{3}", rule.id)
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.section in ("Added", "Changed", "Deprecated", "Removed")
    for text in (rule.title, rule.why, rule.example, rule.soften):
        assert text == text.strip() != ""
    assert rule.why.endswith(".")
    assert rule.soften.endswith(".")


def test_identifiers_and_names_are_each_used_once() -> None:
    assert len({each.name for each in RULES}) == len(RULES)
    assert [each.id for each in RULES] == list(rules())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_severities(rule: Rule) -> None:
    strict, in_open, tolerant = EXPECTED.get(rule.id, (BY_EFFECT[rule.effect], None, BY_EFFECT[rule.effect]))
    assert tuple(rule.level(way, "strict", rule.effect) for way in DIRECTIONS) == strict
    assert tuple(rule.level(way, "tolerant", rule.effect) for way in DIRECTIONS) == tolerant
    assert (rule.open_effect is None) is (in_open is None)
    if rule.open_effect:
        assert tuple(rule.level(way, "strict", rule.open_effect, open=True) for way in DIRECTIONS) == in_open


def test_only_listed_rules_differ_from_their_effect() -> None:
    differing = {each.id for each in RULES if each.severity}
    assert differing <= set(EXPECTED) <= set(rules())


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_tolerance_never_makes_it_worse(rule: Rule) -> None:
    ranks = ["off", "info", "warn", "error"]
    for way in DIRECTIONS:
        for is_open in (False, True):
            effect = rule.effect_in("json", open=is_open)
            tolerant, strict = (rule.level(way, profile, effect, open=is_open) for profile in ("tolerant", "strict"))
            assert ranks.index(tolerant) <= ranks.index(strict)


def test_an_effect_that_is_not_the_rules_own_decides_for_itself() -> None:
    added = rules()["P425"]
    assert added.level("request", "strict", added.effect) == "warn"
    assert added.level("request", "strict", "neutral") == "info"
    assert added.level("response", "strict", "both") == "error"


def test_effects_differ_by_language_where_documents_do() -> None:
    became_list = rules()["C105"]
    assert (became_list.effect_in("xsd"), became_list.effect_in("json")) == ("widens", "both")
    assert rules()["C106"].effect_in("xsd") == "narrows"
    assert rules()["F002"].effect_in("json", open=True) == "narrows"


def test_swapping_the_sides_swaps_the_directions() -> None:
    for one, other in (("narrows", "widens"), ("both", "both"), ("neutral", "neutral")):
        assert breaks(one, "request") is breaks(other, "response")
        assert severity_of(one, "request") == severity_of(other, "response")
