"""What is known of the formats that jsonschema-rs asserts: some texts, what all texts match, which imply which."""

from __future__ import annotations

from collections.abc import Mapping

_TIME = "[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?([zZ]|[+-][0-9]{2}:[0-9]{2})$"
_DATE = "^[0-9]{4}-[0-9]{2}-[0-9]{2}"

SHAPES: Mapping[str, str] = {
    "date": f"{_DATE}$",
    "time": f"^{_TIME}",
    "date-time": f"{_DATE}[\\s\\S]{_TIME}",
    "ipv4": "^[0-9]{1,3}([.][0-9]{1,3}){3}$",
    "ipv6": "^[0-9a-fA-F:.]{2,45}$",
    "email": "^[\\s\\S]+@[\\s\\S]+$",
    "idn-email": "^[\\s\\S]+@[\\s\\S]+$",
    "uri": "^[a-zA-Z][a-zA-Z0-9+.-]*:",
    "iri": "^[a-zA-Z][a-zA-Z0-9+.-]*:",
    "json-pointer": "^(/|$)",
    "relative-json-pointer": "^[0-9]",
}
"""A pattern that every text of the format matches; others may match it, too."""

IMPLIED: Mapping[str, frozenset[str]] = {
    "email": frozenset({"idn-email"}),
    "uri": frozenset({"uri-reference", "iri", "iri-reference"}),
    "uri-reference": frozenset({"iri-reference"}),
    "iri": frozenset({"iri-reference"}),
}
"""Formats that every text of a format has, too."""

TEXTS: Mapping[str, tuple[str, ...]] = {
    "date": ("2020-01-31", "1999-12-01"),
    "time": ("10:20:30Z", "10:20:30.5+01:00"),
    "date-time": ("2020-01-31T10:20:30Z", "2020-01-31T10:20:30.123+01:00"),
    "ipv4": ("127.0.0.1", "192.168.100.200", "0.0.0.0"),  # noqa: S104
    "ipv6": ("::1", "2001:db8::1", "2001:0db8:85a3:0000:0000:8a2e:0370:7334"),
    "email": ("a@b.cd", "joe.bloggs@example.com", "a@b"),
    "idn-email": ("a@b.cd", "joe@bücher.example"),
    "hostname": ("a", "example.com", "www.example.com"),
    "idn-hostname": ("example.com", "bücher.example"),
    "uri": ("a:b", "http://example.com/a?b#c", "urn:isbn:0451450523", "mailto:a@b.cd"),
    "uri-reference": ("a", "/a/b", "http://example.com/a", "#a", ""),
    "uri-template": ("a", "http://example.com/{a}", ""),
    "iri": ("a:b", "http://bücher.example/a"),
    "iri-reference": ("a", "/ü", "http://bücher.example/a", ""),
    "json-pointer": ("", "/a", "/a/0/b~0c"),
    "relative-json-pointer": ("0", "1/a", "2#"),
    "regex": ("a", "^[a-z]+$", ""),
}
"""Some texts of each format."""

ODD = ("", "a", "0", " ", "-", "a b", "A1", "%", "(", "/", "é", "a.b", "xn--0", "http://a/%zz", "x" * 300)
"""Texts that are of few formats."""
