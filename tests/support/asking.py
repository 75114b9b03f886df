"""One call of the blocking or the asynchronous client of a provider, whichever a test is at."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import anyio
import httpx
import pytest

every_kind = pytest.mark.parametrize("kind", ["sync", "async"])


def ask(kind: str, provider: ModuleType, url: str, method: str, *arguments: Any, **settings: Any) -> Any:
    """What a method of the provider's client gives or raises; an iterator is not read."""
    account = {"login": "canaryLOGIN", "password": "canaryPASSWORD"}
    settings = {"base_url": url, "deadline": 5.0, **account, **settings}
    if kind == "sync":
        with provider.Client(**settings) as client:
            return getattr(client, method)(*arguments)

    async def main() -> Any:
        async with provider.AsyncClient(**settings) as client:
            return await getattr(client, method)(*arguments)

    return anyio.run(main)


def exchanged(
    provider: ModuleType, reply: str, method: str, *arguments: Any, kind: str = "sync", **settings: Any
) -> tuple[Any, str]:
    """What a method makes of a reply, and the request that it was the reply to."""
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.content.decode())
        return httpx.Response(200, content=reply)

    settings = {"http": httpx.MockTransport(answer), **settings}
    value = ask(kind, provider, "http://127.0.0.1:9", method, *arguments, **settings)
    [request] = asked
    return value, request
