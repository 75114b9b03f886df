"""The network: the only file that imports httpx. One whole answer within one deadline, or a `Failure`.

Exceptions of httpx hold the request with its body, so none of them leaves this file: what happened is told by a
`Failure` in our own words.
"""

from __future__ import annotations

import contextlib
import functools
import ssl
import sys
import time
from collections.abc import Generator, Mapping
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Any, cast

import anyio
import httpcore
from anyio.lowlevel import RunVar

from smswire.documents.reading import MAXIMUM
from smswire.exchange import Event, Failure, Reply, Request
from smswire.sockets import DEADLINE, DeadlineBackend


@contextlib.contextmanager
def _without_its_command_line() -> Generator[None]:
    """httpx's own command line is optional, and would load rich with every client where rich is installed."""
    name, modules = "httpx._main", cast("dict[str, object]", sys.modules)
    absent = name not in modules
    if absent:
        modules[name] = None
    try:
        yield
    finally:
        if absent:
            modules.pop(name, None)


with _without_its_command_line():
    import httpx

SyncHttp = httpx.BaseTransport
AsyncHttp = httpx.AsyncBaseTransport


_LIMITS: dict[str, Any] = {"max_connections": 100, "max_keepalive_connections": 20, "keepalive_expiry": 5.0}

# httpx raises these before a request has left; any other error means that the provider may have it
_NOT_LEFT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
)

_REASONS: Mapping[type[Exception], str] = {
    httpx.ConnectError: "no connection to the provider",
    httpx.ConnectTimeout: "no connection to the provider before the deadline",
    httpx.PoolTimeout: "no free connection before the deadline",
    httpx.ProxyError: "the proxy refused the connection",
    httpx.UnsupportedProtocol: "the address is neither http nor https",
    httpx.InvalidURL: "the address is no URL",
    httpx.ReadTimeout: "no whole answer before the deadline",
    httpx.WriteTimeout: "the request was not taken before the deadline",
    httpx.ReadError: "the connection broke while the answer was awaited",
    httpx.WriteError: "the connection broke while the request was sent",
    httpx.LocalProtocolError: "the request could not be written as HTTP",
    httpx.RemoteProtocolError: "the connection was closed before a whole answer came, or the answer is no HTTP",
}
_LATE = Failure(left=True, reason=_REASONS[httpx.ReadTimeout])
_NO_CONNECTION = Failure(left=False, reason=_REASONS[httpx.ConnectTimeout])
_TOO_LARGE = Failure(left=True, reason=f"the answer is larger than {MAXIMUM} bytes", again=False)
_ENCODED = Failure(left=True, reason="the answer is compressed although none was asked for", again=False)


class _Trace:
    """Follows one exchange through httpcore: whether the request has begun to leave.

    A transport of the user's own (`traced` is False) may tell nothing, so there only the kind of an error counts.
    """

    def __init__(self, *, traced: bool) -> None:
        self._traced = traced
        self._left = False

    def __call__(self, event: str, _: object) -> None:
        self._left |= event == "http11.send_request_headers.started"

    async def later(self, event: str, info: object) -> None:
        """The same, as the asynchronous client wants it."""
        self(event, info)

    @property
    def left(self) -> bool:
        return self._left or not self._traced

    def failure(self, error: Exception) -> Failure:
        """What an error means."""
        reason = next((text for kind, text in _REASONS.items() if isinstance(error, kind)), "the HTTP exchange failed")
        return Failure(left=self.left and not isinstance(error, _NOT_LEFT), reason=reason)


class SyncTransport:
    """Sends requests over httpx. `http` replaces the HTTP layer; the deadline then holds between its reads."""

    def __init__(self, *, ca: ssl.SSLContext | str | None, proxy: str | None, http: SyncHttp | None) -> None:
        self._traced = http is None
        own = http if http is not None else _DeadlineTransport(_context(ca), proxy)
        self._client = httpx.Client(transport=own, trust_env=False, follow_redirects=False, cookies=_no_cookies())

    def send(self, request: Request, timeout: float) -> Event:
        """Exchange one request within `timeout` seconds, all told."""
        until = time.monotonic() + timeout
        token = DEADLINE.set(until)
        trace = _Trace(traced=self._traced)
        try:
            with self._client.stream(
                request.method,
                request.url,
                headers=dict(request.headers),
                content=request.body,
                timeout=timeout,
                extensions={"trace": trace},
            ) as response:
                if _encoded(response):
                    return _ENCODED
                assert isinstance(response.stream, httpx.SyncByteStream)
                collected = _Collected()
                for part in response.stream:
                    collected += part
                    del part
                    if len(collected) > MAXIMUM:
                        return _TOO_LARGE
                    if time.monotonic() > until:
                        return _LATE
                return Reply(response.status_code, bytes(collected), _charset(response))
        except Exception as error:  # noqa: BLE001 (whatever broke, the caller must learn whether the request left)
            return trace.failure(error)
        finally:
            DEADLINE.reset(token)

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)

    def close(self) -> None:
        self._client.close()


class AsyncTransport:
    """The same over httpx's asynchronous client: one for each event loop, because connections belong to their loop."""

    def __init__(self, *, ca: ssl.SSLContext | str | None, proxy: str | None, http: AsyncHttp | None) -> None:
        self._traced = http is None
        context = None if http is not None else _context(ca)

        def client() -> httpx.AsyncClient:
            own = http
            if own is None:
                assert context is not None
                own = httpx.AsyncHTTPTransport(verify=context, proxy=proxy, limits=httpx.Limits(**_LIMITS))
            return httpx.AsyncClient(transport=own, trust_env=False, follow_redirects=False, cookies=_no_cookies())

        client()  # a mistake in the proxy's address shows here
        self._new = client
        self._client: RunVar[httpx.AsyncClient] = RunVar("smswire")

    async def send(self, request: Request, timeout: float) -> Event:  # noqa: ASYNC109 (one deadline for all steps)
        """Exchange one request within `timeout` seconds, all told."""
        trace = _Trace(traced=self._traced)
        # a little earlier for the connection, which httpcore closes when it is late, and forgets when it is cancelled
        connect = max(timeout - 0.05, timeout * 0.9)
        limits = httpx.Timeout(timeout, connect=connect, pool=connect)
        try:
            with anyio.move_on_after(timeout):
                return await self._exchange(request, limits, trace)
        except Exception as error:  # noqa: BLE001 (whatever broke, the caller must learn whether the request left)
            return trace.failure(error)
        return _LATE if trace.left else _NO_CONNECTION

    async def _exchange(self, request: Request, limits: httpx.Timeout, trace: _Trace) -> Event:
        client = self._client.get(None)
        if client is None:
            client = self._new()
            self._client.set(client)
        async with client.stream(
            request.method,
            request.url,
            headers=dict(request.headers),
            content=request.body,
            timeout=limits,
            extensions={"trace": trace.later},
        ) as response:
            if _encoded(response):
                return _ENCODED
            assert isinstance(response.stream, httpx.AsyncByteStream)
            collected = _Collected()
            async for part in response.stream:
                collected += part
                del part
                if len(collected) > MAXIMUM:
                    return _TOO_LARGE
            return Reply(response.status_code, bytes(collected), _charset(response))

    async def sleep(self, seconds: float) -> None:
        await anyio.sleep(seconds)

    async def close(self) -> None:
        """Close the connections of this event loop."""
        client = self._client.get(None)
        if client is not None:
            await client.aclose()


class _Collected(bytearray):
    """What came of an answer so far. No traceback shows it, nor its latest part, which is deleted once it is added."""

    def __repr__(self) -> str:
        return f"<{len(self)} bytes>"


def _encoded(response: httpx.Response) -> bool:
    return response.headers.get("Content-Encoding", "identity").strip().lower() not in ("", "identity")


def _charset(response: httpx.Response) -> str | None:
    """The charset that the header declares; one that is empty declares none."""
    return response.charset_encoding or None


def _context(ca: ssl.SSLContext | str | None) -> ssl.SSLContext:
    """Verification is always on; `ca` is a context, or a file of certificates to trust instead of the usual ones."""
    if isinstance(ca, ssl.SSLContext):
        return ca
    return _usual_context() if ca is None else ssl.create_default_context(cafile=ca)


@functools.cache
def _usual_context() -> ssl.SSLContext:
    """One for all clients, because loading the certificates takes far longer than a request."""
    return httpx.create_ssl_context()


def _no_cookies() -> CookieJar:
    """No provider documents a cookie, so none is kept from one call to the next."""
    return CookieJar(DefaultCookiePolicy(allowed_domains=[]))


class _DeadlineTransport(httpx.HTTPTransport):
    """httpx's transport over sockets that know the deadline.

    httpx's own timeouts begin anew with each read, so a peer that drips a byte a second would hold a call for ever.
    """

    def __init__(self, context: ssl.SSLContext, proxy: str | None) -> None:
        super().__init__(verify=context)
        backend = DeadlineBackend()
        if proxy is None:
            self._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=backend, **_LIMITS)
        else:
            through = httpx.Proxy(proxy)
            self._pool = httpcore.HTTPProxy(
                proxy_url=str(through.url),
                proxy_auth=through.raw_auth,
                ssl_context=context,
                network_backend=backend,
                **_LIMITS,
            )
