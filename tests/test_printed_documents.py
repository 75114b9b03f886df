"""The documents that the providers print, and those filled in after them: read, refused and written as indexed."""

from __future__ import annotations

import tomllib
from urllib.parse import parse_qsl

import pytest
from lxml import etree
from support import oracles
from support.cases import CASES, DOCUMENTS, PROVIDERS, REAL, SAMPLES, Sample, every_sample

from smswire.documents import read, write

VALID = [each for each in SAMPLES if each.valid]
of_xml = pytest.mark.parametrize("sample", [each for each in VALID if each.case.type.format == "xml"], ids=str)
of_plain = pytest.mark.parametrize("sample", [each for each in VALID if each.case.type.format != "xml"], ids=str)


@pytest.mark.parametrize("sample", VALID, ids=str)
def test_a_valid_document_is_read_and_written_back_equal(sample: Sample) -> None:
    document = sample.case.type
    reading = read(document, sample.body, on_drift="raise")
    assert reading.violations == ()
    assert reading.additions == ()
    assert reading.value is not None
    assert read(document, write(document, reading.value), on_drift="raise").value == reading.value


@pytest.mark.parametrize("sample", [each for each in SAMPLES if not each.valid], ids=str)
def test_an_invalid_document_gives_no_value_and_a_reason_is_indexed(sample: Sample) -> None:
    assert sample.reason
    for on_drift in ("raise", "set_aside"):
        reading = read(sample.case.type, sample.body, on_drift=on_drift)
        assert reading.value is None
        assert reading.violations


@every_sample
def test_the_formal_schema_agrees_with_the_index(sample: Sample) -> None:
    assert oracles.valid(sample.case, sample.body) is sample.valid


@of_xml
def test_xsdata_reads_the_same_from_xml(sample: Sample) -> None:
    assert read(sample.case.type, sample.body).value == oracles.by_xsdata(sample.case, sample.body)


@of_plain
def test_the_standard_library_reads_the_same_from_json_and_forms(sample: Sample) -> None:
    value = read(sample.case.type, sample.body).value
    assert oracles.as_plain(sample.case, value) == oracles.plain(sample.case, sample.body)


@pytest.mark.parametrize("sample", VALID, ids=str)
def test_what_is_written_says_the_same_as_what_was_printed(sample: Sample) -> None:
    written = write(sample.case.type, read(sample.case.type, sample.body).value)
    if sample.case.type.format == "xml":
        assert canonical(written) == canonical(sample.body)
    elif sample.case.type.format == "form":
        assert sorted(parse_qsl(written.decode())) == sorted(parse_qsl(sample.body.decode()))
    else:
        assert oracles.parse_json(written) == oracles.parse_json(sample.body)


def canonical(body: bytes) -> bytes:
    """C14N of a document without the blanks between its elements."""
    return etree.tostring(etree.fromstring(body, etree.XMLParser(remove_blank_text=True)), method="c14n")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_file_is_in_an_index_once(provider: str) -> None:
    files = sorted(each.name for each in (DOCUMENTS / provider).iterdir() if each.suffix != ".toml")
    indices = [tomllib.loads(each.read_text("utf-8")) for each in (DOCUMENTS / provider).glob("*.toml")]
    assert files == sorted(entry["file"] for index in indices for entries in index.values() for entry in entries)


def test_every_document_type_has_a_valid_sample() -> None:
    assert {str(each.case) for each in VALID} == {str(case) for case in REAL}
    assert len(CASES) > len(REAL)
