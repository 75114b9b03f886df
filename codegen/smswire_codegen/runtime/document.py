"""Base class of every generated document: checked when built, silent about sensitive values when printed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any, TypeVar, cast

from .errors import PayloadError

D = TypeVar("D", bound="Document")

_checks: dict[type, Callable[[Any], None]] = {}
_hidden: dict[type, frozenset[str]] = {}


class Document:
    """A value of a generated class has been held to its schema: building it raises `PayloadError` otherwise."""

    __slots__ = ()

    def __post_init__(self) -> None:
        try:
            _entry(_checks, type(self))(self)
        except PayloadError as error:
            broken = error
        else:
            return
        # raised anew, because the frames of the checks hold the value
        raise PayloadError(broken.path, broken.problem)

    def __repr__(self) -> str:
        hidden = _entry(_hidden, type(self))
        shown = (
            f"{each.name}={'<hidden>' if each.name in hidden else repr(getattr(self, each.name))}"
            for each in fields(cast("Any", self))
            if getattr(self, each.name) is not None
        )
        return f"{type(self).__name__}({', '.join(shown)})"


def register(cls: type[D], check: Callable[[D], None], hidden: tuple[str, ...]) -> None:
    """Give a generated class its check and the names of the fields that no repr shows."""
    _checks[cls] = check
    _hidden[cls] = frozenset(hidden)


T = TypeVar("T")


def _entry(table: dict[type, T], cls: type) -> T:
    """The entry of a class or, for a class derived by hand, of its nearest generated base."""
    try:
        return table[cls]
    except KeyError:
        return next(table[base] for base in cls.__mro__ if base in table)


def become(builder: Document, cls: type[D]) -> D:
    """Turn a mutable builder, which has the same slots, into the frozen class that it stands for.

    A reply was held to its schema already, so its objects are built past `__post_init__`. A plain store into
    a slot and one change of class cost a third of `object.__setattr__` or the slots' own setters.
    """
    cast("Any", builder).__class__ = cls
    return cast("D", builder)


def items(data: Any) -> list[Any]:  # noqa: ANN401 (narrowing an object would leave pyright a list of unknowns)
    """A JSON array that was held to its schema, for binders: `isinstance` alone would leave its items untyped."""
    return cast("list[Any]", data)
