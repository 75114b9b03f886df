"""`smswire demo`: the main job against the embedded sandbox, from sending to the final states."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta

import click

from smswire import quicktel
from smswire.cli.board import Board, shown
from smswire.cli.gateways import GATEWAYS, Settings, client, with_history
from smswire.cli.output import DONE, FAILED, complain
from smswire.cli.sending import item_error
from smswire.errors import PayloadError, RateLimited, ReplyError, SmsError
from smswire.model import Message
from smswire.sandbox import Sandbox

_INTERVAL = 1.6
_POLLS = 4
"""smsc answers five requests for one message in a minute; the sandbox delivers in less than six seconds."""

_LONG = "Ваш заказ 17 \N{WRAPPED PRESENT} собран и ждёт вас. Пункт выдачи открыт с 9 до 21 часа. " * 2
_MESSAGES = (
    Message(id="101", to="+77001234101", sender="SHOP", text="Your order 17 is on its way."),
    Message(id="102", to="+77001234102", sender="SHOP", text=_LONG),
    Message(id="103", to="+77001234001", sender="SHOP", text="To a phone that cannot be reached."),
    Message(id="104", to="+77001234000", sender="SHOP", text="To a number that does not exist."),
)


class _Unexpected(Exception):
    """The demo did not show what it is there to show; the text says what."""


def demo() -> int:
    """Send, follow, send again, read the history, and show two refusals, with every provider that has a client.

    Nothing leaves this machine, nothing is left running.
    """
    click.echo("In the embedded sandbox on this machine: no message is really sent.")
    click.echo("101 is Latin, 102 long and Cyrillic, 103 cannot be delivered, 104 goes to a bad number.\n")
    try:
        with Sandbox(speed=1) as box, ExitStack() as stack:
            sessions = [stack.enter_context(closing(client(each)(**_settings(box, each)))) for each in GATEWAYS]
            boards = [Board(each) for each in sessions]
            with shown(boards) as redraw:
                _follow(boards, redraw)
            for each in boards:
                click.echo()
                _explain_refusals(each)
                _send_again(box, each)
                _read_history(each)
            _refuse_payload()
            _refuse_reply(box, boards[0])
    except (SmsError, _Unexpected) as error:
        complain(f"demo: {error}")
        return FAILED
    return DONE


def _settings(box: Sandbox, own_id: str) -> Settings:
    return Settings(
        login=box.login,
        password=box.password,
        token=None,
        base_url=box.url(own_id),
        deadline=5.0,
        allow_plaintext=False,
    )


def _follow(boards: Sequence[Board], redraw: Callable[[], None]) -> None:
    for board in boards:
        board.send(_MESSAGES)
        redraw()
    for _ in range(_POLLS):
        time.sleep(_INTERVAL)
        for board in boards:
            board.poll()
            redraw()
        if not any(board.moving for board in boards):
            return
    raise _Unexpected("a message has not come to a final state in time")


def _explain_refusals(board: Board) -> None:
    for receipt in board.receipts:
        if receipt.error is not None:
            click.echo(f"{board.name} refuses {receipt.id}: {item_error(receipt.error)}")


def _send_again(box: Sandbox, board: Board) -> None:
    """The same message a second time: whatever the provider says to that, nothing goes out again."""
    [message] = _MESSAGES[:1]
    try:
        [receipt] = board.session.send([message])
    except RateLimited as error:
        told = f"within a minute is refused with code {error.code}"
    else:
        told = "is recognised" if receipt.duplicate else "is refused"
        if receipt.error is not None:
            told = f"{told} ({item_error(receipt.error)})"
    if len(box.messages(board.name)) != sum(each.accepted for each in board.receipts):
        raise _Unexpected(f"{board.name} sent a message twice")
    click.echo(f"{board.name}: {message.id} sent a second time {told}, nothing goes out twice")


def _read_history(board: Board) -> None:
    """What the provider says it was sent has to be what was accepted."""
    session = with_history(board.session)
    if session is None:
        click.echo(f"{board.name} documents no history of messages")
        return
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    found = list(session.history(yesterday))
    if sorted(each.id or "" for each in found) != sorted(each.id for each in board.receipts if each.accepted):
        raise _Unexpected(f"the history of {board.name} does not hold the messages that were accepted")
    click.echo(f"history of {board.name}, newest first: {', '.join(f'{each.id} {each.state}' for each in found)}")


def _refuse_payload() -> None:
    """A document that breaks its schema cannot even be built."""
    try:
        quicktel.Sms(value="Hello", sms_id="7" * 51, number="+79001234567", source_number="SHOP")
    except PayloadError as error:
        click.echo("\nA document that breaks its schema cannot be built, here one whose identifier is too long:")
        click.echo(f"refused before anything was sent: {error}")
        return
    raise _Unexpected("a document that breaks its schema was built")


def _refuse_reply(box: Sandbox, board: Board) -> None:
    """A reply that breaks its schema is an error with the place, never half an answer."""
    box.faults.add("break_reply", provider=board.name)
    try:
        board.session.status(board.receipts[:1])
    except ReplyError as error:
        click.echo(
            "\nA reply that breaks its schema is never half-read; here one without a part that it needs, and the place:"
        )
        click.echo(f"refused when it came: {error}")
        return
    raise _Unexpected("a reply that breaks its schema was taken")
