"""Clients: the two thin drivers that run an operation's steps, blocking and asynchronous."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import tzinfo
from types import TracebackType
from typing import TYPE_CHECKING, Generic, Self, TypeVar

from smswire.documents.reading import OnDrift
from smswire.engine import Drift
from smswire.exchange import Send, Steps
from smswire.secret import Secret
from smswire.settings import DEADLINE, Configured
from smswire_documents._runtime.errors import PayloadError

if TYPE_CHECKING:
    import ssl

    from smswire.transport import AsyncHttp, AsyncTransport, SyncHttp, SyncTransport

R = TypeVar("R")
T = TypeVar("T")


class _Later(Generic[T]):
    """Something that is made when it is first asked for, once for all threads of a process.

    A forked process makes its own: two that read from one connection would get each other's answers.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self.made: T | None = None
        self._lock = threading.Lock()
        self._process = os.getpid()

    def __call__(self) -> T:
        if self._process != os.getpid():
            self.made, self._lock, self._process = None, threading.Lock(), os.getpid()
        with self._lock:
            if self.made is None:
                self.made = self._make()
            return self.made


class SyncClient(Configured):
    """A client whose methods block. Use it as a context manager, or `close()` it; threads may share it.

    `login`, `password` and `token` default to the environment variables SMSWIRE_<PROVIDER>_LOGIN, _PASSWORD and
    _TOKEN, `base_url` to _URL and then to the provider's documented address. `deadline` is the number of seconds
    that one call may take, retries included. `zone` is the time zone of the account, for times that the provider
    writes without one. `on_drift` and `drift_callback` say what becomes of additions to a reply. An address that
    is neither https nor loopback needs `allow_plaintext=True`, because it carries the password. `ca` is a file of
    certificates or an SSL context, `proxy` the URL of an HTTP proxy, `http` an httpx transport instead of our own.
    Raises `PayloadError` for a setting that is missing or not allowed. Connections are set up on entering the context
    or with the first call.
    """

    def __init__(
        self,
        *,
        login: str | None = None,
        password: str | None = None,
        token: str | None = None,
        base_url: str | None = None,
        deadline: float = DEADLINE,
        zone: tzinfo | None = None,
        on_drift: OnDrift = "set_aside",
        drift_callback: Callable[[Drift], None] | None = None,
        allow_plaintext: bool = False,
        ca: ssl.SSLContext | str | None = None,
        proxy: str | None = None,
        http: SyncHttp | None = None,
    ) -> None:
        credentials, address = self._credentials(login, password, token), self._address(base_url)
        through = None if proxy is None else Secret(proxy)
        del login, password, token, base_url, proxy  # no traceback shows them
        self._configure(credentials, address, deadline, zone, on_drift, drift_callback, allow_plaintext)
        self._transport = _Later(lambda: self._connections(ca, through, http))
        if ca is not None or through is not None:
            self._transport()  # a mistake in them shows here

    def _connections(
        self, ca: ssl.SSLContext | str | None, proxy: Secret | None, http: SyncHttp | None
    ) -> SyncTransport:
        from smswire.transport import SyncTransport  # httpx takes longer to import than all the rest

        return _made(lambda: SyncTransport(ca=ca, proxy=_revealed(proxy), http=http))

    def run(self, steps: Steps[R]) -> R:
        """Carry out an operation's steps."""
        event = None
        try:
            while True:
                effect = steps.send(event)
                if isinstance(effect, Send):
                    event = self._transport().send(effect.request, effect.timeout)
                else:
                    self._transport().sleep(effect.seconds)
                    event = None
        except StopIteration as stop:
            result: R = stop.value
            return result

    def close(self) -> None:
        """Close the connections. A call afterwards raises `RuntimeError`."""
        self._closed = True
        if self._transport.made is not None:
            self._transport.made.close()

    def __enter__(self) -> Self:
        self._transport()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


class AsyncBaseClient(Configured):
    """The same client for asyncio and trio: every method is awaited, every iterator asynchronous.

    Settings as in the blocking client; `http` is an httpx asynchronous transport.
    """

    def __init__(
        self,
        *,
        login: str | None = None,
        password: str | None = None,
        token: str | None = None,
        base_url: str | None = None,
        deadline: float = DEADLINE,
        zone: tzinfo | None = None,
        on_drift: OnDrift = "set_aside",
        drift_callback: Callable[[Drift], None] | None = None,
        allow_plaintext: bool = False,
        ca: ssl.SSLContext | str | None = None,
        proxy: str | None = None,
        http: AsyncHttp | None = None,
    ) -> None:
        credentials, address = self._credentials(login, password, token), self._address(base_url)
        through = None if proxy is None else Secret(proxy)
        del login, password, token, base_url, proxy  # no traceback shows them
        self._configure(credentials, address, deadline, zone, on_drift, drift_callback, allow_plaintext)
        self._transport = _Later(lambda: self._connections(ca, through, http))
        if ca is not None or through is not None:
            self._transport()

    def _connections(
        self, ca: ssl.SSLContext | str | None, proxy: Secret | None, http: AsyncHttp | None
    ) -> AsyncTransport:
        from smswire.transport import AsyncTransport

        return _made(lambda: AsyncTransport(ca=ca, proxy=_revealed(proxy), http=http))

    async def run(self, steps: Steps[R]) -> R:
        """Carry out an operation's steps."""
        event = None
        try:
            while True:
                effect = steps.send(event)
                if isinstance(effect, Send):
                    event = await self._transport().send(effect.request, effect.timeout)
                else:
                    await self._transport().sleep(effect.seconds)
                    event = None
        except StopIteration as stop:
            result: R = stop.value
            return result

    async def close(self) -> None:
        """Close the connections. A call afterwards raises `RuntimeError`."""
        self._closed = True
        if self._transport.made is not None:
            await self._transport.made.close()

    async def __aenter__(self) -> Self:
        self._transport()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()


def _made(make: Callable[[], T]) -> T:
    """Make the connections; a file of certificates or a proxy's address that is of no use is a refused setting."""
    try:
        return make()
    except OSError:
        setting, problem = "Client.ca", "no certificates can be read from it"
    except (ValueError, TypeError):
        setting, problem = "Client.proxy", "must be http(s)://[user:password@]host[:port]"
    raise PayloadError(setting, problem)


def _revealed(secret: Secret | None) -> str | None:
    return None if secret is None else secret.reveal()
