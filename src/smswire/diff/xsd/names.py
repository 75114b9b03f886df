"""Names and nodes of schema documents."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

from smswire.diff.model import Place

# lxml has no public name for the class of its elements
Node: TypeAlias = etree._Element  # pyright: ignore[reportPrivateUsage]
"""An element of a schema document."""

Name: TypeAlias = tuple[str, str]
"""Namespace, "" for none, and local name."""

XS = "http://www.w3.org/2001/XMLSchema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
XML = "http://www.w3.org/XML/1998/namespace"

NAME = re.compile(r"[^\W\d][\w.\-\u00b7]*")
"""What may be the name of a declaration; not all of these characters may, but all that may are."""

_PREFIX = f"{{{XS}}}"


def kind(node: Node) -> str:
    """The local name of a schema element; "" for what is no schema element."""
    tag = node.tag
    return tag[len(_PREFIX) :] if isinstance(tag, str) and tag.startswith(_PREFIX) else ""


def children(node: Node, *kinds: str) -> list[Node]:
    """The schema elements within a node, annotations left out; only those of some kinds where kinds are named."""
    found: list[Node] = []
    for each in node:
        name = kind(each)
        if name and name != "annotation" and (not kinds or name in kinds):
            found.append(each)
    return found


def tag(name: Name) -> str:
    """A name as lxml spells it."""
    return f"{{{name[0]}}}{name[1]}" if name[0] else name[1]


def shown(name: Name) -> str:
    """A name as a message shows it."""
    return name[1]


def place(node: Node, file: str) -> Place:
    return Place(file, node.sourceline or 0)


def truth(text: str | None, otherwise: bool = False) -> bool:  # noqa: FBT001, FBT002 - a default, as in dict.get
    """The value of an attribute of type xs:boolean."""
    return otherwise if text is None else text.strip() in ("true", "1")


def spelled(node: Node) -> str:
    """What a schema element says, annotations and white space left out."""
    within = "".join(spelled(each) for each in node if isinstance(each.tag, str) and kind(each) != "annotation")
    prefixes = sorted((prefix or "", uri) for prefix, uri in node.nsmap.items()) if node.getparent() is None else []
    return f"<{node.tag!r} {sorted(node.attrib.items())} {prefixes}>{within}</>"
