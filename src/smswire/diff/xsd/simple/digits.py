"""Bounds and digits of decimal numbers as patterns of XSD, of the numbers as they are printed.

A pattern here takes for granted that what it is asked of is a number; it may take more that is none.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

_ANY = r"[0-9]*(\.[0-9]*)?"
_FRACTION = r"(\.[0-9]*)?"
_ZEROS = r"(\.0*)?"
_MORE = r"\.[0-9]*[1-9][0-9]*"


def at_least(least: int, *, inclusive: bool, whole: bool) -> str:
    """The numbers from `least` on; `whole` tells that they are printed without a point."""
    return _from(least, inclusive=inclusive, whole=whole, plus="[+]?", minus="-")


def at_most(most: int, *, inclusive: bool, whole: bool) -> str:
    """The numbers up to `most`: the opposites of those from its opposite on."""
    return _from(-most, inclusive=inclusive, whole=whole, plus="-", minus="[+]?")


def equal(value: Decimal, *, whole: bool) -> str:
    """One number, with any zeros around it."""
    sign, digits, exponent = value.normalize().as_tuple()
    assert isinstance(exponent, int)
    text = "".join(map(str, digits))
    if exponent >= 0:
        integer, fraction = (text + "0" * exponent).lstrip("0"), ""
    else:
        padded = text.rjust(-exponent, "0")
        integer, fraction = padded[:exponent], padded[exponent:]
    printed = rf"\.{fraction}0*" if fraction else "" if whole else _ZEROS
    mark = r"[+\-]?" if not value else "-" if sign else "[+]?"
    return f"{mark}0*{integer}{printed}"


def total(count: int, *, whole: bool) -> str:
    """The numbers of so many digits, leading and trailing zeros apart."""
    if whole:
        return rf"[+\-]?0*[0-9]{{0,{count}}}"
    forms = [rf"[0-9]{{0,{each}}}(\.[0-9]{{0,{count - each}}}0*)?" for each in range(count + 1)]
    return rf"[+\-]?0*({'|'.join(forms)})"


def fraction(count: int) -> str:
    """The numbers of so many digits after the point, trailing zeros apart."""
    return rf"[^.]*(\.[0-9]{{0,{count}}}0*)?"


def _from(least: int, *, inclusive: bool, whole: bool, plus: str, minus: str) -> str:
    if least > 0 or (least == 0 and not inclusive):
        return f"{plus}({_far(least, inclusive=inclusive, whole=whole)})"
    return f"{plus}({_ANY})|{minus}({_near(-least, inclusive=inclusive, whole=whole)})"


def _far(size: int, *, inclusive: bool, whole: bool) -> str:
    """The unsigned numbers from `size` on."""
    if whole:
        return f"0*({_digits_from(size if inclusive else size + 1)})"
    if inclusive:
        return f"0*({_digits_from(size)}){_FRACTION}"
    return f"0*({_digits_from(size + 1)}){_FRACTION}|0*{size or ''}{_MORE}"


def _near(size: int, *, inclusive: bool, whole: bool) -> str:
    """The unsigned numbers up to `size`."""
    if whole:
        return f"0*({_digits_to(size if inclusive else size - 1)})"
    below = [f"0*({_digits_to(size - 1)}){_FRACTION}"] if size else []
    return "|".join([*below, *([f"0*{size or ''}{_ZEROS}"] if inclusive else [])])


def _digits_from(size: int) -> str:
    """Digits without leading zeros that are at least `size`, which is above 0."""
    text = str(size)
    steps = [_step(text, at, int(digit) + 1, 9) for at, digit in enumerate(text) if digit != "9"]
    return "|".join([f"[1-9][0-9]{{{len(text)},}}", *steps, text])


def _digits_to(size: int) -> str:
    """Digits without leading zeros that are at most `size`; none at all are 0."""
    return "|".join(["", *_some_to(str(size))]) if size else ""


def _some_to(text: str) -> Iterator[str]:
    if len(text) > 1:
        yield f"[1-9][0-9]{{0,{len(text) - 2}}}"
    for at, digit in enumerate(text):
        first = 0 if at else 1
        if int(digit) > first:
            yield _step(text, at, first, int(digit) - 1)
    yield text


def _step(text: str, at: int, first: int, last: int) -> str:
    """The digits of `text` up to a place, another digit there, and any after it."""
    return f"{text[:at]}[{first}-{last}][0-9]{{{len(text) - at - 1}}}"
