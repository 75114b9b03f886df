"""Which providers have a client, and what the commands use of it: every module `smswire.<provider>` that there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from typing import ClassVar, Protocol, TypedDict, Unpack, cast

from smswire.model import Capabilities, Message, Receipt, Report, Tracked
from smswire_documents import PROVIDERS
from smswire_documents._runtime.description import Provider
from smswire_documents._runtime.document import Document

GATEWAYS: tuple[str, ...] = tuple(each for each in PROVIDERS if find_spec(f"smswire.{each}") is not None)
"""The providers that have a client, not only documents."""


class Settings(TypedDict):
    """What a client is made with."""

    login: str | None
    password: str | None
    token: str | None
    base_url: str | None
    deadline: float
    allow_plaintext: bool


class Session(Protocol):
    """An open client of any provider."""

    provider: ClassVar[Provider]
    capabilities: ClassVar[Capabilities]

    def __init__(self, **settings: Unpack[Settings]) -> None: ...
    def send(self, messages: Iterable[Message]) -> tuple[Receipt[Document], ...]: ...
    def status(self, messages: Iterable[Tracked]) -> tuple[Report[Document], ...]: ...
    def close(self) -> None: ...


class SessionWithHistory(Session, Protocol):
    """An open client of a provider whose capabilities include a history."""

    def history(
        self, since: date, until: date | None = None, resume: str | None = None
    ) -> Iterator[Report[Document]]: ...


def client(provider: str) -> type[Session]:
    """The class of a provider's client. Its module, and with it the network, is imported here."""
    return cast("type[Session]", import_module(f"smswire.{provider}").Client)


def with_history(session: Session) -> SessionWithHistory | None:
    """The client with its history; None for a provider that documents none."""
    return cast("SessionWithHistory", session) if session.capabilities.history else None
