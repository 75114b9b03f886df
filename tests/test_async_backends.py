"""The asynchronous client on each event loop that anyio knows, and clients that were closed."""

from __future__ import annotations

import os
import ssl

import anyio
import httpx
import pytest

from smswire import Message, OutcomeUnknown, quicktel, smsc
from smswire.sandbox import Sandbox

BACKENDS = pytest.mark.parametrize("backend", ["asyncio", "trio"])
MESSAGE = Message(to="+79001234567", text="Привет", sender="SHOP", id="order-17")


@BACKENDS
def test_main_job(backend: str) -> None:
    async def main(box: Sandbox) -> None:
        async with quicktel.AsyncClient(login="demo", password="demo", base_url=box.url("quicktel")) as client:
            [receipt] = await client.send([MESSAGE])
            box.advance(60)
            [report] = await client.status([receipt])
        assert (report.id, report.state, report.final) == ("order-17", "delivered", True)

    with Sandbox(speed=0) as box:
        anyio.run(main, box, backend=backend)


@BACKENDS
def test_deadline_and_resolution(backend: str) -> None:
    async def main(box: Sandbox) -> None:
        url = box.url("quicktel")
        async with quicktel.AsyncClient(login="demo", password="demo", base_url=url, deadline=0.3) as client:
            with pytest.raises(OutcomeUnknown) as caught, box.faults.add("hang"):
                await client.send([MESSAGE])
            [receipt] = await client.resolve(caught.value)
        assert receipt.accepted

    with Sandbox(speed=0) as box:
        anyio.run(main, box, backend=backend)
        assert len(box.messages()) == 1


@BACKENDS
def test_many_tasks_share_a_client(backend: str) -> None:
    async def main(box: Sandbox) -> None:
        async with smsc.AsyncClient(login="demo", password="demo", base_url=box.url("smsc")) as client:

            async def one(number: int) -> None:
                [receipt] = await client.send([Message(to=f"+7700123{number:04}", text=f"{number}")])
                assert receipt.accepted

            async with anyio.create_task_group() as group:
                for number in range(100, 110):
                    group.start_soon(one, number)

    with Sandbox(speed=0) as box:
        anyio.run(main, box, backend=backend)
        assert len({each.to for each in box.messages()}) == 10


def test_closed_client_says_so() -> None:
    client = quicktel.Client(login="l", password="p", base_url="http://127.0.0.1:9")
    client.close()
    client.close()
    with pytest.raises(RuntimeError, match="this client is closed"):
        client.send([MESSAGE])


def test_closed_asynchronous_client_says_so() -> None:
    async def main() -> None:
        async with quicktel.AsyncClient(login="l", password="p", base_url="http://127.0.0.1:9") as client:
            pass
        with pytest.raises(RuntimeError, match="this client is closed"):
            await client.send([MESSAGE])

    anyio.run(main)


@BACKENDS
def test_a_client_serves_one_event_loop_after_another(backend: str) -> None:
    with Sandbox(speed=0) as box:
        client = quicktel.AsyncClient(login="demo", password="demo", base_url=box.url("quicktel"))

        async def main(own_id: str) -> None:
            [receipt] = await client.send([Message(to="+79001234567", text="x", sender="S", id=own_id)])
            assert (receipt.accepted, receipt.id) == (True, own_id)
            await client._transport().close()

        for own_id in ("a", "b"):
            anyio.run(main, own_id, backend=backend)
        assert [each.id for each in box.messages()] == ["a", "b"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_a_forked_process_has_connections_of_its_own() -> None:
    with (
        Sandbox(speed=0) as box,
        quicktel.Client(login="demo", password="demo", base_url=box.url("quicktel")) as client,
    ):
        client.send([MESSAGE])
        before = client._transport()
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.write(writing, b"own" if client._transport() is not before else b"shared")
            os._exit(0)
        os.wait()
        assert os.read(reading, 10) == b"own"
        os.close(reading)
        os.close(writing)


def test_whatever_breaks_after_the_request_left_is_an_unknown_outcome() -> None:
    def breaks(_: httpx.Request) -> httpx.Response:
        raise ssl.SSLError(1, "bad record")

    async def main() -> None:
        http = httpx.MockTransport(breaks)
        async with quicktel.AsyncClient(login="l", password="p", base_url="https://e.org", http=http) as client:
            with pytest.raises(OutcomeUnknown) as caught:
                await client.send([MESSAGE])
        assert caught.value.client_ids == ("order-17",)

    anyio.run(main)
    http = httpx.MockTransport(breaks)
    with (
        quicktel.Client(login="l", password="p", base_url="https://e.org", http=http) as client,
        pytest.raises(OutcomeUnknown),
    ):
        client.send([MESSAGE])
