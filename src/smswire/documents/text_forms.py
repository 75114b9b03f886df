"""Replies without markup: for each row a line of `name = value` pairs, or of values between commas.

Nothing is quoted in them. One field of a row, the text of a message, may hold commas and line breaks: it is what
remains between the fields before it and those after it. Where a line within it looks like the beginning or the end of
a row, nobody can tell where the text ends, and the reply is refused. What cannot be noticed at all:

* a text that looks like the end of its row and, after a line break, the beginning of another;
* a reply that was cut short after a row, within the last value of one, or where the text before the cut looks like the
  end of its row, as one with enough commas does;
* a comma within another field of values between commas, where the values that it shifts still have the right types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from smswire_documents._runtime.description import TextForm

# written as a number is, so that it reads back as it was: an identifier -0 or 007 stays text
_INTEGER = re.compile("0|-?[1-9][0-9]{0,999}")


class NotRows(ValueError):
    """The text is neither rows nor an error of this form; `line` is where, from 1, and the text quotes nothing."""

    def __init__(self, problem: str, line: int) -> None:
        super().__init__(problem)
        self.line = line


def parse(form: TextForm, text: str) -> object:
    """The plain data of a reply, to be held to the schema of the JSON document that says the same.

    Raises `NotRows`.
    """
    text = text.rstrip("\r\n")
    error = re.fullmatch(form.error, text, re.DOTALL)
    if error is not None:
        return {**form.absent, **_typed(form, error.groupdict())}
    return list(_rows(form, text.split("\n")))


def _rows(form: TextForm, lines: Sequence[str]) -> Iterator[dict[str, object]]:
    head_of, tail_of = re.compile(form.head).match, re.compile(form.tail).search
    first = 0
    while first < len(lines):
        head = head_of(lines[first])
        if head is None:
            raise NotRows("a row is expected to begin here", first + 1)
        last, tail = first, tail_of(lines[first], head.end())
        while tail is None:
            last += 1
            if last == len(lines):
                raise NotRows("a row that begins here does not end", first + 1)
            if head_of(lines[last]):
                raise NotRows("a row begins here within another", last + 1)
            tail = tail_of(lines[last])
        inner = "\n".join(lines[first : last + 1])
        free = inner[head.end() : len(inner) - len(tail.group())]
        yield {**_typed(form, {**head.groupdict(), **tail.groupdict()}), form.free: free}
        first = last + 1


def _typed(form: TextForm, found: Mapping[str, str]) -> dict[str, object]:
    """The values, integers as such; an integer that is left empty is not there."""
    typed: dict[str, object] = {}
    for name, value in found.items():
        if name in form.integers and _INTEGER.fullmatch(value):
            typed[name] = int(value)
        elif value or name not in form.integers:
            typed[name] = value
    return typed
