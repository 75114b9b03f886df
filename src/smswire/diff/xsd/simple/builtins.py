"""The built-in types of XSD 1.0 (part 2, chapter 3): what each prints, and what it is derived from."""

from __future__ import annotations

from decimal import Decimal
from typing import Final, Literal, TypeAlias

from attrs import frozen

from smswire.diff.leaf import Bound, Pattern

Family: TypeAlias = Literal["text", "number", "float", "boolean", "opaque"]
Space: TypeAlias = Literal["preserve", "replace", "collapse"]


@frozen(kw_only=True)
class Builtin:
    """A built-in atomic type. `printed` takes all that it prints, `surely` what it prints for certain."""

    name: str
    parent: str
    family: Family
    space: Space = "collapse"
    low: Bound | None = None
    high: Bound | None = None
    integer: bool = False
    printed: Pattern | None = None
    surely: Pattern | None = None


def _xsd(source: str) -> Pattern:
    return Pattern(source, "xsd")


_NCNAME = r"[\i-[:]][\c-[:]]*"
_ZONE = r"(Z|[+\-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"-?([1-9][0-9]{3,}|0[0-9]{3})"
_SURE_YEAR = r"([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_DAY = r"(0[1-9]|[12][0-9]|3[01])"
_MONTH = r"(0[1-9]|1[0-2])"
_MONTH_DAY = r"((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))"
_SURE_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?"
_TIME = rf"({_SURE_TIME}|24:00:00(\.0+)?)"
_CLOCK = r"T([0-9]+H([0-9]+M)?([0-9]+(\.[0-9]+)?S)?|[0-9]+M([0-9]+(\.[0-9]+)?S)?|[0-9]+(\.[0-9]+)?S)"
_CALENDAR = r"([0-9]+Y([0-9]+M)?([0-9]+D)?|[0-9]+M([0-9]+D)?|[0-9]+D)"
_QUAD = r"(([A-Za-z0-9+/] ?){4})"
_BASE64 = (
    rf"({_QUAD}*(([A-Za-z0-9+/] ?){{3}}[A-Za-z0-9+/]|([A-Za-z0-9+/] ?){{2}}[AEIMQUYcgkosw048] ?="
    r"|[A-Za-z0-9+/] ?[AQgw] ?= ?=))?"
)
_SURE_BASE64 = r"([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}[AEIMQUYcgkosw048]=|[A-Za-z0-9+/][AQgw]==)?"
_FLOAT = r"[+\-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+\-]?[0-9]+)?|-?INF|NaN"
_DECIMAL = r"[+\-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"
_INTEGER = r"[+\-]?[0-9]+"
_URI_CHARACTER = r"([^%:#\[\]]|%[0-9A-Fa-f]{2})"
_SURE_URI = rf"([A-Za-z][A-Za-z0-9+.\-]*:)?{_URI_CHARACTER}*(#({_URI_CHARACTER}|:)*)?"

_TEXTS: dict[str, tuple[str, Space, str | None]] = {
    "anySimpleType": ("", "preserve", None),
    "string": ("anySimpleType", "preserve", None),
    "normalizedString": ("string", "replace", None),
    "token": ("normalizedString", "collapse", None),
    "language": ("token", "collapse", "[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*"),
    "NMTOKEN": ("token", "collapse", r"\c+"),
    "Name": ("token", "collapse", r"\i\c*"),
    "NCName": ("Name", "collapse", _NCNAME),
    "ID": ("NCName", "collapse", _NCNAME),
    "IDREF": ("NCName", "collapse", _NCNAME),
    "ENTITY": ("NCName", "collapse", _NCNAME),
    "anyURI": ("anySimpleType", "collapse", None),
}
_INTEGERS: dict[str, tuple[str, int | None, int | None]] = {
    "integer": ("decimal", None, None),
    "nonPositiveInteger": ("integer", None, 0),
    "negativeInteger": ("nonPositiveInteger", None, -1),
    "long": ("integer", -(2**63), 2**63 - 1),
    "int": ("long", -(2**31), 2**31 - 1),
    "short": ("int", -(2**15), 2**15 - 1),
    "byte": ("short", -(2**7), 2**7 - 1),
    "nonNegativeInteger": ("integer", 0, None),
    "unsignedLong": ("nonNegativeInteger", 0, 2**64 - 1),
    "unsignedInt": ("unsignedLong", 0, 2**32 - 1),
    "unsignedShort": ("unsignedInt", 0, 2**16 - 1),
    "unsignedByte": ("unsignedShort", 0, 2**8 - 1),
    "positiveInteger": ("nonNegativeInteger", 1, None),
}
_OPAQUES: dict[str, tuple[str, str]] = {
    "date": (rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}", rf"{_SURE_YEAR}-{_MONTH_DAY}{_ZONE}"),
    "dateTime": (rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}", rf"{_SURE_YEAR}-{_MONTH_DAY}T{_SURE_TIME}{_ZONE}"),
    "time": (rf"{_TIME}{_ZONE}", rf"{_SURE_TIME}{_ZONE}"),
    "gYear": (rf"{_YEAR}{_ZONE}", rf"{_SURE_YEAR}{_ZONE}"),
    "gYearMonth": (rf"{_YEAR}-{_MONTH}{_ZONE}", rf"{_SURE_YEAR}-{_MONTH}{_ZONE}"),
    "gMonth": (rf"--{_MONTH}(--)?{_ZONE}", rf"--{_MONTH}{_ZONE}"),
    "gDay": (rf"---{_DAY}{_ZONE}", rf"---{_DAY}{_ZONE}"),
    "gMonthDay": (rf"--{_MONTH}-{_DAY}{_ZONE}", rf"--{_MONTH_DAY}{_ZONE}"),
    "duration": (rf"-?P({_CALENDAR}({_CLOCK})?|{_CLOCK})", rf"-?P({_CALENDAR}({_CLOCK})?|{_CLOCK})"),
    "hexBinary": (r"([0-9a-fA-F]{2})*", r"([0-9a-fA-F]{2})*"),
    "base64Binary": (_BASE64, _SURE_BASE64),
    "QName": (rf"({_NCNAME}:)?{_NCNAME}", rf"(xml:)?{_NCNAME}"),
    "NOTATION": (rf"({_NCNAME}:)?{_NCNAME}", _NCNAME),
}
_BLANK = {"hexBinary", "base64Binary", "QName", "NOTATION"}
_UNSURE = {"ID", "IDREF", "ENTITY"}
"""What these print depends on the rest of the document."""


def _bound(value: int | None) -> Bound | None:
    return None if value is None else Bound(Decimal(value))


def _all() -> dict[str, Builtin]:
    found: dict[str, Builtin] = {}
    for name, (parent, space, source) in _TEXTS.items():
        printed = None if source is None else _xsd(source)
        surely = None if name in _UNSURE else _xsd(_SURE_URI) if name == "anyURI" else printed
        found[name] = Builtin(name=name, parent=parent, family="text", space=space, printed=printed, surely=surely)
    for name in ("float", "double"):
        pattern = _xsd(_FLOAT)
        found[name] = Builtin(name=name, parent="anySimpleType", family="float", printed=pattern, surely=pattern)
    pattern = _xsd(_DECIMAL)
    found["decimal"] = Builtin(name="decimal", parent="anySimpleType", family="number", printed=pattern, surely=pattern)
    for name, (parent, low, high) in _INTEGERS.items():
        found[name] = Builtin(
            name=name,
            parent=parent,
            family="number",
            low=_bound(low),
            high=_bound(high),
            integer=True,
            printed=_xsd(_INTEGER),
            surely=_xsd(_INTEGER),
        )
    pattern = _xsd("true|false|1|0")
    found["boolean"] = Builtin(
        name="boolean", parent="anySimpleType", family="boolean", printed=pattern, surely=pattern
    )
    for name, (most, least) in _OPAQUES.items():
        # libxml2 takes no white space around dates, times and durations, whatever XSD says
        kept: Space = "collapse" if name in _BLANK else "preserve"
        found[name] = Builtin(
            name=name, parent="anySimpleType", family="opaque", space=kept, printed=_xsd(most), surely=_xsd(least)
        )
    return found


BUILTINS: Final = _all()
"""The atomic built-in types by their local names; the lists of them are in `LISTS`."""

LISTS: Final = {"NMTOKENS": "NMTOKEN", "IDREFS": "IDREF", "ENTITIES": "ENTITY"}
"""The built-in list types, and what each is a list of, one or more."""

UNSURE: Final = frozenset(_UNSURE)


def descends(name: str, ancestor: str) -> bool:
    """Whether one built-in type is another, or derived from it."""
    while name:
        if name == ancestor:
            return True
        name = BUILTINS[name].parent
    return False
