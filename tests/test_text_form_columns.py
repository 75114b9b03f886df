"""The forms without markup that a schema may state, and those that are refused because no row could be made out."""

from __future__ import annotations

import json
import shutil
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from support.cases import TESTS

from smswire.documents import text_forms
from smswire.schema import SchemaError
from smswire_codegen import lint, plan
from smswire_codegen.emit import text_forms as emitter
from smswire_documents._runtime.description import TextForm

FORM = {
    "columns": [["", "number"], ["", "word"], ["", "own"]],
    "free": "word",
    "error": {"record": "Bad", "pattern": "E(?P<code>[0-9]+)"},
}
SCHEMA: dict[str, Any] = {
    "x-text-forms": {"plain": FORM},
    "anyOf": [{"type": "array", "items": {"$ref": "#/$defs/Line"}}, {"$ref": "#/$defs/Bad"}],
    "$defs": {
        "Line": {
            "type": "object",
            "additionalProperties": False,
            "required": ["number", "own"],
            "properties": {
                "number": {"type": "integer"},
                "word": {"type": "string"},
                "own": {"type": ["integer", "string"]},
                "price": {"type": "number"},
                "list": {"type": "array", "items": {"type": "string"}},
                "with-dash": {"type": "string"},
            },
        },
        "Bad": {
            "type": "object",
            "additionalProperties": False,
            "required": ["code", "words"],
            "properties": {"code": {"type": "integer"}, "words": {"type": "string"}},
        },
    },
}


def emitted(folder: Path, schema: dict[str, Any]) -> str:
    provider = folder / "tiny"
    shutil.copytree(TESTS / "refusals" / "tiny", provider)
    (provider / "ask.response.schema.json").write_text(json.dumps(schema, indent=2))
    it = plan.read(provider)
    lint.check(it)
    source = emitter.emit(it)
    assert source is not None
    return source


def form_of(folder: Path, schema: dict[str, Any]) -> TextForm:
    """The form that the emitted module has."""
    names: dict[str, Any] = {}
    exec(emitted(folder, schema), names)
    return names["ASK_RESPONSE"]["plain"]


def changed(**form: Any) -> dict[str, Any]:
    return {**deepcopy(SCHEMA), "x-text-forms": {"plain": {**FORM, **form}}}


@pytest.mark.parametrize(
    ("labels", "text"),
    [
        (("", "", ""), "1,one,14\r\n-2, two\nlines, 2,a-1"),
        (("N", "word", "ID"), "N = 1, word = one, ID = 14\r\nN = -2, word = two\nlines, 2, ID = a-1"),
    ],
)
def test_a_form_reads_its_rows_and_its_errors(tmp_path: Path, labels: tuple[str, ...], text: str) -> None:
    names = ("number", "word", "own")
    form = form_of(tmp_path, changed(columns=[list(each) for each in zip(labels, names, strict=True)]))
    assert text_forms.parse(form, text) == [
        {"number": 1, "word": "one", "own": 14},
        {"number": -2, "word": "two\nlines, 2", "own": "a-1"},
    ]
    assert text_forms.parse(form, "E7") == {"code": 7, "words": ""}
    with pytest.raises(text_forms.NotRows):
        text_forms.parse(form, "E")


COLUMNS = FORM["columns"]
TWICE = "each column must be another field"
BETWEEN = "free must be a column between others"
FIELDS = "the columns must be fields of the records of an array at the root"
LABELS = "each column must have a label of letters, digits and _, or none of them one"
KINDS = "a column must be a string or an integer, and named like a variable"
GROUPS = "the groups of an error's pattern must be fields of its record"
TOLD = "an error without markup must tell what it requires, but for words"


def error(pattern: str, record: str = "Bad") -> dict[str, Any]:
    return {"error": {"record": record, "pattern": pattern}}


@pytest.mark.parametrize(
    ("form", "problem"),
    [
        ({"columns": [*COLUMNS, ["", "number"]]}, TWICE),
        ({"columns": [["", "word"], ["", "number"]]}, BETWEEN),
        ({"columns": [["", "number"], ["", "word"]]}, BETWEEN),
        ({"free": "other"}, BETWEEN),
        ({"columns": [["", "number"], ["", "other"], ["", "own"]]}, FIELDS),
        ({"columns": [["N", "number"], ["", "word"], ["", "own"]]}, LABELS),
        ({"columns": [["N o", "number"], ["w", "word"], ["i", "own"]]}, LABELS),
        ({"columns": [*COLUMNS, ["", "price"]]}, KINDS),
        ({"columns": [*COLUMNS, ["", "list"]]}, KINDS),
        ({"columns": [*COLUMNS, ["", "with-dash"]]}, KINDS),
        ({"columns": [["", "word"], ["", "number"], ["", "own"]], "free": "number"}, "free must be a string"),
        (error("E(?P<code>[0-9]+)", "Other"), "no record is called Other"),
        (error("E("), "the pattern of an error is none: missing ), unterminated subpattern at position 1"),
        (error("E"), GROUPS),
        (error("(?P<other>E)"), GROUPS),
        (error("(?P<words>E)"), TOLD),
    ],
)
def test_a_form_of_which_no_row_could_be_made_out_is_refused(tmp_path: Path, form: Any, problem: str) -> None:
    with pytest.raises(SchemaError) as caught:
        emitted(tmp_path, changed(**form))
    assert caught.value.problem == problem
    assert caught.value.position.file == "ask.response.schema.json"
    assert caught.value.position.line > 1
    assert caught.value.__cause__ is None


def test_a_document_without_such_forms_has_no_module(tmp_path: Path) -> None:
    shutil.copytree(TESTS / "refusals" / "tiny", tmp_path / "tiny")
    assert emitter.emit(plan.read(tmp_path / "tiny")) is None
