"""The model says of each schema which children exclude each other, and which roots a document may have."""

from __future__ import annotations

import pytest
from support.cases import BY_NAME, Case, every_document

from smswire.schema.model import Alternative, Array, Choice, Field, Ref, Union

PARCEL = "specimen/parcel.request"


def field(record: str, name: str) -> Field:
    [found] = [each for each in BY_NAME[PARCEL].model.records[record].fields if each.name == name]
    return found


@every_document
def test_the_fields_of_a_choice_are_optional_by_themselves(case: Case) -> None:
    for record in case.records:
        fields = {each.name: each for each in record.fields}
        for choice in record.choices:
            for alternative in choice.alternatives:
                assert set(alternative.required) <= set(alternative.fields)
                assert {fields[name].minimum for name in alternative.fields} == {0}


def test_a_choice_knows_its_alternatives_in_document_order() -> None:
    [choice] = BY_NAME[PARCEL].model.records["Place"].choices
    assert choice == Choice(
        (
            Alternative(("street", "zipCode", "phone"), ("street",)),
            Alternative(("box", "phone", "zipCode"), ("box", "phone")),
            Alternative(("is",), ("is",)),
        )
    )


def test_choices_within_a_sequence_stand_in_it() -> None:
    record = BY_NAME[PARCEL].model.records["ParcelRequest"]
    children = "from weightGrams width height depth piece note door locker pin class"
    assert [each.name for each in record.in_place("element")] == children.split()
    assert record.choices == (
        Choice(
            (
                Alternative(("weightGrams",), ("weightGrams",)),
                Alternative(("width", "height", "depth"), ("width", "height")),
                Alternative(("piece",), ("piece",)),
            )
        ),
        Choice((Alternative(("door",), ("door",)), Alternative(("locker", "pin"), ("locker", "pin"))), optional=True),
    )
    piece = field("ParcelRequest", "piece")
    assert (piece.minimum, piece.maximum) == (0, 3)


def test_a_choice_of_which_one_alternative_may_be_empty_is_optional() -> None:
    [choice] = BY_NAME[PARCEL].model.records["Locker"].choices
    assert choice == Choice((Alternative(("row", "column"), ()), Alternative(("key",), ())), optional=True)


def test_a_field_of_several_alternatives_is_one_with_what_is_said_of_it_in_each() -> None:
    assert field("Place", "zipCode").doc == "Where the parcel is sorted. Seen at a sister vendor only [S]."
    assert "S" in BY_NAME[PARCEL].model.evidence


def test_a_document_of_several_roots_is_any_of_them() -> None:
    model = BY_NAME["specimen/parcel.response"].model
    names = ("ParcelResponseTracked", "ParcelResponseNotFound", "ParcelResponseEmpty")
    assert model.elements == ("tracked", "notFound", "empty")
    assert model.root == Union(tuple(map(Ref, names)))
    assert [model.records[name].in_place("text") != () for name in names] == [False, True, False]
    for said in ("a choice of repeated elements", "a text", "without content"):
        assert said in model.doc


def test_a_document_of_one_root_is_called_after_its_file() -> None:
    model = BY_NAME["specimen/order.request"].model
    assert (model.elements, model.root) == (("order",), Ref("OrderRequest"))


@pytest.mark.parametrize(
    ("document", "counts"), [("bulk.request", (2, 3)), ("query.response", (0, None)), ("pick.request", (1, 2))]
)
def test_an_array_at_the_root_knows_its_counts(document: str, counts: tuple[int, int | None]) -> None:
    [array] = [each for each in BY_NAME[f"specimen/{document}"].alternatives if isinstance(each, Array)]
    assert (array.minimum, array.maximum) == counts
