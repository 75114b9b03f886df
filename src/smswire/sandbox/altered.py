"""Replies that differ from their schema on purpose: additions and breaches, made on the finished document.

Which fields can be taken or changed so that the schema notices is found by trying, with the schema itself as judge;
so it serves every provider.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import TypeAlias, cast
from xml.etree import ElementTree as ET

from smswire.sandbox.fault import Addition, Breach
from smswire.sandbox.gateway import Answer

NAME = "sandbox_addition"
"""The attribute, element or key that is added."""

CODE = 98765
"""The code that no provider lists."""

Fields: TypeAlias = dict[str, object]


class _Tree:
    """A reply as mappings of fields: the attributes of each element, or each object, innermost first."""

    def __init__(self, answer: Answer) -> None:
        self._xml = answer.format == "xml"
        if self._xml:
            self._root = ET.fromstring(answer.body)  # noqa: S314 (written by ourselves)
            self._elements = list(self._root.iter())[::-1]
            self.fields = [cast("Fields", each.attrib) for each in self._elements]
        else:
            self._data: object = json.loads(answer.body)
            self.fields = list(_objects(self._data))[::-1]

    def add(self, *, element: bool) -> None:
        """Add a field to the innermost part, or with `element` something that has parts of its own."""
        if self._xml and element:
            ET.SubElement(self._elements[-1], NAME)
        elif self.fields:
            self.fields[0][NAME] = {NAME: 1} if element else "1"

    def bytes(self) -> bytes:
        if self._xml:
            return cast("bytes", ET.tostring(self._root, encoding="utf-8", xml_declaration=True))
        return json.dumps(self._data, ensure_ascii=False).encode()


def with_addition(answer: Answer, add: Addition) -> bytes:
    """The reply with something that its schema does not know; a code that no table lists where it holds codes."""
    if answer.examine is None:
        return answer.body
    examine = answer.examine
    if add == "code":
        changed = _first(answer, lambda fields, key: _put(fields, key, answer, CODE), lambda body: examine(body).news)
        if changed is not None:
            return changed
    tree = _Tree(answer)
    tree.add(element=add == "element")
    return tree.bytes()


def broken(answer: Answer, how: Breach) -> bytes:
    """The reply without something that its schema requires, or with a value of the wrong type.

    What lacks nothing that is required, as an error may, gets a wrong type.
    """
    if answer.examine is None:
        return answer.body
    examine = answer.examine

    def invalid(body: bytes) -> bool:
        return not examine(body).valid

    lacking = _first(answer, lambda fields, key: fields.pop(key), invalid) if how == "lacks" else None
    if lacking is not None:
        return lacking
    wrong = _first(answer, lambda fields, key: _put(fields, key, answer, "broken"), invalid)
    return answer.body if wrong is None else wrong


def _put(fields: Fields, key: str, answer: Answer, value: int | str) -> None:
    fields[key] = str(value) if answer.format == "xml" else value


def _first(answer: Answer, change: Callable[[Fields, str], object], wanted: Callable[[bytes], bool]) -> bytes | None:
    """The reply with the first change of one field that does what is wanted."""
    places = [(index, key) for index, fields in enumerate(_Tree(answer).fields) for key in fields]
    for index, key in places:
        tree = _Tree(answer)
        change(tree.fields[index], key)
        body = tree.bytes()
        if wanted(body):
            return body
    return None


def _objects(data: object) -> Iterator[Fields]:
    if isinstance(data, dict):
        fields = cast("Fields", data)
        yield fields
        for each in fields.values():
            yield from _objects(each)
    elif isinstance(data, list):
        for each in cast("list[object]", data):
            yield from _objects(each)
