"""What the status requests, in XML and in JSON, tell of a message."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from zoneinfo import ZoneInfo

from smswire.sandbox.life import State
from smswire.sandbox.moments import printed
from smswire.sandbox.store import Stored
from smswire_documents import webcom
from smswire_documents.webcom.codes import Status

# times are the account's, without a zone; the client reads them as Moscow's
ZONE = ZoneInfo("Europe/Moscow")

_FORM = "%Y-%m-%d %H:%M:%S"
_KNOWN: Mapping[State, Status] = {
    State.DELIVERED: Status.DELIVERED,
    State.UNDELIVERABLE: Status.NOT_DELIVERED,
    State.EXPIRED: Status.EXPIRED,
}


def xml_row(stored: Stored, now: float) -> webcom.State:
    """A row of the XML reply; what it has beyond this is a white-label vendor's."""
    word, time = _status(stored, now)
    return webcom.State(value=word, id_sms=int(stored.gateway_id), time=time, sms=word)


def json_row(stored: Stored, now: float, *, detail: bool) -> webcom.JsonState:
    """A row of the JSON reply, with the number of parts and the price of one where these are asked for."""
    word, time = _status(stored, now)
    return webcom.JsonState(
        id_sms=int(stored.gateway_id),
        time_change_state=time,
        state=word,
        num_parts=stored.parts if detail else None,
        price=Decimal(stored.cents // stored.parts).scaleb(-2) if detail else None,
    )


def _status(stored: Stored, now: float) -> tuple[str, str]:
    """The word, and since when; no time for a message of which nothing is known yet."""
    state, since = stored.state(now)
    if state in _KNOWN:
        return _KNOWN[state], printed(since, _FORM, ZONE)
    return Status.SENT, ""
