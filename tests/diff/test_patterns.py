"""Patterns: held to the real validators string by string, and to brute force over short strings."""

from __future__ import annotations

import itertools
import re
import time
from functools import cache
from xml.sax.saxutils import quoteattr

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from smswire.diff import patterns
from smswire.diff.patterns import Pattern, Undecidable, example, included, matches, unsupported


def json(source: str) -> Pattern:
    return Pattern(source, "json")


def xsd(source: str) -> Pattern:
    return Pattern(source, "xsd")


TEXTS = [
    "",
    "a",
    "b",
    "A",
    "Z",
    "ab",
    "aab",
    "ba",
    "aa",
    "aaa",
    "a\n",
    "\n",
    "\u00a0",
    "\u0661",
    "é",
    "Ж",
    "-",
    ".",
    "/",
]
TEXTS += ["_", "0", "12", "^", "$", "]", "[", "e", "c", "abc", "x1", ":a", "a:b", "^a$", "1", "123-4", "\t", " ", "a b"]

JSON_PATTERNS = re.findall(
    r"\S+",
    r"""
\d ^\w+$ \s a$ ^[^a]$ ^\u0041$ ^\x41$ ^[\d\s]+$ ^(?:ab|c)+?$ ^(?!a) ^(?=a)\w+$ (a|^)b ^a{2}$ ^\p{L}$ ^\p{Lu}$ ^\P{L}$
^\p{Letter}+$ ^\/$ ^\-$ ^\.$ $^ ^$ (^a|b$) ^a|b$ ^\$$ ^[a\]]$ ^(?<n>a)b$ ^[\^a]$ ^[A-z]$ ^\S$ ^\W$ ^\D$
^(?=.*b)(?!.*c).+$
a(?!b) ^(?:(?=a)a|b)+$ ^a?(?!b) (?=b)$ x*
""",
)

XSD_PATTERNS = re.findall(
    r"\S+",
    r"""
\d \w+ \s . [^a] [a-z-[aeiou]]+ \i\c* \p{L} \p{Lu} \P{L} \p{IsBasicLatin}+ \p{IsCyrillic} ^a$ a| (a|b)*
[\i-[:]][\c-[:]]* a{2}
a{1,} [\-a] [a-] [-a] [^-a] \. \- [.] [\s\S] [^\s]+ [0-9]{3}-\d a{0} () \C \I \W [\w-] [$^] $ a.b [\p{L}\d]+ [^\p{L}]
""",
)


@pytest.mark.parametrize("source", JSON_PATTERNS)
def test_json_patterns_are_read_as_the_validator_reads_them(source: str) -> None:
    validator = jsonschema_rs.validator_for({"pattern": source})
    if unsupported(json(source)):
        assert "assertion is repeated" in str(unsupported(json(source)))
        return
    assert {each: matches(json(source), each) for each in TEXTS} == {each: validator.is_valid(each) for each in TEXTS}


@pytest.mark.parametrize("source", XSD_PATTERNS)
def test_xsd_patterns_are_read_as_the_validator_reads_them(source: str) -> None:
    schema = etree.XMLSchema(
        etree.fromstring(
            '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="e"><xs:simpleType>'
            f'<xs:restriction base="xs:string"><xs:pattern value={quoteattr(source)}/></xs:restriction>'
            "</xs:simpleType></xs:element></xs:schema>"
        )
    )

    def valid(text: str) -> bool:
        element = etree.Element("e")
        element.text = text
        return schema.validate(element)

    # libxml2 takes the name characters of an older edition of XML, where \u0661 begins no name
    texts = [each for each in TEXTS if each != "\u0661" or not re.search(r"\\[icIC]", source)]
    assert {each: matches(xsd(source), each) for each in texts} == {each: valid(each) for each in texts}


ALPHABET = "ab1"


@cache
def words(longest: int) -> list[str]:
    return ["".join(each) for size in range(longest + 1) for each in itertools.product(ALPHABET, repeat=size)]


def _grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    counts = st.sampled_from(["*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}"])
    return st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("(?:{}|{})".format, inner, inner),
        st.builds("(?:{}){}".format, inner, counts),
    )


_letters = st.sampled_from(["a", "b", "1", "[ab]", "[^a]", r"\d", ".", ""])
expressions = st.recursive(_letters, _grown, max_leaves=6)
anchored = st.builds(
    "{}{}{}".format, st.sampled_from(["", "^", "^(?=.*b)", "^(?!1)"]), expressions, st.sampled_from(["", "$"])
)


def python(source: str) -> str:
    """The same for Python, whose `.` and `$` mean something else near line ends."""
    return source.replace(".", r"[^\n\r\u2028\u2029]").replace("$", r"\Z")


@given(st.lists(anchored, max_size=2), st.lists(anchored, max_size=2), st.integers(0, 3), st.integers(0, 4))
def test_inclusion_agrees_with_brute_force(inside: list[str], outside: list[str], low: int, high: int) -> None:
    sub, sup = [json(each) for each in inside], [json(each) for each in outside]
    # what these small automata tell apart, words of this length do
    taken = [
        word
        for word in words(6)
        if low <= len(word) <= low + high and all(re.search(python(each), word) for each in inside)
    ]
    missed = [word for word in taken if not all(re.search(python(each), word) for each in outside)]
    lengths = (low, low + high)
    answer = included(sub, sup, sub_lengths=lengths, sup_lengths=lengths)
    assert answer is not None
    if missed:
        assert answer is False
    found = example(sub, sup, lengths=lengths)
    assert (found is None) is answer
    if found is not None:
        assert lengths[0] <= len(found) <= lengths[1]
        assert all(re.search(python(each), found) for each in inside)
        assert not all(re.search(python(each), found) for each in outside)
    if found is not None and missed:
        assert len(found) <= min(map(len, missed))


looks = st.sampled_from(["(?!a)", "(?=.b)", "(?<!a)", "(?<=b)", "(?<!ab|1b)", "(?!ab|1$)", "(?<=a1)"])
looking = st.builds("{}{}{}{}".format, st.sampled_from(["^", ""]), expressions, looks, expressions) | st.builds(
    "^(?:{}{}){}$".format,
    looks,
    st.sampled_from(["[ab1]", "a|b", "[ab]{1,2}", "ab?"]),
    st.sampled_from(["*", "+", "{2,3}"]),
)


@given(looking, looking, st.text(ALPHABET, max_size=6))
def test_lookaround_agrees_with_brute_force(one: str, other: str, text: str) -> None:
    if matches(json(one), text) is None:
        assert unsupported(json(one))
        return
    assert matches(json(one), text) is bool(re.search(python(one), text))
    answer = included([json(one)], [json(other)])
    if answer is None:
        assert unsupported(json(other))
        return
    missed = [each for each in words(5) if re.search(python(one), each) and not re.search(python(other), each)]
    assert answer is False or missed == []
    if answer is False:
        found = example([json(one)], [json(other)])
        assert found is not None
        assert re.search(python(one), found)
        assert not re.search(python(other), found)


@given(anchored, st.text(ALPHABET, max_size=6))
def test_matching_agrees_with_re(source: str, text: str) -> None:
    assert matches(json(source), text) is bool(re.search(python(source), text))


@given(expressions, st.text(ALPHABET, max_size=6))
def test_xsd_matches_whole(source: str, text: str) -> None:
    assert matches(xsd(source.replace("?:", "")), text) is bool(re.fullmatch(source, text))


@pytest.mark.parametrize(
    ("sub", "sup", "expected"),
    [
        (json("^[a-z]+$"), json("[a-z]"), True),
        (json("[a-z]"), json("^[a-z]+$"), False),
        (json(r"^(?=.*\d)(?=.*[A-Z]).{8,}$"), json("^.{6,}$"), True),
        (json(r"^(?=.*\d)(?=.*[A-Z]).{8,}$"), json(r"^(?=.*\d).{8,20}$"), False),
        (json(r"^\+?[1-9]\d{1,14}$"), json(r"^\+?\d+$"), True),
        (json("^[A-Z]{2}$"), json("^[A-Z]{2}$|^EU27$"), True),
        (json("^a.*?z$"), json("^a.*z$"), True),
        (json(r"^\w+$"), json("^[A-Za-z0-9_]+$"), True),
        (json(r"^(?=.{1,253}$)(?!-)[a-z0-9-]{1,63}(?<!-)(\.[a-z]+)*$"), json("^[^-].{0,252}$"), True),
        (json("^.{1,100000}$"), json("^.{0,100001}$"), True),
        (json("^(?:(?!foo|bar).)*$"), json("^(?!.*foo).*$"), True),
        (json("^(?!.*foo).*$"), json("^(?:(?!foo|bar).)*$"), False),
        (xsd(r"[\i-[:]][\c-[:]]*"), xsd(r"\i\c*"), True),
        (xsd(r"\i\c*"), xsd(r"[\i-[:]][\c-[:]]*"), False),
        (xsd(r"\p{Lu}{1,40}"), xsd(r"\p{L}{1,50}"), True),
        (xsd(".{1,4000}"), xsd(".{1,5000}"), True),
        (xsd(".{1,5000}"), xsd(".{1,4000}"), False),
        (xsd(r"\p{IsCyrillic}"), xsd("[Ѐ-ӿ]"), True),
        (xsd(r"[+\-]?[0-9]+"), xsd(r"[+\-]?[0-9]+(\.[0-9]+)?"), True),
        (xsd("abc"), xsd("a^c"), False),
    ],
)
def test_inclusion_of_patterns_from_the_wild(sub: Pattern, sup: Pattern, expected: bool) -> None:
    assert included([sub], [sup]) is expected
    found = example([sub], [sup])
    assert (found is None) is expected
    if found is not None:
        assert (matches(sub, found), matches(sup, found)) == (True, False)


@pytest.mark.parametrize(
    "source",
    [r"(a|(?<=a)b)", "(?:a|(?!b))*", r"(a)\1", r"\bword\b", "(?i)abc", r"\u{110000}", "(", "a{3,2}", "[b-a]", "*"],
)
def test_what_cannot_be_read_is_undecided(source: str) -> None:
    odd = json(source)
    assert unsupported(odd)
    assert matches(odd, "a") is None
    assert included([odd], [json("a")]) is None
    assert included([json("a")], [odd]) is None
    assert example([json("a")], [odd]) is None
    with pytest.raises(Undecidable):
        patterns.find([odd])


def test_an_unreadable_pattern_on_both_sides_is_no_obstacle() -> None:
    odd = json(r"(a)\1")
    assert included([odd], [odd]) is True
    assert included([odd, json("^a+$")], [odd, json("a")]) is True
    assert included([odd, json("^a+$")], [json("^a+$")]) is True
    assert included([odd, json("a")], [odd, json("b")]) is None


def test_lengths_count() -> None:
    three = [json("^[ab]{3}$")]
    assert included(three, [], sup_lengths=(3, 3)) is True
    assert included(three, [], sup_lengths=(0, 2)) is False
    assert included([json("a")], [json("^a$")], sub_lengths=(0, 1)) is True
    assert example([], [], lengths=(2, None), outside_lengths=(0, 5)) == "aaaaaa"
    assert example([json("b")], lengths=(3, 3)) is not None
    assert example([json("^b$")], lengths=(2, None)) is None
    assert included([], [], sub_lengths=(0, 10**9), sup_lengths=(0, 10**9 - 1)) is False


def test_excluded_strings_are_never_given() -> None:
    assert patterns.find([json("^[ab]$")], excluded=["a"]) == "b"
    assert patterns.find([json("^[ab]$")], excluded=["a", "b"]) is None


def test_an_example_is_easy_on_the_eyes() -> None:
    assert example([json(r"^[\x00-\uffff]{3}$")]) == "aaa"
    assert example([xsd(r".*")], [xsd(r"[a-z]*")]) == "0"


HARD = [
    ([json("^(a|b)*a(a|b){25}$")], [json("^(a|b)*b(a|b){25}$")]),
    ([json("^([a-z]+,){1,40}(x|y)*$")], [json("^(([a-z]*x[a-z]{0,30})+,)*[^,]*$")]),
    ([json("(" * 3000 + "a" + ")" * 3000)], [json("b")]),
    ([json("^" + "a?" * 3000 + "$")], [json("^" + "a?" * 2999 + "$")]),
    ([json("^((a{0,500}){0,500}){0,500}b$")], [json("^a{0,400}b$")]),
]


@pytest.mark.parametrize(("sub", "sup"), HARD, ids=range(len(HARD)))
def test_no_pattern_takes_for_ever(sub: list[Pattern], sup: list[Pattern]) -> None:
    start = time.monotonic()
    assert included(sub, sup) in (None, False)
    assert time.monotonic() - start < 6


def test_a_deadline_that_has_passed_gives_no_answer() -> None:
    assert included([json("^a+$")], [json("^[a-c]+$")], deadline=time.monotonic() - 1) is None
    with pytest.raises(Undecidable, match="time"):
        patterns.find([json("^a{3}$")], deadline=time.monotonic() - 1)
    # and is not remembered as the answer
    assert included([json("^a+$")], [json("^[a-c]+$")]) is True
    assert patterns.find([json("^a{3}$")]) == "aaa"


def test_what_some_patterns_match_can_be_kept_out() -> None:
    letters, without = [json("^[a-c]$")], [json("^a"), json("b$")]
    assert patterns.find(letters, without=without) == "c"
    assert patterns.find(letters, without=without, excluded=["c"]) is None
    assert patterns.find([], without=[json("^$")], excluded=["a"]) not in (None, "", "a")
