"""A sandbox as users see it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from types import TracebackType
from typing import Self

from smswire.sandbox.app import GATEWAYS, Served, Traffic, application, operations, worded
from smswire.sandbox.clock import Clock
from smswire.sandbox.control import loopback
from smswire.sandbox.faults import Faults
from smswire.sandbox.gateway import Account, Bench
from smswire.sandbox.life import Outcome, State
from smswire.sandbox.serving import Background
from smswire.sandbox.store import Store, Stored


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxMessage:
    """A message that the sandbox accepted.

    `id` is the client's identifier, None where it gave none, `gateway_id` the one that the provider answered; `to`
    and `sender` are as they came; `parts` is the number of SMS; `outcome` is where it ends and `state` where it was
    when it was asked for. Moments are aware datetimes of sandbox time.
    """

    provider: str
    id: str | None
    gateway_id: str
    to: str
    text: str
    sender: str
    accepted_at: datetime
    send_at: datetime | None
    parts: int
    outcome: Outcome
    state: State


class Sandbox:
    """Every provider of smswire on a free port of 127.0.0.1; used as a context manager, or started and stopped.

    `speed` is how many seconds of sandbox time pass in each second, 0 for none but by `advance`. `login`, `password`
    and `token` are what clients have to authenticate with, `balance` the money on the account. `database` is the
    file that keeps the messages, in memory by default. `port` 0 picks a free one. `gateways` are served besides, each a
    provider and what makes its `smswire.sandbox.gateway.Gateway`. `faults` breaks things on request.
    Raises `ValueError` for a setting out of range and for a `host` that is not loopback.
    """

    def __init__(
        self,
        *,
        speed: float = 1.0,
        login: str = "demo",
        password: str = "demo",  # noqa: S107 (of an account that is none)
        token: str = "demo",  # noqa: S107
        balance: Decimal | int = 1_000_000,
        database: str | Path = ":memory:",
        host: str = "127.0.0.1",
        port: int = 0,
        gateways: Iterable[Served] = (),
    ) -> None:
        if not loopback(host):
            raise ValueError("a sandbox listens on loopback only: 127.0.0.1, ::1 or localhost")
        Clock(speed)  # refuses a speed out of range; the one that runs is made by start
        self.login = login
        self.password = password
        self.token = token
        self._gateways = {**GATEWAYS, **{provider.id: (provider, make) for provider, make in gateways}}
        self.faults = Faults(operations(self._gateways), worded(self._gateways))
        self._speed = speed
        self._cents = int(balance * 100)
        self._database = database
        self._host = "127.0.0.1" if host == "localhost" else host
        self._port = port
        self._traffic = Traffic()
        self._bench: Bench | None = None
        self._server: Background | None = None
        self._last: tuple[SandboxMessage, ...] = ()

    def start(self) -> None:
        """Begin to serve; requests are accepted on return.

        Raises `RuntimeError` when it runs already, `OSError` where the port is taken, `sqlite3.Error` where the
        database cannot be opened.
        """
        if self._server is not None:
            raise RuntimeError("the sandbox runs already")
        store = Store(self._database)
        try:
            account = Account(login=self.login, password=self.password, token=self.token, cents=self._cents)
            bench = Bench(account=account, clock=Clock(self._speed, store.latest()), store=store)
            served = application(self._gateways, bench, self.faults, self._traffic)
            server = Background(served, self.faults, self._host, self._port)
            server.start()
        except BaseException:
            store.close()
            raise
        self._bench, self._server = bench, server

    def stop(self) -> None:
        """Stop serving; thread, sockets and database are closed on return. Nothing happens where it does not run."""
        if self._server is None or self._bench is None:
            return
        self._server.stop()
        self._last = self.messages()
        self._bench.store.close()
        self._server = self._bench = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.stop()

    def __repr__(self) -> str:
        return f"<Sandbox {'at ' + self.address if self._server else 'not running'}>"

    @property
    def providers(self) -> tuple[str, ...]:
        """The providers that it serves."""
        return tuple(self._gateways)

    @property
    def address(self) -> str:
        """The address of the whole sandbox, without a slash at its end. Raises `RuntimeError` when not running."""
        if self._server is None:
            raise RuntimeError("the sandbox does not run")
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._server.port}"

    def url(self, provider: str) -> str:
        """The `base_url` of a client. Raises `ValueError` for an unknown provider, `RuntimeError` when not running."""
        if provider not in self._gateways:
            raise ValueError("provider is one of " + ", ".join(self._gateways))
        return f"{self.address}/{provider}"

    @property
    def requests(self) -> int:
        """How many requests to providers have been read, whatever became of them."""
        return self._traffic.requests

    def messages(self, provider: str | None = None) -> tuple[SandboxMessage, ...]:
        """What was accepted, in that order, of one provider or of all; after the end what there was at the end."""
        if self._bench is None:
            return tuple(each for each in self._last if provider in (None, each.provider))
        now = self._bench.clock.now()
        return tuple(_message(each, now) for each in self._bench.store.all(provider))

    @property
    def now(self) -> datetime:
        """The moment that it is in the sandbox. Raises `RuntimeError` when not running."""
        return datetime.fromtimestamp(self._running().clock.now(), UTC)

    def advance(self, seconds: float) -> None:
        """Let so many seconds of sandbox time pass at once. Raises `RuntimeError` when not running."""
        self._running().clock.advance(seconds)

    def _running(self) -> Bench:
        if self._bench is None:
            raise RuntimeError("the sandbox does not run")
        return self._bench


def _message(stored: Stored, now: float) -> SandboxMessage:
    state, _ = stored.state(now)
    return SandboxMessage(
        provider=stored.provider,
        id=stored.own_id,
        gateway_id=stored.gateway_id,
        to=stored.recipient,
        text=stored.text,
        sender=stored.sender,
        accepted_at=datetime.fromtimestamp(stored.accepted_at, UTC),
        send_at=None if stored.send_at is None else datetime.fromtimestamp(stored.send_at, UTC),
        parts=stored.parts,
        outcome=stored.outcome,
        state=state,
    )
