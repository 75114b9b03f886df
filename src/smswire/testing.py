"""pytest plugin: the fixture `smswire_sandbox`, an embedded gateway on 127.0.0.1 for the tests of your own code.

>>> def test_order_is_announced(smswire_sandbox):
...     with quicktel.Client(login="demo", password="demo", base_url=smswire_sandbox.url("quicktel")) as client:
...         announce(order, client)
...     [message] = smswire_sandbox.messages()
...     assert message.to == "+79001234567"

Each test has a sandbox of its own. Its time runs 100 times as fast as the clock; the ini option
`smswire_sandbox_speed` sets another speed for all tests, and the marker for one:

>>> @pytest.mark.smswire_sandbox(speed=0, password="other")
... def test_nothing_moves_until_advance(smswire_sandbox): ...

The marker takes the keyword arguments of `smswire.sandbox.Sandbox`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, cast

import pytest

if TYPE_CHECKING:
    from smswire.sandbox import Sandbox

_SPEED = "smswire_sandbox_speed"
_EXTRA = ("starlette", "uvicorn")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the ini option; called by pytest."""
    parser.addini(
        _SPEED, "how many times as fast as the clock the time of the fixture smswire_sandbox runs", default="100"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker; called by pytest."""
    config.addinivalue_line("markers", "smswire_sandbox(**settings): settings of the fixture smswire_sandbox")


@pytest.fixture
def smswire_sandbox(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    """A running `smswire.sandbox.Sandbox`, stopped after the test."""
    # imported here, because every run of pytest imports this module, with or without the extra
    try:
        from smswire.sandbox import Sandbox
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in _EXTRA:
            raise
        pytest.fail(f'{error.name} is missing, add it with: pip install "smswire[sandbox]"', pytrace=False)
    marker = cast("pytest.Mark | None", request.node.get_closest_marker("smswire_sandbox"))
    # the marker's arguments are checked when the sandbox is made
    settings: dict[str, Any] = {"speed": float(request.config.getini(_SPEED)), **(marker.kwargs if marker else {})}
    with Sandbox(**settings) as box:
        yield box
