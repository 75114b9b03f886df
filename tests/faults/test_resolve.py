"""A send in doubt is cleared up by the way that the provider documents, and nothing is accepted twice."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from smswire import DeliveryState, Message, OutcomeUnknown, TransportError

from .gateways import GATEWAYS, MESSAGE, Gateway, call, each_gateway, each_kind, once
from .server import FaultServer, Peer, response

OTHER = Message(to="+77007654321", text="Второе", sender="SHOP", id="18")


def lost(peer: Peer) -> None:
    peer.request()


@each_kind
@each_gateway
@pytest.mark.parametrize("arrived", [True, False], ids=["arrived", "never arrived"])
def test_one_message(arrived: bool, gateway: Gateway, kind: str) -> None:
    """Where the provider recognises an id the message is sent again, elsewhere it is looked up and never sent."""
    platform = gateway.platform()
    again = gateway.client.capabilities.duplicate_detection

    def takes_and_is_lost(peer: Peer) -> None:
        body = peer.request()
        if arrived:
            platform(body)

    def answers(peer: Peer) -> None:
        peer.send(response(platform(peer.request())))

    with FaultServer(takes_and_is_lost, answers) as server:
        doubtful = call(kind, gateway, server.url, "send", [MESSAGE]).error
        assert isinstance(doubtful, OutcomeUnknown)
        assert (doubtful.in_doubt, len(server.posts)) == ((MESSAGE,), 1)
        resolved = call(kind, gateway, server.url, "resolve", doubtful)

    assert resolved.error is None
    [receipt] = resolved.value
    there = arrived or again
    assert platform.accepted == [MESSAGE.id] * there
    assert (receipt.id, receipt.accepted, receipt.duplicate) == (MESSAGE.id, there, again and arrived)
    assert (receipt.state is DeliveryState.UNKNOWN, receipt.error is None) == (not there, there)
    assert (server.posts[0] == server.posts[1]) is again


@each_kind
@pytest.mark.parametrize("gateway", [each for each in GATEWAYS if each.batch > 1], ids=str)
def test_several_messages(gateway: Gateway, kind: str) -> None:
    """Of those of one request, one got through and one did not."""
    platform = gateway.platform()
    again = gateway.client.capabilities.duplicate_detection

    def takes_one_and_is_lost(peer: Peer) -> None:
        platform.deaf = {OTHER.id}
        platform(peer.request())
        platform.deaf = set()

    def answers(peer: Peer) -> None:
        peer.send(response(platform(peer.request())))

    with FaultServer(takes_one_and_is_lost, answers) as server:
        doubtful = call(kind, gateway, server.url, "send", [MESSAGE, OTHER]).error
        assert isinstance(doubtful, OutcomeUnknown)
        resolved = call(kind, gateway, server.url, "resolve", doubtful)

    assert resolved.error is None
    assert platform.accepted == ([MESSAGE.id, OTHER.id] if again else [MESSAGE.id])
    assert [(each.id, each.duplicate, each.accepted) for each in resolved.value] == [
        (MESSAGE.id, again, True),
        (OTHER.id, False, again),
    ]


@once
def test_resolve_that_fails_is_in_doubt_as_before(gateway: Gateway, kind: str) -> None:
    platform = gateway.platform()

    def answers(peer: Peer) -> None:
        peer.send(response(platform(peer.request())))

    with FaultServer(lost) as server:
        first = call(kind, gateway, server.url, "send", [MESSAGE]).error
        second = call(kind, gateway, server.url, "resolve", first).error
    again = gateway.client.capabilities.duplicate_detection
    assert isinstance(second, OutcomeUnknown if again else TransportError)
    assert (second.in_doubt, second.unsent, second.receipts) == ((MESSAGE,), (), ())
    with FaultServer(answers) as server:
        resolved = call(kind, gateway, server.url, "resolve", second)
    assert [each.id for each in resolved.value] == [MESSAGE.id]


@pytest.mark.parametrize(
    "gateway", [each for each in GATEWAYS if not each.client.capabilities.duplicate_detection], ids=str
)
def test_look_up_that_fails_keeps_what_it_found_and_when_the_send_began(gateway: Gateway) -> None:
    """The moment tells a message from an earlier one under the same id."""
    count = 2  # each is looked up alone
    doubtful = OutcomeUnknown("made here")
    doubtful.provider = gateway.name
    doubtful.in_doubt = tuple(Message(to="+77001234567", text="x", id=str(each)) for each in range(count))
    doubtful.began = datetime(2026, 11, 1, tzinfo=UTC)
    platform = gateway.platform()

    def answers(peer: Peer) -> None:
        peer.send(response(platform(peer.request())))

    with FaultServer(answers, lost) as server:
        error = call("sync", gateway, server.url, "resolve", doubtful).error
    assert isinstance(error, TransportError)
    assert [each.id for each in error.receipts] == ["0"]
    assert error.in_doubt == doubtful.in_doubt[1:]
    assert error.began == doubtful.began
