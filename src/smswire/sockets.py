"""Blocking sockets that know the deadline of a call, for the synchronous client.

The timeouts of httpx and httpcore begin anew with each read, so a peer that drips a byte a second would hold a call for
ever. These are httpcore's own sockets with a single change: no step is given more time than the call has left.
"""

from __future__ import annotations

import contextvars
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Any

import httpcore

DEADLINE: contextvars.ContextVar[float] = contextvars.ContextVar("deadline")
"""When the call that runs in this thread must be over, on the monotonic clock."""

_PIECE = 4096
"""Bytes that are written with one timeout."""


def _remaining(timeout: float | None, late: type[httpcore.TimeoutException]) -> float | None:
    """Seconds until the deadline of the call that runs in this thread. Raises `late` when there are none."""
    until = DEADLINE.get(None)
    if until is None:
        return timeout
    remaining = until - time.monotonic()
    if remaining <= 0:
        raise late
    return remaining


class DeadlineBackend(httpcore.SyncBackend):
    """Connections whose every step ends with the deadline of the call that runs in this thread."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        found = _addresses(host, port, _remaining(timeout, httpcore.ConnectTimeout))
        # a host may have several addresses: each is given its share of the time that is left
        addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
        failure: Exception = httpcore.ConnectError()
        for index, address in enumerate(addresses):
            remaining = _remaining(timeout, httpcore.ConnectTimeout)
            share = None if remaining is None else remaining / (len(addresses) - index)
            try:
                return _Stream(super().connect_tcp(address, port, share, local_address, socket_options))
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure


def _addresses(host: str, port: int, timeout: float | None) -> list[Any]:
    """The addresses of a host. The system's look-up knows no deadline, so it is left behind in a thread when late."""
    found: list[Any] = []
    errors: list[OSError] = []

    def look_up() -> None:
        try:
            found.extend(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except OSError as error:
            errors.append(error)

    thread = threading.Thread(target=look_up, name="smswire-look-up", daemon=True)
    thread.start()
    thread.join(timeout)
    if thread.is_alive():
        raise httpcore.ConnectTimeout
    if errors:
        raise httpcore.ConnectError(errors[0])
    return found


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream) -> None:
        self._inner = inner

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, _remaining(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        # in pieces, because the inner stream's timeout begins anew with whatever part of a buffer is taken
        for start in range(0, len(buffer), _PIECE):
            self._inner.write(buffer[start : start + _PIECE], _remaining(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        remaining = _remaining(timeout, httpcore.ConnectTimeout)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, remaining))

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 (httpcore's signature)
        return self._inner.get_extra_info(info)
