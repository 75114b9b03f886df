"""smsc's history of sent messages as one sequence: which page comes first, and which follows.

A request holds at most half a year and 1000 messages. A longer period is read half a year at a time, from its end to
its beginning; within a half-year each page begins before the oldest message of the last.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from types import NoneType

from attrs import frozen

from smswire.errors import PayloadError, ReplyError
from smswire_documents.smsc import GetMessagesRequest, GetMessagesResponse
from smswire_documents.smsc.operations import GET_MESSAGES

PAGE = GET_MESSAGES.facts["page"]
"""Most messages on one page."""

LONGEST = timedelta(days=GET_MESSAGES.facts["period_days"])
"""Longest period of one request."""


@frozen
class Place:
    """Where a history goes on: the last day still to be read, and the message before which that day goes on."""

    until: date
    prev_id: str | None = None

    def __str__(self) -> str:
        return f"{self.until.isoformat()}/{self.prev_id or ''}"

    @classmethod
    def read(cls, text: str) -> Place:
        """The place that `str` wrote. Raises `PayloadError` for any other text."""
        day, slash, prev_id = text.partition("/") if isinstance(text, str) else ("", "", "")  # pyright: ignore[reportUnnecessaryIsInstance]
        try:
            until = date.fromisoformat(day)
        except ValueError:
            until = None
        if until is None or not slash or (prev_id and not (prev_id.isascii() and prev_id.isdigit())):
            raise PayloadError("history.resume", "must be the `resume` of a RateLimited")
        return cls(until, prev_id or None)


def beginning(since: date, until: date | None, resume: str | None, zone: tzinfo) -> Place:
    """Where a history begins. Raises `PayloadError` for a period that is empty and a `resume` that is none."""
    for name, day, kinds in (("since", since, (date,)), ("until", until, (date, NoneType))):
        if isinstance(day, datetime) or not isinstance(day, kinds):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise PayloadError(f"history.{name}", f"a datetime.date is required, not {type(day).__name__}")
    last = until or datetime.now(zone).date()
    if last < since:
        raise PayloadError("history.until", "must not be before since")
    return Place(last) if resume is None else Place.read(resume)


def form(since: date, place: Place) -> GetMessagesRequest:
    """The form of the page at `place`."""
    return GetMessagesRequest(
        start=f"{_first(since, place):%d.%m.%Y}", end=f"{place.until:%d.%m.%Y}", cnt=PAGE, prev_id=place.prev_id
    )


def following(since: date, place: Place, reply: GetMessagesResponse) -> Place | None:
    """Where the page after `reply` begins; None where the history ends.

    Raises `ReplyError` for a page that ends where the one before it ended, which would go on for ever.
    """
    records = reply if isinstance(reply, tuple) else ()
    if len(records) >= PAGE:
        # prev_id answers what was sent before it; digits compare as numbers when the shorter is the smaller
        oldest = min((each.int_id for each in records), key=lambda number: (len(number), number))
        if oldest == place.prev_id:
            error = ReplyError("/", "the page ends where the one before it ended")
            error.provider, error.operation = GET_MESSAGES.provider, GET_MESSAGES.name
            raise error
        return Place(place.until, oldest)
    first = _first(since, place)
    return Place(first - timedelta(days=1)) if first > since else None


def _first(since: date, place: Place) -> date:
    try:
        return max(since, place.until - LONGEST)
    except OverflowError:  # the calendar begins later
        return since
