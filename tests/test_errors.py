"""The tree of errors is as its docstring draws it, and every error of the HTTP libraries has its place."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpcore
import httpx
import pytest
from httpx._transports import default as httpx_transport

import smswire
from smswire import Outcome, SmsError, errors
from smswire.exchange import Failure
from smswire.transport import _Trace


def drawn() -> Iterator[tuple[str, str]]:
    """Child and parent of each line of the docstring's tree."""
    above = ["SmsError"]
    for prefix, name in re.findall(r"^([│ ]*[├└]── )(\w+)", errors.__doc__ or "", re.MULTILINE):
        del above[len(prefix) // 4 :]
        yield name, above[-1]
        above.append(name)


def real(cls: type[SmsError] = SmsError) -> Iterator[tuple[str, str]]:
    for child in cls.__subclasses__():
        yield child.__name__, cls.__name__
        yield from real(child)


def _failure(error: Exception) -> Failure:
    """What the kind of an error alone tells, as with a transport of the user's own."""
    return _Trace(traced=False).failure(error)


def test_tree_is_as_drawn() -> None:
    assert sorted(drawn()) == sorted(set(real()))


def test_every_error_is_public() -> None:
    names = {name for edge in real() for name in edge}
    assert names <= set(smswire.__all__)
    for name in names:
        cls = getattr(smswire, name)
        assert isinstance(cls.outcome, Outcome)
        assert (cls.provider, cls.operation, cls.client_ids) == ("", "", ())


# What became of the request: whether it may have left. None: no outcome of an exchange, never caught.
HTTPX: dict[type[Exception], bool | None] = {
    httpx.HTTPError: True,
    httpx.RequestError: True,
    httpx.TransportError: True,
    httpx.TimeoutException: True,
    httpx.ConnectTimeout: False,
    httpx.ReadTimeout: True,
    httpx.WriteTimeout: True,
    httpx.PoolTimeout: False,
    httpx.NetworkError: True,
    httpx.ConnectError: False,
    httpx.ReadError: True,
    httpx.WriteError: True,
    httpx.CloseError: True,
    httpx.ProtocolError: True,
    httpx.LocalProtocolError: True,
    httpx.RemoteProtocolError: True,
    httpx.ProxyError: False,
    httpx.UnsupportedProtocol: False,
    httpx.DecodingError: True,
    httpx.TooManyRedirects: True,
    httpx.HTTPStatusError: True,
    httpx.InvalidURL: False,
    # misuse of httpx's own objects
    httpx.CookieConflict: None,
    httpx.StreamError: None,
    httpx.StreamConsumed: None,
    httpx.StreamClosed: None,
    httpx.ResponseNotRead: None,
    httpx.RequestNotRead: None,
}


def exceptions(module: object) -> set[type[Exception]]:
    every = vars(module).values()
    return {each for each in every if isinstance(each, type) and issubclass(each, Exception)}


def test_every_error_of_httpx_is_classified() -> None:
    assert exceptions(httpx) == set(HTTPX)


@pytest.mark.parametrize("kind", [each for each, left in HTTPX.items() if left is not None])
def test_classification(kind: type[Exception]) -> None:
    error = kind.__new__(kind)  # their arguments differ, and none of them matters
    failure = _failure(error)
    assert failure.left is HTTPX[kind]
    assert failure.reason


def test_every_error_of_httpcore_becomes_one_of_httpx() -> None:
    internal = {httpcore.ConnectionNotAvailable}  # the pool's own, which it answers by taking another connection
    assert exceptions(httpcore) - internal == set(httpx_transport._load_httpcore_exceptions())
    assert set(httpx_transport._load_httpcore_exceptions().values()) <= set(HTTPX)


def test_reasons_of_those_that_occur() -> None:
    """Whatever the network can do to a request is told in words of its own."""
    fallback = _failure(httpx.RequestError("")).reason
    bases = {httpx.TimeoutException, httpx.NetworkError, httpx.ProtocolError}
    occurring = set(httpx_transport._load_httpcore_exceptions().values()) - bases
    assert [each for each in occurring if _failure(each("")).reason == fallback] == []
