"""How far a document's names are from those that a known document has: tells which one it was meant to be."""

from __future__ import annotations

from typing import cast

from smswire.cli.catalogue import AnyDocument
from smswire.documents import forms, json_input, set_aside, xml_input
from smswire_documents._runtime.description import Choice, Items, Node, Roots, Shape


def strangers(document: AnyDocument, body: bytes) -> int:
    """How many names the bytes have that the document does not know.

    Raises `NotXml`, `NotJson` or `NotForm` for bytes that are nothing of its format.
    """
    if document.format == "xml":
        root = xml_input.parse(body)
        assert isinstance(document.shape, Roots)
        return len(set_aside.from_xml(root, document.shape)) + (str(root.tag) not in document.elements)
    parsed = json_input.parse(body) if document.format == "json" else forms.decode(document, body)
    assert not isinstance(document.shape, Roots)
    return _in_plain(parsed, document.shape)


def familiar(document: AnyDocument, body: bytes) -> bool:
    """Whether at least one key of a value or a form, or of an array's objects, is one of the document's own.

    A value without any keys is, and so is XML, whose root tells what it is. Raises as `strangers` does.
    """
    if document.format == "xml":
        return True
    parsed = json_input.parse(body) if document.format == "json" else forms.decode(document, body)
    assert not isinstance(document.shape, Roots)
    values = cast("list[object]", parsed) if isinstance(parsed, list) else [parsed]
    keys = {key for each in values if isinstance(each, dict) for key in cast("dict[str, object]", each)}
    return not keys or not keys.isdisjoint(_keys(document.shape))


def _keys(node: Node | None) -> set[str]:
    """The keys of the objects that a node allows, itself or in an array."""
    if isinstance(node, Items):
        return _keys(node.of)
    if isinstance(node, Choice):
        return _keys(node.array) | {key for _, shape in node.by_key for key in shape.children}
    return set() if node is None else set(node.children)


def _in_plain(data: object, node: Node | None) -> int:
    if node is None:
        return 0
    if isinstance(data, list):
        items = node.array if isinstance(node, Choice) else node
        if not isinstance(items, Items):
            return _names(cast("object", data))
        return sum(_in_plain(each, items.of) for each in cast("list[object]", data))
    if isinstance(data, dict):
        keys = cast("dict[str, object]", data)
        return min((_in_object(keys, shape) for shape in _objects(node)), default=_names(keys))
    return 1


def _in_object(keys: dict[str, object], shape: Shape) -> int:
    unknown = sum(key not in shape.children for key in keys)
    return unknown + sum(_in_plain(value, shape.children.get(key)) for key, value in keys.items())


def _names(data: object) -> int:
    """How many names there are in something that is of the wrong kind altogether, and one for that."""
    if isinstance(data, dict):
        values = list(cast("dict[str, object]", data).values())
        return 1 + len(values) + sum(_names(each) - 1 for each in values)
    if isinstance(data, list):
        return 1 + sum(_names(each) - 1 for each in cast("list[object]", data))
    return 1


def _objects(node: Node) -> list[Shape]:
    """The objects that a node allows."""
    if isinstance(node, Shape):
        return [node]
    return [shape for _, shape in node.by_key] if isinstance(node, Choice) else []
