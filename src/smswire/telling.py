"""What a row of a reply tells of a message, made into receipts and reports by the provider's code tables."""

from __future__ import annotations

from datetime import datetime
from typing import Never, TypeVar

from attrs import frozen

from smswire.model import DeliveryState, ItemError, Message, Receipt, Report, Tracked
from smswire_documents._runtime.description import Code, CodeTable
from smswire_documents._runtime.document import Document

D = TypeVar("D", bound=Document)


@frozen(kw_only=True)
class Told:
    """What a row tells: its code, which the provider's table turns into a state and an error, and what else there is.

    `state` is set where the code alone does not decide, `error` where it is not the table's. `words` are the provider's
    own, which may quote the message; `at` is when the status changed.
    """

    code: int | str | None
    state: DeliveryState | None = None
    gateway_id: int | str | None = None
    parts: int | None = None
    duplicate: bool = False
    at: datetime | None = None
    error: ItemError | None = None
    words: str | None = None


def receipt(message: Message, row: D, told: Told, codes: CodeTable) -> Receipt[D]:
    """The receipt of a message from its row. A rejected one has an error; one that waits for money has one as well."""
    state = told.state or report_state(codes, told.code)[0]
    rejected = state is DeliveryState.REJECTED
    known = codes.get(told.code)
    faulty = rejected or (known is not None and known.error is not None and state is not DeliveryState.UNKNOWN)
    return Receipt(
        id=message.id,
        # an identifier beside a refusal is an echo of ours, or another message's
        gateway_id=None if told.gateway_id is None or rejected else str(told.gateway_id),
        to=message.to,
        state=state,
        parts=told.parts,
        duplicate=told.duplicate,
        error=(told.error or item_error(codes, told.code, told.words)) if faulty else None,
        raw=row,
    )


def report(message: Tracked, row: D, told: Told, codes: CodeTable) -> Report[D]:
    """The delivery report of a message from its row."""
    state, final = report_state(codes, told.code)
    return Report(
        id=message.id,
        gateway_id=message.gateway_id,
        to=message.to,
        state=state,
        final=final,
        at=told.at,
        code=told.code,
        raw=row,
    )


def report_state(codes: CodeTable, code: int | str | None) -> tuple[DeliveryState, bool]:
    """The state of a status code and whether the provider calls it final; unknown and open for a code not listed."""
    known = codes.get(code)
    if known is None or known.state is None:
        return DeliveryState.UNKNOWN, False
    return DeliveryState(known.state), known.final is True


def item_error(codes: CodeTable, code: int | str | None, words: str | None) -> ItemError:
    """The error of one message, with the name and meaning that the code table gives."""
    known = codes.get(code)
    return ItemError(
        code=code,
        name=known.name if known else None,
        meaning=known.meaning if known else None,
        description=words,
    )


def unanswered(message: Message) -> Receipt[Never]:
    """The receipt of a message that a readable reply does not mention: nothing is known about it."""
    return _unknown(message, ItemError(code=None, name="unanswered", meaning="the reply does not mention this message"))


def missing(message: Message, code: Code | None) -> Receipt[Never]:
    """The receipt of a message that the provider says it does not have, by a code or by its HTTP status."""
    meaning = code.meaning if code else "none of the messages asked for is known"
    return _unknown(message, ItemError(code=int(code.code) if code else None, name="not_found", meaning=meaning))


def _unknown(message: Message, error: ItemError) -> Receipt[Never]:
    return Receipt(
        id=message.id,
        gateway_id=None,
        to=message.to,
        state=DeliveryState.UNKNOWN,
        error=error,
        raw=None,
    )
