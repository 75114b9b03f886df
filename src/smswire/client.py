"""Clients: their settings, and the two thin drivers that run an operation's steps, blocking and asynchronous."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from datetime import UTC, tzinfo
from ipaddress import ip_address
from types import TracebackType
from typing import TYPE_CHECKING, ClassVar, Generic, Self, TypeVar, get_args
from urllib.parse import urlsplit

from smswire.documents.reading import OnDrift
from smswire.engine import Drift, EngineCall, Settings
from smswire.exchange import Call, Send, Steps
from smswire.limits import Limiter
from smswire.model import Capabilities
from smswire.secret import Credentials, Secret
from smswire_documents._runtime.description import Provider
from smswire_documents._runtime.errors import PayloadError

if TYPE_CHECKING:
    import ssl

    from smswire.transport import AsyncHttp, AsyncTransport, SyncHttp, SyncTransport

R = TypeVar("R")
T = TypeVar("T")

_LONGEST = 86_400

DEADLINE = 30.0
"""Seconds that a call may take, unless the client is given another number."""


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


class _Base:
    """What both clients are configured with."""

    provider: ClassVar[Provider]
    capabilities: ClassVar[Capabilities]
    default_zone: ClassVar[tzinfo] = UTC
    takes_token: ClassVar[bool] = False

    _settings: Settings
    _closed = False

    def _configure(
        self,
        credentials: Credentials,
        address: Secret,
        deadline: float,
        zone: tzinfo | None,
        on_drift: OnDrift,
        drift_callback: Callable[[Drift], None] | None,
        allow_plaintext: bool,  # noqa: FBT001
    ) -> None:
        if credentials.token is not None and (credentials.login or credentials.password):
            raise PayloadError("Client", "either login and password are required, or a token, not both")
        if credentials.token is None and (credentials.login is None or credentials.password is None):
            names = " and ".join(self._variable(each) for each in ("login", "password"))
            raise PayloadError("Client", f"login and password are required: pass them or set {names}")
        if credentials.token is not None and not self.takes_token:
            raise PayloadError("Client.token", f"{self.provider.id} documents no token: pass login and password")
        if not (isinstance(deadline, (int, float)) and 0 < deadline <= _LONGEST):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise PayloadError("Client.deadline", f"must be more than 0 and at most {_LONGEST} seconds")
        if zone is not None and not isinstance(zone, tzinfo):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise PayloadError("Client.zone", "a tzinfo is required, for example zoneinfo.ZoneInfo('Asia/Almaty')")
        if on_drift not in get_args(OnDrift):
            raise PayloadError("Client.on_drift", f"one of {', '.join(get_args(OnDrift))} is required")
        if problem := _problem(address.reveal(), allow_plaintext):
            raise PayloadError("Client.base_url", problem)
        self._settings = Settings(
            base_url=address.reveal().rstrip("/"),
            credentials=credentials,
            zone=zone or self.default_zone,
            deadline=deadline,
            on_drift=on_drift,
            drift_callback=drift_callback,
            limiter=Limiter(time.monotonic),
            clock=time.monotonic,
        )

    def _credentials(self, login: str | None, password: str | None, token: str | None) -> Credentials:
        """What was passed or, where nothing was, what the environment holds: never a mixture of two accounts."""
        passed = {"login": login, "password": password, "token": token}
        if all(each is None for each in passed.values()):
            passed = {name: os.environ.get(self._variable(name)) or None for name in passed}
        found = {name: Secret(value) for name, value in passed.items() if value is not None}
        return Credentials(**found)

    def _address(self, base_url: str | None) -> Secret:
        """The address, which is secret until it is known to hold no password."""
        return Secret(base_url or os.environ.get(self._variable("url")) or self.provider.base_url)

    def _variable(self, name: str) -> str:
        return f"SMSWIRE_{self.provider.id}_{name}".upper()

    def new_call(self) -> Call:
        """Begin a call: its deadline runs from now. Raises `RuntimeError` once the client is closed."""
        if self._closed:
            raise RuntimeError("this client is closed")
        return EngineCall(self._settings)

    def __repr__(self) -> str:
        # a setting that is refused leaves a client without any
        place = f" at {self._settings.base_url}" if hasattr(self, "_settings") else ""
        return f"<{self.provider.id} {type(self).__name__}{place}>"


class SyncClient(_Base):
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


class AsyncBaseClient(_Base):
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


def _problem(url: str, allow_plaintext: bool) -> str | None:  # noqa: FBT001
    """What is wrong with an address, if anything."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
        host.encode("idna")
    except ValueError:
        return "is no URL"
    if parts.scheme not in ("http", "https") or not host or parts.username is not None or {"?", "#"} & set(url):
        return "must be http(s)://host[:port][/path], without user, password, query or fragment"
    if parts.scheme == "http" and not allow_plaintext and not _loopback(host):
        return f"http://{host} would carry the password in plain text: pass an https address, or allow_plaintext=True"
    return None


def _loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
