"""The code tables: each code of codes.toml is there as it says, and means exactly one thing to a caller."""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import Enum
from typing import Any

import pytest
from support.cases import PROVIDERS

from smswire.model import DeliveryState
from smswire_documents._runtime.description import Code, CodeTable
from smswire_documents._runtime.locate import schemas

TABLES = [
    pytest.param(provider, table, id=f"{provider}.{table.name}")
    for provider in PROVIDERS
    for table in importlib.import_module(f"smswire_documents.{provider}.operations").PROVIDER.codes
]
every_table = pytest.mark.parametrize(("provider", "table"), TABLES)


def source(provider: str) -> dict[str, Any]:
    return tomllib.loads((schemas() / provider / "codes.toml").read_text("utf-8"))


@every_table
def test_a_table_is_what_codes_toml_says(provider: str, table: CodeTable) -> None:
    stated = source(provider)[table.name]
    assert (table.doc, table.complete) == (stated["doc"], stated["complete"])
    assert list(table.codes) == [each["code"] for each in stated["codes"]]
    for each in stated["codes"]:
        code = table.get(each["code"])
        names = ("code", "name", "meaning", "evidence", "wire", "state", "final", "error")
        assert {name: getattr(code, name) for name in names} == {name: each.get(name) for name in names}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_no_table_is_left_out(provider: str) -> None:
    assert {each.values[1].name for each in TABLES if each.values[0] == provider} == set(source(provider))


@every_table
def test_the_enumeration_has_the_codes_of_its_table(provider: str, table: CodeTable) -> None:
    module = importlib.import_module(f"smswire_documents.{provider}.codes")
    enumeration: type[Enum] = getattr(module, "".join(word.capitalize() for word in table.name.split("_")))
    assert [each.value for each in enumeration] == list(table.codes)
    assert [each.name.lower() for each in enumeration] == [each.name for each in table.codes.values()]


@every_table
def test_an_unknown_code_has_no_entry(provider: str, table: CodeTable) -> None:
    assert [table.get(each) for each in (None, "", "no such code", 10**9)] == [None] * 4


@pytest.mark.parametrize("provider", PROVIDERS)
def test_every_provider_has_a_table_of_statuses(provider: str) -> None:
    assert "status" in source(provider)


# what each table is for, and with that what each of its codes has to say

ROLES = {
    "status": "status",
    "message_result": "result",
    "send_result": "result",
    "request_result": "error",
    "request_error": "error",
    "send_error": "error",
    "status_error": "error",
    "history_error": "error",
    "delivery_error": "remark",
    "type": "remark",
}
STATES = frozenset(DeliveryState)
ERRORS = {"authentication", "blocked", "date", "insufficient_funds", "item", "not_found", "parameters", "rate_limited"}
ERRORS |= {"refused"}


def problems(role: str, table: CodeTable) -> Iterator[str]:
    """What keeps the codes of a table from meaning one thing each.

    A status is a state and whether that is final. The result of a message is a state, or an error, which rejects it. An
    error of a request is one kind of error; a success among them says nothing. A remark on a message is neither.
    """
    for code in table.codes.values():
        if code.state is not None and code.state not in STATES:
            yield f"{code.code}: no such state"
        if code.error is not None and code.error not in ERRORS:
            yield f"{code.code}: no such kind of error"
        if role == "status" and (code.state is None or code.final is None):
            yield f"{code.code}: a status needs a state, and whether it is final"
        if role != "status" and code.final is not None:
            yield f"{code.code}: only a status is final or not"
        if role == "result" and code.state is None and code.error is None:
            yield f"{code.code}: a result needs a state or an error"
        if role == "error" and ((code.error is None) is not (code.name == "ok") or code.state is not None):
            yield f"{code.code}: an error needs a kind, and no state"
        if role == "remark" and (code.state is not None or code.error is not None):
            yield f"{code.code}: a remark is neither a state nor an error"
    codes = [(each.code, each.name) for each in table.codes.values()]
    if len({name for _, name in codes}) != len(codes) or list(table.codes) != [code for code, _ in codes]:
        yield "two codes have one name, or a code is under another key"


@every_table
def test_every_code_means_one_thing(provider: str, table: CodeTable) -> None:
    assert list(problems(ROLES[table.name], table)) == []


def made_up(*codes: Code) -> CodeTable:
    return CodeTable("made_up", "A table that no provider has.", True, {each.code: each for each in codes})


FINE = Code(code=1, name="one", meaning="one", evidence="D", state="sent", final=False)
OTHER = replace(FINE, code=2, name="two")
MADE_UP: Mapping[str, tuple[str, CodeTable, int]] = {
    "two statuses": ("status", made_up(FINE, OTHER), 0),
    "status without a state": ("status", made_up(FINE, replace(OTHER, state=None)), 1),
    "status without finality": ("status", made_up(FINE, replace(OTHER, final=None)), 1),
    "state that there is not": ("status", made_up(replace(FINE, state="on its way")), 1),
    "one name twice": ("status", made_up(FINE, replace(FINE, code=2)), 1),
    "result": ("result", made_up(replace(FINE, final=None)), 0),
    "result by its error": ("result", made_up(replace(FINE, final=None, state=None, error="item")), 0),
    "result that says nothing": ("result", made_up(replace(FINE, final=None, state=None)), 1),
    "result that is final": ("result", made_up(FINE), 1),
    "error": ("error", made_up(replace(FINE, final=None, state=None, error="refused")), 0),
    "error without a kind": ("error", made_up(replace(FINE, final=None, state=None)), 1),
    "error of a kind that there is not": ("error", made_up(replace(FINE, final=None, state=None, error="bad")), 1),
    "error with a state": ("error", made_up(replace(FINE, final=None, error="refused")), 1),
    "remark": ("remark", made_up(replace(FINE, final=None, state=None)), 0),
    "remark with a state": ("remark", made_up(replace(FINE, final=None)), 1),
}


@pytest.mark.parametrize(("role", "table", "count"), MADE_UP.values(), ids=MADE_UP)
def test_a_code_that_does_not_is_found(role: str, table: CodeTable, count: int) -> None:
    assert len(list(problems(role, table))) == count
