"""What a provider's module gives to the sandbox, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

from smswire.documents import read, write
from smswire.sandbox.clock import Clock
from smswire.sandbox.store import Store
from smswire_documents._runtime.description import DocumentType

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What requests have to authenticate with, and the money there was before the first message, in hundredths."""

    login: str = field(repr=False)
    password: str = field(repr=False)
    token: str = field(repr=False)
    cents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What every provider of one sandbox works with."""

    account: Account
    clock: Clock
    store: Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Incoming:
    """One request below a provider's address. `crowd` is how many of this provider's are in work, with this one."""

    path: str
    query: bytes = field(repr=False)
    body: bytes = field(repr=False)
    crowd: int = 1


@dataclass(frozen=True, slots=True)
class Examined:
    """Whether bytes hold to the schema of a reply, and whether they hold a code that no table lists."""

    valid: bool
    news: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A reply, in UTF-8; `charset` is what it goes out in. `format` and `examine` are None for a plain text."""

    body: bytes = field(repr=False)
    media_type: str
    format: Literal["xml", "json"] | None = None
    charset: str = "utf-8"
    examine: Callable[[bytes], Examined] | None = None


class Gateway(Protocol):
    """One provider. `paths` are the methods that each path below its address takes."""

    @property
    def paths(self) -> Mapping[str, Collection[str]]: ...

    def operation(self, incoming: Incoming) -> str | None:
        """The name of the operation that a request means, None where it means none."""
        ...

    def answer(self, incoming: Incoming) -> Answer:
        """Process a request and answer as the provider documents."""
        ...

    def refuse(self, incoming: Incoming, code: int) -> Answer:
        """The provider's error of the whole request, with this code; the request is not processed."""
        ...


def reply(document: DocumentType[T], value: T, charset: str = "utf-8") -> Answer:
    """The answer that carries a document."""

    def examine(body: bytes) -> Examined:
        value = read(document, body, on_drift="raise").value
        news = (
            value is not None
            and document.coded is not None
            and any(table.get(code) is None for _, table, code in document.coded(value))
        )
        return Examined(valid=value is not None, news=news)

    xml = document.format == "xml"
    return Answer(
        body=write(document, value),
        media_type="text/xml" if xml else "application/json",
        format="xml" if xml else "json",
        charset=charset,
        examine=examine,
    )
