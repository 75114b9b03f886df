"""KazInfoTeh (KiT): the client, and the provider's own typed documents.

>>> from smswire import Message, kazinfoteh
>>> with kazinfoteh.Client(login="l", password="p", base_url="http://127.0.0.1:8025/kazinfoteh") as client:
...     receipts = client.send([Message(to="+77001234567", text="Привет", sender="INFO_KAZ", id="17")])

Source: the provider's portal and its documentation of 2020. Evidence and decisions: schemas/kazinfoteh/SOURCES.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import ClassVar
from zoneinfo import ZoneInfo

from smswire.client import AsyncBaseClient, SyncClient
from smswire.exchange import Call, Steps
from smswire.facade import capabilities
from smswire.methods import looking_up, reporting, sending
from smswire.model import Capabilities
from smswire.operation import Op
from smswire.providers import kazinfoteh as rules
from smswire_documents._runtime.description import Provider
from smswire_documents.kazinfoteh import (
    GetInfoByIdRequest,
    GetInfoByIdResponse,
    MessageResults,
    Messages,
    Msg,
    MsgDefaults,
    MsgReference,
    MsgResult,
    MsgStatus,
    SendMessageRequest,
    SendMessageResponse,
    StatusQuery,
    StatusResults,
)
from smswire_documents.kazinfoteh.codes import RequestError, Status
from smswire_documents.kazinfoteh.operations import GET_INFO_BY_ID, PROVIDER, SEND_MESSAGE


def _send_message(call: Call, msg: Iterable[Msg], default: MsgDefaults | None = None) -> Steps[SendMessageResponse]:
    """Exchange the provider's own document sendMessage, which is sendBulkMessage as well: one message or many.

    `default` holds the attributes of the messages that do not have their own.
    """
    request = rules.send_request(call.credentials, msg, default)
    return call.exchange(
        SEND_MESSAGE, request, rules.refusal, [str(each.id) for each in request.message.msg if each.id is not None]
    )


def _get_info_by_id(call: Call, msg: Iterable[MsgReference]) -> Steps[GetInfoByIdResponse]:
    """Exchange the provider's own document getInfoByID: statuses by `id`, the client's, or `sms_id`, the gateway's."""
    return call.exchange(GET_INFO_BY_ID, rules.status_request(call.credentials, msg), rules.refusal)


class _Operations:
    provider: ClassVar[Provider] = PROVIDER
    default_zone: ClassVar[tzinfo] = ZoneInfo("Asia/Almaty")
    capabilities: ClassVar[Capabilities] = capabilities(rules.SEND, rules.STATUS_OF)

    send = sending(
        rules.SEND,
        """A request holds 250 messages; the provider states no limit. `id` has to be a number, and one that no message
        of this login had before: what a repeated one does is not documented.""",
    )
    status = reporting(rules.STATUS_OF, "KazInfoTeh finds a message by its `gateway_id` or, without one, by its `id`.")
    resolve = looking_up(rules.SEND, rules.LOOKUP)
    send_message = Op(_send_message)
    get_info_by_id = Op(_get_info_by_id)


class Client(_Operations, SyncClient):
    """Blocking client of KazInfoTeh; settings as in `smswire.client.SyncClient`. `zone` is Asia/Almaty by default."""


class AsyncClient(_Operations, AsyncBaseClient):
    """Asynchronous client of KazInfoTeh; settings as in the blocking one."""


__all__ = [
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
]
