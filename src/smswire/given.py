"""What the facade's methods are given, held to what they can work with before anything is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from types import NoneType
from typing import Any, TypeVar

from smswire.errors import CallError
from smswire.model import Message, Receipt, Report, Tracked
from smswire.rules import SendRule
from smswire_documents._runtime.description import Operation
from smswire_documents._runtime.errors import PayloadError

S = TypeVar("S")
T = TypeVar("T")


def offered(rule: SendRule[Any, Any, Any, Any], message: Message) -> Message:
    """The message, if what it asks for can be said to the provider."""
    for name, offered in (("send_at", rule.scheduled), ("valid_for", rule.validity)):
        if getattr(message, name) is not None and not offered:
            raise PayloadError(name, f"is not offered by {rule.operation.provider}")
    return message


def in_doubt(operation: Operation[Any, Any], error: CallError) -> tuple[Message, ...]:
    """The messages that `resolve` is to find. Raises `PayloadError` where the error is not of this provider's send."""
    if not isinstance(error, CallError):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise PayloadError("resolve", "the error of a send() is required")
    if error.provider != operation.provider:
        found = error.provider or "no provider"
        raise PayloadError("resolve", f"this error is of {found}, not of {operation.provider}")
    if not error.in_doubt:
        raise PayloadError("resolve", "this error leaves none of the messages of a send() in doubt")
    return error.in_doubt


def _all(values: Iterable[T], operation: Operation[Any, Any], fits: Callable[[object], bool]) -> list[T]:
    if isinstance(values, (str, bytes, Message, Receipt, Report)):
        raise _refusal(operation, "messages", "an iterable of them is required")
    try:
        found = list(values)
    except TypeError:
        found = None
    if found is None:
        raise _refusal(operation, "messages", "an iterable of them is required")
    for index, value in enumerate(found):
        if not fits(value):
            kind = type(value).__name__
            raise _refusal(operation, f"messages[{index}]", f"not a message, or not of strings: {kind}")
    return found


def messages(values: Iterable[Message], operation: Operation[Any, Any]) -> list[Message]:
    """The messages to send. Raises `PayloadError` for anything else."""
    return _all(values, operation, lambda value: isinstance(value, Message))


def tracked(values: Iterable[Tracked], operation: Operation[Any, Any]) -> list[Tracked]:
    """The messages to ask about. Raises `PayloadError` for anything else."""
    return _all(values, operation, _is_tracked)


def _is_tracked(value: object) -> bool:
    return all(isinstance(getattr(value, name, 0), (str, NoneType)) for name in ("id", "gateway_id", "to"))


def each(values: Sequence[S], operation: Operation[Any, Any], make: Callable[[S], T]) -> list[T]:
    """What is made of each. Raises its `PayloadError` with its place."""
    return [_placed(f"messages[{index}]", operation, make, value) for index, value in enumerate(values)]


def _placed(place: str, operation: Operation[Any, Any], make: Callable[[S], T], value: S) -> T:
    try:
        return make(value)
    except PayloadError as error:
        path, problem = f"{place}.{error.path}", error.problem
    raise _refusal(operation, path, problem)


def _refusal(operation: Operation[Any, Any], path: str, problem: str) -> PayloadError:
    error = PayloadError(path, problem)
    error.provider, error.operation = operation.provider, operation.name
    return error


def distinct(messages: Sequence[Message]) -> None:
    """The same identifier twice in one call could not be told apart in the reply."""
    seen: dict[str, int] = {}
    for index, message in enumerate(messages):
        first = seen.setdefault(message.id, index)
        if first != index:
            raise PayloadError(f"messages[{index}].id", f"the same as that of messages[{first}]")
