"""The application: each provider's paths, and what a request meets on its way to the provider and back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeAlias

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from smswire.documents.reading import MAXIMUM
from smswire.sandbox.control import control_routes
from smswire.sandbox.faults import Faults
from smswire.sandbox.gateway import Bench, Gateway, Incoming
from smswire.sandbox.kazinfoteh import Kazinfoteh
from smswire.sandbox.pages import page_of, put_on_the_wire
from smswire.sandbox.quicktel import Quicktel
from smswire.sandbox.smsc import Smsc
from smswire.sandbox.webcom import Webcom
from smswire.sandbox.wire import Wire
from smswire_documents._runtime.description import Provider
from smswire_documents.kazinfoteh.operations import PROVIDER as KAZINFOTEH
from smswire_documents.quicktel.operations import PROVIDER as QUICKTEL
from smswire_documents.smsc.operations import PROVIDER as SMSC
from smswire_documents.webcom.operations import PROVIDER as WEBCOM

Served: TypeAlias = tuple[Provider, Callable[[Bench], Gateway]]
"""A provider, and what makes its gateway."""

GATEWAYS: Mapping[str, Served] = {
    KAZINFOTEH.id: (KAZINFOTEH, Kazinfoteh),
    QUICKTEL.id: (QUICKTEL, Quicktel),
    SMSC.id: (SMSC, Smsc),
    WEBCOM.id: (WEBCOM, Webcom),
}
"""Every provider of the sandbox: a new one is a module with a `Gateway`, and a line here."""


def operations(gateways: Mapping[str, Served]) -> Mapping[str, Collection[str]]:
    """The names of the operations of each provider."""
    return {name: [each.name for each in provider.operations] for name, (provider, _) in gateways.items()}


def worded(gateways: Mapping[str, Served]) -> Collection[str]:
    """The providers whose codes are words, not numbers."""
    codes = {
        name: [code for table in provider.codes for code in table.codes] for name, (provider, _) in gateways.items()
    }
    return [name for name, known in codes.items() if known and all(isinstance(code, str) for code in known)]


def application(gateways: Mapping[str, Served], bench: Bench, faults: Faults, traffic: Traffic) -> Starlette:
    """The sandbox as an ASGI application, to be served over the protocol of `smswire.sandbox.wire`."""
    routes = control_routes(faults)
    for name, (_, make) in gateways.items():
        gateway = make(bench)
        # no mount: it would not take the bare address, without a slash at its end
        routes += [Route(f"/{name}{path}", _Endpoint(name, path, gateway, faults, traffic)) for path in gateway.paths]
    return Starlette(routes=routes)


@dataclass(slots=True)
class Traffic:
    """How many requests have been read, and how many are in work for each provider."""

    requests: int = 0
    crowds: dict[str, int] = field(default_factory=dict[str, int])

    @contextmanager
    def entered(self, provider: str) -> Generator[int]:
        """Count a request that has been read; gives the number in work, with this one."""
        self.requests += 1
        self.crowds[provider] = self.crowds.get(provider, 0) + 1
        try:
            yield self.crowds[provider]
        finally:
            self.crowds[provider] -= 1


class _Endpoint:
    """One path of a provider; an ASGI application, because a fault may need the connection instead of a response."""

    def __init__(self, provider: str, path: str, gateway: Gateway, faults: Faults, traffic: Traffic) -> None:
        self._provider = provider
        self._path = path
        self._gateway = gateway
        self._methods = gateway.paths[path]
        self._faults = faults
        self._traffic = traffic

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        if request.method not in self._methods:
            await Response(status_code=405, headers={"allow": ", ".join(self._methods)})(scope, receive, send)
            return
        try:
            body = await _body(request)
        except ClientDisconnect:
            return
        if body is None:
            await Response(status_code=413, headers={"connection": "close"})(scope, receive, send)
            return
        with self._traffic.entered(self._provider) as crowd:
            incoming = Incoming(path=self._path, query=scope["query_string"], body=body, crowd=crowd)
            late, fault = self._faults.take(self._provider, self._gateway.operation(incoming))
            page = page_of(self._gateway, incoming, fault)
            wire = Wire(request.state.transport, receive)
            if late is not None and await wire.wait(late.seconds):
                return
            if fault is not None and await put_on_the_wire(wire, page, fault):
                return
            await Response(page.body, page.status, page.headers)(scope, receive, send)


async def _body(request: Request) -> bytes | None:
    """The whole body, None where it is larger than any document may be."""
    collected = bytearray()
    async for part in request.stream():
        collected += part
        if len(collected) > MAXIMUM:
            return None
    return bytes(collected)
