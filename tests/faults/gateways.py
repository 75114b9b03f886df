"""The providers and the two kinds of client as test data, so that one test holds all of them to the same rows."""

from __future__ import annotations

import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import anyio
import pytest

from smswire import Message, Ref, kazinfoteh, quicktel, smsc, webcom

from .platforms import Kazinfoteh, Platform, Quicktel, Smsc, Webcom

LOGIN, PASSWORD = "l", "p"
DEADLINE = 0.8
MARGIN = 0.5
"""Seconds that an error may come after the deadline."""

# reading the system's certificates is most of the work of a call that needs none
NO_CERTIFICATES = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)

MESSAGE = Message(to="+77001234567", text="Ваш код 1234 & не говорите его", sender="SHOP", id="17")
REF = Ref(id="17", gateway_id="91", to="77001234567")
"""What finds `MESSAGE` later, for every provider."""


@dataclass(frozen=True)
class Clients:
    """A provider's two clients."""

    client: type[Any]
    async_client: type[Any]


@dataclass(frozen=True)
class Gateway(Clients):
    """A provider's two clients, and the replies that accept `MESSAGE`, tell its status, and refuse a request.

    `refuses` is an error of the whole request that a table lists, a wrong login, `strange` one that none does.
    `platform` answers sends and statuses as the provider does.
    """

    name: str
    accepts: bytes
    tells: bytes
    refuses: bytes
    strange: bytes
    platform: Callable[[], Platform]

    def __str__(self) -> str:
        return self.name

    @property
    def batch(self) -> int:
        """Most messages of one request."""
        return int(self.client.capabilities.max_batch)


KAZINFOTEH = Gateway(
    name="kazinfoteh",
    client=kazinfoteh.Client,
    async_client=kazinfoteh.AsyncClient,
    accepts=b'<package><message><msg id="17" sms_id="91" sms_count="1">106</msg></message></package>',
    tells=b'<package><status><msg id="17" sms_id="91" sms_count="1">102</msg></status></package>',
    refuses=b"<package><error>202</error></package>",
    strange=b"<package><error>777</error></package>",
    platform=Kazinfoteh,
)
QUICKTEL = Gateway(
    name="quicktel",
    client=quicktel.Client,
    async_client=quicktel.AsyncClient,
    accepts=b'<xml_result xml_name="sms_send" res="0"><push sms_id="17" push_id="91" res="0"/></xml_result>',
    tells=b'<xml_result name="sms_status2" res="0"><sms push_id="91" status="4" number="77001234567"/></xml_result>',
    refuses=b'<xml_result res="-20107" description="text"/>',
    strange=b'<xml_result res="-1"/>',
    platform=Quicktel,
)
SMSC = Gateway(
    name="smsc",
    client=smsc.Client,
    async_client=smsc.AsyncClient,
    accepts=b'{"id": 17, "cnt": 1}',
    tells=b'{"status": 1, "last_date": "28.12.2019 19:20:22", "last_timestamp": 1577550022, "flag": 0, "err": 0}',
    refuses=b'{"error": "text", "error_code": 2}',
    strange=b'{"error": "text", "error_code": 99}',
    platform=Smsc,
)
WEBCOM = Gateway(
    name="webcom",
    client=webcom.Client,
    async_client=webcom.AsyncClient,
    accepts=b'<response><information number_sms="1" id_sms="91" parts="1">send</information></response>',
    tells=b'<response><state id_sms="91" time="2026-11-02 10:00:00" sms="deliver">deliver</state></response>',
    refuses=b"<response><error>Incorrect login or password</error></response>",
    strange=b"<response><error>Technical works</error></response>",
    platform=Webcom,
)
GATEWAYS = (KAZINFOTEH, QUICKTEL, SMSC, WEBCOM)
KINDS = ("sync", "async")

each_gateway = pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
each_kind = pytest.mark.parametrize("kind", KINDS)
once = pytest.mark.parametrize(
    ("gateway", "kind"),
    [pytest.param(each, KINDS[i % 2], id=f"{each}-{KINDS[i % 2]}") for i, each in enumerate(GATEWAYS)],
)
"""Each provider once, and each kind of client with two of them: for what neither the one nor the other decides."""


def crossed(name: str, rows: Iterable[tuple[str, Any]]) -> pytest.MarkDecorator:
    """Rows, each with its identifier, by providers, where the kinds of client take turns.

    Every two of row, provider and kind meet. All three need not: the engine knows neither provider nor kind.
    """
    return pytest.mark.parametrize(
        (name, "gateway", "kind"),
        [
            pytest.param(row, gateway, KINDS[(i + j) % 2], id=f"{called}-{gateway}-{KINDS[(i + j) % 2]}")
            for i, (called, row) in enumerate(rows)
            for j, gateway in enumerate(GATEWAYS)
        ],
    )


def turned(name: str, rows: Iterable[tuple[str, Any]]) -> pytest.MarkDecorator:
    """Rows by kinds of client, where the providers take turns: for a network that breaks, which knows no provider."""
    return pytest.mark.parametrize(
        (name, "gateway", "kind"),
        [
            pytest.param(row, gateway, kind, id=f"{called}-{gateway}-{kind}")
            for i, (called, row) in enumerate(rows)
            for j, kind in enumerate(KINDS)
            for gateway in [GATEWAYS[(i + j) % len(GATEWAYS)]]
        ],
    )


@dataclass(frozen=True)
class Result:
    """What a call came to: a value or an error, and the seconds that it took."""

    value: Any
    error: Exception | None
    seconds: float


def call(kind: str, gateway: Clients, url: str, method: str, *args: Any, **settings: Any) -> Result:
    """Call a method of the blocking or the asynchronous client; an iterator is read to its end."""
    ca = NO_CERTIFICATES if url.startswith("http:") else None
    account = {} if "token" in settings else {"login": LOGIN, "password": PASSWORD}
    settings = {**account, "base_url": url, "deadline": DEADLINE, "ca": ca} | settings
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


async def _awaited(gateway: Clients, method: str, args: tuple[Any, ...], settings: dict[str, Any]) -> Result:
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
