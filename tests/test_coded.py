"""Where a document carries codes: each one with the path at which it stands on the wire, and its table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support import examples, instances, oracles
from support.cases import CASES, Case, every_document

from smswire.documents import write
from smswire.schema.model import Array, Field, Record, Ref, Type

Found = tuple[str, str, str]
"""Path, table and code of a value on the wire."""


def complete(case: Case, field: Field) -> bool:
    """Whether a field carries codes of a table that the provider prints whole."""
    return field.codes is not None and getattr(case.package.codes, field.codes.upper()).complete


def on_the_wire(case: Case, body: bytes) -> list[Found]:
    if case.type.format == "xml":
        root = oracles.parse_xml(body).getroot()
        kind = case.root(root.tag)
        assert isinstance(kind, Ref)
        return list(_in_element(case, root, kind, f"/{root.tag}"))
    data = oracles.plain(case, body)
    kinds = [each for each in case.alternatives if _fits(case, data, each)]
    return list(_in_plain(case, data, kinds[0], ""))


def _in_element(case: Case, element: Any, kind: Type, path: str) -> Iterator[Found]:
    if not isinstance(kind, Ref):
        return
    for field in case.model.records[kind.name].fields:
        values: list[tuple[str, Any]] = []
        if field.place == "text":
            values = [(path, element)]
        elif field.place == "attribute" and field.name in element.attrib:
            values = [(f"{path}/@{field.name}", element.get(field.name))]
        elif field.place == "element":
            children = element.findall(field.name)
            numbered = [f"[{number}]" if field.repeated else "" for number in range(1, len(children) + 1)]
            values = [(f"{path}/{field.name}{each}", child) for each, child in zip(numbered, children, strict=True)]
        for place, value in values:
            if complete(case, field):
                yield place, str(field.codes), value if isinstance(value, str) else value.text or ""
            else:
                yield from _in_element(case, value, field.type, place)


def _fits(case: Case, data: Any, kind: Type) -> bool:
    """Whether the keys of plain data are those of an alternative of the root."""
    if isinstance(kind, Array) or isinstance(data, list):
        return isinstance(kind, Array) and isinstance(data, list)
    assert isinstance(kind, Ref)
    fields = case.model.records[kind.name].fields
    return {each.name for each in fields if each.minimum} <= data.keys() <= {each.name for each in fields}


def _in_plain(case: Case, data: Any, kind: Type, path: str) -> Iterator[Found]:
    if isinstance(kind, Array):
        for index, each in enumerate(data):
            yield from _in_plain(case, each, kind.items, f"{path}/{index}")
    elif isinstance(kind, Ref):
        record: Record = case.model.records[kind.name]
        for field in record.fields:
            if field.name not in data:
                continue
            place = f"{path}/{field.name}"
            if complete(case, field):
                yield place, str(field.codes), str(data[field.name])
            else:
                yield from _in_plain(case, data[field.name], field.type, place)


def told(case: Case, value: Any) -> list[Found]:
    assert case.type.coded is not None
    return [(path, table.name, str(code)) for path, table, code in case.type.coded(value) if code is not None]


CODED = [each for each in CASES if any(complete(each, field) for _, field in each.model.fields())]


@every_document
def test_a_document_with_codes_tells_them(case: Case) -> None:
    assert (case.type.coded is not None) is (case in CODED)


@pytest.mark.parametrize("case", CODED, ids=repr)
@given(data=st.data())
def test_codes_are_told_as_they_stand_on_the_wire(case: Case, data: st.DataObject) -> None:
    value = data.draw(instances.documents(case))
    assert sorted(told(case, value)) == sorted(on_the_wire(case, write(case.type, value)))


@pytest.mark.parametrize("case", CODED, ids=repr)
def test_no_field_with_codes_is_left_out(case: Case) -> None:
    found = {table for value in examples.roots(case) for _, table, _ in told(case, value)}
    assert found == {field.codes for _, field in case.model.fields() if complete(case, field)}


def test_codes_stand_at_every_depth() -> None:
    depths = {path.count("/") for case in CODED for value in examples.roots(case) for path, _, _ in told(case, value)}
    assert {1, 2, 3} <= depths
