"""What goes back for a request: the provider's answer, or what a fault makes of it."""

from __future__ import annotations

import gzip
from dataclasses import dataclass, field

from smswire.sandbox.altered import broken, with_addition
from smswire.sandbox.fault import Fault
from smswire.sandbox.gateway import Answer, Gateway, Incoming
from smswire.sandbox.wire import Wire, head

_PROBLEM = "x-sandbox-problem"
_WEB_PAGE = (
    b"<!DOCTYPE html><html><head><title>Welcome</title></head><body>Please sign in to the network.</body></html>"
)


@dataclass(frozen=True, slots=True)
class Page:
    """A whole HTTP answer."""

    status: int
    headers: dict[str, str]
    body: bytes = field(repr=False)


def page_of(gateway: Gateway, incoming: Incoming, fault: Fault | None) -> Page:
    """Let the provider process a request, unless the fault is that it does not, and make the page of its answer."""
    if fault is None:
        return _wrapped(gateway.answer(incoming))
    if fault.kind == "error":
        assert fault.code is not None  # an option that this kind needs
        return _wrapped(gateway.refuse(incoming, fault.code))
    # only the kinds that have this option may leave a request unprocessed
    answer = None if fault.processed is False else gateway.answer(incoming)
    if fault.kind == "status":
        return Page(fault.status or 503, {"content-type": "text/plain"}, b"")
    if answer is None or fault.kind == "html":
        return Page(200, {"content-type": "text/html"}, _WEB_PAGE)
    if fault.kind == "drift":
        return _wrapped(answer, with_addition(answer, fault.add or "attribute"))
    if fault.kind == "break_reply":
        return _wrapped(answer, broken(answer, fault.how or "lacks"))
    page = _wrapped(answer)
    if fault.kind == "no_charset":
        return Page(page.status, {**page.headers, "content-type": answer.media_type}, page.body)
    if fault.kind == "gzip":
        return Page(page.status, {**page.headers, "content-encoding": "gzip"}, gzip.compress(page.body))
    return page


async def put_on_the_wire(wire: Wire, page: Page, fault: Fault) -> bool:
    """What no response can do; whether there is nothing left to do."""
    start = head(page.status, page.headers, len(page.body))
    if fault.kind == "hang":
        await wire.wait(None)
    elif fault.kind == "drop_after_accept":
        await wire.close()
    elif fault.kind == "truncate":
        wire.write(start + page.body[: len(page.body) // 2])
        await wire.close()
    elif fault.kind == "drip":
        interval = fault.interval or 0.0
        dripped, rest = (start, page.body) if fault.part == "headers" else (page.body, b"")
        wire.write(b"" if fault.part == "headers" else start)
        await wire.drip(dripped, interval)
        wire.write(rest)
        await wire.close()
    else:
        return False
    return True


def _wrapped(answer: Answer, body: bytes | None = None) -> Page:
    """The page of an answer, or of what became of its body, in the charset that was asked for."""
    body = answer.body if body is None else body
    if answer.charset != "utf-8":
        body = b"".join(_encoded(each, answer) for each in body.decode())
    headers = {"content-type": f"{answer.media_type}; charset={answer.charset}"}
    if answer.problem:
        headers[_PROBLEM] = "".join(each if each.isascii() and each.isprintable() else "?" for each in answer.problem)
    return Page(answer.status, headers, body)


def _encoded(character: str, answer: Answer) -> bytes:
    """A character in the answer's charset; one that it does not have as JSON or XML can spell it, in a text as ?."""
    try:
        return character.encode(answer.charset)
    except UnicodeEncodeError:
        if answer.format != "json":
            return character.encode(answer.charset, "xmlcharrefreplace" if answer.format == "xml" else "replace")
    units = character.encode("utf-16-be").hex()
    return "".join(f"\\u{units[at : at + 4]}" for at in range(0, len(units), 4)).encode("ascii")
