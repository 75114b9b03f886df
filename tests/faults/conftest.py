from __future__ import annotations

from collections.abc import Iterator

import pytest

from .canaries import Log, listening


@pytest.fixture
def log() -> Iterator[Log]:
    """What is logged during the test, which must hold no canary."""
    with listening() as handler:
        yield handler
