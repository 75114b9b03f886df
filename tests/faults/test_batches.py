"""A call of several requests that breaks in the middle: each message is answered, in doubt, or was not sent."""

from __future__ import annotations

import pytest

from smswire import Message, NotSent, OutcomeUnknown

from .gateways import GATEWAYS, Gateway, call, once
from .platforms import Platform
from .server import Answer, FaultServer, Peer, reply, response

ENOUGH = 20.0


def messages(count: int) -> list[Message]:
    return [Message(to="+77001234567", text=f"Привет {each}", sender="SHOP", id=str(each)) for each in range(count)]


def ids(first: int, last: int) -> list[str]:
    return [str(each) for each in range(first, last)]


def lost(peer: Peer) -> None:
    peer.request()


def answered(platform: Platform) -> Answer:
    def answer(peer: Peer) -> None:
        peer.send(response(platform(peer.request())))

    return answer


@once
def test_fault_in_the_second_of_three_requests(gateway: Gateway, kind: str) -> None:
    batch = gateway.batch
    with FaultServer(answered(gateway.platform()), lost) as server:
        result = call(kind, gateway, server.url, "send", messages(2 * batch + 1), deadline=ENOUGH)

    error = result.error
    assert isinstance(error, OutcomeUnknown)
    assert [each.id for each in error.receipts] == ids(0, batch)
    assert all(each.accepted for each in error.receipts)
    assert list(error.client_ids) == [each.id for each in error.in_doubt] == ids(batch, 2 * batch)
    assert [each.id for each in error.unsent] == ids(2 * batch, 2 * batch + 1)
    assert len(server.posts) == 2


@once
def test_second_request_of_three_never_reaches(gateway: Gateway, kind: str) -> None:
    """Nothing was received of it, so it may be tried again, and then nothing of it was sent."""
    batch, platform = gateway.batch, gateway.platform()
    servers: list[FaultServer] = []

    def accepts_once(peer: Peer) -> None:
        body = peer.request()
        servers[0].stop_listening()
        peer.send(response(platform(body)))

    with FaultServer(accepts_once) as server:
        servers.append(server)
        result = call(kind, gateway, server.url, "send", messages(2 * batch + 1), deadline=ENOUGH)

    error = result.error
    assert type(error) is NotSent
    assert (len(error.receipts), error.in_doubt) == (batch, ())
    assert list(error.client_ids) == ids(batch, 2 * batch)
    assert [each.id for each in error.unsent] == ids(batch, 2 * batch + 1)
    assert len(server.posts) == 1


@once
def test_kept_connection_that_breaks_is_not_tried_again(gateway: Gateway, kind: str) -> None:
    """HTTP libraries like to repeat a request when the connection they had kept turns out to be closed."""
    batch, platform = gateway.batch, gateway.platform()

    def keeps(peer: Peer) -> None:
        good = platform(peer.request())
        peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(good) + good)
        peer.request()

    with FaultServer(keeps, reply(gateway.accepts)) as server:
        result = call(kind, gateway, server.url, "send", messages(batch + 1), deadline=ENOUGH)

    assert isinstance(result.error, OutcomeUnknown)
    assert len(result.error.receipts) == batch
    assert result.error.client_ids == (str(batch),)
    assert (len(server.posts), server.connections) == (2, 1)


@once
def test_message_that_the_reply_does_not_tell_of_is_in_doubt(gateway: Gateway, kind: str) -> None:
    """The reply to another message's send: what became of this one is not known, though the reply is readable."""
    other = Message(to="+77001234568", text="Привет", sender="SHOP", id="18")
    asked = [other] if gateway.batch == 1 else [Message(to=other.to, text="Раз", sender="SHOP", id="17"), other]
    with FaultServer(reply(gateway.accepts)) as server:
        error = call(kind, gateway, server.url, "send", asked).error

    assert isinstance(error, OutcomeUnknown)
    assert error.client_ids == ("18",)
    assert [each.id for each in error.receipts] == ["17"][: len(asked) - 1]
    assert error.in_doubt == (other,)


@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
def test_reports_until_an_error_are_not_lost(gateway: Gateway) -> None:
    sent = [
        Message(to="+77001234567", text=f"{each}", sender="SHOP", id=str(each)) for each in range(gateway.batch + 1)
    ]
    with FaultServer(answered(gateway.platform())) as server:
        receipts = call("sync", gateway, server.url, "send", sent, deadline=ENOUGH).value
    with FaultServer(reply(gateway.tells), reply(b"<html></html>")) as server:
        error = call("sync", gateway, server.url, "status", receipts, deadline=ENOUGH).error
    assert [each.id for each in error.reports] == ids(0, gateway.batch)
