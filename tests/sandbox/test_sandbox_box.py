"""The sandbox itself: beginning, end, several at once, settings."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import logging
import socket
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from smswire import AuthenticationError, DeliveryState, Message, quicktel, smsc
from smswire.sandbox import Sandbox, State


def client_of(box: Sandbox, **settings: object) -> quicktel.Client:
    return quicktel.Client(
        **{"login": box.login, "password": box.password, "base_url": box.url("quicktel"), **settings}
    )


def test_a_message_moves_with_accelerated_time() -> None:
    with Sandbox(speed=10) as box, client_of(box) as client:
        receipts = client.send([Message(to="+79001234567", text="Привет", sender="SHOP", id="order-17")])
        assert receipts[0].state is DeliveryState.QUEUED
        seen = [client.status(receipts)[0].state]
        begun = time.monotonic()
        while seen[-1] is not DeliveryState.DELIVERED:
            assert time.monotonic() - begun < 10
            time.sleep(0.01)
            seen.append(client.status(receipts)[0].state)
        order = [DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.DELIVERED]
        assert seen == sorted(seen, key=order.index)
        assert set(seen) == set(order)


def test_what_was_accepted_is_kept_for_assertions(box: Sandbox, quick: quicktel.Client, centre: smsc.Client) -> None:
    [receipt] = quick.send([Message(to="+79001234567", text="Привет", sender="SHOP", id="order-17")])
    centre.send([Message(to="77001234567", text="Text", id="14")])
    first, second = box.messages()
    assert (first.provider, first.id, first.gateway_id) == ("quicktel", "order-17", receipt.gateway_id)
    assert (first.to, first.text, first.sender, first.parts) == ("+79001234567", "Привет", "SHOP", 1)
    assert (first.state, first.outcome, first.send_at) == (State.QUEUED, "delivered", None)
    assert first.accepted_at == box.now
    assert (second.provider, second.id, second.gateway_id, second.sender) == ("smsc", "14", "14", "")
    assert box.messages("smsc") == (second,)
    assert box.requests == 2
    box.advance(60)
    assert [each.state for each in box.messages()] == [State.DELIVERED] * 2


def test_messages_outlive_the_sandbox() -> None:
    with Sandbox() as box, client_of(box) as client:
        client.send([Message(to="+79001234567", text="x", sender="S", id="1")])
    assert [each.id for each in box.messages()] == ["1"]
    assert box.messages("smsc") == ()
    assert box.requests == 1
    with pytest.raises(RuntimeError):
        box.url("quicktel")
    with pytest.raises(RuntimeError):
        box.advance(1)
    box.stop()


def test_two_at_once_know_nothing_of_each_other() -> None:
    with Sandbox(login="one") as one, Sandbox(login="two", password="p", speed=100) as two:
        assert one.address != two.address
        with client_of(one) as first, client_of(two) as second, client_of(two, login="one") as stranger:
            first.send([Message(to="+79001234567", text="x", sender="S", id="1")])
            [receipt] = second.send([Message(to="+79001234567", text="y", sender="S", id="1")])
            assert not receipt.duplicate
            with pytest.raises(AuthenticationError):
                stranger.send([Message(to="+79001234567", text="x", sender="S")])
        assert [each.text for each in one.messages()] == ["x"]
        assert [each.text for each in two.messages()] == ["y"]


def test_nothing_is_left_running() -> None:
    before = set(threading.enumerate())
    with Sandbox() as box, client_of(box) as client:
        client.send([Message(to="+79001234567", text="x", sender="S")])
        port = httpx.URL(box.address).port
        assert port is not None
        assert len(threading.enumerate()) > len(before)
        # a client that says nothing, and one in the middle of its request
        silent = socket.create_connection(("127.0.0.1", port))
        halfway = socket.create_connection(("127.0.0.1", port))
        halfway.sendall(b"POST /quicktel/z.php HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n<xml")
        time.sleep(0.05)
        begun = time.monotonic()
        box.stop()
        assert time.monotonic() - begun < 3
        for each in (silent, halfway):
            each.settimeout(1)
            assert _closed(each)
            each.close()
    assert set(threading.enumerate()) == before
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port), timeout=1)
    # the port is free again at once
    with Sandbox(port=port) as again:
        assert httpx.URL(again.address).port == port
    # an unclosed socket or database would warn here, and a warning is an error
    gc.collect()


def _closed(connection: socket.socket) -> bool:
    try:
        return connection.recv(100) == b""
    except ConnectionError:
        return True


def test_it_can_be_started_again() -> None:
    box = Sandbox()
    assert repr(box) == "<Sandbox not running>"
    box.start()
    with pytest.raises(RuntimeError, match="already"):
        box.start()
    assert box.address in repr(box)
    box.stop()
    with box:
        assert box.messages() == ()


def test_a_port_that_is_taken() -> None:
    with Sandbox() as box:
        port = httpx.URL(box.address).port
        assert port is not None
        before = threading.active_count()
        with pytest.raises(OSError, match="in use"):
            Sandbox(port=port).start()
        assert threading.active_count() == before


def test_a_database_file_keeps_messages(tmp_path: Path) -> None:
    database = tmp_path / "sandbox.sqlite"
    with Sandbox(database=database, speed=100) as box, client_of(box) as client:
        [receipt] = client.send([Message(to="+79001234567", text="Привет", sender="S", id="1")])
        box.advance(7 * 24 * 3600)
        client.send([Message(to="+79001234567", text="later", sender="S", id="2")])
    with Sandbox(database=database, speed=0) as box, client_of(box) as client:
        assert [each.text for each in box.messages()] == ["Привет", "later"]
        # time goes on from where it was
        assert box.messages()[1].state is State.QUEUED
        [again, other] = client.send([Message(to="+79001234567", text="x", sender="S", id=each) for each in "13"])
        assert again.duplicate
        assert again.gateway_id == receipt.gateway_id
        assert other.gateway_id not in (None, receipt.gateway_id)


@pytest.mark.parametrize(
    "settings", [{"speed": -1}, {"speed": float("nan")}, {"host": "0.0.0.0"}, {"host": "example.org"}]
)
def test_settings_out_of_range(settings: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Sandbox(**settings)


def test_time(box: Sandbox) -> None:
    begin = box.now
    assert abs((begin - datetime.now(UTC)).total_seconds()) < 5
    time.sleep(0.01)
    assert box.now == begin
    box.advance(1.5)
    assert (box.now - begin).total_seconds() == pytest.approx(1.5)
    with pytest.raises(ValueError):
        box.advance(-1)


def test_unknown_provider(box: Sandbox) -> None:
    with pytest.raises(ValueError, match="quicktel, smsc"):
        box.url("nobody")


def test_ipv6() -> None:
    try:
        box = Sandbox(host="::1")
        box.start()
    except OSError:
        pytest.skip("no IPv6 here")
    with client_of(box) as client:
        client.send([Message(to="+79001234567", text="x", sender="S")])
    box.stop()
    assert len(box.messages()) == 1


def test_methods_paths_and_size(box: Sandbox, http: httpx.Client) -> None:
    assert http.get(box.url("quicktel") + "/z.php").status_code == 405
    assert http.get(box.url("kazinfoteh")).status_code == 405
    assert http.get(box.url("webcom") + "/xml").status_code == 405
    assert http.post(box.url("webcom") + "/xml/balance.php").status_code == 404
    assert http.head(box.url("smsc") + "/send.php?phones=77001234567&mes=x").status_code == 405
    assert http.get(box.url("smsc") + "/balance.php").status_code == 404
    assert http.post(box.address + "/nobody/z.php").status_code == 404
    # the answer may come before everything is written, and the connection closes
    with contextlib.suppress(httpx.WriteError, httpx.ReadError):
        assert http.post(box.url("quicktel") + "/z.php", content=b"x" * (16 * 1024 * 1024 + 1)).status_code == 413
    assert box.messages() == ()


def test_no_secret_reaches_a_log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(1)
    # as verbose as uvicorn can be told to be
    with Sandbox(password="hunter2", token="tok-en") as box, httpx.Client(trust_env=False) as http:
        http_log = logging.getLogger("httpx")
        http_log.setLevel(logging.WARNING)
        url = box.url("smsc") + "/send.php"
        http.get(
            url, params={"login": "demo", "psw": "hunter2", "phones": "77001234567", "mes": "secret-text", "fmt": 3}
        )
        http.post(url, data={"apikey": "tok-en", "phones": "77001234567", "mes": "secret-text", "fmt": "3"})
        with client_of(box) as client:
            client.send([Message(to="+79001234567", text="secret-text", sender="S")])
        http_log.setLevel(logging.NOTSET)
        assert len(box.messages()) >= 2
        shown = repr(box) + repr(box.faults)
    for secret in ("hunter2", "tok-en", "secret-text", "77001234567"):
        assert secret not in caplog.text
        assert secret not in shown


def test_async_clients() -> None:
    async def main(box: Sandbox) -> None:
        settings = {"login": box.login, "password": box.password}
        async with quicktel.AsyncClient(**settings, base_url=box.url("quicktel")) as quick:
            receipts = await quick.send(
                [Message(to=f"+7900123456{each}", text="x", sender="S", id=str(each)) for each in range(8)]
            )
            box.advance(10)
            reports = await quick.status(receipts)
            assert {each.state for each in reports} == {DeliveryState.DELIVERED}
        async with smsc.AsyncClient(**settings, base_url=box.url("smsc")) as centre:
            sent = await asyncio.gather(
                *(centre.send([Message(to="77001234567", text=f"text {each}", id=f"a-{each}")]) for each in range(8))
            )
            assert all(each.accepted for [each] in sent)
            listed = [each async for each in centre.history(since=box.now.date())]
            assert {each.id for each in listed} == {f"a-{each}" for each in range(8)}

    with Sandbox(speed=0) as box:
        asyncio.run(main(box))
