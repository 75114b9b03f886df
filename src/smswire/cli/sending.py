"""`smswire send`: what became of every message, whether the call went well or broke off."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime, timedelta

from smswire.cli.account import Account, connected
from smswire.cli.output import DONE, FAILED, UNKNOWN, complain, emit, silence
from smswire.cli.tables import show
from smswire.errors import CallError, Outcome
from smswire.model import ItemError, Message, Receipt
from smswire_documents._runtime.document import Document

_HEADINGS = ("id", "to", "parts", "state", "gateway id", "error")


def messages(
    to: Sequence[str],
    text: str,
    sender: str | None,
    own_id: str | None,
    valid_for: int | None,
    send_at: datetime | None,
) -> list[Message]:
    """One message for each recipient. Raises `PayloadError`."""
    lifetime = None if valid_for is None else timedelta(minutes=valid_for)
    return [Message(to=each, text=text, sender=sender, id=own_id, valid_for=lifetime, send_at=send_at) for each in to]


def send(account: Account, wanted: Sequence[Message], *, as_json: bool) -> int:
    """Send, print a row for each message, and tell how to clear up what is in doubt, which has its own exit code."""
    failure = None
    with connected(account) as session:
        try:
            receipts = session.send(wanted)
        except CallError as error:
            failure, receipts = error, error.receipts
        except KeyboardInterrupt:
            ids = ", ".join(each.id for each in wanted)
            complain(f"interrupted while sending: the provider may have accepted any of {ids}")
            raise
    done = failure is None and all(each.accepted for each in receipts)
    try:
        _print(account, receipts, failure, as_json=as_json)
        sys.stdout.flush()
    except OSError:
        # what was sent must not look as if it had failed because it could not be shown
        silence()
        told = ", ".join(f"{each.id} {each.state}" for each in receipts)
        complain(f"the result cannot be written to the standard output: {told or 'nothing was accepted'}")
    if failure is not None:
        _explain(account, failure)
        if failure.outcome is Outcome.UNKNOWN:
            return UNKNOWN
    return DONE if done else FAILED


def _print(
    account: Account, receipts: Sequence[Receipt[Document]], failure: CallError | None, *, as_json: bool
) -> None:
    rest = [] if failure is None else _rest(failure)
    if as_json:
        emit(
            {
                "provider": account.provider,
                "messages": [*map(_described, receipts), *(_unanswered(*each) for each in rest)],
                "failure": None if failure is None else _failure(failure),
            }
        )
    elif failure is None or receipts or failure.outcome is Outcome.UNKNOWN:
        show(_HEADINGS, [*map(_row, receipts), *([each.id, each.to, "", str(known), "", ""] for each, known in rest)])


def _rest(failure: CallError) -> list[tuple[Message, Outcome]]:
    """The messages that have no receipt: those in doubt, and those that were not sent. With what is known of each."""
    doubtful = [(each, Outcome.UNKNOWN) for each in failure.in_doubt]
    unsent = [(each, failure.outcome if each.id in failure.client_ids else Outcome.NOT_SENT) for each in failure.unsent]
    return [*doubtful, *unsent]


def _explain(account: Account, failure: CallError) -> None:
    complain(str(failure))
    if failure.outcome is not Outcome.UNKNOWN:
        return
    name, can = account.provider, account.capabilities
    complain(f"outcome unknown, {name} may have accepted: {', '.join(failure.client_ids)}")
    if can.duplicate_detection:
        complain(
            f"to find out, send each again with its own id, which {name} recognises and sends once: "
            f"smswire send --provider {name} --id ID ..."
        )
    elif can.status_by_client_id:
        complain(f"to find out, look each up by its id: smswire status --provider {name} --to PHONE ID")


def _failure(failure: CallError) -> dict[str, object]:
    return {"kind": type(failure).__name__, "text": str(failure), "outcome": str(failure.outcome)}


def _described(receipt: Receipt[Document]) -> dict[str, object]:
    error = receipt.error
    return {
        "id": receipt.id,
        "to": receipt.to,
        "gateway_id": receipt.gateway_id,
        "parts": receipt.parts,
        "state": str(receipt.state),
        "outcome": "sent" if receipt.accepted else str(Outcome.REFUSED),
        "accepted": receipt.accepted,
        "duplicate": receipt.duplicate,
        "error": None if error is None else {"code": error.code, "name": error.name, "meaning": error.meaning},
    }


def _unanswered(message: Message, outcome: Outcome) -> dict[str, object]:
    """The same keys for a message without a receipt; what nobody knows is null."""
    certain = None if outcome is Outcome.UNKNOWN else False
    return {
        "id": message.id,
        "to": message.to,
        "gateway_id": None,
        "parts": None,
        "state": None,
        "outcome": str(outcome),
        "accepted": certain,
        "duplicate": certain,
        "error": None,
    }


def _row(receipt: Receipt[Document]) -> list[str]:
    return [
        receipt.id,
        receipt.to,
        "" if receipt.parts is None else str(receipt.parts),
        f"{receipt.state} (duplicate)" if receipt.duplicate else str(receipt.state),
        receipt.gateway_id or "",
        "" if receipt.error is None else item_error(receipt.error),
    ]


def item_error(error: ItemError) -> str:
    """An item's error without the provider's own words, which may quote the message."""
    known = f"{error.name} ({error.meaning})" if error.name else "not in the provider's published tables"
    code = f'"{error.code}"' if isinstance(error.code, str) else error.code
    return known if code is None else f"{code}: {known}"
