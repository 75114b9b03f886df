"""Canaries through calls that fail on their way: see `canaries` for where they are looked for."""

from __future__ import annotations

from datetime import date

import anyio
import pytest

from smswire import RateLimited, SmsError, smsc

from .canaries import ACCOUNT, ECHO, MESSAGE, REF, Log, assert_silent, told, tried
from .gateways import GATEWAYS, SMSC, Gateway, each_gateway, once, turned
from .replies import REPLIES
from .server import FaultServer, Peer, closed_port, reply, response
from .test_sends import ROWS, Row, large_send

pytestmark = pytest.mark.usefixtures("log")

SINCE = date(2026, 11, 1)
SENT = {each: REPLIES[each.name][each.client.provider.operations[0].name] for each in GATEWAYS}
TOLD = {
    each: REPLIES[each.name][next(it.name for it in each.client.provider.operations if it.effect == "read")]
    for each in GATEWAYS
}


@turned("row", [(row.name, row) for row in ROWS])
def test_send_that_fails(row: Row, gateway: Gateway, kind: str) -> None:
    method, args = large_send(gateway) if row.large else ("send", [[MESSAGE]])
    with FaultServer(row.fault(SENT[gateway].fine.encode())) as server:
        assert isinstance(tried(kind, gateway, server.url, method, *args), SmsError)


@turned("row", [(row.name, row) for row in ROWS if not row.large])
def test_read_that_fails(row: Row, gateway: Gateway, kind: str) -> None:
    with FaultServer(row.fault(TOLD[gateway].fine.encode())) as server:
        assert isinstance(tried(kind, gateway, server.url, "status", [REF], deadline=0.15), SmsError)
        if gateway is SMSC:
            assert isinstance(tried(kind, gateway, server.url, "history", SINCE, deadline=0.15), SmsError)


@once
def test_no_connection(gateway: Gateway, kind: str) -> None:
    with closed_port() as url:
        assert isinstance(tried(kind, gateway, url, "send", [MESSAGE]), SmsError)


def test_limit_of_history() -> None:
    with FaultServer(reply(b"[]")) as server, smsc.Client(**ACCOUNT, base_url=server.url) as client:
        for _ in range(3):
            assert list(client.history(SINCE, SINCE)) == []
        with pytest.raises(RateLimited) as caught:
            list(client.history(SINCE, SINCE))
    assert_silent(told(caught.value))


@each_gateway
def test_cancelled_while_the_answer_comes(gateway: Gateway) -> None:
    def talks_and_hangs(peer: Peer) -> None:
        peer.request()
        peer.send(response(ECHO.encode(), length=1000))
        peer.pause()

    caught: list[BaseException] = []

    async def main(url: str) -> None:
        async with gateway.async_client(**ACCOUNT, base_url=url) as client:
            with anyio.move_on_after(0.3):
                try:
                    await client.send([MESSAGE])
                except anyio.get_cancelled_exc_class() as error:
                    caught.append(error)
                    raise

    with FaultServer(talks_and_hangs) as server:
        anyio.run(main, server.url)
    assert_silent(told(caught[0]))


@each_gateway
def test_interrupted_while_the_answer_comes(gateway: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> float:
        raise KeyboardInterrupt

    def talks(peer: Peer) -> None:
        peer.request()
        monkeypatch.setattr("smswire.sockets._remaining", interrupted)
        peer.send(response(ECHO.encode(), length=1000))
        peer.pause()

    with (
        FaultServer(talks) as server,
        gateway.client(**ACCOUNT, base_url=server.url) as client,
        pytest.raises(KeyboardInterrupt) as caught,
    ):
        client.send([MESSAGE])
    assert_silent(told(caught.value))


@each_gateway
def test_callback_that_fails(gateway: Gateway, log: Log, caplog: pytest.LogCaptureFixture) -> None:
    """What became of the messages is told all the same, and the callback's error is logged."""

    def fails(_: object) -> None:
        raise ZeroDivisionError

    with FaultServer(reply(SENT[gateway].newer.encode())) as server:
        [receipt] = tried("sync", gateway, server.url, "send", [MESSAGE], drift_callback=fails)
    assert receipt.raw is not None
    assert "the drift callback failed" in caplog.text
    assert "ZeroDivisionError" in caplog.text
    assert any("smswire.drift" in text for text in log.texts)
