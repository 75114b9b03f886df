"""Names that an object has twice: readers of JSON differ on which value counts."""

from __future__ import annotations

import json
import re

_NAME_OR_BRACE = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?|[{}]')


def repeated(text: str) -> dict[str, int]:
    """The names that some object of a JSON text has with different values, each with the line on which it is again."""
    names: set[str] = set()

    def read(pairs: list[tuple[str, object]]) -> dict[str, object]:
        found = dict(pairs)
        if len(found) < len(pairs):
            names.update(name for name, value in pairs if value != found[name])
        return found

    json.loads(text, object_pairs_hook=read)
    return _lines(text, names) if names else {}


def _lines(text: str, names: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    objects: list[set[str]] = []
    for token in _NAME_OR_BRACE.finditer(text):
        if token[0] == "{":
            objects.append(set())
        elif token[0] == "}":
            objects.pop()
        elif token[2]:
            name: str = json.loads(token[1])
            if name in names and name in objects[-1]:
                found.setdefault(name, text.count("\n", 0, token.start()) + 1)
            objects[-1].add(name)
    return found
