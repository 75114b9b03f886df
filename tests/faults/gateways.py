"""The two providers and the two kinds of client as test data, so that one test holds all four to the same rows."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Iterator
from dataclasses import dataclass
from typing import Any

import anyio

from smswire import Message, quicktel, smsc

LOGIN, PASSWORD = "l", "p"
DEADLINE = 0.8
MARGIN = 0.5
"""Seconds that an error may come after the deadline."""

# reading the system's certificates is most of the work of a call that needs none
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

MESSAGE = Message(to="+79001234567", text="Ваш код 1234 & не говорите его", sender="SHOP", id="order-17")


@dataclass(frozen=True)
class Gateway:
    """A provider's two clients, the reply that accepts `MESSAGE`, and the reply that tells its status."""

    name: str
    client: type[Any]
    async_client: type[Any]
    accepts: bytes
    tells: bytes

    def __str__(self) -> str:
        return self.name


QUICKTEL = Gateway(
    name="quicktel",
    client=quicktel.Client,
    async_client=quicktel.AsyncClient,
    accepts=b'<xml_result xml_name="sms_send" res="0"><push sms_id="order-17" push_id="91" res="0"/></xml_result>',
    tells=b'<xml_result name="sms_status2" res="0"><sms push_id="91" status="4" number="79001234567"/></xml_result>',
)
SMSC = Gateway(
    name="smsc",
    client=smsc.Client,
    async_client=smsc.AsyncClient,
    accepts=b'{"id": "order-17", "cnt": 1}',
    tells=b'{"status": 1, "last_date": "28.12.2019 19:20:22", "last_timestamp": 1577550022, "flag": 0, "err": 0}',
)
GATEWAYS = (QUICKTEL, SMSC)
KINDS = ("sync", "async")


@dataclass(frozen=True)
class Result:
    """What a call came to: a value or an error, and the seconds that it took."""

    value: Any
    error: Exception | None
    seconds: float


def call(kind: str, gateway: Gateway, url: str, method: str, *args: Any, **settings: Any) -> Result:
    """Call a method of the blocking or the asynchronous client; an iterator is read to its end."""
    ca = NO_CERTIFICATES if url.startswith("http:") else None
    settings = {"login": LOGIN, "password": PASSWORD, "base_url": url, "deadline": DEADLINE, "ca": ca} | settings
    if kind == "async":
        return anyio.run(_awaited, gateway, method, args, settings)
    with gateway.client(**settings) as client:
        started = time.monotonic()
        try:
            value = getattr(client, method)(*args)
            value = list(value) if isinstance(value, Iterator) else value
        except Exception as error:  # noqa: BLE001 (any other than ours is what the tests look for)
            return Result(None, error, time.monotonic() - started)
        return Result(value, None, time.monotonic() - started)


async def _awaited(gateway: Gateway, method: str, args: tuple[Any, ...], settings: dict[str, Any]) -> Result:
    async with gateway.async_client(**settings) as client:
        started = time.monotonic()
        try:
            value = getattr(client, method)(*args)
            if isinstance(value, AsyncIterator):
                value = [each async for each in value]
            elif isinstance(value, Awaitable):
                value = await value
        except Exception as error:  # noqa: BLE001 (as above)
            return Result(None, error, time.monotonic() - started)
        return Result(value, None, time.monotonic() - started)


class Quicktel:
    """The part of QUICKTEL that tells a repeated `sms_id`: answers the bodies of requests to send."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def __call__(self, body: bytes) -> bytes:
        rows = ""
        for own_id in re.findall(r' sms_id="([^"]*)"', body.decode()):
            again = own_id in self.known
            push_id = self.known.setdefault(own_id, 91 + len(self.known))
            rows += f'<push sms_id="{own_id}" push_id="{push_id}" res="{int(again)}" sms_count="1"/>'
        return f'<xml_result xml_name="sms_send" res="0">{rows}</xml_result>'.encode()
