"""QUICKTEL: the client, and the provider's own typed documents.

>>> from smswire import Message, quicktel
>>> with quicktel.Client(login="l", password="p", base_url="http://127.0.0.1:8025/quicktel") as client:
...     receipts = client.send([Message(to="+79001234567", text="Привет", sender="SHOP", id="order-17")])

Source: https://quicktel.ru/protokol-xml. Evidence and decisions: schemas/quicktel/SOURCES.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import tzinfo
from typing import ClassVar
from zoneinfo import ZoneInfo

from smswire.client import AsyncBaseClient, SyncClient
from smswire.errors import PayloadError
from smswire.exchange import Call, Steps
from smswire.facade import capabilities
from smswire.methods import reporting, resending, sending
from smswire.model import Capabilities
from smswire.operation import Op
from smswire.providers import quicktel as rules
from smswire_documents._runtime.description import Provider
from smswire_documents.quicktel import (
    Push,
    Sms,
    SmsReference,
    SmsSendRequest,
    SmsSendResponse,
    SmsStatus,
    SmsStatus2Request,
    SmsStatus2Response,
    User,
)
from smswire_documents.quicktel.codes import MessageResult, RequestResult, Status
from smswire_documents.quicktel.operations import PROVIDER, SMS_SEND, SMS_STATUS2


def _sms_send(call: Call, sms: Iterable[Sms]) -> Steps[SmsSendResponse]:
    """Exchange the provider's own document sms_send: up to 250 messages. Source: section 2.1."""
    request = rules.send_request(call.credentials, tuple(sms))
    return call.exchange(SMS_SEND, request, rules.refusal, [each.sms_id for each in request.sms])


def _sms_status2(call: Call, push_ids: Iterable[str]) -> Steps[SmsStatus2Response]:
    """Exchange the provider's own document sms_status2: delivery statuses by push_id. Source: section 2.2."""
    if isinstance(push_ids, str):
        raise PayloadError("push_ids", "an iterable of identifiers is required, not one string")
    return call.exchange(SMS_STATUS2, rules.status_request(call.credentials, push_ids), rules.refusal)


class _Operations:
    provider: ClassVar[Provider] = PROVIDER
    # the documentation names no zone for delivery times; the company is in Moscow
    default_zone: ClassVar[tzinfo] = ZoneInfo("Europe/Moscow")
    capabilities: ClassVar[Capabilities] = capabilities(rules.SEND, rules.STATUS_OF)

    send = sending(
        rules.SEND,
        """A request holds 250 messages. A repeated `id` sends nothing again, the answer has the first attempt's
        gateway id (`Receipt.duplicate`).""",
    )
    status = reporting(rules.STATUS_OF, "QUICKTEL finds a message by its `gateway_id`.")
    resolve = resending(rules.SEND)
    sms_send = Op(_sms_send)
    sms_status2 = Op(_sms_status2)


class Client(_Operations, SyncClient):
    """Blocking client of QUICKTEL; settings as in `smswire.client.SyncClient`. `zone` is Europe/Moscow by default."""


class AsyncClient(_Operations, AsyncBaseClient):
    """Asynchronous client of QUICKTEL; settings as in the blocking one."""


__all__ = [
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
]
