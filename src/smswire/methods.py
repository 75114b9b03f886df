"""The facade's methods of a client, made from its provider's rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from inspect import cleandoc
from typing import Any, TypeVar

from smswire import facade
from smswire.errors import CallError
from smswire.exchange import Call, Steps
from smswire.model import Message, Receipt, Report, Tracked
from smswire.operation import Op
from smswire.rules import LookupRule, SendRule, StatusRule
from smswire_documents._runtime.document import Document

D = TypeVar("D", bound=Document)
F = TypeVar("F", bound=Callable[..., object])


def sending(rule: SendRule[Any, Any, Any, D], note: str = "") -> Op[[Iterable[Message]], tuple[Receipt[D], ...]]:
    """The method `send`; `note` is what is particular to the provider."""

    def send(call: Call, messages: Iterable[Message]) -> Steps[tuple[Receipt[D], ...]]:
        """Send messages in as many requests as needed; one receipt each, in their order.

        Raises `PayloadError` before anything is sent, else the errors of `smswire.errors`.
        """
        return facade.send(call, rule, messages)

    return Op(_noted(send, note))


def reporting(rule: StatusRule[Any, Any, Any, D], note: str = "") -> Op[[Iterable[Tracked]], tuple[Report[D], ...]]:
    """The method `status`; `note` is what is particular to the provider."""

    def status(call: Call, messages: Iterable[Tracked]) -> Steps[tuple[Report[D], ...]]:
        """Delivery reports of messages, in as many requests as needed; one each, in their order.

        Raises `PayloadError` for a message that the provider cannot find by what is known of it, else the errors of
        `smswire.errors`.
        """
        return facade.status(call, rule, messages)

    return Op(_noted(status, note))


def resending(rule: SendRule[Any, Any, Any, D], note: str = "") -> Op[[CallError], tuple[Receipt[D], ...]]:
    """The method `resolve` of a provider that recognises an id that it has accepted before."""

    def resolve(call: Call, error: CallError) -> Steps[tuple[Receipt[D], ...]]:
        """Find out what became of the messages of a failed send: they are sent again with the same ids.

        The provider recognises an id that it has accepted before, so that a message goes out once either way. Raises
        `PayloadError` for an error that is not of this provider's `send`, or leaves nothing in doubt.
        """
        return facade.resend(call, rule, error)

    return Op(_noted(resolve, note))


def looking_up(
    sent: SendRule[Any, Any, Any, Any], rule: LookupRule[Any, Any, Any, D], note: str = ""
) -> Op[[CallError], tuple[Receipt[D], ...]]:
    """The method `resolve` of a provider that is asked for the status under the client's id."""

    def resolve(call: Call, error: CallError) -> Steps[tuple[Receipt[D], ...]]:
        """Find out what became of the messages of a failed send, by their status under the client's id.

        A receipt with the state unknown means that the provider does not have the message, or does not have it yet;
        nothing documents after how long that is certain. Raises `PayloadError` for an error that is not of this
        provider's `send`, or leaves nothing in doubt.
        """
        return facade.look_up(call, sent, rule, error)

    return Op(_noted(resolve, note))


def _noted(method: F, note: str) -> F:
    if note and method.__doc__:  # python -OO leaves no docstring
        # without their indentation, which Python 3.13 takes out of docstrings and earlier ones do not
        method.__doc__ = f"{cleandoc(method.__doc__)}\n\n{cleandoc(note)}"
    return method
