"""The model says of each schema what its file says: places, limits, marks."""

from __future__ import annotations

import functools
import json
import operator
import re
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.cases import BY_NAME, PROVIDERS, Case, every_document

from smswire.schema import SchemaError, load, load_folder
from smswire.schema.model import Array, Facets, Field, Pattern, Ref, Scalar, Type, Union
from smswire.schema.positions import lines_by_pointer
from smswire_codegen.names import attribute_of
from smswire_documents._runtime.locate import schemas


@every_document
def test_a_document_knows_what_its_file_name_says(case: Case) -> None:
    model = case.model
    assert model.name == case.type.name == f"{case.type.provider}/{'.'.join(case.schema.name.split('.')[:2])}"
    assert model.file == case.schema.name
    assert model.direction == case.type.direction == case.schema.name.split(".")[1]
    assert model.format == case.type.format


@every_document
def test_positions_are_the_lines_that_declare(case: Case) -> None:
    for record, field in case.model.fields():
        line = _line(case, field.position)
        if field.place == "text":
            assert field.position == record.position
        elif case.type.format == "xml":
            assert re.search(rf'<xs:(attribute|element) name="{field.name}"', line)
        else:
            assert f'"{field.name}":' in line
    for record in case.records:
        line = _line(case, record.position)
        if case.type.format == "xml":
            assert f'<xs:complexType name="{record.name}"' in line or "<xs:complexType>" in line
        else:
            assert f'"{record.name}":' in line or (record.position.line == 1 and record.name == case.model.class_name)


def _line(case: Case, position: Any) -> str:
    return (case.schema.parent / position.file).read_text("utf-8").splitlines()[position.line - 1]


@every_document
def test_evidence_marks_are_those_of_the_file(case: Case) -> None:
    files = {each.position.file for record in case.records for each in (record, *record.fields)} | {case.schema.name}
    marked = {mark for file in files for mark in re.findall(r"\[([CSI])\]", (case.schema.parent / file).read_text())}
    assert case.model.evidence <= marked
    own = re.findall(r"\[([CSI])\]", case.schema.read_text())
    assert case.model.evidence >= set(own)
    assert case.type.evidence == ", ".join(sorted(case.model.evidence))


@every_document
def test_what_the_generated_classes_hold_is_what_the_model_says(case: Case) -> None:
    for record in case.records:
        assert {attribute_of(each) for each in record.fields} == set(case.cls(record.name).__slots__)
    assert {each.__name__ for each in case.type.types} == set(case.model.records)


@every_document
def test_the_generated_annotations_are_the_types_of_the_model(case: Case) -> None:
    for record in case.records:
        hints = get_type_hints(case.cls(record.name))
        for each in record.fields:
            one = annotation(case, each.type)
            optional = one if each.minimum or each.fixed is not None else one | None
            assert hints[attribute_of(each)] == (tuple[one, ...] if each.repeated else optional)


def annotation(case: Case, kind: Type) -> Any:
    """What a value of a type is annotated with."""
    if isinstance(kind, Ref):
        return case.cls(kind.name)
    if isinstance(kind, Array):
        return tuple[annotation(case, kind.items), ...]  # type: ignore[misc]
    if isinstance(kind, Union):
        return functools.reduce(operator.or_, [annotation(case, each) for each in kind.members])
    if kind.facets.values is not None:
        return Literal[kind.facets.values]
    return {"string": str, "integer": int, "number": Decimal, "boolean": bool}[kind.base]


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_folder_is_loaded_whole(provider: str) -> None:
    names = {each.name for each in load_folder(schemas() / provider)}
    assert names == {name for name in BY_NAME if name.startswith(f"{provider}/")}


def field(document: str, record: str, name: str) -> Field:
    [found] = [each for each in BY_NAME[document].model.records[record].fields if each.name == name]
    return found


ORDER = "specimen/order.request"


def test_facets_of_a_derived_type_hold_those_of_its_bases() -> None:
    code = field(ORDER, "OrderRequest", "number").type
    assert isinstance(code, Scalar)
    assert (code.facets.min_length, code.facets.max_length) == (2, 5)
    assert [each.source for each in code.facets.patterns] == ["1.*|.*7", "[0-9]+"]


@pytest.mark.parametrize(
    ("record", "name", "base", "minimum", "maximum"),
    [
        ("OrderRequest", "count", "integer", 0, 255),
        ("OrderRequest", "amount", "integer", 0, 100),
        ("OrderRequest", "price", "number", "-0.5", "99.95"),
        ("OrderRequest", "weight", "number", None, None),
        ("Row", "value", "integer", -(2**31), 2**31 - 1),
    ],
)
def test_bounds_of_built_in_types_are_facets(record: str, name: str, base: str, minimum: Any, maximum: Any) -> None:
    kind = field(ORDER, record, name).type
    bounds = [None if each is None else Decimal(each) for each in (minimum, maximum)]
    assert kind == Scalar(base, Facets(minimum=bounds[0], maximum=bounds[1]))  # type: ignore[arg-type]


def test_a_length_is_both_limits() -> None:
    password = field(ORDER, "Account", "password").type
    assert password == Scalar("string", Facets(min_length=8, max_length=8))


def test_a_union_keeps_its_members() -> None:
    price = Scalar("number", Facets(minimum=Decimal("-0.5"), maximum=Decimal("99.95")))
    blank = Scalar("string", Facets(min_length=0, max_length=0))
    assert field(ORDER, "OrderRequest", "total").type == Union((price, blank))
    of_json = field("specimen/batch.request", "Item", "ref").type
    assert of_json == Union((Scalar("integer", Facets(minimum=Decimal(1))), Scalar("string", Facets(max_length=6))))


@pytest.mark.parametrize(
    ("name", "counts"),
    [("account", (1, 1)), ("backup", (0, 1)), ("number", (2, 3)), ("weight", (0, None)), ("row", (0, 2))],
)
def test_counts(name: str, counts: tuple[int, int | None]) -> None:
    found = field(ORDER, "OrderRequest", name)
    assert (found.minimum, found.maximum) == counts
    assert found.repeated is (counts[1] != 1)


def test_arrays_know_their_counts_separator_and_items() -> None:
    kind = field("specimen/query.request", "QueryRequest", "ids").type
    item = Scalar("string", Facets(min_length=1, patterns=(Pattern("^[^;]*$", "(?:[^;]*)"),)))
    assert kind == Array(item, 1, 3, ";")
    assert field("specimen/batch.request", "BatchRequest", "items").type == Array(Ref("Item"), 1, 2)


@pytest.mark.parametrize(
    ("document", "record", "name", "sensitive"),
    [
        (ORDER, "Account", "login", True),
        (ORDER, "Account", "password", True),  # its type is derived from a sensitive one
        (ORDER, "OrderRequest", "note", True),
        (ORDER, "OrderRequest", "account", False),
        (ORDER, "OrderRequest", "title", False),
        ("quicktel/sms_send.request", "Sms", "value", True),  # the type of the content
        ("specimen/batch.request", "BatchRequest", "phones", True),  # the items of an array
        ("specimen/batch.request", "BatchRequest", "tags", False),
        ("specimen/batch.request", "Auth", "token", True),
    ],
)
def test_sensitive_marks(document: str, record: str, name: str, sensitive: bool) -> None:
    assert field(document, record, name).sensitive is sensitive


@pytest.mark.parametrize(
    ("document", "record", "name", "table"),
    [
        ("specimen/order.response", "OrderResponse", "error", "error"),
        ("specimen/order.response", "Answer", "value", "state"),
        ("specimen/order.response", "Answer", "id", None),
        ("specimen/batch.response", "Single", "state", "state"),
    ],
)
def test_code_tables(document: str, record: str, name: str, table: str | None) -> None:
    assert field(document, record, name).codes == table


@pytest.mark.parametrize(
    ("document", "record", "name", "value"),
    [(ORDER, "OrderRequest", "kind", "order"), ("specimen/query.request", "QueryRequest", "mode", 2)],
)
def test_fixed_values(document: str, record: str, name: str, value: object) -> None:
    assert field(document, record, name).fixed == value


@pytest.mark.parametrize("name", ["x.xsd", "x.reply.xsd", "x.request.json", "x.request.schema.yaml", "request.xsd"])
def test_a_file_of_another_name_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("")
    with pytest.raises(SchemaError) as caught:
        load(tmp_path / name)
    assert str(caught.value).startswith(f"{name}:1: ")


keys = st.text(max_size=4) | st.sampled_from(["", "a/b", "~", "~1", '"', "\\", "{", "[", ",", ":"])
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | keys,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


@given(data=json_values, indent=st.sampled_from([0, 1, 4, None]), ascii_only=st.booleans())
def test_lines_by_pointer_are_the_lines_of_keys_and_items(data: object, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(data, indent=indent, ensure_ascii=ascii_only)
    assert lines_by_pointer(text) == dict(_expected(data, indent is not None))


def _expected(data: object, split: bool, pointer: str = "", line: int = 1) -> list[tuple[str, int]]:
    """Pointer and line of everything within data, when each key and item has a line of its own, or all have one."""
    found = [(pointer, line)]
    items = list(data.items()) if isinstance(data, dict) else list(enumerate(data)) if isinstance(data, list) else []
    for key, value in items:
        line += split
        step = str(key).replace("~", "~0").replace("/", "~1")
        inner = _expected(value, split, f"{pointer}/{step}", line)
        found += inner
        line = _last(value, line, split)
    return found


def _last(data: object, line: int, split: bool) -> int:
    """The line on which a value that begins on `line` ends."""
    if not split or not isinstance(data, (dict, list)) or not data:
        return line
    values = data.values() if isinstance(data, dict) else data
    for each in values:
        line = _last(each, line + 1, split)
    return line + 1
