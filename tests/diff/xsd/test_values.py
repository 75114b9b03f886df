"""Simple types as the strings that documents print: held to libxml2, built-in by built-in and facet by facet."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from diff.xsd.schemas import both, schema
from smswire.diff.xsd.simple import digits
from smswire.diff.xsd.simple.accepting import accepts
from smswire.diff.xsd.simple.atoms import Alternatives, ListOf, builtin, normal
from smswire.diff.xsd.simple.builtins import BUILTINS, LISTS
from smswire.diff.xsd.simple.inclusion import included
from smswire.diff.xsd.simple.samples import samples

# what these take depends on a DTD
UNTOLD = {"ENTITY", "ENTITIES", "NOTATION"}
NAMES = sorted((set(BUILTINS) | set(LISTS)) - UNTOLD)


def kinds(name: str) -> Alternatives:
    return (ListOf(items=(builtin(LISTS[name]),), min_length=1),) if name in LISTS else (builtin(name),)


@cache
def validator(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.fromstring(schema(f'<xs:element name="a" type="xs:{name}"/>')))


def valid(name: str, text: str) -> bool:
    node = etree.Element("a")
    node.text = text
    return validator(name).validate(node)


@pytest.mark.parametrize("name", NAMES)
def test_samples_are_valid(name: str) -> None:
    found = list(samples(kinds(name), kinds("string")))
    assert len(found) > 1
    assert [each for each in found if not valid(name, each)] == []


# libxml2 takes no text for a list that needs an item, and drops what is no base64
LENIENT = {"NMTOKENS", "IDREFS", "base64Binary"}


@pytest.mark.parametrize("sub", NAMES)
def test_built_in_types_include_each_other_as_libxml2_has_it(sub: str) -> None:
    undecided = 0
    for sup in NAMES:
        answer = included(kinds(sub), kinds(sup))
        if answer.holds:
            refused = [each for each in samples(kinds(sub), kinds(sup)) if valid(sub, each) and not valid(sup, each)]
            assert refused == [], sup
        elif answer.holds is False and answer.examples and sup not in LENIENT:
            assert any(valid(sub, each) and not valid(sup, each) for each in answer.examples), (sup, answer.examples)
        undecided += answer.holds is None
    assert undecided <= 6


def simple(steps: str, base: str = "xs:string") -> str:
    return f'<xs:element name="r"><xs:simpleType><xs:restriction base="{base}">{steps}</xs:restriction></xs:simpleType></xs:element>'


def listed(*values: str) -> str:
    return "".join(f'<xs:enumeration value="{each}"/>' for each in values)


def facet(name: str, value: str) -> str:
    return f'<xs:{name} value="{value}"/>'


def union(*members: str) -> str:
    inner = "".join(
        f'<xs:simpleType><xs:restriction base="{base}">{steps}</xs:restriction></xs:simpleType>'
        for base, steps in (each.split("|", 1) for each in members)
    )
    return f'<xs:element name="r"><xs:simpleType><xs:union>{inner}</xs:union></xs:simpleType></xs:element>'


def items(kind: str, steps: str = "") -> str:
    inner = f'<xs:simpleType><xs:list itemType="{kind}"/></xs:simpleType>'
    return f'<xs:element name="r"><xs:simpleType><xs:restriction>{inner}{steps}</xs:restriction></xs:simpleType></xs:element>'


PAIRS = {
    "enumeration added": (simple(listed("a")), simple(listed("a", "b")), True, False),
    "lengths": (simple(facet("maxLength", "5")), simple(facet("maxLength", "6")), True, False),
    "length is both": (
        simple(facet("length", "5")),
        simple(facet("minLength", "5") + facet("maxLength", "5")),
        True,
        True,
    ),
    "patterns": (simple(facet("pattern", "[a-c]+")), simple(facet("pattern", "[a-z]+")), True, False),
    "patterns of one step are alternatives": (
        simple(facet("pattern", "a+") + facet("pattern", "b+")),
        simple(facet("pattern", "a+|b+")),
        True,
        True,
    ),
    "enumeration in a pattern": (simple(listed("ab", "ba")), simple(facet("pattern", "[ab]*")), True, False),
    "bounds": (
        simple(facet("minInclusive", "1"), "xs:int"),
        simple(facet("minExclusive", "0"), "xs:int"),
        True,
        True,
    ),
    "bounds of decimals": (
        simple(facet("minInclusive", "1"), "xs:decimal"),
        simple(facet("minExclusive", "0"), "xs:decimal"),
        True,
        False,
    ),
    "digits": (
        simple(facet("totalDigits", "4") + facet("fractionDigits", "2"), "xs:decimal"),
        simple(facet("totalDigits", "5"), "xs:decimal"),
        True,
        False,
    ),
    "whole decimals are no integers": (
        simple(facet("fractionDigits", "0"), "xs:decimal"),
        simple("", "xs:integer"),
        False,
        True,
    ),
    "decimals of digits only are": (
        simple(facet("pattern", "[0-9]+"), "xs:decimal"),
        simple("", "xs:integer"),
        True,
        False,
    ),
    "three digits are a range": (
        simple(facet("pattern", "[0-9]{1,3}"), "xs:integer"),
        simple(facet("minInclusive", "0") + facet("maxInclusive", "999"), "xs:integer"),
        True,
        False,
    ),
    "integers are strings of digits": (
        simple(facet("minInclusive", "0") + facet("maxInclusive", "12"), "xs:int"),
        simple("", "xs:token"),
        True,
        False,
    ),
    "a token brings white space that a string counts": (
        simple(facet("maxLength", "5"), "xs:token"),
        simple(facet("maxLength", "5")),
        False,
        True,
    ),
    "the same enumeration of another white space": (
        simple(listed("a", "b"), "xs:NMTOKEN"),
        simple(listed("a", "b")),
        False,
        True,
    ),
    "any string is a token": (simple(""), simple("", "xs:token"), True, True),
    "dates are no times": (simple("", "xs:date"), simple("", "xs:dateTime"), False, False),
    "bounds of dates": (
        simple(facet("minInclusive", "2000-01-01"), "xs:date"),
        simple(facet("minInclusive", "1999-12-31"), "xs:date"),
        True,
        False,
    ),
    "member added": (union("xs:int|"), union("xs:int|", "xs:date|"), True, False),
    "members split": (
        simple(listed("a", "b", "c")),
        union(f"xs:string|{listed('a', 'c')}", f"xs:string|{listed('b')}"),
        True,
        True,
    ),
    "ranges split": (
        simple(facet("pattern", "[0-9]")),
        union(f"xs:string|{facet('pattern', '[0-4]')}", f"xs:string|{facet('pattern', '[5-9]')}"),
        True,
        True,
    ),
    "items widened": (items("xs:int"), items("xs:decimal"), True, False),
    "fewer items": (items("xs:int", facet("maxLength", "2")), items("xs:int", facet("maxLength", "3")), True, False),
    "one of a list": (simple("", "xs:NMTOKEN"), items("xs:NMTOKEN"), True, False),
    "any string is a list of strings": (simple(facet("maxLength", "1")), items("xs:string"), True, False),
    "float takes more than decimal": (simple("", "xs:decimal"), simple("", "xs:double"), True, False),
    "not a number": (simple(facet("minInclusive", "0"), "xs:double"), simple("", "xs:double"), True, False),
    "bounds that only a value between them tells apart": (
        simple(facet("minExclusive", "0"), "xs:decimal"),
        simple(facet("minInclusive", "0.0000001"), "xs:decimal"),
        False,
        True,
    ),
    "times from a bound on": (simple("", "xs:time"), simple(facet("minExclusive", "10:00:00"), "xs:time"), False, True),
    "years before a bound": (
        simple(facet("maxExclusive", "2000"), "xs:gYear"),
        simple(facet("maxExclusive", "0500"), "xs:gYear"),
        False,
        True,
    ),
    "bounds of days of a year": (
        simple(facet("maxInclusive", "--01-02"), "xs:gMonthDay"),
        simple(facet("maxInclusive", "--02-02"), "xs:gMonthDay"),
        True,
        False,
    ),
    "names with a prefix": (simple("", "xs:NCName"), simple("", "xs:QName"), True, False),
    "binary lengths": (
        simple(facet("length", "2"), "xs:hexBinary"),
        simple(facet("maxLength", "3"), "xs:hexBinary"),
        True,
        False,
    ),
    "yes and no": (simple(facet("pattern", "true|false"), "xs:boolean"), simple("", "xs:boolean"), True, False),
}


@pytest.mark.parametrize(("old", "new", "forth", "back"), PAIRS.values(), ids=PAIRS.keys())
def test_facets(tmp_path: Path, old: str, new: str, forth: bool, back: bool) -> None:
    assert both(tmp_path, old, new) == (forth, back)


small = st.integers(-1200, 1200)
prints = st.builds(
    lambda sign, zeros, value, rest: f"{sign}{zeros}{value}{rest}",
    st.sampled_from(["", "+", "-"]),
    st.sampled_from(["", "0", "00"]),
    st.integers(0, 1200),
    st.sampled_from(["", ".", ".0", ".50", ".05", ".999"]),
)


@given(prints, small, st.booleans(), st.booleans())
def test_bounds_as_patterns_are_the_bounds(text: str, limit: int, inclusive: bool, whole: bool) -> None:
    if whole:
        text = text.partition(".")[0]
    value = Decimal(text)
    above = re.fullmatch(digits.at_least(limit, inclusive=inclusive, whole=whole), text) is not None
    below = re.fullmatch(digits.at_most(limit, inclusive=inclusive, whole=whole), text) is not None
    assert above == (value > limit or (inclusive and value == limit))
    assert below == (value < limit or (inclusive and value == limit))


@given(prints, st.integers(-4800, 4800).map(lambda each: Decimal(each) / 4))
def test_one_number_as_a_pattern_is_that_number(text: str, value: Decimal) -> None:
    assert (re.fullmatch(digits.equal(value, whole=False), text) is not None) == (Decimal(text) == value)


@given(prints, st.integers(1, 5))
def test_counts_of_digits_as_patterns_are_the_counts(text: str, count: int) -> None:
    integer, _, rest = text.lstrip("+-").partition(".")
    fraction = rest.rstrip("0")
    assert (re.fullmatch(digits.fraction(count), text) is not None) == (len(fraction) <= count)
    used = len(integer.lstrip("0")) + len(fraction)
    assert (re.fullmatch(digits.total(count, whole=False), text) is not None) == (used <= count)


@given(st.text(alphabet="a \t\n\r", max_size=8))
def test_white_space_is_normalised_as_xsd_has_it(text: str) -> None:
    assert normal(text, "preserve") == text
    assert normal(text, "replace") == re.sub(r"[\t\n\r]", " ", text)
    assert normal(text, "collapse") == re.sub(r"[ \t\n\r]+", " ", text).strip(" ")


@given(st.sampled_from(sorted(set(NAMES) - LENIENT - {"QName"})), st.text(alphabet="01ab.:-+/ TZPD%E", max_size=6))
def test_what_is_taken_for_certain_is_what_libxml2_takes(name: str, text: str) -> None:
    answer = accepts(kinds(name), text)
    if answer is not None:
        assert answer == valid(name, text)
