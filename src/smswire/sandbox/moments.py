"""Moments as providers write them: civil time of a zone that the text does not tell."""

from __future__ import annotations

from datetime import datetime, tzinfo


class BadMoment(ValueError):
    """A text that matches the schema's pattern and is no moment."""


def read_moment(text: str, form: str, zone: tzinfo) -> float:
    """The Unix seconds of a moment. Raises `BadMoment`."""
    try:
        return datetime.strptime(text, form).replace(tzinfo=zone).timestamp()
    except (ValueError, OverflowError):
        raise BadMoment from None


def later(moment: float | None, now: float) -> float | None:
    """A moment that is still to come; None where a message is to be sent at once."""
    return moment if moment is not None and moment > now else None


def printed(moment: float, form: str, zone: tzinfo) -> str:
    """A moment in the civil time of a zone."""
    return f"{datetime.fromtimestamp(moment, zone):{form}}"
