"""Lines of a JSON text by JSON pointer, because no JSON parser keeps them."""

from __future__ import annotations

import json
import re

_TOKEN = re.compile(r'\s*(?:(?P<string>"(?:[^"\\]|\\.)*")|(?P<mark>[{}\[\],:])|(?P<other>[^\s{}\[\],:"]+))')


def lines_by_pointer(text: str) -> dict[str, int]:
    """Map each JSON pointer of a well-formed JSON text to the line, from 1, on which its key or item begins."""
    lines = {"": 1}
    path: list[str | int] = []
    expecting_key = False
    line, end = 1, 0
    for token in _TOKEN.finditer(text):
        start = token.start(token.lastgroup or 0)
        line += text.count("\n", end, start)
        end = start
        mark, string = token["mark"], token["string"]
        if string is not None and expecting_key:
            path[-1] = json.loads(string)
            lines[_pointer(path)] = line
            expecting_key = False
            continue
        if mark not in ("}", "]", ",", ":") and path and isinstance(path[-1], int):
            lines[_pointer(path)] = line
        if mark == "{":
            path.append("")
            expecting_key = True
        elif mark == "[":
            path.append(0)
        elif mark in ("}", "]"):
            path.pop()
            expecting_key = False
        elif mark == ",":
            last = path[-1]
            expecting_key = isinstance(last, str)
            if isinstance(last, int):
                path[-1] = last + 1
    return lines


def _pointer(path: list[str | int]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in path)
