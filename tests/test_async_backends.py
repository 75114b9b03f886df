"""The asynchronous client on each event loop that anyio knows, and clients that were closed."""

from __future__ import annotations

import os
import ssl

import anyio
import httpx
import pytest
from attrs import evolve
from faults.gateways import GATEWAYS, MESSAGE, Gateway, each_gateway

from smswire import OutcomeUnknown, quicktel
from smswire.sandbox import Sandbox

BACKENDS = pytest.mark.parametrize("backend", ["asyncio", "trio"])


@BACKENDS
@each_gateway
def test_main_job(gateway: Gateway, backend: str) -> None:
    async def main(box: Sandbox) -> None:
        async with gateway.async_client(login="demo", password="demo", base_url=box.url(gateway.name)) as client:
            [receipt] = await client.send([MESSAGE])
            box.advance(60)
            [report] = await client.status([receipt])
        assert (report.id, report.state, report.final) == (MESSAGE.id, "delivered", True)

    with Sandbox(speed=0) as box:
        anyio.run(main, box, backend=backend)


@pytest.mark.parametrize(
    ("gateway", "backend", "processed"),
    [
        pytest.param(gateway, backend, (i + j) % 2 == 0, id=f"{gateway}-{backend}")
        for i, gateway in enumerate(GATEWAYS)
        for j, backend in enumerate(["asyncio", "trio"])
    ],
)
def test_deadline_and_resolution(processed: bool, gateway: Gateway, backend: str) -> None:
    """What never arrived goes out by `resolve` where it sends again; either way at most one message does."""
    there = processed or gateway.client.capabilities.duplicate_detection

    async def main(box: Sandbox) -> None:
        url = box.url(gateway.name)
        async with gateway.async_client(login="demo", password="demo", base_url=url, deadline=0.3) as client:
            with pytest.raises(OutcomeUnknown) as caught, box.faults.add("hang", processed=processed):
                await client.send([MESSAGE])
            [receipt] = await client.resolve(caught.value)
        assert receipt.accepted is there

    with Sandbox(speed=0) as box:
        anyio.run(main, box, backend=backend)
        assert [each.id for each in box.messages()] == [MESSAGE.id] * there


@BACKENDS
@each_gateway
def test_many_tasks_share_a_client(gateway: Gateway, backend: str) -> None:
    async def main(box: Sandbox) -> None:
        async with gateway.async_client(login="demo", password="demo", base_url=box.url(gateway.name)) as client:

            async def one(number: int) -> None:
                [receipt] = await client.send([evolve(MESSAGE, to=f"+7700123{number:04}", id=str(number))])
                assert receipt.accepted

            async with anyio.create_task_group() as group:
                for number in range(100, 110):
                    group.start_soon(one, number)

    with Sandbox(speed=0) as box:
        anyio.run(main, box, backend=backend)
        assert len({each.to for each in box.messages()}) == 10


@each_gateway
def test_closed_client_says_so(gateway: Gateway) -> None:
    client = gateway.client(login="l", password="p", base_url="http://127.0.0.1:9")
    client.close()
    client.close()
    with pytest.raises(RuntimeError, match="this client is closed"):
        client.send([MESSAGE])


@each_gateway
def test_closed_asynchronous_client_says_so(gateway: Gateway) -> None:
    async def main() -> None:
        async with gateway.async_client(login="l", password="p", base_url="http://127.0.0.1:9") as client:
            pass
        with pytest.raises(RuntimeError, match="this client is closed"):
            await client.send([MESSAGE])

    anyio.run(main)


@BACKENDS
@each_gateway
def test_a_client_serves_one_event_loop_after_another(gateway: Gateway, backend: str) -> None:
    with Sandbox(speed=0) as box:
        client = gateway.async_client(login="demo", password="demo", base_url=box.url(gateway.name))

        async def main(own_id: str) -> None:
            [receipt] = await client.send([evolve(MESSAGE, id=own_id, text=own_id)])
            assert (receipt.accepted, receipt.id) == (True, own_id)
            await client._transport().close()

        for own_id in ("1", "2"):
            anyio.run(main, own_id, backend=backend)
        assert [each.id for each in box.messages()] == ["1", "2"]


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
        assert caught.value.client_ids == (MESSAGE.id,)

    anyio.run(main)
    http = httpx.MockTransport(breaks)
    with (
        quicktel.Client(login="l", password="p", base_url="https://e.org", http=http) as client,
        pytest.raises(OutcomeUnknown),
    ):
        client.send([MESSAGE])
