"""What a reply adds to its schema is set aside: unknown attributes, elements and keys are taken out and listed.

Only additions go. What a reply lacks or types wrongly stays for the validator to refuse.
"""

from __future__ import annotations

import re
from typing import Literal, TypeAlias, cast

from smswire.documents.xml_input import Element
from smswire_documents._runtime.description import Choice, Items, Node, Roots, Shape

_DEPTH = 64

NAME = re.compile("[A-Za-z_][A-Za-z_-]{0,39}[0-9]{0,3}")

Addition: TypeAlias = tuple[Literal["attribute", "element", "key"], str]
"""Kind and path of something that was taken out."""
_TEXT = Shape(text=True)


def from_xml(root: Element, roots: Roots) -> list[Addition]:
    """Take the additions out of a parsed XML document; returns kind and path of each."""
    found: list[Addition] = []
    shape = roots.by_tag.get(str(root.tag))
    if shape is not None:
        _element(root, shape, f"/{_name(root.tag)}", found)
    return found


def _element(element: Element, shape: Shape, path: str, found: list[Addition]) -> None:
    for name in [str(each) for each in element.attrib if each not in shape.attributes]:
        del element.attrib[name]
        found.append(("attribute", f"{path}/@{_name(name)}"))
    if shape.text:
        return  # an element within a text is a part of it: left for the validator to refuse
    counts: dict[str, int] = {}
    for child in list(element):
        tag = str(child.tag)
        counts[tag] = counts.get(tag, 0) + 1
        place = f"{path}/{_name(tag)}[{counts[tag]}]"
        inner = shape.children.get(tag)
        if tag not in shape.children:
            if (child.tail or "").strip():
                continue  # text beside an unknown element would be lost with it: left for the validator to refuse
            element.remove(child)
            found.append(("element", place))
        else:
            _element(child, inner if isinstance(inner, Shape) else _TEXT, place, found)


def from_plain(data: object, node: Node) -> list[Addition]:
    """Take the additions out of plain data, in place; returns kind and JSON pointer of each."""
    found: list[Addition] = []
    _value(data, node, "", found)
    return found


def _value(data: object, node: Node | None, path: str, found: list[Addition]) -> None:
    if isinstance(node, Choice):
        node = _chosen(data, node)
    if isinstance(node, Items) and isinstance(data, list):
        for index, each in enumerate(cast("list[object]", data)):
            _value(each, node.of, f"{path}/{index}", found)
    elif isinstance(node, Shape) and isinstance(data, dict):
        keys = cast("dict[str, object]", data)
        # what is too deep is left for the validator to refuse, whatever depth this Python's parser takes
        for key in [each for each in keys if each not in node.children and _is_shallow(keys[each])]:
            del keys[key]
            found.append(("key", f"{path}/{_name(key)}"))
        for key, value in keys.items():
            _value(value, node.children.get(key), f"{path}/{key}", found)


def _is_shallow(value: object) -> bool:
    """Whether a value is nested no deeper than a document of ours could sensibly be."""
    layer = [value]
    for _ in range(_DEPTH):
        inner: list[object] = []
        for each in layer:
            if isinstance(each, dict):
                inner += cast("dict[str, object]", each).values()
            elif isinstance(each, list):
                inner += cast("list[object]", each)
        if not inner:
            return True
        layer = inner
    return False


def _chosen(data: object, choice: Choice) -> Node | None:
    """The alternative that a value is meant as; none where it has the marks of two, for then it could be either."""
    if isinstance(data, list):
        return choice.array
    if not isinstance(data, dict):
        return None
    marked = {id(shape): shape for key, shape in choice.by_key if key in data}
    return next(iter(marked.values())) if len(marked) == 1 else None


def _name(name: object) -> str:
    """A name from a stranger's markup as a path may show it: only what looks like a name, never a phone or a text."""
    text = str(name)
    return text if NAME.fullmatch(text) else "?"
