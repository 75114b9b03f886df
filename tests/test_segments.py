"""Parts of a text, against the standard's printed table, another codec, and a search over every way to split."""

from __future__ import annotations

import traceback
from bisect import bisect_left
from itertools import accumulate, pairwise

import gsm0338
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from smswire.errors import PayloadError
from smswire.segments import Estimate, estimate

# the default alphabet as 3GPP TS 23.038 prints it: a column for b7 b6 b5, a row for b4 b3 b2 b1
PRINTED = """
@  Δ   SP  0  ¡  P  ¿  p
£  _   !   1  A  Q  a  q
$  Φ   "   2  B  R  b  r
¥  Γ   #   3  C  S  c  s
è  Λ   ¤   4  D  T  d  t
é  Ω   %   5  E  U  e  u
ù  Π   &   6  F  V  f  v
ì  Ψ   '   7  G  W  g  w
ò  Σ   (   8  H  X  h  x
Ç  Θ   )   9  I  Y  i  y
LF Ξ   *   :  J  Z  j  z
Ø  ESC +   ;  K  Ä  k  ä
ø  Æ   ,   <  L  Ö  l  ö
CR æ   -   =  M  Ñ  m  ñ
Å  ß   .   >  N  Ü  n  ü
å  É   /   ?  O  §  o  à
"""
NAMED = {"SP": " ", "LF": "\n", "CR": "\r"}
EXTENSION = {
    0x0A: "\f",
    0x14: "^",
    0x28: "{",
    0x29: "}",
    0x2F: "\\",
    0x3C: "[",
    0x3D: "~",
    0x3E: "]",
    0x40: "|",
    0x65: "€",
}
ESCAPE = 0x1B

DEFAULT = {
    NAMED.get(name, name): column << 4 | row
    for row, names in enumerate(PRINTED.strip().splitlines())
    for column, name in enumerate(names.split())
    if name != "ESC"
}
SEPTETS = {character: bytes([code]) for character, code in DEFAULT.items()} | {
    character: bytes([ESCAPE, code]) for code, character in EXTENSION.items()
}

# what fits, by the octets: 140 in one SMS, of which the header that joins several takes 6
OCTETS, HEADER = 140, 6
LIMITS = {
    "GSM-7": (OCTETS * 8 // 7, (OCTETS - HEADER) * 8 // 7),
    "UCS-2": (OCTETS // 2, (OCTETS - HEADER) // 2),
}

gsm_texts = st.text(st.sampled_from(sorted(SEPTETS)), max_size=500)
euro_texts = st.text(st.sampled_from("a€"), min_size=100, max_size=500)
ucs2_texts = st.text(st.sampled_from("aя€😀"), min_size=30, max_size=300)
texts = gsm_texts | euro_texts | ucs2_texts | st.text(max_size=200)


def encoded(character: str, encoding: str) -> int:
    """The units of one character, by really encoding it."""
    return len(SEPTETS[character]) if encoding == "GSM-7" else len(character.encode("utf-16-be")) // 2


def fewest_parts(text: str) -> int:
    """The fewest SMS that hold the text, over every way to split it between characters."""
    encoding = "GSM-7" if all(each in SEPTETS for each in text) else "UCS-2"
    alone, joined = LIMITS[encoding]
    ends = list(accumulate((encoded(each, encoding) for each in text), initial=0))
    if ends[-1] <= alone:
        return 1
    fewest = [0]
    for end in range(1, len(ends)):
        begin = bisect_left(ends, ends[end] - joined)
        fewest.append(1 + min(fewest[begin:end]))
    return fewest[-1]


def test_the_printed_table_has_every_place_of_the_standard() -> None:
    assert sorted([*DEFAULT.values(), ESCAPE]) == list(range(128))
    # another hand's table of the same standard
    assert {each: each.encode(gsm0338.Codec.NAME) for each in SEPTETS} == SEPTETS


def test_the_alphabet_is_that_of_the_printed_table() -> None:
    for code in (*range(0xD800), *range(0xE000, 0x10000)):
        told = estimate(chr(code))
        if chr(code) in SEPTETS:
            assert (told.encoding, told.units) == ("GSM-7", len(SEPTETS[chr(code)])), hex(code)
        else:
            assert (told.encoding, told.units) == ("UCS-2", 1), hex(code)


@given(st.characters(min_codepoint=0x10000))
@example("\U00010000")
@example("\U0010ffff")
def test_what_is_beyond_takes_two_units(character: str) -> None:
    told = estimate(character)
    assert (told.encoding, told.characters, told.units) == ("UCS-2", 1, 2)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 153 * 255, 255),
        ("Привет", 1),
        ("я" * 70, 1),
        ("я" * 71, 2),
        ("я" * 134, 2),
        ("я" * 135, 3),
        # a line break is one character or two
        ("\r\n" * 80, 1),
        ("\r\n" * 80 + "\n", 2),
        # a character of the extension table takes two septets
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("\f" * 80, 1),
        ("\f" * 81, 2),
        ("a" * 158 + "^", 1),
        ("a" * 159 + "^", 2),
        # and does not stand with one in each of two parts: the first ends one septet short
        ("a" * 151 + "€" + "a" * 153, 2),
        ("a" * 152 + "€" + "a" * 151, 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("€" * 152, 2),
        ("€" * 153, 3),
        # nor does a pair of surrogates
        ("😀" * 35, 1),
        ("😀" * 36, 2),
        ("😀" * 66, 2),
        ("😀" * 67, 3),
        ("я" * 66 + "😀" + "я" * 65, 2),
        ("я" * 66 + "😀" + "я" * 66, 3),
        # what is not in GSM-7 makes the whole text UCS-2, where the euro is one unit again
        ("a" * 70 + "ё", 2),
        ("€" * 69 + "ё", 1),
        ("€" * 70 + "ё", 2),
        ("ç" * 71, 2),
        ("`" * 71, 2),
        # the escape to the extension table is no character of the alphabet
        ("\x1b" * 70, 1),
        ("\x1b" * 71, 2),
    ],
)
def test_parts(text: str, parts: int) -> None:
    assert estimate(text).parts == parts == fewest_parts(text)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", Estimate(encoding="GSM-7", characters=0, units=0, parts=1, per_part=160, remaining=160)),
        ("€1", Estimate(encoding="GSM-7", characters=2, units=3, parts=1, per_part=160, remaining=157)),
        ("a" * 161, Estimate(encoding="GSM-7", characters=161, units=161, parts=2, per_part=153, remaining=145)),
        # 152 + 2 + 10: the septet that stays free in the first part is not counted among those of the second
        (
            "a" * 152 + "€" + "a" * 10,
            Estimate(encoding="GSM-7", characters=163, units=164, parts=2, per_part=153, remaining=141),
        ),
        ("Да 😀", Estimate(encoding="UCS-2", characters=4, units=5, parts=1, per_part=70, remaining=65)),
        ("я" * 134, Estimate(encoding="UCS-2", characters=134, units=134, parts=2, per_part=67, remaining=0)),
        # a letter and an accent that combines with it are two
        ("e\u0301", Estimate(encoding="UCS-2", characters=2, units=2, parts=1, per_part=70, remaining=68)),
    ],
)
def test_everything_that_is_told(text: str, told: Estimate) -> None:
    assert estimate(text) == told


@given(texts)
def test_no_other_split_has_fewer_parts(text: str) -> None:
    assert estimate(text).parts == fewest_parts(text)


@given(texts)
def test_units_are_what_encoding_gives(text: str) -> None:
    told = estimate(text)
    try:
        septets = len(text.encode(gsm0338.Codec.NAME)) if "\x1b" not in text else None
    except UnicodeEncodeError:
        septets = None
    if septets is None:
        assert (told.encoding, told.units) == ("UCS-2", len(text.encode("utf-16-be")) // 2)
    else:
        assert (told.encoding, told.units) == ("GSM-7", septets)
    assert told.per_part == LIMITS[told.encoding][told.parts > 1]
    assert told.characters == len(text)


@given(texts, texts)
@example("€" * 153, "я")
@example("a" * 160, "я")
def test_appending_never_makes_it_fewer(text: str, more: str) -> None:
    assert estimate(text + more).parts >= max(estimate(text).parts, estimate(more).parts)


@given(texts)
def test_exactly_what_remains_fits(text: str) -> None:
    told = estimate(text)
    full = estimate(text + "a" * told.remaining)
    assert (full.encoding, full.parts, full.remaining) == (told.encoding, told.parts, 0)
    assert estimate(text + "a" * (told.remaining + 1)).parts == told.parts + 1


@pytest.mark.parametrize(
    ("character", "alone", "joined"),
    [
        ("a", *LIMITS["GSM-7"]),
        ("€", *(limit // 2 for limit in LIMITS["GSM-7"])),
        ("я", *LIMITS["UCS-2"]),
        ("😀", *(limit // 2 for limit in LIMITS["UCS-2"])),
    ],
)
def test_a_part_begins_at_each_boundary_and_nowhere_else(character: str, alone: int, joined: int) -> None:
    parts = [estimate(character * length).parts for length in range(4 * joined + 2)]
    steps = [length for length, (before, after) in enumerate(pairwise(parts), 1) if after != before]
    assert steps == [alone + 1, *(joined * count + 1 for count in (2, 3, 4))]
    assert parts[-1] == 5


@pytest.mark.parametrize("text", ["4711\ud800", "\udc00", "4711\ud83d\ude00", "x" * 200 + "\udfff"])
def test_lone_surrogates_are_refused(text: str) -> None:
    # two halves that stand side by side in a str are lone as well: UTF-16 writes the pair as one character
    with pytest.raises(PayloadError) as caught:
        estimate(text)
    assert (caught.value.path, caught.value.problem) == ("text", "holds a lone surrogate, which is no character")
    assert caught.value.__context__ is None


@pytest.mark.parametrize("value", [None, 4711, b"4711", ["4711"], bytearray(b"4711")])
def test_what_is_no_string_is_refused(value: str) -> None:
    with pytest.raises(PayloadError) as caught:
        estimate(value)
    assert (caught.value.path, caught.value.problem) == ("text", "a string is required")


@pytest.mark.parametrize("text", ["Kanarienvogel\ud800", b"Kanarienvogel"])
def test_a_refused_text_is_in_no_frame_of_the_traceback(text: str) -> None:
    with pytest.raises(PayloadError) as caught:
        estimate(text)
    [_, own] = traceback.TracebackException.from_exception(caught.value, capture_locals=True).stack
    assert own.name == "estimate"
    assert "Kanarienvogel" not in f"{own.locals} {caught.value} {caught.value!r}"
