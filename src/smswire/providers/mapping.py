"""Mappings that every provider shares: identifiers, lifetimes and moments, to the wire and back."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, tzinfo

from smswire.errors import PayloadError
from smswire.model import Message, Tracked

_NUMBER = re.compile("0|[1-9][0-9]{0,17}")
# the hexadecimal digits of a random UUID
_MADE = re.compile("[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}")
_MINUTE = timedelta(minutes=1)


def sender_of(message: Message, provider: str) -> str:
    """The sender ID of a message to a provider that needs one. Raises `PayloadError`."""
    if not message.sender:
        raise PayloadError("sender", f"is required by {provider}")
    return message.sender


def number_of(identifier: str | None) -> int:
    """An identifier as the number that the provider wants. One that `Message` made, a random UUID, is mapped to a
    number of 18 digits at most, always to the same. Raises `PayloadError` for one of the caller's that is no number.
    """
    if identifier is not None and _NUMBER.fullmatch(identifier):
        return int(identifier)
    if identifier is not None and _MADE.fullmatch(identifier):
        return int(identifier, 16) % 10**18
    raise PayloadError("id", "a number of up to 18 digits without leading zeros is required by this provider, or none")


def gateway_number(message: Tracked, provider: str) -> int:
    """The gateway's identifier as a number. Raises `PayloadError` where there is none."""
    if message.gateway_id is None or not _NUMBER.fullmatch(message.gateway_id):
        raise PayloadError("gateway_id", f"a number is what {provider} finds a message by")
    return int(message.gateway_id)


def minutes(duration: timedelta | None) -> int | None:
    """A lifetime in whole minutes. Raises `PayloadError` for one that is not."""
    if duration is None:
        return None
    whole, rest = divmod(duration, timedelta(minutes=1))
    if rest:
        raise PayloadError("valid_for", "must be a whole number of minutes")
    return whole


def expiry(message: Message) -> datetime | None:
    """When the lifetime of a message ends, counted from when it is sent. Raises `PayloadError` beyond the calendar."""
    if message.valid_for is None:
        return None
    try:
        # in UTC: within a zone Python counts by the clock on the wall, which may be set forward meanwhile
        return (message.send_at or datetime.now(UTC)).astimezone(UTC) + message.valid_for
    except OverflowError:
        pass
    raise PayloadError("valid_for", "ends beyond the calendar")


def printed(name: str, moment: datetime | None, zone: tzinfo, form: str, step: timedelta) -> str | None:
    """A moment as the provider prints it in a zone, never earlier than it is: a part of a `step` counts as a whole.

    Where clocks are set back, an hour comes twice and is printed alike. A moment in the second one is printed as that
    hour's end, for the provider may take it for the first. Raises `PayloadError` with `name` beyond the calendar.
    """
    if moment is None:
        return None
    try:
        # from UTC, which has each moment once: what was given may be a time that the zone leaves out
        local = _whole(moment.astimezone(UTC), zone, step)
        while local.fold:
            local = _whole(local.astimezone(UTC) + timedelta(microseconds=1), zone, _MINUTE)
    except OverflowError:
        pass
    else:
        return f"{local:{form}}"
    raise PayloadError(name, "is beyond the calendar")


def _whole(moment: datetime, zone: tzinfo, step: timedelta) -> datetime:
    """The first moment, from one on, whose seconds in a zone are a whole number of steps."""
    local = moment.astimezone(zone)
    over = timedelta(seconds=local.second, microseconds=local.microsecond) % step
    return (moment + step - over).astimezone(zone) if over else local


def moment(stamp: int | None) -> datetime | None:
    """A Unix stamp in seconds as a moment in UTC; None for none, for 0, and for one that no calendar holds."""
    if not stamp:
        return None
    try:
        return datetime.fromtimestamp(stamp, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def local_moment(text: str | None, form: str, zone: tzinfo) -> datetime | None:
    """A moment as the provider prints it without a zone; None for none, and for one that no calendar holds.

    Where clocks are set back, an hour comes twice: it is taken for the first. One that clocks set forward leave out is
    counted on from before.
    """
    if not text:
        return None
    try:
        return datetime.strptime(text, form).replace(tzinfo=zone)
    except ValueError:
        return None


def digits(number: str) -> str:
    """A number as its digits, for comparison: with or without + it is the same."""
    return number.removeprefix("+")
