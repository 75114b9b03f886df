"""A send whose answer is lost, late, broken or endless: at most one request, one kind of error, by the deadline."""

from __future__ import annotations

import contextlib
import gzip
import ssl
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import trustme

from smswire import Message, NotSent, Outcome, OutcomeUnknown, smsc
from smswire.documents.reading import MAXIMUM

from .gateways import DEADLINE, MARGIN, MESSAGE, QUICKTEL, SMSC, Gateway, call, crossed, each_kind, once, turned
from .server import Answer, FaultServer, Peer, closed_port, full_backlog, reply, response

PAGE = b"<!DOCTYPE html><html><body><h1>Technical works</h1></body></html>"


@dataclass(frozen=True)
class Row:
    """A fault: what the server does, given the reply that would have accepted the message.

    `posts` is how many requests it could have carried out; `large` asks for a request that no buffer takes whole.
    """

    name: str
    fault: Callable[[bytes], Answer]
    posts: int = 1
    large: bool = False


def fault(after_request: Callable[[Peer, bytes], None]) -> Callable[[bytes], Answer]:
    """The fault of a server that takes the whole request and then does `after_request`."""

    def made(good: bytes) -> Answer:
        def answer(peer: Peer) -> None:
            peer.request()
            after_request(peer, good)

        return answer

    return made


def lost(peer: Peer, good: bytes) -> None:
    """Close without a word."""


def hang(peer: Peer, good: bytes) -> None:
    peer.pause()


def reset(peer: Peer, good: bytes) -> None:
    peer.reset()


def too_short(peer: Peer, good: bytes) -> None:
    peer.send(response(good, length=len(good) + 10))


def cut_document(peer: Peer, good: bytes) -> None:
    peer.send(response(good[:-3]))


def cut_at_close(peer: Peer, good: bytes) -> None:
    peer.send(b"HTTP/1.1 200 OK\r\n\r\n" + good[: len(good) // 2])


def cut_chunk(peer: Peer, good: bytes) -> None:
    peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(good) + good[:-3])


def no_last_chunk(peer: Peer, good: bytes) -> None:
    peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n" % len(good) + good + b"\r\n")


def cut_headers(peer: Peer, good: bytes) -> None:
    peer.send(response(good)[:30])


def drip_headers(peer: Peer, good: bytes) -> None:
    peer.drip(response(good))


def drip_body(peer: Peer, good: bytes) -> None:
    peer.send(response(b"", length=len(good)))
    peer.drip(good)


def endless_body(peer: Peer, good: bytes) -> None:
    peer.send(response(b"", length=1 << 40))
    while True:
        peer.send(bytes(1 << 20))


def endless_headers(peer: Peer, good: bytes) -> None:
    peer.send(b"HTTP/1.1 200 OK\r\n")
    while True:
        peer.send(b"X-More: and more\r\n" * 1000)


def endless_interim(peer: Peer, good: bytes) -> None:
    while True:
        peer.send(b"HTTP/1.1 102 Processing\r\n\r\n")


def compressed(peer: Peer, good: bytes) -> None:
    peer.send(response(gzip.compress(good), "Content-Encoding: gzip"))


BOMB = gzip.compress(bytes(1 << 26), 1)


def bomb(peer: Peer, good: bytes) -> None:
    peer.send(response(BOMB, "Content-Encoding: gzip"))


def banner(good: bytes) -> Answer:
    def answer(peer: Peer) -> None:
        peer.send(b"220 mail.example.org ESMTP\r\n")
        peer.request()

    return answer


def slow_reader(good: bytes) -> Answer:
    def answer(peer: Peer) -> None:
        while True:
            peer.read(1 << 18)
            peer.pause(0.1)

    return answer


def status(line: str, body: bytes | None = None) -> Callable[[bytes], Answer]:
    return lambda good: reply(good if body is None else body, status=line)


ROWS = (
    Row("lost after acceptance", fault(lost)),
    Row("reset after acceptance", fault(reset)),
    Row("never answers", fault(hang)),
    Row("503", status("503 Service Unavailable", PAGE)),
    Row("500 with a good document", status("500 Internal Server Error")),
    Row("429", status("429 Too Many Requests", b"")),
    Row("404", status("404 Not Found", PAGE)),
    Row("403 with a good document", status("403 Forbidden")),
    Row("HTML page with 200", status("200 OK", PAGE)),
    Row("empty 200", status("200 OK", b"")),
    Row("204", status("204 No Content", b"")),
    Row("body shorter than told", fault(too_short)),
    Row("document cut", fault(cut_document)),
    Row("body cut by the close", fault(cut_at_close)),
    Row("chunk cut", fault(cut_chunk)),
    Row("last chunk missing", fault(no_last_chunk)),
    Row("headers cut", fault(cut_headers)),
    Row("headers drip", fault(drip_headers)),
    Row("body drips", fault(drip_body)),
    Row("body never ends", fault(endless_body)),
    Row("headers never end", fault(endless_headers)),
    Row("interim answers never end", fault(endless_interim)),
    Row("compressed", fault(compressed)),
    Row("compressed bomb", fault(bomb)),
    Row("greeting of another protocol", banner),
    Row("request read slowly", slow_reader, posts=0, large=True),
)


def large_send(gateway: Gateway) -> tuple[str, list[object]]:
    """A method and its arguments that make a request of some 20 MB under the id of `MESSAGE`."""
    if gateway is SMSC:  # its texts are limited
        return "send_php", [smsc.SendRequest(phones=("77001234567",), mes="text", subj="a" * 20_000_000, id=MESSAGE.id)]
    return "send", [[Message(to=MESSAGE.to, text="я" * 10_000_000, sender="SHOP", id=MESSAGE.id)]]


@crossed("row", [(row.name, row) for row in ROWS])
def test_outcome_is_unknown_after_one_request(row: Row, gateway: Gateway, kind: str) -> None:
    method, args = large_send(gateway) if row.large else ("send", [[MESSAGE]])
    with FaultServer(row.fault(gateway.accepts)) as server:
        result = call(kind, gateway, server.url, method, *args)

    assert result.value is None
    assert isinstance(result.error, OutcomeUnknown)
    assert result.error.outcome is Outcome.UNKNOWN
    assert result.error.client_ids == (MESSAGE.id,)
    assert (result.error.provider, bool(result.error.operation)) == (gateway.name, True)
    assert result.seconds < DEADLINE + MARGIN
    assert (len(server.posts), server.connections) == (row.posts, 1)


@crossed("code", [(str(code), code) for code in (301, 302, 303, 307, 308)])
def test_redirect_is_not_followed(code: int, gateway: Gateway, kind: str) -> None:
    with (
        FaultServer(reply(gateway.accepts)) as other,
        FaultServer(reply(b"", f"Location: {other.url}/z.php", status=f"{code} Elsewhere")) as server,
    ):
        result = call(kind, gateway, server.url, "send", [MESSAGE])

    assert isinstance(result.error, OutcomeUnknown)
    assert (len(server.posts), other.connections) == (1, 0)


@contextlib.contextmanager
def untrusted_certificate() -> Iterator[tuple[FaultServer, ssl.SSLContext | None]]:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with FaultServer(reply(b""), tls=context) as server:
        yield server, None


@contextlib.contextmanager
def wrong_host_name() -> Iterator[tuple[FaultServer, ssl.SSLContext | None]]:
    authority = trustme.CA()
    context, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("sms.example.org").configure_cert(context)
    authority.configure_trust(trusting)
    with FaultServer(reply(b""), tls=context) as server:
        yield server, trusting


@contextlib.contextmanager
def no_tls() -> Iterator[tuple[FaultServer, ssl.SSLContext | None]]:
    with FaultServer(lambda peer: peer.send(b"220 mail.example.org ESMTP\r\n")) as server:
        server.url = server.url.replace("http:", "https:")
        yield server, None


@contextlib.contextmanager
def handshake_hangs() -> Iterator[tuple[FaultServer, ssl.SSLContext | None]]:
    with FaultServer(Peer.pause) as server:
        server.url = server.url.replace("http:", "https:")
        yield server, None


SERVING = (untrusted_certificate, wrong_host_name, no_tls, handshake_hangs)


@turned("serving", [(each.__name__, each) for each in SERVING])
def test_nothing_is_sent_without_trusted_tls(
    serving: Callable[[], contextlib.AbstractContextManager[tuple[FaultServer, ssl.SSLContext | None]]],
    gateway: Gateway,
    kind: str,
) -> None:
    with serving() as (server, ca):
        result = call(kind, gateway, server.url, "send", [MESSAGE], ca=ca)

    assert type(result.error) is NotSent
    assert result.error.client_ids == (MESSAGE.id,)
    assert result.seconds < DEADLINE + MARGIN
    assert server.posts == []


@once
def test_trusted_tls_works(gateway: Gateway, kind: str) -> None:
    authority = trustme.CA()
    context, trusting = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER), ssl.create_default_context()
    authority.issue_cert("127.0.0.1").configure_cert(context)
    authority.configure_trust(trusting)
    with FaultServer(reply(gateway.accepts), tls=context) as server:
        result = call(kind, gateway, server.url, "send", [MESSAGE], ca=trusting)
    assert result.error is None
    assert len(server.posts) == 1


# how a full queue of connections behaves is Linux's own way
NOWHERE = (closed_port, full_backlog) if sys.platform == "linux" else (closed_port,)


@turned("address", [(each.__name__, each) for each in NOWHERE])
def test_no_connection(
    address: Callable[[], contextlib.AbstractContextManager[str]], gateway: Gateway, kind: str
) -> None:
    with address() as url:
        result = call(kind, gateway, url, "send", [MESSAGE])

    assert type(result.error) is NotSent
    assert result.error.outcome is Outcome.NOT_SENT
    assert result.error.client_ids == (MESSAGE.id,)
    assert result.seconds < DEADLINE + MARGIN


@once
def test_unresolvable_name(gateway: Gateway, kind: str) -> None:
    result = call(kind, gateway, "https://no-such-host.invalid/api", "send", [MESSAGE], deadline=5.0)

    assert type(result.error) is NotSent


@each_kind
def test_endless_body_does_not_fill_the_memory(kind: str) -> None:
    tracemalloc.start()
    try:
        with FaultServer(fault(endless_body)(b"")) as server:
            result = call(kind, QUICKTEL, server.url, "send", [MESSAGE], deadline=20.0)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert isinstance(result.error, OutcomeUnknown)
    assert "larger than" in str(result.error)
    assert peak < 3 * MAXIMUM
