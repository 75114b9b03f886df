"""`smswire providers`: what the generated descriptions hold."""

from __future__ import annotations

import json

import pytest
from support.commands import Run

from smswire_documents import PROVIDERS
from smswire_documents.quicktel.codes import STATUS


def test_every_provider_is_listed_with_its_documents(smswire: Run) -> None:
    result = smswire("providers")
    assert result.code == 0
    for name in PROVIDERS:
        assert f"\n{name}: " in "\n" + result.out
    for document in ("kazinfoteh/send_message.request", "smsc/get_messages.response", "webcom/json_state.response"):
        assert f"\n{document} " in result.out
    assert "http://service.qtelecom.ru/public/http (plain http: needs --allow-plaintext)" in result.out
    assert "https://smsc.kz/sys\n" in result.out
    assert "documents only" not in result.out
    assert "D documented by the provider" in result.out
    assert "codes status" not in result.out


def test_one_provider_is_shown_with_its_codes(smswire: Run) -> None:
    result = smswire("providers", "quicktel")
    assert result.code == 0
    assert "smsc" not in result.out
    for each in STATUS.codes.values():
        assert f"\n{each.code} " in result.out
        assert each.meaning in result.out


def test_json(smswire: Run) -> None:
    listed = json.loads(smswire("providers", "--json").out)
    assert [each["id"] for each in listed["providers"]] == list(PROVIDERS)
    assert set(listed["evidence"]) == {"D", "C", "S", "I"}


@pytest.mark.parametrize("provider", PROVIDERS)
def test_json_of_one(smswire: Run, provider: str) -> None:
    shown = json.loads(smswire("providers", provider, "--json").out)
    assert shown["id"] == provider
    documents = {each["name"] for each in shown["documents"]}
    for operation in shown["operations"]:
        assert {operation["request"], operation["response"]} <= documents
    assert all(table["codes"] for table in shown["codes"])
