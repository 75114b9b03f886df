"""What the package offers: its names, and the equality of the blocking and the asynchronous clients."""

from __future__ import annotations

import inspect
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest

import smswire
from smswire import quicktel, smsc
from smswire.operation import Op, PagedOp

NAMES = [
    "AuthenticationError",
    "CallError",
    "Capabilities",
    "DeliveryState",
    "Drift",
    "InsufficientFunds",
    "ItemError",
    "Message",
    "NotSent",
    "Outcome",
    "OutcomeUnknown",
    "PayloadError",
    "ProviderError",
    "RateLimited",
    "Receipt",
    "Ref",
    "ReplyError",
    "Report",
    "SmsError",
    "TransportError",
    "UnreadableReply",
    "quicktel",
    "smsc",
]
PROVIDERS = pytest.mark.parametrize("module", [quicktel, smsc], ids=lambda module: module.__name__.rpartition(".")[2])


def test_names_are_pinned() -> None:
    assert smswire.__all__ == NAMES
    assert set(NAMES) <= set(dir(smswire))


@pytest.mark.parametrize("name", NAMES)
def test_every_name_resolves(name: str) -> None:
    value = getattr(smswire, name)
    assert isinstance(value, ModuleType) or value.__name__ == name


def test_other_names_do_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        smswire.nothing  # type: ignore[attr-defined]  # noqa: B018


@PROVIDERS
def test_names_of_a_provider_resolve(module: ModuleType) -> None:
    assert sorted(module.__all__) == module.__all__
    for name in module.__all__:
        assert getattr(module, name).__doc__, name


def public(cls: type) -> dict[str, Any]:
    return {name: getattr(cls, name) for name in dir(cls) if not name.startswith("_")}


@PROVIDERS
def test_both_clients_have_the_same_methods(module: ModuleType) -> None:
    blocking, awaited = public(module.Client), public(module.AsyncClient)
    assert blocking.keys() == awaited.keys()
    for name, value in blocking.items():
        if isinstance(value, (Op, PagedOp)):
            # written once: nothing can differ
            assert awaited[name] is value
            assert value.__doc__, name
        elif inspect.isfunction(value):
            assert value.__doc__ == awaited[name].__doc__, name
            assert list(inspect.signature(value).parameters) == list(inspect.signature(awaited[name]).parameters)
        else:
            assert awaited[name] == value


@PROVIDERS
def test_both_clients_have_the_same_settings(module: ModuleType) -> None:
    blocking, awaited = (inspect.signature(cls).parameters for cls in (module.Client, module.AsyncClient))
    assert [(each.name, each.default) for each in blocking.values()] == [
        (each.name, each.default) for each in awaited.values()
    ]
    assert {each.kind for each in blocking.values()} == {inspect.Parameter.KEYWORD_ONLY}


@PROVIDERS
def test_methods_of_an_instance_are_documented(module: ModuleType) -> None:
    settings = {"login": "l", "password": "p", "base_url": "http://127.0.0.1:9"}
    with module.Client(**settings) as client:
        for name, value in public(module.Client).items():
            if isinstance(value, (Op, PagedOp)):
                assert getattr(client, name).__doc__ == value.__doc__, name


NETWORK = {"httpx", "httpcore", "anyio", "ssl"}
HEAVY = NETWORK | {"msgspec", "jsonschema_rs", "xmlschema", "starlette", "uvicorn", "click", "rich"}


def loaded(code: str) -> set[str]:
    """Which of the heavy modules an interpreter has loaded after `code`."""
    # httpx imports its own command line, with click and rich, wherever they are installed
    lean = f"import sys; sys.modules['httpx._main'] = None\n{code}\nprint(*(set(sys.modules) & set({sorted(HEAVY)!r})))"
    done = subprocess.run([sys.executable, "-c", lean], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_loads_little() -> None:
    assert loaded("import smswire") == set()


def test_building_a_client_loads_no_network() -> None:
    code = "from smswire import Message, quicktel, smsc\nfor each in (quicktel, smsc):\n"
    assert loaded(code + "    each.Client(login='l', password='p', base_url='https://sms.example.org')") == set()


def test_sending_loads_neither_server_nor_schema_model() -> None:
    code = """
import httpx
from smswire import Message, quicktel
def answer(request):
    return httpx.Response(200, content=b'<xml_result res="0"><push sms_id="a" push_id="1" res="0"/></xml_result>')
settings = dict(login="l", password="p", base_url="http://127.0.0.1:9", http=httpx.MockTransport(answer))
with quicktel.Client(**settings) as client:
    assert client.send([Message(to="79001234567", text="t", sender="S", id="a")])[0].accepted
"""
    assert loaded(code) <= NETWORK
