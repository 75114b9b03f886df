"""What becomes of a message: the recipient's last digits decide where it ends, the clock how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

SENT_AFTER = 2.0
ENDED_AFTER = 5.0
_JITTER = 0.5


class Outcome(StrEnum):
    """Where an accepted message ends."""

    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    EXPIRED = "expired"
    QUEUED = "queued"
    """It never leaves the queue."""


class Refusal(StrEnum):
    """Why a message is refused when it is sent."""

    BAD_NUMBER = "bad_number"
    FORBIDDEN = "forbidden"
    NO_ROUTE = "no_route"


class State(StrEnum):
    """Where a message is."""

    SCHEDULED = "scheduled"
    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    UNDELIVERABLE = "undeliverable"
    EXPIRED = "expired"


_REFUSED: Mapping[str, Refusal] = {
    "000": Refusal.BAD_NUMBER,
    "004": Refusal.FORBIDDEN,
    "005": Refusal.NO_ROUTE,
}
_OUTCOMES: Mapping[str, Outcome] = {
    "001": Outcome.UNDELIVERABLE,
    "002": Outcome.EXPIRED,
    "003": Outcome.QUEUED,
}
_ENDED: Mapping[Outcome, State] = {
    Outcome.DELIVERED: State.DELIVERED,
    Outcome.UNDELIVERABLE: State.UNDELIVERABLE,
    Outcome.EXPIRED: State.EXPIRED,
}


def refusal_of(recipient: str) -> Refusal | None:
    """Why a message to this number is refused, None where it is accepted."""
    return _REFUSED.get(recipient[-3:])


def outcome_of(recipient: str) -> Outcome:
    """Where a message to this number ends."""
    return _OUTCOMES.get(recipient[-3:], Outcome.DELIVERED)


def state_at(number: int, outcome: Outcome, accepted: float, begins: float, now: float) -> tuple[State, float]:
    """The state of a message at a moment, and since when; all in Unix seconds.

    `begins` is when it is sent, later than `accepted` where that was asked for. `number` is the message's own: it
    shifts the moments a little, always in the same way.
    """
    jitter = number * 7919 % 1000 / 1000 * _JITTER
    if now < begins:
        return State.SCHEDULED, accepted
    if outcome is Outcome.QUEUED or now < begins + SENT_AFTER + jitter:
        return State.QUEUED, begins
    if now < begins + ENDED_AFTER + jitter:
        return State.SENT, begins + SENT_AFTER + jitter
    return _ENDED[outcome], begins + ENDED_AFTER + jitter
