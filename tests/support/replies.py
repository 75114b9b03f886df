"""Replies that are right, of every response document: the samples, and one with everything of each alternative."""

from __future__ import annotations

import pytest
from attrs import frozen

from smswire.documents import write
from support import examples
from support.cases import CASES, SAMPLES, Case


@frozen(repr=False)
class Reply:
    """A valid reply, without white space around it."""

    name: str
    case: Case
    body: bytes

    def __repr__(self) -> str:
        return self.name

    @property
    def is_xml(self) -> bool:
        return self.case.type.format == "xml"


def _all() -> list[Reply]:
    found = [
        Reply(repr(each), each.case, each.body.strip())
        for each in SAMPLES
        if each.valid and each.case.type.direction == "response"
    ]
    for case in RESPONSES:
        full = examples.roots(case)
        named = [(f"{case}:full_{number}_{type(each).__name__}", each) for number, each in enumerate(full, 1)]
        found += [Reply(name, case, write(case.type, each).strip()) for name, each in named]
    return found


RESPONSES = [case for case in CASES if case.type.direction == "response"]
REPLIES = _all()
every_reply = pytest.mark.parametrize("reply", REPLIES, ids=repr)
every_xml_reply = pytest.mark.parametrize("reply", [each for each in REPLIES if each.is_xml], ids=repr)
# an empty array has no place for a key
OBJECTS = [each for each in REPLIES if not each.is_xml and b"{" in each.body]
every_json_reply = pytest.mark.parametrize("reply", [each for each in REPLIES if not each.is_xml], ids=repr)
every_reply_with_objects = pytest.mark.parametrize("reply", OBJECTS, ids=repr)
