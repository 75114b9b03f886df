"""Whatever is built keeps to its schema: written, the formal validator takes it, and it is read back equal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from support import instances, oracles
from support.cases import Case, every_document

from smswire.documents import read, write


@every_document
@given(data=st.data())
def test_what_is_built_is_valid_when_written_and_read_back_equal(case: Case, data: st.DataObject) -> None:
    value = data.draw(instances.documents(case))
    body = write(case.type, value)
    assert oracles.valid(case, body), body
    reading = read(case.type, body, on_drift="raise")
    assert reading.violations == ()
    assert reading.value == value
    assert oracles.rebuilt(reading.value) == value


@every_document
@given(data=st.data())
def test_writing_depends_on_the_value_alone(case: Case, data: st.DataObject) -> None:
    value = data.draw(instances.documents(case))
    assert write(case.type, value) == write(case.type, oracles.rebuilt(value))
