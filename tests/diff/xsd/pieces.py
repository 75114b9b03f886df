"""Pieces of schemas, for tables of tests."""

from __future__ import annotations


def leaf(name: str, more: str = "", kind: str = "xs:string") -> str:
    return f'<xs:element name="{name}" type="{kind}" {more}/>'


def seq(*parts: str, more: str = "") -> str:
    return f"<xs:sequence {more}>{''.join(parts)}</xs:sequence>"


def one(*parts: str, more: str = "") -> str:
    return f"<xs:choice {more}>{''.join(parts)}</xs:choice>"


def every(*parts: str) -> str:
    return f"<xs:all>{''.join(parts)}</xs:all>"


def attribute(name: str = "x", more: str = "", kind: str = "xs:string") -> str:
    return f'<xs:attribute name="{name}" type="{kind}" {more}/>'


def simple(steps: str, base: str = "xs:string") -> str:
    return f"<xs:simpleType><xs:restriction base='{base}'>{steps}</xs:restriction></xs:simpleType>"


def value(steps: str, base: str = "xs:string") -> str:
    return f'<xs:element name="r">{simple(steps, base)}</xs:element>'


def facet(name: str, text: str) -> str:
    return f'<xs:{name} value="{text}"/>'


A, B, C = leaf("a"), leaf("b"), leaf("c")
OPTIONAL, MANY = 'minOccurs="0"', 'minOccurs="0" maxOccurs="unbounded"'
ANY = '<xs:any namespace="##any" processContents="lax" minOccurs="0"/>'
