"""What has no class of its own, as an array or one of several types, is held to the schema when it is written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from attrs import frozen
from support import examples, oracles
from support.cases import CASES, Case, every_document, of_format
from support.replies import RESPONSES, every_xml_reply

from smswire.cli import matching
from smswire.documents import read, write
from smswire.schema.model import Array, Ref
from smswire_documents import PayloadError

CANARY = "Канарейка-8461"


@frozen(repr=False)
class RootTrial:
    """A value that is no document of a case, where the error says that it is, and what it says."""

    case: Case
    name: str
    value: Any
    index: str
    says: tuple[str, ...]
    formal: bool = True

    def __repr__(self) -> str:
        return f"{self.case}:{self.name}"


def every_trial() -> Iterator[RootTrial]:
    for case in ROOTLESS:
        names = [each.name for each in case.alternatives if isinstance(each, Ref)]
        arrays = [each for each in case.alternatives if isinstance(each, Array)]
        says = (*names, *(["tuple"] if arrays else []))
        for value in (CANARY, None, {}, 5):
            yield RootTrial(case, type(value).__name__, value, "", says, formal=case.type.format == "json")
        for name in sorted(set(case.model.records) - set(names)):
            yield RootTrial(case, f"a {name}", examples.record(case, name, full=True), "", says, formal=False)
        if not arrays:
            yield RootTrial(case, "tuple", tuple(examples.roots(case)[:1]), "", says, formal=False)
        for each in arrays:
            yield from _of_array(case, each)


def _of_array(case: Case, array: Array) -> Iterator[RootTrial]:
    assert isinstance(array.items, Ref)
    item = examples.value(case, array.items, full=True)
    least = max(array.minimum, 1)
    yield RootTrial(case, "list", [item] * least, "", ("tuple",), formal=False)
    yield RootTrial(case, "item", (item,) * (least - 1) + (CANARY,), f"[{least - 1}]", (array.items.name,))
    if array.minimum:
        yield RootTrial(case, "least", (item,) * (array.minimum - 1), "", (str(array.minimum), "item"))
    if array.maximum is not None:
        yield RootTrial(case, "most", (item,) * (array.maximum + 1), "", (str(array.maximum), "item"))


ROOTLESS = [each for each in CASES if not isinstance(each.model.root, Ref)]
TRIALS = list(every_trial())


@every_document
def test_a_document_is_checked_as_a_whole_where_its_root_has_no_class(case: Case) -> None:
    assert (case.type.check is not None) is (case in ROOTLESS)


@pytest.mark.parametrize("trial", TRIALS, ids=repr)
def test_what_is_no_root_is_not_written(trial: RootTrial) -> None:
    with pytest.raises(PayloadError) as caught:
        write(trial.case.type, trial.value)
    error = caught.value
    assert error.path == trial.case.model.class_name + trial.index
    assert [each for each in trial.says if each not in error.problem] == []
    assert CANARY not in repr(error) + str(error)
    assert error.__cause__ is error.__context__ is None


@pytest.mark.parametrize("trial", [each for each in TRIALS if each.formal], ids=repr)
def test_the_formal_schema_refuses_it_as_well(trial: RootTrial) -> None:
    plain = oracles.as_plain(trial.case, trial.value)
    assert not oracles.valid(trial.case, json.dumps(plain, default=str).encode())


@pytest.mark.parametrize("case", ROOTLESS, ids=repr)
def test_an_array_is_written_up_to_its_limits(case: Case) -> None:
    for each in case.alternatives:
        if isinstance(each, Array):
            item = examples.value(case, each.items, full=True)
            for count in (each.minimum, each.minimum + 1 if each.maximum is None else each.maximum):
                body = write(case.type, (item,) * count)
                assert oracles.valid(case, body)
                assert read(case.type, body).value == (item,) * count


def test_there_are_limits_of_both_kinds() -> None:
    assert {"least", "most", "list", "item"} <= {each.name for each in TRIALS}


@pytest.mark.parametrize("case", of_format("xml"), ids=repr)
def test_a_document_has_the_root_elements_of_its_schema(case: Case) -> None:
    schema = oracles.parse_xml(case.schema.read_bytes()).getroot()
    elements = tuple(each.get("name") for each in schema.iterchildren("{*}element"))
    assert case.type.elements == case.model.elements == elements
    written = {oracles.parse_xml(write(case.type, each)).getroot().tag for each in examples.roots(case)}
    assert written == set(elements)


@pytest.mark.parametrize("case", of_format("json", "form"), ids=repr)
def test_what_is_no_xml_has_no_root_elements(case: Case) -> None:
    assert case.type.elements == ()


@every_xml_reply
def test_a_document_is_recognised_by_any_of_its_roots(reply: Any) -> None:
    known = [each.type for each in RESPONSES if each.type.provider == reply.case.type.provider]
    assert str(reply.case) in matching.check("reply.xml", reply.body, known, None).matches
    tag = oracles.parse_xml(reply.body).getroot().tag.encode()
    renamed = reply.body.replace(b"<" + tag, b"<other").replace(b"</" + tag, b"</other")
    verdict = matching.check("reply.xml", renamed, known, None)
    assert verdict.matches == ()
    assert all(element in verdict.violations[0].problem for element in reply.case.type.elements)
