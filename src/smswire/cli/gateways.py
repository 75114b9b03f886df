"""Which providers have a client, and what the commands use of it. To add a provider, register it here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TypeAlias, TypedDict

from attrs import frozen

from smswire.model import Capabilities, Message, Receipt, Report, Tracked
from smswire_documents._runtime.description import Provider
from smswire_documents._runtime.document import Document

History: TypeAlias = Callable[[date, date | None, str | None], Iterator[Report[Document]]]


class Settings(TypedDict):
    """What a client is made with."""

    login: str | None
    password: str | None
    token: str | None
    base_url: str | None
    deadline: float
    allow_plaintext: bool


@frozen(kw_only=True)
class Session:
    """An open client of any provider."""

    send: Callable[[Iterable[Message]], tuple[Receipt[Document], ...]]
    status: Callable[[Iterable[Tracked]], tuple[Report[Document], ...]]
    history: History | None = None
    close: Callable[[], None]


@frozen
class Gateway:
    """A provider that has a client."""

    provider: Provider
    capabilities: Capabilities
    open: Callable[[Settings], Session]


def _quicktel() -> Gateway:
    from smswire import quicktel

    def session(settings: Settings) -> Session:
        client = quicktel.Client(**settings)
        return Session(send=client.send, status=client.status, close=client.close)

    return Gateway(quicktel.Client.provider, quicktel.Client.capabilities, session)


def _smsc() -> Gateway:
    from smswire import smsc

    def session(settings: Settings) -> Session:
        client = smsc.Client(**settings)
        return Session(send=client.send, status=client.status, history=client.history, close=client.close)

    return Gateway(smsc.Client.provider, smsc.Client.capabilities, session)


GATEWAYS: Mapping[str, Callable[[], Gateway]] = {"quicktel": _quicktel, "smsc": _smsc}
"""A provider's module, and with it the network, is imported when its entry is called."""
