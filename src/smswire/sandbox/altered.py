"""Replies that differ from their schema on purpose: additions and breaches, made on the finished document.

Which values can be taken or changed so that the schema notices is found by trying, with the schema itself as judge;
so it serves every provider.
"""

from __future__ import annotations

from collections.abc import Callable

from smswire.sandbox.copies import Change, Copy, copy_of
from smswire.sandbox.fault import Addition, Breach
from smswire.sandbox.gateway import Answer


def with_addition(answer: Answer, add: Addition) -> bytes:
    """The reply with something that its schema does not know; a code that no table lists where it holds codes.

    A reply without markup can only get a code.
    """
    if answer.examine is None:
        return answer.body
    examine = answer.examine
    if add == "code" or answer.format == "text":
        changed = _first(answer, lambda copy: copy.codes, lambda body: examine(body).news)
        if changed is not None:
            return changed
    copy = copy_of(answer)
    copy.add(element=add == "element")
    return copy.body()


def broken(answer: Answer, how: Breach) -> bytes:
    """The reply without something that its schema requires, or with a value of the wrong type.

    What lacks nothing that is required, as an error may, gets a wrong type.
    """
    if answer.examine is None:
        return answer.body
    examine = answer.examine

    def invalid(body: bytes) -> bool:
        return not examine(body).valid

    lacking = _first(answer, lambda copy: copy.takings, invalid) if how == "lacks" else None
    if lacking is not None:
        return lacking
    wrong = _first(answer, lambda copy: copy.breaches, invalid)
    if wrong is not None:
        return wrong
    copy = copy_of(answer)
    copy.spoil()
    return copy.body()


def _first(answer: Answer, changes: Callable[[Copy], list[Change]], wanted: Callable[[bytes], bool]) -> bytes | None:
    """The reply with the first change of one value that does what is wanted."""
    for at in range(len(changes(copy_of(answer)))):
        copy = copy_of(answer)
        changes(copy)[at]()
        body = copy.body()
        if wanted(body):
            return body
    return None
