"""Below HTTP: the connection itself, for what no well-behaved server does to it."""

from __future__ import annotations

import asyncio
from http import HTTPStatus

from starlette.types import Receive
from uvicorn.protocols.http.h11_impl import H11Protocol

from smswire.sandbox.faults import Faults


class Wire:
    """The connection of one request. What is written here goes out as it is, without the server's knowledge."""

    def __init__(self, transport: asyncio.Transport, receive: Receive) -> None:
        self._transport = transport
        self._receive = receive

    def write(self, data: bytes) -> None:
        self._transport.write(data)

    async def drip(self, data: bytes, interval: float) -> None:
        """Write a byte each `interval` seconds, until the client leaves."""
        for each in data:
            if self._transport.is_closing():
                return
            self._transport.write(bytes([each]))
            await self.wait(interval)

    async def wait(self, seconds: float | None) -> bool:
        """Wait so many seconds, None for ever, or until the client leaves; whether it has left."""
        try:
            await asyncio.wait_for(self._left(), seconds)
        except TimeoutError:
            return False
        return True

    async def close(self) -> None:
        """Close when everything is written. The server is told only now, or it would answer in our stead."""
        self._transport.close()
        await self._left()

    async def _left(self) -> None:
        while (await self._receive())["type"] != "http.disconnect":
            pass


def head(status: int, headers: dict[str, str], length: int) -> bytes:
    """The head of an answer that is written to the wire, after which the connection is closed."""
    lines = [
        f"HTTP/1.1 {status} {HTTPStatus(status).phrase}",
        *(f"{name}: {value}" for name, value in headers.items()),
        f"content-length: {length}",
        "connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode("ascii")


def protocol_for(faults: Faults) -> type[asyncio.Protocol]:
    """uvicorn's HTTP protocol, which hands the connection to the requests and refuses connections on request."""

    class Protocol(H11Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, asyncio.Transport)
            super().connection_made(transport)
            # a query may hold a password, and the logger of the access log belongs to the whole process
            self.access_log = False
            self.app_state = {**self.app_state, "transport": transport}
            if faults.take_refusal():
                transport.abort()

        def data_received(self, data: bytes) -> None:
            # a connection kept from an earlier request is refused when it is used again
            used = self.cycle is not None  # pyright: ignore[reportUnnecessaryComparison] (None until a request came)
            if used and self.cycle.response_complete and faults.take_refusal():
                self.transport.abort()
                return
            super().data_received(data)

    return Protocol
