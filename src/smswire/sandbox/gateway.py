"""What a provider's module gives to the sandbox, and what it is given."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeVar

from smswire.documents import read, write
from smswire.documents.reading import USUAL, Spelling
from smswire.sandbox.clock import Clock
from smswire.sandbox.store import Store
from smswire_documents._runtime.description import DocumentType

T = TypeVar("T")

CENTS = 410
"""What one part of a message costs in the sandbox, in hundredths."""


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

    def money(self, provider: str) -> int:
        """What is left of the account's money at a provider, in hundredths."""
        return self.account.cents - self.store.spent(provider)


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
    """A reply, in UTF-8; `charset` is what it goes out in, `status` the HTTP status.

    `examine` is None where nothing in this project reads the reply. `problem` says what was wrong with a request where
    the provider's own error has no room for it; it goes into a header of the sandbox's own.
    """

    body: bytes = field(repr=False)
    media_type: str
    format: Literal["xml", "json", "text"]
    charset: str = "utf-8"
    status: int = 200
    examine: Callable[[bytes], Examined] | None = None
    problem: str = ""


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

    def refuse(self, incoming: Incoming, code: int | str) -> Answer:
        """The provider's error of the whole request, with this code; the request is not processed.

        The code is words for a provider all of whose codes are words, a number for any other.
        """
        ...


def reply(
    document: DocumentType[T],
    value: T,
    charset: str = "utf-8",
    *,
    media_type: str | None = None,
    status: int = 200,
    problem: str = "",
) -> Answer:
    """The answer that carries a document."""
    xml = document.format == "xml"
    return Answer(
        body=write(document, value),
        media_type=media_type or ("text/xml" if xml else "application/json"),
        format="xml" if xml else "json",
        charset=charset,
        status=status,
        examine=examination(document),
        problem=problem,
    )


def examination(document: DocumentType[T], spelling: Spelling = USUAL) -> Callable[[bytes], Examined]:
    """How to find out whether bytes are this document."""

    def examine(body: bytes) -> Examined:
        value = read(document, body, on_drift="raise", spelling=spelling).value
        news = (
            value is not None
            and document.coded is not None
            # an empty code is none, as an absent one
            and any(code not in (None, "") and table.get(code) is None for _, table, code in document.coded(value))
        )
        return Examined(valid=value is not None, news=news)

    return examine
