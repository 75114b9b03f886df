"""Mappings that every provider shares: codes to states and errors, durations to minutes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Never

from smswire.errors import PayloadError
from smswire.model import DeliveryState, ItemError, Message, Receipt
from smswire_documents._runtime.description import CodeTable


def report_state(table: CodeTable, code: int | str | None) -> tuple[DeliveryState, bool]:
    """The state of a status code and whether the provider calls it final; unknown and open for a code not listed."""
    known = table.get(code)
    if known is None or known.state is None:
        return DeliveryState.UNKNOWN, False
    return DeliveryState(known.state), known.final is True


def item_error(table: CodeTable, code: int | str, description: str | None) -> ItemError:
    """The error of one message, with the name and meaning that the code table gives."""
    known = table.get(code)
    return ItemError(
        code=code,
        name=known.name if known else None,
        meaning=known.meaning if known else None,
        description=description,
    )


def unanswered(message: Message) -> Receipt[Never]:
    """The receipt of a message that a readable reply does not mention: nothing is known about it."""
    return Receipt(
        id=message.id,
        gateway_id=None,
        to=message.to,
        state=DeliveryState.UNKNOWN,
        error=ItemError(code=None, name="unanswered", meaning="the reply does not mention this message"),
        raw=None,
    )


def minutes(duration: timedelta | None) -> int | None:
    """A lifetime in whole minutes. Raises `PayloadError` for one that is not."""
    if duration is None:
        return None
    whole, rest = divmod(duration, timedelta(minutes=1))
    if rest:
        raise PayloadError("valid_for", "must be a whole number of minutes")
    return whole


def moment(stamp: int | None) -> datetime | None:
    """A Unix stamp in seconds as a moment in UTC; None for none, for 0, and for one that no calendar holds."""
    if not stamp:
        return None
    try:
        return datetime.fromtimestamp(stamp, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def digits(number: str) -> str:
    """A number as its digits, for comparison: with or without + it is the same."""
    return number.removeprefix("+")
