"""One scenario for every provider: results differ only where `client.capabilities` says so beforehand.

What is expected is taken from the capabilities and from nothing else. Each capability has a proof of its own, which
has to fail as soon as the capability says something else than what is so.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from types import ModuleType
from typing import Any
from urllib.parse import unquote_to_bytes

import httpx
import pytest
from attrs import evolve, fields
from faults.gateways import KINDS, Clients, call
from support.cases import PROVIDERS

from smswire import Capabilities, Message, PayloadError, Receipt, Ref, Report
from smswire.sandbox import Sandbox, SandboxMessage

DELIVERED, UNDELIVERABLE, BAD = "+77001234567", "+77001234001", "+77001234000"
"""What becomes of a recipient's messages in the sandbox."""

LONG = "Очень длинный текст. " * 5
_numbers = count(17)


def message(to: str = DELIVERED, text: str = "Привет", **rest: Any) -> Message:
    """One that nobody has sent before."""
    number = next(_numbers)
    return Message(to=to, text=f"{text} {number}", sender="SHOP", id=str(number), **rest)


@dataclass(frozen=True)
class Caller:
    """An account with one provider in the sandbox, used through either client."""

    kind: str
    module: ModuleType
    box: Sandbox
    claimed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.module.__name__.rpartition(".")[2]

    @property
    def can(self) -> Capabilities:
        """The client's capabilities, but for those that a test claims instead."""
        return evolve(self.module.Client.capabilities, **self.claimed)

    @property
    def stored(self) -> tuple[SandboxMessage, ...]:
        return self.box.messages(self.name)

    def __call__(self, method: str, *args: Any, **settings: Any) -> Any:
        """What a call comes to: its value, or its error."""
        account = {"login": self.box.login, "password": self.box.password, "deadline": 20.0}
        clients = Clients(self.module.Client, self.module.AsyncClient)
        result = call(self.kind, clients, self.box.url(self.name), method, *args, **account | settings)
        return result.value if result.error is None else result.error

    def written(self, sent: Message) -> bytes:
        """The bytes of the request that would send a message."""
        bodies: list[bytes] = []

        def lost(request: httpx.Request) -> httpx.Response:
            bodies.append(request.content)
            raise httpx.ReadError("")

        self("send", [sent], http=httpx.MockTransport(lost))
        [body] = bodies
        return body


@pytest.fixture(scope="module")
def box() -> Iterator[Sandbox]:
    """Its time stands still, so that nothing depends on how fast the test runs."""
    with Sandbox(speed=0) as running:
        yield running


every_provider = pytest.mark.parametrize("provider", PROVIDERS)
every_kind = pytest.mark.parametrize("kind", KINDS)


def caller(kind: str, provider: str, box: Sandbox, **claimed: Any) -> Caller:
    return Caller(kind, importlib.import_module(f"smswire.{provider}"), box, claimed)


# the scenario


@every_kind
@every_provider
def test_main_job(provider: str, kind: str, box: Sandbox) -> None:
    """Three messages and a bad number, followed to the end: the same for every provider."""
    user = caller(kind, provider, box)
    sent = [message(), message(UNDELIVERABLE), message(text=LONG), message(BAD)]
    before = len(user.stored)
    receipts: tuple[Receipt[Any], ...] = user("send", sent)

    assert [(each.id, each.to, each.accepted, each.duplicate, each.parts) for each in receipts[:3]] == [
        (sent[0].id, DELIVERED, True, False, 1),
        (sent[1].id, UNDELIVERABLE, True, False, 1),
        (sent[2].id, DELIVERED, True, False, 2),
    ]
    assert [(each.state, each.error) for each in receipts[:3]] == [("queued", None)] * 3
    assert len({each.gateway_id for each in receipts[:3]} - {None}) == 3
    bad = receipts[3]
    assert (bad.id, bad.to, bad.state, bad.accepted, bad.duplicate) == (sent[3].id, BAD, "rejected", False, False)
    assert None not in (bad.error.name, bad.error.meaning)
    assert [(each.id, each.text, each.sender) for each in user.stored[before:]] == [
        (each.id, each.text, each.sender) for each in sent[:3]
    ]

    reports: tuple[Report[Any], ...] = user("status", receipts)
    assert [(each.id, each.gateway_id, each.to) for each in reports] == [
        (each.id, each.gateway_id, each.to) for each in receipts
    ]
    assert [each.final for each in reports] == [False, False, False, True]
    assert {each.state for each in reports[:3]} <= {"queued", "sent"}

    began = box.now
    box.advance(60)
    reports = user("status", receipts)
    assert [(each.state, each.final) for each in reports] == [
        ("delivered", True),
        ("undeliverable", True),
        ("delivered", True),
        ("rejected", True),
    ]
    for each in (reports[0], reports[2]):
        assert each.at is not None
        assert began - timedelta(seconds=1) <= each.at <= box.now


@every_kind
@every_provider
def test_made_identifiers(provider: str, kind: str, box: Sandbox) -> None:
    """A message has an identifier without the caller's doing, under which it is found as under the caller's own."""
    user = caller(kind, provider, box)
    sent = [Message(to=DELIVERED, text=f"Без номера {next(_numbers)}", sender="SHOP") for _ in range(2)]
    receipts = user("send", sent)
    assert [(each.id, each.accepted) for each in receipts] == [(each.id, True) for each in sent]
    [report] = user("status", receipts[:1])
    assert (report.id, report.final) == (sent[0].id, False)


@every_kind
@every_provider
def test_wrong_password(provider: str, kind: str, box: Sandbox) -> None:
    user = caller(kind, provider, box)
    for method in ("send", "status"):
        argument = [message()] if method == "send" else [Ref(id="17", gateway_id="91", to=DELIVERED)]
        error = user(method, argument, password="wrong")
        assert (type(error).__name__, error.outcome) == ("AuthenticationError", "refused")


# the capabilities, each with its proof


def prove_history(user: Caller) -> None:
    """Messages sent earlier are listed, or there is no such method."""
    assert hasattr(user.module.Client, "history") is user.can.history
    assert hasattr(user.module.AsyncClient, "history") is user.can.history
    if user.can.history:
        [receipt] = user("send", [message()])
        today, day = user.box.now.date(), timedelta(days=1)  # of the sandbox, in one time zone or another
        found: list[Report[Any]] = user("history", today - day, today + day)
        assert receipt.id in {each.id for each in found}


def prove_balance(user: Caller) -> None:
    assert hasattr(user.module.Client, "balance") is user.can.balance
    assert hasattr(user.module.AsyncClient, "balance") is user.can.balance


def prove_scheduled_send(user: Caller) -> None:
    """A message goes out when it is asked for, and not before; or it is refused before anything is sent."""
    wanted: datetime = user.box.now + timedelta(hours=5)
    before = len(user.stored)
    outcome = user("send", [message(send_at=wanted)])
    if not user.can.scheduled_send:
        assert isinstance(outcome, PayloadError)
        assert (outcome.path, len(user.stored)) == ("messages[0].send_at", before)
        return
    assert isinstance(outcome, tuple)
    [receipt] = outcome
    assert (receipt.accepted, receipt.state) == (True, "scheduled")
    [stored] = user.stored[before:]
    assert stored.send_at is not None
    assert timedelta(0) <= stored.send_at - wanted < timedelta(minutes=1)
    user.box.advance(4 * 3600)
    [report] = user("status", [receipt])
    assert (report.final, report.state in ("delivered", "unknown")) == (False, False)
    user.box.advance(2 * 3600)
    [report] = user("status", [receipt])
    assert (report.state, report.final) == ("delivered", True)


def prove_validity(user: Caller) -> None:
    """A lifetime is told to the provider, or refused before anything is sent."""
    timely = message(valid_for=timedelta(hours=2))
    outcome = user("send", [timely])
    if not user.can.validity:
        assert isinstance(outcome, PayloadError)
        assert outcome.path == "messages[0].valid_for"
        return
    assert isinstance(outcome, tuple)
    assert outcome[0].accepted
    endless = evolve(timely, valid_for=None)
    assert user.written(endless) == user.written(endless)
    assert len(user.written(timely)) > len(user.written(endless))


def prove_duplicate_detection(user: Caller) -> None:
    """A second send with the same id is recognised and sends nothing; or nothing is promised of it."""
    sent = [message()]
    [first] = user("send", sent)
    user.box.advance(90)  # an identical request may be refused within a minute
    before = len(user.stored)
    [again] = user("send", sent)
    assert again.duplicate is user.can.duplicate_detection
    assert len(user.stored) == before + (again.accepted and not user.can.duplicate_detection)
    if user.can.duplicate_detection:
        assert (again.accepted, again.gateway_id) == (True, first.gateway_id)


def prove_status_by_client_id(user: Caller) -> None:
    """A message is found by the identifier that the caller gave it; or the reference is refused."""
    sent = message()
    user("send", [sent])
    outcome = user("status", [Ref(id=sent.id, to=sent.to)])
    if not user.can.status_by_client_id:
        assert isinstance(outcome, PayloadError)
        assert outcome.path.startswith("messages[0].")
        return
    assert isinstance(outcome, tuple)
    assert (outcome[0].id, outcome[0].state in ("queued", "sent")) == (sent.id, True)


def prove_max_batch(user: Caller) -> None:
    """So many messages go in one request, and one more needs a second."""
    for extra, requests in ((0, 1), (1, 2)):
        before = user.box.requests
        receipts = user("send", [message() for _ in range(user.can.max_batch + extra)])
        assert len(receipts) == user.can.max_batch + extra
        assert user.box.requests - before == requests


def prove_charset(user: Caller) -> None:
    sent = message()
    written = unquote_to_bytes(user.written(sent).replace(b"+", b" "))
    assert sent.text.encode(user.can.charset) in written
    assert user("send", [sent])[0].accepted
    assert user.stored[-1].text == sent.text


PROOFS: Mapping[str, Callable[[Caller], None]] = {
    each.__name__.removeprefix("prove_"): each
    for each in (
        prove_history,
        prove_balance,
        prove_scheduled_send,
        prove_validity,
        prove_duplicate_detection,
        prove_status_by_client_id,
        prove_max_batch,
        prove_charset,
    )
}


def test_each_capability_has_a_proof() -> None:
    assert [each.name for each in fields(Capabilities)] == list(PROOFS)


@every_kind
@every_provider
@pytest.mark.parametrize("capability", PROOFS)
def test_capability_is_as_it_says(capability: str, provider: str, kind: str, box: Sandbox) -> None:
    PROOFS[capability](caller(kind, provider, box))


def lies(capability: str, true: Any) -> list[Any]:
    """What a client might claim instead; of a batch that is one too small and one too large."""
    if capability == "max_batch":
        return [true + 1] if true == 1 else [true - 1, true + 1]
    return ["windows-1251" if true == "utf-8" else "utf-8"] if capability == "charset" else [not true]


@every_provider
@pytest.mark.parametrize("capability", PROOFS)
def test_capability_that_lies_is_found_out(capability: str, provider: str, box: Sandbox) -> None:
    honest = caller("sync", provider, box)
    for lie in lies(capability, getattr(honest.can, capability)):
        with pytest.raises(AssertionError):
            PROOFS[capability](caller("sync", provider, box, **{capability: lie}))
