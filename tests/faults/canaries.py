"""Canaries: what goes in as login, password, token, recipient and text must come out nowhere but on the wire.

Searched: every log record of every logger at DEBUG, the texts of every error and of whatever it was caused by, and
the local variables of every frame of ours that a traceback holds, as error trackers collect them.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Generator, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

import smswire
import smswire_documents
from smswire import Message, Ref

from .gateways import Gateway, call

LOGIN, PASSWORD, TOKEN = "canaryLOGIN17", "canaryPASSWORD17", "canaryTOKEN17"
PHONE, TEXT = "77990001717", "canaryTEXT17"
CANARIES = (LOGIN, PASSWORD, TOKEN, PHONE, TEXT)
ECHO = " ".join(["Ошибка", *CANARIES])
"""What a talkative provider might put into its own words; the first of them is written in its own charset."""

ACCOUNT = {"login": LOGIN, "password": PASSWORD}
BEARER = {"token": TOKEN}
MESSAGE = Message(to=PHONE, text=TEXT, sender="SHOP", id="17")
REF = Ref(id="17", gateway_id="91", to=PHONE)
OURS = tuple(str(Path(str(module.__file__)).parent) for module in (smswire, smswire_documents))


class Log(logging.Handler):
    """Everything that a log record could be written out with."""

    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts += [record.getMessage(), repr(record.__dict__)]
        if record.exc_info and record.exc_info[1] is not None:
            self.texts += told(record.exc_info[1])


@contextmanager
def listening() -> Generator[Log]:
    """Every logger at DEBUG, into one list that is searched at the end."""
    handler, root = Log(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield handler
    finally:
        root.removeHandler(handler)
        root.setLevel(before)
    assert_silent(handler.texts)


def told(error: BaseException) -> Iterator[str]:
    """All that an error, and whatever led to it, would tell a log or an error tracker."""
    chain: list[BaseException] = [error]
    while chain:
        each = chain.pop()
        yield from (str(each), repr(each), repr(each.args), *traceback.format_exception_only(each))
        yield from getattr(each, "__notes__", ())
        chain += [inner for inner in (each.__cause__, each.__context__) if inner is not None]
        for frame, _ in traceback.walk_tb(each.__traceback__):
            if frame.f_code.co_filename.startswith(OURS):
                yield from shown(frame)


def shown(frame: FrameType) -> Iterator[str]:
    for name, value in frame.f_locals.items():
        yield f"{Path(frame.f_code.co_filename).name}:{frame.f_code.co_name}: {name} = {value!r}"


def assert_silent(texts: Iterable[str]) -> None:
    leaks = [text[:300] for text in texts for canary in CANARIES if canary in text]
    assert not leaks


def tried(kind: str, gateway: Gateway, url: str, method: str, *args: Any, **settings: Any) -> Any:
    """The outcome of a call: neither its value nor its error, if any, tells anything."""
    account = {} if "token" in settings else ACCOUNT
    result = call(kind, gateway, url, method, *args, **{**account, "deadline": 0.3} | settings)
    if result.error is not None:
        assert_silent(told(result.error))
    assert_silent([repr(result.value)])
    return result.error or result.value
