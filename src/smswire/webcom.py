"""Webcom Mobi: the client, and the provider's own typed documents.

>>> from smswire import Message, webcom
>>> with webcom.Client(login="l", password="p", base_url="http://127.0.0.1:8025/webcom") as client:
...     receipts = client.send([Message(to="+79001234567", text="Привет", sender="SHOP", id="17")])

Source: https://apidocs.webcom.mobi/. Evidence and decisions: schemas/webcom/SOURCES.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import ClassVar, Literal
from zoneinfo import ZoneInfo

from smswire.client import AsyncBaseClient, SyncClient
from smswire.exchange import Call, Steps
from smswire.facade import capabilities
from smswire.methods import reporting, resending, sending
from smswire.model import Capabilities
from smswire.operation import Op
from smswire.providers import webcom as rules
from smswire_documents._runtime.description import Provider
from smswire_documents.webcom import (
    Abonent,
    CardAddress,
    CardPhones,
    Information,
    JsonError,
    JsonState,
    JsonStateQuery,
    JsonStateRequest,
    JsonStateResponse,
    SecretValue,
    Security,
    State,
    StateQuery,
    TextMessage,
    XmlSendRequest,
    XmlSendResponse,
    XmlStateRequest,
    XmlStateResponse,
)
from smswire_documents.webcom.codes import RequestError, SendResult, Status
from smswire_documents.webcom.operations import JSON_STATE, PROVIDER, XML_SEND, XML_STATE


def _xml_send(call: Call, messages: Iterable[TextMessage]) -> Steps[XmlSendResponse]:
    """Exchange the provider's own XML document that sends. A subscriber without `number_sms` gets one."""
    request = rules.send_request(call.credentials, messages)
    ids = [each.client_id_sms for message in request.message for each in message.abonent if each.client_id_sms]
    return call.exchange(XML_SEND, request, rules.refusal, ids)


def _xml_state(call: Call, ids: Iterable[int]) -> Steps[XmlStateResponse]:
    """Exchange the provider's own XML document of statuses, by `id_sms`."""
    return call.exchange(XML_STATE, rules.state_request(call.credentials, ids), rules.refusal)


def _json_state(call: Call, ids: Iterable[int], detail: Literal[0, 1] = 0) -> Steps[JsonStateResponse]:
    """Exchange the provider's own JSON document of statuses, by `id_sms`; `detail=1` adds parts and price of a part."""
    return call.exchange(JSON_STATE, rules.json_request(call.credentials, ids, detail), rules.json_refusal)


class _Operations:
    provider: ClassVar[Provider] = PROVIDER
    # times are those of the account, whose zone no document tells; the platform counts zones from Moscow's
    default_zone: ClassVar[tzinfo] = ZoneInfo("Europe/Moscow")
    takes_token: ClassVar[bool] = True
    capabilities: ClassVar[Capabilities] = capabilities(rules.SEND, rules.STATUS_OF)

    send = sending(
        rules.SEND,
        """A request holds 250 messages; the provider states no limit. `id` has to be a number; a repeated one sends
        nothing again. `send_at` and the end of `valid_for` are told to the minute, never earlier than asked for.""",
    )
    status = reporting(rules.STATUS_OF, "Webcom finds a message by its `gateway_id`.")
    resolve = resending(rules.SEND)
    xml_send = Op(_xml_send)
    xml_state = Op(_xml_state)
    json_state = Op(_json_state)


class Client(_Operations, SyncClient):
    """Blocking client of Webcom; settings as in `smswire.client.SyncClient`. `zone` is Europe/Moscow by default."""


class AsyncClient(_Operations, AsyncBaseClient):
    """Asynchronous client of Webcom; settings as in the blocking one."""


__all__ = [
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
]
