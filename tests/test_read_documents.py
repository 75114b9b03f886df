"""Reading is what the formal schema says: a document has a value if and only if the schema takes it.

The judges are lxml's XMLSchema and jsonschema-rs, used without smswire; the values are xsdata's and the standard
library's.
"""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st
from support import oracles, raw_plain, raw_xml
from support.cases import Case, every_document

from smswire.documents import read, write

RAW = {"xml": raw_xml.documents, "json": raw_plain.json_documents, "form": raw_plain.forms}


def raw_documents(case: Case) -> st.SearchStrategy[bytes]:
    return RAW[case.type.format](case)


@every_document
@given(data=st.data())
def test_a_document_has_the_value_that_others_read_if_its_schema_takes_it_and_else_none(
    case: Case, data: st.DataObject
) -> None:
    body = data.draw(raw_documents(case))
    reading = read(case.type, body, on_drift="raise")
    valid = oracles.valid(case, body)
    assert (reading.value is not None) is valid
    assert (reading.violations == ()) is valid
    assert reading.additions == ()
    if valid:
        _is_what_others_read(case, body, reading.value)


def _is_what_others_read(case: Case, body: bytes, value: Any) -> None:
    if case.type.format == "xml":
        assert value == oracles.by_xsdata(case, body)
    else:
        assert oracles.as_plain(value) == oracles.plain(case, body)
    # the binder builds past the checks of the classes, which must find nothing
    assert oracles.rebuilt(value) == value
    assert read(case.type, write(case.type, value), on_drift="raise").value == value


@every_document
@given(data=st.data())
def test_what_is_set_aside_leaves_a_valid_document(case: Case, data: st.DataObject) -> None:
    body = data.draw(raw_documents(case))
    reading = read(case.type, body)
    assert (reading.value is None) is bool(reading.violations)
    if reading.value is None:
        return
    assert bool(reading.additions) is not oracles.valid(case, body)
    assert oracles.valid(case, write(case.type, reading.value))
    assert oracles.rebuilt(reading.value) == reading.value


@every_document
@pytest.mark.parametrize("valid", [True, False], ids=["valid", "invalid"])
def test_the_strategies_make_documents_of_both_kinds(case: Case, valid: bool) -> None:
    quick = settings(database=None, phases=[Phase.generate], max_examples=200)
    find(raw_documents(case), lambda body: oracles.valid(case, body) is valid, settings=quick)
