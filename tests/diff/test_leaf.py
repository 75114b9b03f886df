"""Leaf types: held to brute force over values, and their changes to the rules."""

from __future__ import annotations

import time
from decimal import Decimal
from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smswire.diff.leaf import (
    Boolean,
    Bound,
    Leaf,
    Null,
    Number,
    Opaque,
    Pattern,
    Text,
    Value,
    changes,
    contains,
    empty,
    examples,
    included,
    intersect,
)

NUMBERS = [Decimal(each) / 8 for each in range(-120, 121)]
NUMBERS += [
    Decimal(each)
    for each in ("0.01", "0.001", "-0.01", "99.9", "100", "1000", "-1000", "0.3", "12.34", "1E+20", "1E-9")
]
TEXTS = ["".join(each) for size in range(6) for each in product("ab", repeat=size)]

small = st.integers(-6, 6).map(lambda each: Decimal(each) / 2)
bounds = st.none() | st.builds(Bound, small, st.booleans())
numbers = st.builds(
    Number,
    low=bounds,
    high=bounds,
    integer=st.booleans(),
    multiples=st.lists(st.sampled_from([Decimal(each) for each in ("0.5", "0.25", "2", "3", "0.75")]), max_size=2).map(
        tuple
    ),
    total_digits=st.none() | st.integers(1, 3),
    fraction_digits=st.none() | st.integers(0, 2),
    values=st.none() | st.lists(small, max_size=3).map(tuple),
)
plain_numbers = st.builds(Number, low=bounds, high=bounds, integer=st.booleans(), total_digits=st.none())
sources = st.sampled_from(["^a", "b$", "^a*$", "^(ab)*$", "a.b", "^[ab]{2,3}$", "^(?!b)"])
texts = st.builds(
    Text,
    min_length=st.integers(0, 3),
    max_length=st.none() | st.integers(0, 4),
    patterns=st.lists(sources.map(lambda each: Pattern(each, "json")), max_size=2).map(tuple),
    values=st.none() | st.lists(st.sampled_from(TEXTS), max_size=3).map(tuple),
)
booleans = st.builds(Boolean, values=st.sampled_from([None, (), (True,), (False,), (False, True)]))
leaves = st.one_of(numbers, texts, booleans, st.just(Null()))


def values(leaf: Leaf) -> list[Value]:
    """The values of a leaf among some of every kind."""
    return [each for each in (*NUMBERS, *TEXTS, True, False, None) if contains(leaf, each)]


@given(leaves, leaves)
def test_inclusion_agrees_with_brute_force(sub: Leaf, sup: Leaf) -> None:
    answer = included(sub, sup)
    missed = [each for each in values(sub) if not contains(sup, each)]
    if missed:
        assert answer is not True, missed[0]
    if answer is False:
        # what is refused can be shown
        assert missed or any(not contains(sup, each) for each in examples(sub, sup))
    if answer is None:
        assert isinstance(sub, Number)
        assert isinstance(sup, Number)
        assert sup.total_digits is not None


@given(plain_numbers, plain_numbers)
def test_intervals_are_always_decided(sub: Number, sup: Number) -> None:
    assert included(sub, sup) is not None


@given(leaves, leaves)
def test_an_intersection_has_what_both_have(a: Leaf, b: Leaf) -> None:
    both = intersect(a, b)
    shared = [each for each in values(a) if contains(b, each)]
    if both is None:
        assert shared == []
    else:
        assert [each for each in values(a) if contains(both, each)] == shared


@given(leaves, leaves)
def test_examples_are_values(leaf: Leaf, other: Leaf) -> None:
    found = list(islice(examples(leaf, other), 1100))
    assert all(contains(leaf, each) for each in found)
    assert len(found) < 1100
    assert len(found) == len(set(found))
    if empty(leaf):
        assert found == []
    if values(leaf):
        assert found


@given(leaves)
def test_emptiness_agrees_with_brute_force(leaf: Leaf) -> None:
    assert empty(leaf) is not None
    if values(leaf):
        assert empty(leaf) is False


@pytest.mark.parametrize(
    ("sub", "sup", "expected"),
    [
        (Number(integer=True), Number(), True),
        (Number(), Number(integer=True), False),
        (
            Number(integer=True, low=Bound(Decimal(1)), high=Bound(Decimal(3))),
            Number(values=tuple(map(Decimal, (1, 2, 3)))),
            True,
        ),
        (Number(integer=True, low=Bound(Decimal("0.5"))), Number(low=Bound(Decimal(1))), True),
        (Number(low=Bound(Decimal(0), inclusive=False)), Number(low=Bound(Decimal(0))), True),
        (Number(low=Bound(Decimal(0))), Number(low=Bound(Decimal(0), inclusive=False)), False),
        (Number(multiples=(Decimal("0.01"),)), Number(fraction_digits=2), True),
        (Number(multiples=(Decimal(6),)), Number(multiples=(Decimal(2), Decimal(3))), True),
        (Number(multiples=(Decimal(2), Decimal(3))), Number(multiples=(Decimal(6),)), True),
        (Number(total_digits=5, fraction_digits=2), Number(total_digits=6, fraction_digits=2), True),
        (Number(total_digits=6, fraction_digits=2), Number(total_digits=5, fraction_digits=2), False),
        (Number(integer=True, low=Bound(Decimal(0)), high=Bound(Decimal(99999))), Number(total_digits=5), True),
        (Number(integer=True, low=Bound(Decimal(0)), high=Bound(Decimal(100000))), Number(total_digits=5), False),
        (Number(total_digits=3), Number(low=Bound(Decimal(-999)), high=Bound(Decimal(999))), True),
        (
            Number(integer=True, low=Bound(Decimal(-(2**63))), high=Bound(Decimal(2**63 - 1))),
            Number(high=Bound(Decimal(2**31))),
            False,
        ),
        (Number(values=(Decimal("1.0"),)), Number(values=(Decimal(1),)), True),
        (Text(max_length=160), Text(max_length=70), False),
        (Text(max_length=70), Text(max_length=160), True),
        (Text(), Text(values=("a",)), False),
        (Text(values=("a", "b")), Text(max_length=1), True),
        (Text(patterns=(Pattern("^[ab]$", "json"),)), Text(values=("a", "b", "c")), True),
        (Text(patterns=(Pattern("^[ab]$", "json"),)), Text(values=("a",)), False),
        (Text(patterns=(Pattern("^[A-Z]{3}$", "json"),)), Text(min_length=3, max_length=3), True),
        (Text(max_length=-1), Text(values=()), True),
        (Text(min_length=3, max_length=2), Null(), True),
        (Text(), Null(), False),
        (Boolean(), Boolean(values=(True,)), False),
        (Opaque("date"), Opaque("date"), True),
        (Opaque("date", frozenset({"minInclusive 2026-01-01"})), Opaque("date"), True),
        (Opaque("date"), Opaque("date", frozenset({"minInclusive 2026-01-01"})), None),
        (Opaque("date"), Opaque("dateTime"), None),
        (Opaque("date"), Text(), None),
        (Text(patterns=(Pattern(r"(a)\1", "json"),)), Text(patterns=(Pattern("a", "json"),)), None),
        (Text(patterns=(Pattern(r"(a)\1", "json"),), max_length=4), Text(max_length=5), True),
        (Text(patterns=(Pattern(r"(a)\1", "json"),)), Text(values=("aa",)), None),
    ],
)
def test_inclusion(sub: Leaf, sup: Leaf, expected: bool | None) -> None:
    assert included(sub, sup) is expected


def test_examples_outside_come_first() -> None:
    assert next(examples(Text(max_length=160), Text(max_length=70))) == "a" * 71
    assert next(examples(Text(values=("sms", "flash")), Text(values=("sms",)))) == "flash"
    assert next(examples(Number(integer=True), Number(high=Bound(Decimal(100))))) == Decimal(101)
    assert next(examples(Boolean(), Boolean(values=(True,)))) is False
    assert next(examples(Text(), Text(values=("a", "0")))) not in ("a", "0")
    assert list(examples(Null())) == [None]
    assert list(examples(Opaque("date"))) == []


ANY = Text()
X = Pattern("^x", "json")


@pytest.mark.parametrize(
    ("old", "new", "rules"),
    [
        (Text(), Number(), {"T201": (("string", "number"))}),
        (Opaque("date"), Opaque("dateTime"), {"T208": ("date", "dateTime")}),
        (
            Opaque("date"),
            Opaque("date", frozenset({"minInclusive 2026-01-01"})),
            {"T203": ("date", "date minInclusive 2026-01-01")},
        ),
        (
            Text(min_length=1, max_length=160),
            Text(min_length=5, max_length=70),
            {"L401": ("1", "5"), "L403": ("160", "70")},
        ),
        (Text(min_length=1, max_length=70), Text(), {"L402": ("1", None), "L404": ("70", None)}),
        (Text(values=("a", "b")), Text(values=("b", "c")), {"V302": ("a", None), "V301": (None, "c")}),
        (Text(), Text(values=("a", "b")), {"V303": (None, "a, b")}),
        (Text(values=("a", "b")), Text(), {"V304": ("a, b", None)}),
        (Text(values=("a",)), Text(values=("b",)), {"V305": ("a", "b")}),
        (Text(), Text(values=("a",)), {"V306": (None, "a")}),
        (Text(values=("a",)), Text(), {"V307": ("a", None)}),
        (Text(values=("a", "b")), Text(values=("b", "a")), {}),
        (Text(), Text(patterns=(X,)), {"P421": (None, "^x")}),
        (Text(patterns=(X,)), Text(), {"P422": ("^x", None)}),
        (Text(patterns=(X,)), Text(patterns=(Pattern("^xy", "json"),)), {"P421": ("^x", "^xy")}),
        (Text(patterns=(X,)), Text(patterns=(Pattern("x", "json"),)), {"P422": ("^x", "x")}),
        (Text(patterns=(X,)), Text(patterns=(Pattern("^y", "json"),)), {"P423": ("^x", "^y")}),
        (Text(patterns=(X,)), Text(patterns=(Pattern("^[x]", "json"),)), {"D803": ("^x", "^[x]")}),
        (Text(patterns=(X,)), Text(patterns=(Pattern(r"(x)\1", "json"),)), {"P424": ("^x", r"(x)\1")}),
        (Text(), Text(patterns=(Pattern(r"(x)\1", "json"),)), {"P421": (None, r"(x)\1")}),
        (Number(integer=True), Number(), {"T202": ("integer", "number")}),
        (Number(), Number(integer=True), {"T203": ("number", "integer")}),
        (Number(low=Bound(Decimal(0))), Number(low=Bound(Decimal(1))), {"R411": (">= 0", ">= 1")}),
        (Number(low=Bound(Decimal(0))), Number(low=Bound(Decimal(0), inclusive=False)), {"R411": (">= 0", "> 0")}),
        (Number(low=Bound(Decimal(0))), Number(), {"R412": (">= 0", None)}),
        (Number(high=Bound(Decimal("1E+3"))), Number(high=Bound(Decimal(10))), {"R413": ("<= 1000", "<= 10")}),
        (Number(high=Bound(Decimal(10))), Number(high=Bound(Decimal(100))), {"R414": ("<= 10", "<= 100")}),
        (
            Number(multiples=(Decimal("0.01"),)),
            Number(multiples=(Decimal(1),)),
            {"R415": ("multiples of 0.01", "multiples of 1")},
        ),
        (
            Number(multiples=(Decimal(1),)),
            Number(multiples=(Decimal("0.01"),)),
            {"R416": ("multiples of 1", "multiples of 0.01")},
        ),
        (Number(fraction_digits=2), Number(fraction_digits=4), {"R416": ("2", "4")}),
        (Number(total_digits=9), Number(total_digits=5), {"R415": ("9", "5")}),
        (Boolean(), Boolean(values=(True,)), {"V306": (None, "true")}),
    ],
)
def test_changes_follow_the_rules(old: Leaf, new: Leaf, rules: dict[str, tuple[str | None, str | None]]) -> None:
    found = list(changes(old, new, "/order/@id"))
    assert {each.rule: (each.old, each.new) for each in found} == rules
    assert all(each.path == "/order/@id" for each in found)


def text(pattern: str, low: int = 0, high: int | None = None) -> Text:
    return Text(min_length=low, max_length=high, patterns=(Pattern(pattern, "json"),))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (text("^[a-z]+$", 0, 36), text("^[a-z]{1,40}$"), [("L404", "36", "40", "as the pattern has it")]),
        (text("^[a-z]{1,40}$"), text("^[a-z]+$", 0, 36), [("L403", "40", "36", "as the pattern has it")]),
        (text("^[a-z]*$", 5), text("^[a-z]{3,}$"), [("L402", "5", "3", "as the pattern has it")]),
        (text("^[a-z]{3,}$"), text("^[a-z]*$", 5), [("L401", "3", "5", "as the pattern has it")]),
        (
            text("^[a-z]{32}$", 32, 32),
            text("^[a-z]*$", 32, 32),
            [("D803", "^[a-z]{32}$", "^[a-z]*$", "together with the lengths the patterns take the same strings")],
        ),
        (
            text("^[a-z]{32}$"),
            text("^[a-z]*$", 32, 32),
            [("D803", "^[a-z]{32}$", "^[a-z]*$", "together with the lengths the patterns take the same strings")],
        ),
        (
            text("^[a-z]*$", 0, 10),
            text("^[a-z]{0,20}$", 0, 15),
            [
                ("L404", "10", "15", ""),
                ("D803", "^[a-z]*$", "^[a-z]{0,20}$", "within the lengths the patterns take the same strings"),
            ],
        ),
        (text("^a$"), text("^[a]$"), [("D803", "^a$", "^[a]$", "the patterns take the same strings")]),
        (text("^[a-z]{1,20}$", 0, 36), text("^[a-z]{1,40}$"), [("P422", "^[a-z]{1,20}$", "^[a-z]{1,40}$", "")]),
        (text("^a+$", 0, 36), text("^a*$"), [("L404", "36", None, ""), ("P422", "^a+$", "^a*$", "")]),
    ],
)
def test_what_patterns_and_lengths_say_together_is_told_truly(
    old: Text, new: Text, told: list[tuple[str, str | None, str | None, str]]
) -> None:
    assert [(each.rule, each.old, each.new, each.note) for each in changes(old, new, "/")] == told


@given(leaves, leaves)
def test_no_change_without_a_difference_and_none_that_inclusion_denies(old: Leaf, new: Leaf) -> None:
    assert list(changes(old, old, "/")) == []
    found = list(changes(old, new, "/"))
    if not found:
        assert included(old, new) is not False
        assert included(new, old) is not False


def test_a_long_list_is_cut() -> None:
    [change] = changes(ANY, Text(values=tuple(str(each) for each in range(100))), "/")
    assert change.new is not None
    assert change.new.endswith("10, 11 and 88 more")


def test_numbers_are_exact_at_any_size() -> None:
    great, greater = Decimal(10**40), Decimal(10**40 + 1)
    assert included(Number(high=Bound(great)), Number(high=Bound(greater))) is True
    assert included(Number(high=Bound(greater)), Number(high=Bound(great))) is False
    assert intersect(Number(high=Bound(greater)), Number(high=Bound(great))) == Number(high=Bound(great))
    assert [each.rule for each in changes(Number(low=Bound(great)), Number(low=Bound(greater)), "/")] == ["R411"]
    assert next(examples(Number(integer=True), Number(high=Bound(great)))) == greater


@pytest.mark.parametrize("odd", ["1E+999999999", "1E-999999999"])
def test_numbers_that_nobody_means_cost_nothing(odd: str) -> None:
    bounded, stepped = Number(high=Bound(Decimal(odd))), Number(multiples=(Decimal(odd),))
    assert included(bounded, Number()) is True
    assert included(bounded, Number(high=Bound(Decimal("1E+99999999999")))) is True
    assert included(stepped, Number(multiples=(Decimal(3),))) is None
    assert contains(stepped, Decimal(1)) is None
    for found in (changes(bounded, stepped, "/"), changes(stepped, Number(multiples=(Decimal(3),)), "/")):
        assert all(len(f"{each.old}{each.new}") < 100 for each in found)
    assert len(list(examples(stepped, bounded))) < 100


def test_long_lists_are_compared_at_once() -> None:
    start = time.monotonic()
    words = [f"value {each}" for each in range(20_000)]
    assert included(Text(values=tuple(words[1:])), Text(values=tuple(words))) is True
    assert included(Text(values=tuple(words)), Text(values=tuple(words[1:]))) is False
    some = [Decimal(each) for each in range(3_000)]
    assert included(Number(values=tuple(some[1:])), Number(values=tuple(some), integer=True)) is True
    assert [each.rule for each in changes(Text(values=tuple(words)), Text(values=tuple(words[1:])), "/")] == ["V302"]
    assert time.monotonic() - start < 3


def test_a_long_value_is_cut() -> None:
    [change] = changes(Text(), Text(values=("x" * 1000,)), "/")
    assert change.new == '"' + "x" * 80 + '..."'
