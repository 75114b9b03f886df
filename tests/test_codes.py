"""The code tables: each code of codes.toml is there as it says, and each state is one that smswire knows."""

from __future__ import annotations

import importlib
import tomllib
from enum import Enum
from typing import Any

import pytest
from support.cases import PROVIDERS

from smswire.model import DeliveryState
from smswire_documents._runtime.description import CodeTable
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
def test_every_state_is_a_delivery_state(provider: str, table: CodeTable) -> None:
    for code in table.codes.values():
        assert code.state is None or DeliveryState(code.state)


@every_table
def test_every_status_has_a_state_and_says_whether_it_is_final(provider: str, table: CodeTable) -> None:
    if table.name == "status":
        assert [each for each in table.codes.values() if each.state is None or each.final is None] == []


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
