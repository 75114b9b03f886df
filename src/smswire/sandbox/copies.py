"""Copies of a reply that can be changed at one place and written again: XML, JSON, and text without markup."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Protocol, TypeAlias, cast
from xml.etree import ElementTree as ET

from smswire.sandbox.gateway import Answer

NAME = "sandbox_addition"
"""The attribute, element or key that is added."""

CODE = 98765
"""The code that no provider lists."""

WRONG = "broken"
"""What is no number and no date."""

Change: TypeAlias = Callable[[], object]
Fields: TypeAlias = dict[str, object]

_DIGITS = re.compile("[0-9]+")
_PLACES = 30


class Copy(Protocol):
    """A copy, and the changes of one value each that it can undergo. Rows are alike: one value of each name is enough.

    `takings` take something out, `codes` put a code that no table lists, `breaches` a value of the wrong type.
    """

    takings: list[Change]
    codes: list[Change]
    breaches: list[Change]

    def add(self, *, element: bool) -> None:
        """Add a field to the innermost part, or with `element` something that has parts of its own."""
        ...

    def spoil(self) -> None:
        """Make it something that no schema of ours allows."""
        ...

    def body(self) -> bytes:
        """The copy as it is now."""
        ...


def copy_of(answer: Answer) -> Copy:
    """A copy of a reply's body."""
    if answer.format == "xml":
        return _Xml(answer.body)
    return _Json(answer.body) if answer.format == "json" else _Text(answer.body)


class _Xml:
    def __init__(self, body: bytes) -> None:
        self._root = ET.fromstring(body)  # noqa: S314 (written by ourselves)
        self._declared = body.startswith(b"<?xml")
        self.takings: list[Change] = []
        self.codes: list[Change] = []
        self.breaches: list[Change] = []
        parents = {child: parent for parent in self._root.iter() for child in parent}
        # innermost first, and the last of a row of siblings
        elements = list(self._root.iter())[::-1]
        seen: set[tuple[str, str]] = set()
        texts: list[ET.Element] = []
        for each in elements:
            for name in each.attrib:
                if (each.tag, name) not in seen:
                    seen.add((each.tag, name))
                    self.takings.append(partial(each.attrib.pop, name))
                    self._puts(partial(each.set, name))
            if each in parents and (each.tag, "") not in seen:
                seen.add((each.tag, ""))
                self.takings.append(partial(parents[each].remove, each))
                if len(each) == 0 and each.text:
                    texts.append(each)
        for each in texts:
            put = partial(setattr, each, "text")
            self.takings.append(partial(put, ""))
            self._puts(put)
        self._innermost = elements[0]

    def _puts(self, put: Callable[[str], object]) -> None:
        self.codes.append(partial(put, str(CODE)))
        self.breaches.append(partial(put, WRONG))

    def add(self, *, element: bool) -> None:
        if element:
            ET.SubElement(self._root, NAME)
        else:
            self._innermost.set(NAME, "1")

    def spoil(self) -> None:
        self._root.text = WRONG

    def body(self) -> bytes:
        return cast("bytes", ET.tostring(self._root, encoding="utf-8", xml_declaration=self._declared))


class _Json:
    def __init__(self, body: bytes) -> None:
        self._data: object = json.loads(body)
        self.takings: list[Change] = []
        self.codes: list[Change] = []
        self.breaches: list[Change] = []
        objects = list(_objects(self._data))[::-1]
        seen: set[str] = set()
        for each in objects:
            for name, value in each.items():
                if name not in seen:
                    seen.add(name)
                    words = isinstance(value, str)
                    put = partial(each.__setitem__, name)
                    self.takings.append(partial(each.pop, name))
                    self.codes.append(partial(put, str(CODE) if words else CODE))
                    self.breaches.append(partial(put, CODE if words else WRONG))
        self._innermost = objects[0] if objects else None

    def add(self, *, element: bool) -> None:
        if self._innermost is not None:
            self._innermost[NAME] = {NAME: 1} if element else "1"

    def spoil(self) -> None:
        self._data = WRONG

    def body(self) -> bytes:
        return json.dumps(self._data, ensure_ascii=False).encode()


class _Text:
    """Text has no names; its numbers can be changed, of which the first are codes."""

    def __init__(self, body: bytes) -> None:
        self._text = body.decode()
        spans = [each.span() for each in _DIGITS.finditer(self._text)][:_PLACES]
        self.takings: list[Change] = [partial(self._put, "", *each) for each in spans]
        self.codes: list[Change] = [partial(self._put, str(CODE), *each) for each in spans]
        self.breaches: list[Change] = [partial(self._put, WRONG, *each) for each in spans]

    def _put(self, value: str, start: int, end: int) -> None:
        self._text = self._text[:start] + value + self._text[end:]

    def add(self, *, element: bool) -> None:
        del element  # whatever is added to a line makes it another one

    def spoil(self) -> None:
        self._text = WRONG

    def body(self) -> bytes:
        return self._text.encode()


def _objects(data: object) -> Iterator[Fields]:
    if isinstance(data, dict):
        fields = cast("Fields", data)
        yield fields
        for each in fields.values():
            yield from _objects(each)
    elif isinstance(data, list):
        for each in cast("list[object]", data):
            yield from _objects(each)
