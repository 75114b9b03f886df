"""Reads are tried again within the deadline, and within the documented limits."""

from __future__ import annotations

import time
from datetime import date

import anyio
import pytest

from smswire import DeliveryState, Message, RateLimited, ReplyError, TransportError

from .gateways import (
    DEADLINE,
    LOGIN,
    MARGIN,
    MESSAGE,
    PASSWORD,
    REF,
    SMSC,
    Gateway,
    call,
    crossed,
    each_gateway,
    each_kind,
    once,
)
from .server import Answer, FaultServer, Peer, reply, response

HISTORY = b'[{"status": 1, "id": 14, "int_id": "100200300", "phone": "77001234567", "message": "Text"}]'


def lost(peer: Peer) -> None:
    peer.request()


def hang(peer: Peer) -> None:
    peer.request()
    peer.pause()


busy = reply(b"", status="503 Service Unavailable")


@crossed("first", [("lost", lost), ("503", busy)])
def test_status_is_asked_again(first: Answer, gateway: Gateway, kind: str) -> None:
    with FaultServer(first, reply(gateway.tells)) as server:
        result = call(kind, gateway, server.url, "status", [REF], deadline=10.0)

    assert result.error is None
    assert [each.state for each in result.value] == [DeliveryState.DELIVERED]
    assert len(server.posts) == 2
    assert server.posts[0] == server.posts[1]


@each_kind
def test_history_is_asked_again(kind: str) -> None:
    with FaultServer(lost, reply(HISTORY)) as server:
        result = call(kind, SMSC, server.url, "history", date(2026, 11, 1), deadline=10.0)

    assert result.error is None
    assert [each.gateway_id for each in result.value] == ["14"]
    assert len(server.posts) == 2


@once
def test_number_of_tries_is_bounded(gateway: Gateway, kind: str) -> None:
    with FaultServer(lost) as server:
        result = call(kind, gateway, server.url, "status", [REF], deadline=20.0)

    assert type(result.error) is TransportError
    assert result.error.client_ids == ()
    assert len(server.posts) == 3


@once
def test_tries_end_with_the_deadline(gateway: Gateway, kind: str) -> None:
    with FaultServer(lost, hang) as server:
        result = call(kind, gateway, server.url, "status", [REF])

    assert type(result.error) is TransportError
    assert result.seconds < DEADLINE + MARGIN
    assert len(server.posts) == 2


@each_kind
@each_gateway
def test_unreadable_answer_to_a_read_is_not_asked_again(gateway: Gateway, kind: str) -> None:
    with FaultServer(reply(b"<html></html>")) as server:
        result = call(kind, gateway, server.url, "status", [REF])

    assert type(result.error) is ReplyError
    assert len(server.posts) == 1


@each_gateway
def test_cancelled_task_ends_at_once(gateway: Gateway) -> None:
    async def main(url: str) -> float:
        async with gateway.async_client(login=LOGIN, password=PASSWORD, base_url=url, deadline=60.0) as client:
            started = time.monotonic()
            with anyio.move_on_after(0.3) as scope:
                await client.send([MESSAGE])
            assert scope.cancelled_caught
            # the client is of use afterwards
            receipts = await client.send([MESSAGE])
            assert receipts[0].accepted
            return time.monotonic() - started

    with FaultServer(hang, reply(gateway.accepts)) as server:
        assert anyio.run(main, server.url) < 5.0
    assert len(server.posts) == 2


@each_gateway
def test_cancelled_pause_ends_at_once(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smswire.retry.pause", lambda tries: 30.0)

    async def main(url: str) -> float:
        async with gateway.async_client(login=LOGIN, password=PASSWORD, base_url=url, deadline=60.0) as client:
            started = time.monotonic()
            with anyio.move_on_after(0.3) as scope:
                await client.status([REF])
            assert scope.cancelled_caught
            return time.monotonic() - started

    with FaultServer(lost) as server:
        assert anyio.run(main, server.url) < 5.0
    assert len(server.posts) == 1


@each_gateway
def test_an_outer_deadline_is_not_taken_for_the_clients_own(gateway: Gateway) -> None:
    async def main(url: str) -> None:
        async with gateway.async_client(login=LOGIN, password=PASSWORD, base_url=url, deadline=60.0) as client:
            with pytest.raises(TimeoutError):
                with anyio.fail_after(0.3):
                    await client.send([MESSAGE])

    with FaultServer(hang) as server:
        anyio.run(main, server.url)


@once
def test_no_pause_outlives_the_deadline(gateway: Gateway, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("smswire.retry.pause", lambda tries: 30.0)
    with FaultServer(lost) as server:
        result = call(kind, gateway, server.url, "status", [REF])

    assert type(result.error) is TransportError
    assert result.seconds < MARGIN
    assert len(server.posts) == 1


@each_gateway
def test_many_tasks_share_a_client(gateway: Gateway) -> None:
    async def main(url: str) -> list[str]:
        found: list[str] = []
        async with gateway.async_client(login=LOGIN, password=PASSWORD, base_url=url, deadline=10.0) as client:

            async def one(index: int) -> None:
                own = Message(to="+77001234567", text=f"Привет {index}", sender="SHOP", id=str(index))
                [receipt] = await client.send([own])
                found.append(receipt.id)

            async with anyio.create_task_group() as tasks:
                for index in range(50):
                    tasks.start_soon(one, index)
        return found

    platform = gateway.platform()
    with FaultServer(lambda peer: peer.send(response(platform(peer.request())))) as server:
        found = anyio.run(main, server.url)
    assert sorted(found) == sorted(platform.accepted) == sorted(str(index) for index in range(50))
    assert len(server.posts) == 50


@each_kind
def test_limit_of_history_is_kept_without_a_request(kind: str) -> None:
    """The same page three times a minute: the fourth is not even asked for."""
    results = []
    with FaultServer(reply(HISTORY)) as server:
        results = call_many(kind, server.url, 4)
    assert [type(each) for each in results] == [list, list, list, RateLimited]
    assert len(server.posts) == 3


def call_many(kind: str, url: str, count: int) -> list[object]:
    settings = {"login": LOGIN, "password": PASSWORD, "base_url": url, "deadline": 10.0}
    found: list[object] = []
    if kind == "sync":
        with SMSC.client(**settings) as client:
            for _ in range(count):
                try:
                    found.append(list(client.history(date(2026, 11, 1), date(2026, 11, 2))))
                except RateLimited as error:
                    found.append(error)
        return found

    async def main() -> None:
        async with SMSC.async_client(**settings) as client:
            for _ in range(count):
                try:
                    found.append([each async for each in client.history(date(2026, 11, 1), date(2026, 11, 2))])
                except RateLimited as error:
                    found.append(error)

    anyio.run(main)
    return found
