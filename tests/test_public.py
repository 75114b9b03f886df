"""What the package offers: its names, and the equality of the blocking and the asynchronous clients."""

from __future__ import annotations

import inspect
import subprocess
import sys
from types import ModuleType
from typing import Any

import pytest
from faults.gateways import GATEWAYS, Gateway

import smswire
from smswire import diff, kazinfoteh, quicktel, smsc, webcom
from smswire.methods import _noted
from smswire.operation import Op, PagedOp

NAMES = [
    "AuthenticationError",
    "CallError",
    "Capabilities",
    "DeliveryState",
    "Drift",
    "Estimate",
    "InsufficientFunds",
    "ItemError",
    "Message",
    "NotFound",
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
    "estimate",
    "kazinfoteh",
    "quicktel",
    "smsc",
    "webcom",
]
CLIENTS = {
    kazinfoteh: [
        "AsyncClient",
        "Client",
        "GetInfoByIdRequest",
        "GetInfoByIdResponse",
        "MessageResults",
        "Messages",
        "Msg",
        "MsgDefaults",
        "MsgReference",
        "MsgResult",
        "MsgStatus",
        "RequestError",
        "SendMessageRequest",
        "SendMessageResponse",
        "Status",
        "StatusQuery",
        "StatusResults",
    ],
    quicktel: [
        "AsyncClient",
        "Client",
        "MessageResult",
        "Push",
        "RequestResult",
        "Sms",
        "SmsReference",
        "SmsSendRequest",
        "SmsSendResponse",
        "SmsStatus",
        "SmsStatus2Request",
        "SmsStatus2Response",
        "Status",
        "User",
    ],
    smsc: [
        "AsyncClient",
        "Client",
        "DeliveryError",
        "GetMessagesRequest",
        "GetMessagesResponse",
        "GetMessagesXmlResponse",
        "GetMessagesXmlResponseList",
        "GetMessagesXmlResponseResult",
        "HistoryError",
        "HistoryRecord",
        "HistoryRow",
        "MessageStatus",
        "SendError",
        "SendRequest",
        "SendResponse",
        "SendXmlResponse",
        "Sent",
        "SentPhone",
        "Status",
        "StatusError",
        "StatusRequest",
        "StatusResponse",
        "Type",
    ],
    webcom: [
        "Abonent",
        "AsyncClient",
        "CardAddress",
        "CardPhones",
        "Client",
        "Information",
        "JsonError",
        "JsonState",
        "JsonStateQuery",
        "JsonStateRequest",
        "JsonStateResponse",
        "RequestError",
        "SecretValue",
        "Security",
        "SendResult",
        "State",
        "StateQuery",
        "Status",
        "TextMessage",
        "XmlSendRequest",
        "XmlSendResponse",
        "XmlStateRequest",
        "XmlStateResponse",
    ],
}
METHODS = {
    kazinfoteh: {"send", "status", "resolve", "send_message", "get_info_by_id"},
    quicktel: {"send", "status", "resolve", "sms_send", "sms_status2"},
    smsc: {
        "send",
        "status",
        "resolve",
        "history",
        "send_php",
        "send_xml",
        "status_php",
        "get_messages",
        "get_messages_xml",
        "get_messages_text",
    },
    webcom: {"send", "status", "resolve", "xml_send", "xml_state", "json_state"},
}
PROVIDERS = pytest.mark.parametrize("module", CLIENTS, ids=lambda module: module.__name__.rpartition(".")[2])
SETTINGS = {"login": "l", "password": "p", "base_url": "http://127.0.0.1:9"}


def test_names_are_pinned() -> None:
    assert smswire.__all__ == NAMES
    assert set(NAMES) <= set(dir(smswire))


@pytest.mark.parametrize("name", NAMES)
def test_every_name_resolves(name: str) -> None:
    value = getattr(smswire, name)
    assert isinstance(value, ModuleType) or value.__name__ == name


def test_the_names_of_the_comparison_are_pinned() -> None:
    assert diff.__all__ == [
        "ComparisonError",
        "Direction",
        "Finding",
        "Level",
        "Place",
        "Profile",
        "Report",
        "Schema",
        "UnreadableSchema",
        "UnresolvedReference",
        "Witness",
        "compare",
    ]
    # of a type that is only another's name nothing is known when it is used
    for name in set(diff.__all__) - {"Direction", "Level", "Profile", "Schema"}:
        assert getattr(diff, name).__doc__, name
    assert list(inspect.signature(diff.compare).parameters) == [
        "old",
        "new",
        "direction",
        "profile",
        "root",
        "timeout",
        "levels",
    ]
    for name in ("UnreadableSchema", "UnresolvedReference", "ValueError", "TypeError", "ModuleNotFoundError"):
        assert f"`{name}`" in (diff.compare.__doc__ or "")


def test_other_names_do_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        smswire.nothing  # type: ignore[attr-defined]  # noqa: B018


@PROVIDERS
def test_names_of_a_provider_resolve(module: ModuleType) -> None:
    assert module.__all__ == CLIENTS[module]
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


CAPABILITIES = {
    # history, scheduled_send, validity, duplicate_detection, status_by_client_id, max_batch
    kazinfoteh: (False, True, True, False, True, 250),
    quicktel: (False, False, True, True, False, 250),
    smsc: (True, True, True, False, True, 1),
    webcom: (False, True, True, True, False, 250),
}


@PROVIDERS
def test_capabilities_are_pinned(module: ModuleType) -> None:
    """A client that stops to offer something would still say so truly."""
    can = module.Client.capabilities
    assert can is module.AsyncClient.capabilities
    history, scheduled, validity, recognises, by_own_id, batch = CAPABILITIES[module]
    assert can == smswire.Capabilities(
        history=history,
        balance=False,
        scheduled_send=scheduled,
        validity=validity,
        duplicate_detection=recognises,
        status_by_client_id=by_own_id,
        max_batch=batch,
        charset="utf-8",
    )


@PROVIDERS
def test_both_clients_have_the_same_settings(module: ModuleType) -> None:
    blocking, awaited = (inspect.signature(cls).parameters for cls in (module.Client, module.AsyncClient))
    assert [(each.name, each.default) for each in blocking.values()] == [
        (each.name, each.default) for each in awaited.values()
    ]
    assert {each.kind for each in blocking.values()} == {inspect.Parameter.KEYWORD_ONLY}


@PROVIDERS
def test_methods_of_an_instance_are_documented(module: ModuleType) -> None:
    """What `help` shows of a method: plain paragraphs, and the parameters that a caller gives."""
    operations = {name for name, value in public(module.Client).items() if isinstance(value, (Op, PagedOp))}
    assert operations == METHODS[module]
    with module.Client(**SETTINGS) as client:
        for name in operations:
            method = getattr(client, name)
            assert method.__name__ == method.__qualname__ == name
            assert method.__doc__ == getattr(module.Client, name).__doc__
            lines = (inspect.getdoc(method) or "").splitlines()
            assert lines[0][-1] in ".:;"
            assert [each for each in lines if each != each.strip()] == []
            assert not {"call", "place"} & set(inspect.signature(method).parameters)


FACADE = {"send": "messages", "status": "messages", "resolve": "error"}
SAID = {
    kazinfoteh: {"send": "250 messages", "status": "`gateway_id` or, without one, by its `id`"},
    quicktel: {"send": "`Receipt.duplicate`", "status": "`gateway_id`"},
    smsc: {"send": "one message", "status": "`RateLimited`"},
    webcom: {"send": "to the minute", "status": "`gateway_id`"},
}


@PROVIDERS
@pytest.mark.parametrize("name", FACADE)
def test_methods_of_the_facade_are_documented_alike(name: str, module: ModuleType) -> None:
    """With the same parameters and first words everywhere, and what is particular to a provider at the end."""
    method = getattr(module.Client(**SETTINGS), name)
    assert list(inspect.signature(method).parameters) == [FACADE[name]]
    first, *paragraphs = (inspect.getdoc(method) or "").split("\n\n")
    other = getattr(quicktel.Client(**SETTINGS), name)
    assert first.split(":")[0].split(",")[0] == (inspect.getdoc(other) or "").split(":")[0].split(",")[0]
    assert all(each == inspect.cleandoc(each) for each in paragraphs)
    assert "`PayloadError`" in " ".join(paragraphs)
    assert SAID[module].get(name, "") in " ".join(paragraphs[-1].split())


@pytest.mark.parametrize("indent", ["", "    ", "        "], ids=len)
def test_a_note_reads_the_same_whether_docstrings_are_indented(indent: str) -> None:
    """Python takes the indentation out of a docstring since 3.13."""

    def method() -> None: ...

    method.__doc__ = f"First line.\n\n{indent}Second.\n{indent}"
    assert inspect.getdoc(_noted(method, f"A note\n{indent}of two lines.")) == (
        "First line.\n\nSecond.\n\nA note\nof two lines."
    )


NETWORK = {"httpx", "httpcore", "anyio", "ssl"}
JSON = {"msgspec", "jsonschema_rs"}
HEAVY = NETWORK | JSON | {"phonenumbers", "xmlschema", "starlette", "uvicorn", "click", "rich"}
NEEDED = {"kazinfoteh": {"phonenumbers"}, "quicktel": set[str](), "smsc": JSON, "webcom": {"phonenumbers"}}
"""What a provider's send needs besides the network."""


def loaded(code: str) -> set[str]:
    """Which of the heavy modules an interpreter has loaded after `code`."""
    # httpx imports its own command line, with click and rich, wherever they are installed
    lean = f"import sys; sys.modules['httpx._main'] = None\n{code}\nprint(*(set(sys.modules) & set({sorted(HEAVY)!r})))"
    done = subprocess.run([sys.executable, "-c", lean], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_importing_loads_little() -> None:
    assert loaded("import smswire") == set()


def test_building_a_client_loads_no_network() -> None:
    code = "from smswire import Message, kazinfoteh, quicktel, smsc, webcom\n"
    code += "for each in (kazinfoteh, quicktel, smsc, webcom):\n"
    assert loaded(code + "    each.Client(login='l', password='p', base_url='https://sms.example.org')") == set()


@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
def test_sending_loads_neither_server_nor_schema_model(gateway: Gateway) -> None:
    code = f"""
import httpx
from smswire import Message, {gateway}
def answer(request):
    return httpx.Response(200, content={gateway.accepts!r})
settings = dict(login="l", password="p", base_url="http://127.0.0.1:9", http=httpx.MockTransport(answer))
with {gateway}.Client(**settings) as client:
    assert client.send([Message(to="77001234567", text="t", sender="S", id="17")])[0].accepted
"""
    assert loaded(code) == NETWORK | NEEDED[gateway.name]
