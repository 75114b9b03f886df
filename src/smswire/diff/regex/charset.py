"""Sets of characters as sorted, disjoint, inclusive intervals of code points."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

Charset: TypeAlias = tuple[tuple[int, int], ...]

JSON_CHARACTERS: Charset = ((0, 0xD7FF), (0xE000, 0x10FFFF))
"""Every scalar value of Unicode: what a JSON text in UTF-8 can hold."""

XML_CHARACTERS: Charset = ((9, 10), (13, 13), (32, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
"""Char of XML 1.0."""

DIGITS: Charset = ((48, 57),)
WORD: Charset = ((48, 57), (65, 90), (95, 95), (97, 122))
XML_SPACES: Charset = ((9, 10), (13, 13), (32, 32))
NAME_START: Charset = (
    (58, 58),
    (65, 90),
    (95, 95),
    (97, 122),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x2FF),
    (0x370, 0x37D),
    (0x37F, 0x1FFF),
    (0x200C, 0x200D),
    (0x2070, 0x218F),
    (0x2C00, 0x2FEF),
    (0x3001, 0xD7FF),
    (0xF900, 0xFDCF),
    (0xFDF0, 0xFFFD),
    (0x10000, 0xEFFFF),
)
"""NameStartChar of XML 1.0 (fifth edition), which is `\\i`."""


def of(*intervals: tuple[int, int]) -> Charset:
    """The set of the characters of some intervals, which may overlap."""
    found: list[tuple[int, int]] = []
    for low, high in sorted(intervals):
        if found and low <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(found[-1][1], high))
        else:
            found.append((low, high))
    return tuple(found)


def union(*sets: Charset) -> Charset:
    return of(*(each for charset in sets for each in charset))


def complement(charset: Charset) -> Charset:
    """What of all of Unicode is not in a set."""
    found: list[tuple[int, int]] = []
    start = 0
    for low, high in charset:
        if low > start:
            found.append((start, low - 1))
        start = high + 1
    if start <= 0x10FFFF:
        found.append((start, 0x10FFFF))
    return tuple(found)


def intersection(left: Charset, right: Charset) -> Charset:
    return complement(union(complement(left), complement(right)))


def difference(left: Charset, right: Charset) -> Charset:
    return intersection(left, complement(right))


def characters(text: Iterable[str]) -> Charset:
    """The set of the characters of a text."""
    return of(*((ord(each), ord(each)) for each in text))


NAME: Charset = union(NAME_START, of((45, 46), (48, 57), (0xB7, 0xB7), (0x300, 0x36F), (0x203F, 0x2040)))
"""NameChar of XML 1.0, which is `\\c`."""

LINE_ENDS: Charset = characters("\n\r\u2028\u2029")
"""What `.` of ECMA 262 passes over."""

SPACES: Charset = union(characters("\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"), of((0x2000, 0x200A)))
"""`\\s` of ECMA 262."""

WIDE_SPACES: Charset = union(difference(SPACES, characters("\ufeff")), characters("\u0085"))
"""White_Space of Unicode."""


@lru_cache(maxsize=1)
def wide_word() -> Charset:
    """Letters, marks, digits and what joins words of any script: `\\w` of engines that read by Unicode."""
    circled = of((0x24B6, 0x24E9), (0x1F130, 0x1F149), (0x1F150, 0x1F169), (0x1F170, 0x1F189))
    joiners = of((0x200C, 0x200D))
    return union(circled, joiners, *(category(each) or () for each in ("L", "M", "Nd", "Nl", "Pc")))


@lru_cache(maxsize=1)
def _categories() -> dict[str, Charset]:
    """Every character by its general category: a fifth of a second, paid by the first pattern with `\\p`."""
    found: dict[str, list[tuple[int, int]]] = {}
    start, current = 0, unicodedata.category("\0")
    for code in range(1, 0x110001):
        category = unicodedata.category(chr(code)) if code < 0x110000 else ""
        if category != current:
            found.setdefault(current, []).append((start, code - 1))
            start, current = code, category
    return {name: tuple(intervals) for name, intervals in found.items()}


@lru_cache(maxsize=64)
def category(name: str) -> Charset | None:
    """The characters of a general category ("Lu") or of a group of them ("L"); None for an unknown one."""
    if not 1 <= len(name) <= 2:
        return None
    return union(*(charset for each, charset in _categories().items() if each.startswith(name))) or None


@lru_cache(maxsize=64)
def block(name: str) -> Charset | None:
    """The characters of a Unicode block as XSD names it ("BasicLatin"); None for an unknown one."""
    from elementpath.regex import RegexError, unicode_subset  # its tables are heavy, and few patterns ask for them

    try:
        points = unicode_subset("Is" + name).codepoints
    except (RegexError, KeyError):
        return None
    return of(*((each, each) if isinstance(each, int) else (each[0], each[1] - 1) for each in points))
