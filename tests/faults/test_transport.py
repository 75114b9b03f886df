"""The network layer itself: hosts with several addresses, and an httpx transport instead of our own."""

from __future__ import annotations

import socket
import sys
from typing import Any

import httpx
import pytest

from smswire import NotSent, OutcomeUnknown

from .gateways import DEADLINE, MARGIN, MESSAGE, QUICKTEL, Gateway, call, crossed, each_gateway, each_kind, once
from .server import FaultServer, full_backlog, reply

SCRIPTED = "http://127.0.0.1:9/api"


@pytest.mark.skipif(sys.platform != "linux", reason="how a full queue of connections behaves is Linux's own way")
@each_kind
def test_second_address_of_a_host(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that takes nothing leaves time for the next one, and the deadline is that of all together."""
    with FaultServer(reply(QUICKTEL.accepts)) as server:
        port = int(server.url.rpartition(":")[2].partition("/")[0])
        with full_backlog("127.0.0.2", port):
            addresses = ["127.0.0.2", "127.0.0.1"]
            resolve_to(addresses, port, monkeypatch)
            url = f"http://sms.example.org:{port}/api"
            result = call(kind, QUICKTEL, url, "send", [MESSAGE], allow_plaintext=True)
            assert result.error is None
            assert len(server.posts) == 1

            addresses[:] = ["127.0.0.2"] * 3
            result = call(kind, QUICKTEL, url, "send", [MESSAGE], allow_plaintext=True)
            assert type(result.error) is NotSent
            assert result.seconds < DEADLINE + MARGIN


def resolve_to(addresses: list[str], port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def resolve(host: str | bytes, *args: Any, **kwargs: Any) -> list[Any]:
        if host in ("sms.example.org", b"sms.example.org"):
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in addresses]
        return real(host, *args, **kwargs)

    monkeypatch.setattr("socket.getaddrinfo", resolve)


PATHS = {"kazinfoteh": "", "quicktel": "/z.php", "smsc": "/send.php", "webcom": "/xml"}
TYPES = {
    "kazinfoteh": "application/xml",
    "quicktel": "application/x-www-form-urlencoded",
    "smsc": "application/x-www-form-urlencoded",
    "webcom": "text/xml; charset=utf-8",
}


@each_kind
@each_gateway
def test_own_http_layer(gateway: Gateway, kind: str) -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, content=gateway.accepts)

    result = call(kind, gateway, SCRIPTED, "send", [MESSAGE], http=httpx.MockTransport(answer))

    assert result.error is None
    assert result.value[0].accepted
    [request] = asked
    assert (request.method, str(request.url)) == ("POST", SCRIPTED + PATHS[gateway.name])
    assert request.headers["Accept-Encoding"] == "identity"
    assert request.headers["Content-Type"] == TYPES[gateway.name]
    assert request.headers.get("Content-Charset") == ("UTF-8" if gateway is QUICKTEL else None)


FAILURES: dict[type[httpx.RequestError], type[Exception]] = {
    httpx.ReadError: OutcomeUnknown,
    httpx.ConnectError: NotSent,
    httpx.DecodingError: OutcomeUnknown,
}


@crossed("raised", [(each.__name__, each) for each in FAILURES])
def test_own_http_layer_that_fails(raised: type[httpx.RequestError], gateway: Gateway, kind: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise raised("words that quote the request", request=request)

    result = call(kind, gateway, SCRIPTED, "send", [MESSAGE], http=httpx.MockTransport(answer))

    assert type(result.error) is FAILURES[raised]
    assert "words" not in str(result.error)
    assert result.error.__cause__ is result.error.__context__ is None


@once
def test_environment_has_no_say(gateway: Gateway, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither a proxy nor a certificate bundle from the environment changes where the password goes."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with FaultServer(reply(gateway.accepts)) as server:
        result = call(kind, gateway, server.url, "send", [MESSAGE])
    assert result.error is None


@once
def test_proxy(gateway: Gateway, kind: str) -> None:
    """A proxy gets the request for a plain address whole, and an outcome through it is as unknown as any."""
    with FaultServer(reply(gateway.accepts), reply(b"", status="502 Bad Gateway")) as proxy:
        settings = {"proxy": proxy.url.removesuffix("/api"), "allow_plaintext": True}
        result = call(kind, gateway, "http://sms.example.org/api", "send", [MESSAGE], **settings)
        assert result.error is None
        result = call(kind, gateway, "http://sms.example.org/api", "send", [MESSAGE], **settings)
        assert isinstance(result.error, OutcomeUnknown)
    assert len(proxy.posts) == 2


@once
def test_proxy_that_refuses_the_tunnel(gateway: Gateway, kind: str) -> None:
    def refuses(peer: Any) -> None:
        peer.read()
        peer.send(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")

    with FaultServer(refuses) as proxy:
        settings = {"proxy": proxy.url.removesuffix("/api")}
        result = call(kind, gateway, "https://sms.example.org/api", "send", [MESSAGE], **settings)
    assert type(result.error) is NotSent
    assert proxy.posts == []
