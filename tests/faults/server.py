"""A server of raw sockets that misbehaves as it is told, and counts the requests that it could have carried out."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Self


class Peer:
    """One connection, as the answer that serves it sees it."""

    def __init__(self, server: FaultServer, sock: socket.socket) -> None:
        self._server = server
        self._sock = sock
        self._pending = b""

    def request(self) -> bytes:
        """Read one whole request and count it; its body. Raises `ConnectionError` when the client goes before."""
        while b"\r\n\r\n" not in self._pending:
            self.read()
        head, _, self._pending = self._pending.partition(b"\r\n\r\n")
        headers = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:])
        length = int(headers[b"content-length"])
        while len(self._pending) < length:
            self.read()
        body, self._pending = self._pending[:length], self._pending[length:]
        self._server.posts.append(body)
        return body

    def read(self, size: int = 65536) -> None:
        part = self._sock.recv(size)
        if not part:
            raise ConnectionResetError("the client went")
        self._pending += part

    def send(self, data: bytes) -> None:
        self._sock.sendall(data)

    def pause(self, seconds: float = 60.0) -> None:
        """Do nothing for so long, or until the test is over."""
        if self._server.over.wait(seconds):
            raise ConnectionAbortedError("the test is over")

    def drip(self, data: bytes, every: float = 0.25) -> None:
        for index in range(len(data)):
            self.send(data[index : index + 1])
            self.pause(every)

    def reset(self) -> None:
        """Have the connection torn down by a reset instead of an orderly end."""
        self._sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


Answer = Callable[[Peer], None]


class FaultServer:
    """Serves the first connection with the first answer, and so on; the last answer serves all that follow.

    `posts` are the bodies of the requests that came whole, `connections` the number of connections. Leaving the
    context ends every answer, so that the counts are final afterwards.
    """

    def __init__(self, *answers: Answer, tls: ssl.SSLContext | None = None) -> None:
        self._answers = answers
        self._tls = tls
        self.posts: list[bytes] = []
        self.connections = 0
        self.over = threading.Event()
        self._threads: list[threading.Thread] = []
        self._sockets: list[socket.socket] = []
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(64)
        scheme = "http" if tls is None else "https"
        self.url = f"{scheme}://127.0.0.1:{self._listener.getsockname()[1]}/api"

    def __enter__(self) -> Self:
        self._start(self._accept)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.over.set()
        self.stop_listening()
        for sock in self._sockets:
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)
            assert not thread.is_alive(), "an answer did not end"

    def stop_listening(self) -> None:
        """Refuse connections from now on."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _start(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.over.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            answer = self._answers[min(self.connections, len(self._answers) - 1)]
            self.connections += 1
            self._sockets.append(sock)
            self._start(self._serve, sock, answer)

    def _serve(self, sock: socket.socket, answer: Answer) -> None:
        # the client may go at any moment, and often has reason to
        with contextlib.closing(sock), contextlib.suppress(OSError):
            if self._tls is None:
                answer(Peer(self, sock))
            else:
                with self._tls.wrap_socket(sock, server_side=True) as secure:
                    answer(Peer(self, secure))


@contextlib.contextmanager
def closed_port() -> Iterator[str]:
    """The address of a port that refuses connections: it is bound, but nobody listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{sock.getsockname()[1]}/api"


@contextlib.contextmanager
def full_backlog(host: str = "127.0.0.1", port: int = 0) -> Iterator[str]:
    """The address of a port whose queue of connections is full, so that another is neither taken nor refused."""
    with contextlib.ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind((host, port))
        listener.listen(0)
        for _ in range(4):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                waiting.connect(listener.getsockname())
        yield f"http://{host}:{listener.getsockname()[1]}/api"


def response(body: bytes, *headers: str, status: str = "200 OK", length: int | None = None) -> bytes:
    """A whole HTTP response, after which the connection is closed; `length` is what it says of its body."""
    size = len(body) if length is None else length
    lines = [f"HTTP/1.1 {status}", *headers, "Connection: close", f"Content-Length: {size}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def reply(body: bytes, *headers: str, status: str = "200 OK") -> Answer:
    """An answer that reads the request and replies as an HTTP server should."""

    def answer(peer: Peer) -> None:
        peer.request()
        peer.send(response(body, *headers, status=status))

    return answer
