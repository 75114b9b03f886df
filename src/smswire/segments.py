"""How many SMS a text takes, counted before it is sent.

The rules are those of 3GPP TS 23.038 (the alphabets, once GSM 03.38) and 23.040 (several SMS joined to one text).
"""

from __future__ import annotations

import re
from typing import Literal

from attrs import frozen

from smswire.errors import PayloadError

# own code, because no library that is kept up does it right: gsm0338 has the alphabet alone, others cut characters

# in the order of the standard, without the escape to the extension table
_DEFAULT = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENSION = frozenset("\f^{}\\[~]|€")
_GSM = _DEFAULT | _EXTENSION
_SURROGATE = re.compile("[\ud800-\udfff]")


@frozen(kw_only=True)
class Estimate:
    """Into how many SMS a text is split, and why.

    `encoding` is "GSM-7" where the default alphabet of GSM 03.38 and its extension table have every character of the
    text, else "UCS-2". `characters` counts Unicode code points; `units` is what they take: septets of GSM-7, where a
    character of the extension table takes two, or UTF-16 code units, where one beyond U+FFFF takes two. `parts` is
    the number of SMS, `per_part` how many units each has room for, and `remaining` how many are free in the last one.
    """

    encoding: Literal["GSM-7", "UCS-2"]
    characters: int
    units: int
    parts: int
    per_part: int
    remaining: int


def estimate(text: str) -> Estimate:
    """Into how many SMS a text will be split, by the standard.

    One SMS has room for 160 septets or 70 UTF-16 code units; each of several for 153 or 67, because the header that
    joins them takes 6 of its 140 octets. No character is cut in two, so a part may end one unit short. An empty text
    is one part. National language tables are not considered.

    What counts on the bill is the provider's own number, `Receipt.parts`, after sending: it may replace characters,
    join parts by a longer header or refuse a text of so many parts, of which the standard allows 255.

    Raises `PayloadError` for what is no string, or one with lone surrogates, which are no characters.
    """
    problem = _problem(text)
    if problem is not None:
        del text  # it would show in the traceback
        raise PayloadError("text", problem)
    encoding: Literal["GSM-7", "UCS-2"]
    if _GSM.issuperset(text):
        encoding, alone, joined = "GSM-7", 160, 153
        widths = [2 if each in _EXTENSION else 1 for each in text]
    else:
        encoding, alone, joined = "UCS-2", 70, 67
        widths = [2 if each > "\uffff" else 1 for each in text]
    units = sum(widths)
    parts, per_part, remaining = (1, alone, alone - units) if units <= alone else _split(widths, joined)
    return Estimate(
        encoding=encoding,
        characters=len(text),
        units=units,
        parts=parts,
        per_part=per_part,
        remaining=remaining,
    )


def _problem(text: object) -> str | None:
    if not isinstance(text, str):
        return "a string is required"
    return "holds a lone surrogate, which is no character" if _SURROGATE.search(text) else None


def _split(widths: list[int], joined: int) -> tuple[int, int, int]:
    """The parts, the room of each and what is left of it in the last: each takes as many whole characters as fit."""
    parts, room = 1, joined
    for width in widths:
        if width > room:
            parts, room = parts + 1, joined
        room -= width
    return parts, joined, room
