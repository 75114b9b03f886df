"""Into how many SMS a text is split, by the rules of GSM 03.38."""

from __future__ import annotations

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("\f^{}\\[~]|€")


def count_parts(text: str) -> int:
    """The number of SMS: 160 characters of GSM-7, or 70 of UCS-2, in one; 153 or 67 in each of several."""
    if all(each in _BASIC or each in _EXTENDED for each in text):
        return _split([2 if each in _EXTENDED else 1 for each in text], alone=160, joined=153)
    return _split([2 if each > "\uffff" else 1 for each in text], alone=70, joined=67)


def _split(widths: list[int], *, alone: int, joined: int) -> int:
    """A character of two units stands whole in one part, so that parts may end one unit short."""
    if sum(widths) <= alone:
        return 1
    parts, room = 1, joined
    for width in widths:
        if width > room:
            parts, room = parts + 1, joined
        room -= width
    return parts
