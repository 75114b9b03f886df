"""Whether a type is written otherwise, whatever that does: with other groups and references, or derived."""

from __future__ import annotations

from smswire.diff.xsd.components import Type
from smswire.diff.xsd.names import Node, kind

_NESTED = ("simpleType", "complexType")


def rewritten(old: Type, new: Type) -> bool:
    """Whether the schema elements that two types are made of differ; names of types are no matter."""
    if old.node is None or new.node is None:
        return False
    return _shape(old.node) != _shape(new.node)


def _shape(node: Node) -> list[str]:
    """The schema elements within a type, those of types within it left out."""
    found: list[str] = []
    pending = list(node)
    while pending:
        each = pending.pop()
        name = kind(each)
        if name and name != "annotation" and name not in _NESTED:
            found.append(name if each.get("ref") is None else f"{name} ref")
            pending.extend(each)
    return found
