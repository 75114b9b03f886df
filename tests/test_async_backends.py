"""The asynchronous client on each event loop that anyio knows, and clients that were closed."""

from __future__ import annotations

import anyio
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
