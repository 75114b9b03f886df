"""A history goes on page by page by itself, keeps the provider's limit, and says where to resume."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs

import anyio
import httpx
import pytest

from smswire import PayloadError, RateLimited, ReplyError, Report, smsc

SINCE, UNTIL = date(2026, 10, 1), date(2026, 10, 31)


class Archive:
    """smsc's get.php: records with falling identifiers, those sent before `prev_id`, at most `cnt`."""

    def __init__(self, count: int) -> None:
        self.ids = range(5_000_000 + count, 5_000_000, -1)
        self.asked: list[dict[str, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        form = {key: values[0] for key, values in parse_qs(request.content.decode()).items()}
        self.asked.append(form)
        before = int(form.get("prev_id", "9" * 9))
        found = [each for each in self.ids if each < before][: int(form["cnt"])]
        rows = [{"status": 1, "id": each % 1000, "int_id": str(each)} for each in found]
        body = rows or {"error": "messages not found", "error_code": 3}
        return httpx.Response(200, content=json.dumps(body).encode())


def history(kind: str, archive: Archive, *, pages: int = 1000, **arguments: Any) -> tuple[list[Report[Any]], Any]:
    """What the history gave, and the error that it ended with, if any."""
    settings: dict[str, Any] = {"login": "l", "password": "p", "base_url": "http://127.0.0.1:9/sys"}
    settings["http"] = httpx.MockTransport(archive)
    found: list[Report[Any]] = []
    if kind == "sync":
        with smsc.Client(**settings) as client:
            try:
                for each in client.history(SINCE, UNTIL, **arguments):
                    found.append(each)  # noqa: PERF402 (what came before an error counts)
            except RateLimited as error:
                return found, error
        return found, None

    async def main() -> Any:
        async with smsc.AsyncClient(**settings) as client:
            try:
                async for each in client.history(SINCE, UNTIL, **arguments):
                    found.append(each)  # noqa: PERF401 (as above)
            except RateLimited as error:
                return error
        return None

    return found, anyio.run(main)


KINDS = pytest.mark.parametrize("kind", ["sync", "async"])


@KINDS
def test_pages_follow_by_themselves(kind: str) -> None:
    archive = Archive(2500)
    found, error = history(kind, archive)

    assert error is None
    assert [each.raw.int_id for each in found] == [str(each) for each in archive.ids]
    assert [form.get("prev_id") for form in archive.asked] == [None, "5001501", "5000501"]
    assert {form["cnt"] for form in archive.asked} == {"1000"}
    assert {(form["start"], form["end"]) for form in archive.asked} == {("01.10.2026", "31.10.2026")}


@KINDS
@pytest.mark.parametrize(("count", "requests"), [(0, 1), (1, 1), (999, 1), (1000, 2), (1001, 2)])
def test_ends_of_the_history(count: int, requests: int, kind: str) -> None:
    archive = Archive(count)
    found, error = history(kind, archive)
    assert (error, len(found), len(archive.asked)) == (None, count, requests)


@KINDS
def test_limit_and_resumption(kind: str) -> None:
    archive = Archive(31_500)
    found, error = history(kind, archive)

    assert len(found) == 30_000
    assert len(archive.asked) == 30
    assert isinstance(error, RateLimited)
    assert error.resume == f"2026-10-31/{found[-1].raw.int_id}"
    assert 3500 < error.retry_after <= 3600

    rest, error = history(kind, archive, resume=error.resume)
    assert error is None
    assert [each.raw.int_id for each in found + rest] == [str(each) for each in archive.ids]


def test_pages_are_asked_for_as_they_are_needed() -> None:
    archive = Archive(2500)
    settings: dict[str, Any] = {"login": "l", "password": "p", "base_url": "http://127.0.0.1:9/sys"}
    with smsc.Client(**settings, http=httpx.MockTransport(archive)) as client:
        found = client.history(SINCE, UNTIL)
        assert archive.asked == []
        for _ in range(1000):
            next(found)
        assert len(archive.asked) == 1
        next(found)
        assert len(archive.asked) == 2


def test_asynchronous_history_is_an_iterator_too() -> None:
    client = smsc.AsyncClient(login="l", password="p", base_url="http://127.0.0.1:9/sys")
    assert isinstance(client.history(SINCE, UNTIL), AsyncIterator)
    anyio.run(client.close)


@KINDS
@pytest.mark.parametrize(
    ("since", "until", "resume"),
    [(UNTIL, SINCE, None), (SINCE, UNTIL, "5001501"), (SINCE, UNTIL, "2026-10-31/x"), (SINCE, UNTIL, "")],
)
def test_period_that_is_refused(since: date, until: date, resume: str | None, kind: str) -> None:
    archive = Archive(1)
    settings: dict[str, Any] = {"login": "l", "password": "p", "base_url": "http://127.0.0.1:9/sys"}
    settings["http"] = httpx.MockTransport(archive)

    async def main() -> None:
        async with smsc.AsyncClient(**settings) as client:
            with pytest.raises(PayloadError):
                await anext(client.history(since, until, resume=resume))

    if kind == "sync":
        with smsc.Client(**settings) as client, pytest.raises(PayloadError):
            next(client.history(since, until, resume=resume))
    else:
        anyio.run(main)
    assert archive.asked == []


class Calendar:
    """smsc's get.php with one message a day, on request of at most half a year."""

    def __init__(self) -> None:
        self.asked: list[tuple[date, date]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        form = {key: values[0] for key, values in parse_qs(request.content.decode()).items()}
        start, end = (datetime.strptime(form[key], "%d.%m.%Y").date() for key in ("start", "end"))  # noqa: DTZ007
        self.asked.append((start, end))
        days = [end - timedelta(days=index) for index in range((end - start).days + 1)]
        return httpx.Response(200, json=[{"status": 1, "id": 1, "int_id": f"{day:%Y%m%d}"} for day in days])


def test_long_period_is_read_half_a_year_at_a_time() -> None:
    calendar = Calendar()
    since, until = date(2025, 1, 1), date(2026, 3, 1)
    settings: dict[str, Any] = {"login": "l", "password": "p", "base_url": "http://127.0.0.1:9/sys"}
    with smsc.Client(**settings, http=httpx.MockTransport(calendar)) as client:
        found = [each.raw.int_id for each in client.history(since, until) if each.raw]

    assert found == [f"{until - timedelta(days=index):%Y%m%d}" for index in range((until - since).days + 1)]
    assert len(calendar.asked) == 3
    assert all(end - start <= timedelta(days=181) for start, end in calendar.asked)


def test_page_that_goes_round_in_circles_is_an_error() -> None:
    def same(_: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=[{"status": 1, "id": 1, "int_id": str(each)} for each in range(1000)])

    settings: dict[str, Any] = {"login": "l", "password": "p", "base_url": "http://127.0.0.1:9/sys"}
    with (
        smsc.Client(**settings, http=httpx.MockTransport(same)) as client,
        pytest.raises(ReplyError, match=r"smsc\.get_messages"),
    ):
        list(client.history(SINCE, UNTIL))
