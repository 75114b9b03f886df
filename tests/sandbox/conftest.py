from __future__ import annotations

import ssl
from collections.abc import Iterator

import httpx
import pytest

from smswire import kazinfoteh, quicktel, smsc, webcom
from smswire.sandbox import Sandbox

# nothing here speaks TLS, and reading all the world's certificates takes longer than a test
CONTEXT = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


@pytest.fixture
def box() -> Iterator[Sandbox]:
    """Its time stands still, so that nothing depends on how fast the test runs."""
    with Sandbox(speed=0) as running:
        yield running


@pytest.fixture
def quick(box: Sandbox) -> Iterator[quicktel.Client]:
    with quicktel.Client(
        login=box.login, password=box.password, base_url=box.url("quicktel"), deadline=5, ca=CONTEXT
    ) as client:
        yield client


@pytest.fixture
def centre(box: Sandbox) -> Iterator[smsc.Client]:
    with smsc.Client(
        login=box.login, password=box.password, base_url=box.url("smsc"), deadline=5, ca=CONTEXT
    ) as client:
        yield client


@pytest.fixture
def kit(box: Sandbox) -> Iterator[kazinfoteh.Client]:
    with kazinfoteh.Client(
        login=box.login, password=box.password, base_url=box.url("kazinfoteh"), deadline=5, ca=CONTEXT
    ) as client:
        yield client


@pytest.fixture
def mobi(box: Sandbox) -> Iterator[webcom.Client]:
    with webcom.Client(
        login=box.login, password=box.password, base_url=box.url("webcom"), deadline=5, ca=CONTEXT
    ) as client:
        yield client


@pytest.fixture
def http() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=5, trust_env=False, verify=CONTEXT) as client:
        yield client
