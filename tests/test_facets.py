"""A value that breaks a facet of the schema is refused where it is built, by an error that says the limit only."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from typing import Any

import attrs
import pytest
from support import examples, oracles
from support.cases import CASES, Case, every_document
from support.trials import CANARY, Trial, every_trial, traces

from smswire.schema.model import Array, Facets, Field, Scalar, Type, Union
from smswire_codegen.names import attribute_of
from smswire_documents import PayloadError

TRIALS = list(every_trial())
every = pytest.mark.parametrize("trial", TRIALS, ids=repr)


def arguments(trial: Trial, value: Any) -> dict[str, Any]:
    return {**examples.arguments(trial.case, trial.record, held=trial.field.name), trial.name: value}


@every
def test_an_illegal_value_is_refused_by_place_and_limit_and_never_quoted(trial: Trial) -> None:
    for value in trial.illegal:
        with pytest.raises(PayloadError) as caught:
            trial.case.cls(trial.record.name)(**arguments(trial, value))
        error = caught.value
        assert error.path == trial.path
        told = [str(error), repr(error), repr(error.args), repr(vars(error))]
        assert all(each in str(error) for each in (error.path, *trial.says))
        assert not [text for text in traces(trial, value) for each in told if text in each]
        assert error.__cause__ is None
        assert error.__context__ is None


@every
def test_a_value_at_the_limit_is_accepted(trial: Trial) -> None:
    for value in trial.legal:
        built = trial.case.cls(trial.record.name)(**arguments(trial, value))
        assert getattr(built, trial.name) == value


@pytest.mark.parametrize("trial", [each for each in TRIALS if each.formal], ids=repr)
def test_the_formal_schema_has_the_same_limit(trial: Trial) -> None:
    for value in trial.legal:
        assert all(_formally_valid(trial, value))
    for value in trial.illegal:
        assert not all(_formally_valid(trial, value))


def _formally_valid(trial: Trial, value: Any) -> list[bool]:
    """What the formal validator says to a document with the value in it, for each alternative of the root."""
    cls = trial.case.cls(trial.record.name)
    forced = object.__new__(cls)  # past the checks
    given = arguments(trial, value)
    for each in dataclasses.fields(cls):
        default = None if each.default is dataclasses.MISSING else each.default
        empty = () if each.default_factory is not dataclasses.MISSING else default
        object.__setattr__(forced, each.name, given.get(each.name, empty))
    swap = {trial.record.name: forced}
    return [_valid(trial.case, trial.case.type.dump(root)) for root in examples.roots(trial.case, swap=swap)]


def _valid(case: Case, dumped: Any) -> bool:
    if isinstance(dumped, bytes):
        return oracles.valid(case, dumped)
    return oracles.json_valid(case, dumped)


def test_every_facet_of_the_model_is_tried() -> None:
    tried = {(repr(each), each.facet) for each in TRIALS if each.illegal}
    names = {name for name, _ in tried}
    missing = [each for case in CASES for each in _facets(case) if each not in names]
    assert missing == []


def _facets(case: Case) -> list[str]:
    """Every facet by the model's own attributes, so that a new kind of facet is noticed."""
    found = []
    for record, field in case.model.fields():
        place = f"{case.type.provider}.{record.name}.{field.name}:"
        if field.fixed is not None and field.place != "key":
            continue  # no argument: see below
        if field.repeated:
            found += [place + name for name in _counts(field)]
        found += [place + name for name in _of_type(field.type)]
    return found


def _of_type(kind: Type) -> list[str]:
    if isinstance(kind, Array):
        return [f"items.{name}" for name in ["tuple", *_counts(kind), *_of_type(kind.items)]]
    if isinstance(kind, Union):
        return ["type", *(name for each in kind.members for name in _of_type(each))]
    if not isinstance(kind, Scalar):
        return ["type"]
    found = ["type"]
    for attribute in attrs.fields(Facets):
        limit = getattr(kind.facets, attribute.name)
        if attribute.name == "patterns":
            found += [f"pattern {each.source!a}" for each in limit]
        elif limit is not None and (attribute.name, limit) != ("min_length", 0):
            found.append(attribute.name)
    return found


def _counts(it: Field | Array) -> list[str]:
    return [name for name, limit in (("least", it.minimum or None), ("most", it.maximum)) if limit is not None]


@every_document
def test_a_fixed_attribute_cannot_be_given_and_has_its_value(case: Case) -> None:
    for record in case.records:
        for field in record.in_place("attribute"):
            if field.fixed is not None:
                assert getattr(examples.record(case, record.name), attribute_of(field)) == field.fixed
                with pytest.raises(TypeError):
                    case.cls(record.name)(**examples.arguments(case, record), **{attribute_of(field): CANARY})


@every_document
def test_what_is_required_must_be_given(case: Case) -> None:
    for record in case.records:
        for field in examples.settable(record):
            given = examples.arguments(case, record)
            required = given.pop(attribute_of(field), None) is not None
            if field.place == "text":
                continue  # xsdata gives a text the default "", which its own facets may refuse
            if required and field.fixed is None:
                with pytest.raises((TypeError, PayloadError)):
                    case.cls(record.name)(**given)
            else:
                case.cls(record.name)(**given)


@every_document
def test_documents_are_frozen_hashable_values(case: Case) -> None:
    for root in examples.roots(case):
        assert root == oracles.rebuilt(root)
        assert hash(root) == hash(oracles.rebuilt(root))
    for record in case.records:
        with pytest.raises(dataclasses.FrozenInstanceError):
            examples.record(case, record.name).__setattr__(attribute_of(record.fields[0]), Decimal(1))
