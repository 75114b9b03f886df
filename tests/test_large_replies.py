"""A reply of thousands of rows is read as strictly as a small one."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import etree
from support import examples
from support.cases import Case
from support.replies import RESPONSES

from smswire.documents import Finding, read, write
from smswire.schema.model import Array, Field, Ref
from smswire_codegen.names import attribute_of

ROWS = 6000


def rows_of(case: Case) -> list[Field]:
    """The fields of an XML root that hold any number of records."""
    roots = [each for each in case.alternatives if isinstance(each, Ref) and case.type.format == "xml"]
    fields = [each for root in roots for each in case.model.records[root.name].fields]
    return [each for each in fields if each.maximum is None and isinstance(each.type, Ref)]


XML = [pytest.param(case, each, id=f"{case}:{each.name}") for case in RESPONSES for each in rows_of(case)]
JSON = [case for case in RESPONSES if any(isinstance(each, Array) for each in case.alternatives)]


def large_xml(case: Case, name: str) -> Any:
    written = [etree.fromstring(write(case.type, full)) for full in examples.roots(case)]
    root = next(each for each in written if each.find(name) is not None)
    row = root.find(name)
    for _ in range(ROWS):
        row.addnext(etree.fromstring(etree.tostring(row)))
    return root


def large_json(case: Case) -> list[Any]:
    [array] = [each for each in case.alternatives if isinstance(each, Array)]
    return json.loads(write(case.type, examples.value(case, array, full=True))) * ROWS


@pytest.mark.parametrize(("case", "field"), XML)
def test_xml(case: Case, field: Field) -> None:
    name = field.name
    root = large_xml(case, name)
    for on_drift in ("raise", "set_aside"):
        reading = read(case.type, etree.tostring(root), on_drift=on_drift)
        assert reading.violations == reading.additions == ()
        rows = getattr(reading.value, attribute_of(field))
        assert len(set(rows)) == 1
        assert len(rows) == ROWS + 1
    last = root.findall(name)[-1]
    last.set("new", "x")
    assert read(case.type, etree.tostring(root), on_drift="raise").value is None
    aside = read(case.type, etree.tostring(root))
    assert aside.value == reading.value
    assert aside.additions == (Finding("attribute", f"/{root.tag}/{name}[{ROWS + 1}]/@new"),)
    del last.attrib["new"]
    # neither an element within a text nor a text beside elements is an addition
    assert isinstance(field.type, Ref)
    if case.model.records[field.type.name].in_place("text"):
        etree.SubElement(last, "new")
    else:
        last.text = "x"
    for on_drift in ("raise", "set_aside"):
        reading = read(case.type, etree.tostring(root), on_drift=on_drift)
        assert reading.value is None
        assert reading.violations


@pytest.mark.parametrize("case", JSON, ids=repr)
def test_json(case: Case) -> None:
    data = large_json(case)
    for on_drift in ("raise", "set_aside"):
        reading = read(case.type, json.dumps(data).encode(), on_drift=on_drift)
        assert reading.violations == reading.additions == ()
        assert len(reading.value) == ROWS
    data[-1] = data[-1] | {"new": 1}
    assert read(case.type, json.dumps(data).encode(), on_drift="raise").value is None
    aside = read(case.type, json.dumps(data).encode())
    assert aside.value == reading.value
    assert aside.additions == (Finding("key", f"/{ROWS - 1}/new"),)
    data[-1] = {}
    for on_drift in ("raise", "set_aside"):
        reading = read(case.type, json.dumps(data).encode(), on_drift=on_drift)
        assert reading.value is None
        assert reading.violations


def test_there_are_large_replies_of_both_formats() -> None:
    assert XML
    assert JSON
