"""uvicorn in a thread, made to begin and end at once."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import threading

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from smswire.sandbox.faults import Faults
from smswire.sandbox.wire import protocol_for


class _Server(uvicorn.Server):
    """uvicorn polls for its end and then waits for its clients to leave; a sandbox leaves them where they are."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._end = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._loop = asyncio.get_running_loop()
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        await self._end.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        del sockets  # closed with the servers that listen on them
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            if isinstance(connection, H11Protocol):
                connection.transport.abort()
        # every request in work ends with its connection
        if self.server_state.tasks:
            await asyncio.wait(self.server_state.tasks, timeout=5)
        for server in self.servers:
            await server.wait_closed()

    def end(self) -> None:
        """End it from another thread."""
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # it has ended by itself
                self._loop.call_soon_threadsafe(self._end.set)


class Background:
    """A server in a thread of its own. Raises `OSError` where it cannot listen on the address."""

    def __init__(self, app: ASGIApp, faults: Faults, host: str, port: int) -> None:
        self._socket = _listening(host, port)
        self.port: int = self._socket.getsockname()[1]
        config = uvicorn.Config(
            app,
            http=protocol_for(faults),
            ws="none",
            loop="asyncio",
            lifespan="off",
            # the process that embeds a sandbox has its own logging
            log_config=None,
            proxy_headers=False,
        )
        config.load()
        # with logging at its most verbose, uvicorn has wrapped the application to log requests with their queries
        config.loaded_app = app
        self._server = _Server(config)
        self._error: BaseException | None = None
        self._thread = threading.Thread(target=self._run, name="smswire-sandbox", daemon=True)

    def start(self) -> None:
        """Begin; requests are accepted on return."""
        self._thread.start()
        self._server.ready.wait()
        if self._error is not None:
            self._thread.join()
            raise RuntimeError("the sandbox's server could not begin") from self._error

    def stop(self) -> None:
        """End; the thread and the connections are gone on return."""
        self._server.end()
        self._thread.join()

    def _run(self) -> None:
        try:
            self._server.run(sockets=[self._socket])
        except BaseException as error:  # noqa: BLE001 (nobody catches it in a thread; start() raises it)
            self._error = error
        finally:
            self._socket.close()
            self._server.ready.set()


def _listening(host: str, port: int) -> socket.socket:
    """A socket that accepts connections.

    The protocol is named, or asyncio would not know the connections for TCP and let Nagle's algorithm hold back
    every answer for the 40 ms of a delayed acknowledgement.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # elsewhere it would let two servers share a port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen()
    except OSError:
        listening.close()
        raise
    return listening
