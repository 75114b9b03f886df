"""Whatever comes, a gateway answers with a document of its own that holds to the schema."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smswire.sandbox.app import GATEWAYS
from smswire.sandbox.clock import Clock
from smswire.sandbox.gateway import Account, Bench, Gateway, Incoming
from smswire.sandbox.store import Store

DOCUMENTS = Path(__file__).parent.parent / "documents"
TARGETS = sorted({(name, each.path) for name, (known, _) in GATEWAYS.items() for each in known.operations})
REQUESTS = {name: [each.read_bytes() for each in sorted((DOCUMENTS / name).glob("*.request.*"))] for name in GATEWAYS}
PIECES = [b"", b"<", b"&", b"\xff", b"\n", b"0", b"-1", b"id", b'"', b"=", b"]", "я".encode()]


@pytest.fixture(scope="module")
def gateways() -> Iterator[dict[str, Gateway]]:
    store = Store(":memory:")
    account = Account(login="login", password="password", token="token", cents=1000)
    bench = Bench(account=account, clock=Clock(0), store=store)
    yield {name: make(bench) for name, (_, make) in GATEWAYS.items()}
    store.close()


@st.composite
def bodies(draw: st.DrawFn, name: str) -> bytes:
    """A request that is kept with the project, with something cut out and something put in."""
    body = draw(st.sampled_from(REQUESTS[name]))
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(body)))
        length = draw(st.sampled_from([0, 1, 2, 5, 20]))
        body = body[:at] + draw(st.sampled_from(PIECES)) + body[at + length :]
    return body


@pytest.mark.parametrize(("name", "path"), TARGETS)
@given(data=st.data())
def test_a_damaged_request_is_answered(gateways: dict[str, Gateway], name: str, path: str, data: st.DataObject) -> None:
    incoming = Incoming(path=path, query=b"", body=data.draw(bodies(name)))
    gateway = gateways[name]
    answer = gateway.answer(incoming)
    assert answer.body.decode()
    if answer.examine is not None:
        assert answer.examine(answer.body).valid
    operation = gateway.operation(incoming)
    assert operation is None or operation in {each.name for each in GATEWAYS[name][0].operations}


@pytest.mark.parametrize(("name", "path"), TARGETS)
@given(body=st.binary(max_size=200))
def test_noise_is_answered(gateways: dict[str, Gateway], name: str, path: str, body: bytes) -> None:
    answer = gateways[name].answer(Incoming(path=path, query=b"", body=body))
    assert answer.examine is None or answer.examine(answer.body).valid
