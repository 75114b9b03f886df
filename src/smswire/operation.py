"""Descriptors that turn an operation, written once, into a typed method of both clients.

`Op` is for an operation that ends in one result, `PagedOp` for one that goes on page by page.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator, Sequence
from inspect import Signature
from typing import Any, Concatenate, Generic, ParamSpec, TypeAlias, TypeVar, overload

from smswire.client import AsyncBaseClient, SyncClient
from smswire.exchange import Call, Steps

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
Page: TypeAlias = tuple[Sequence[T], str | None]


class Op(Generic[P, R]):
    """A method made from a generator function of a `Call` and the method's own arguments."""

    def __init__(self, steps: Callable[Concatenate[Call, P], Steps[R]]) -> None:
        self._steps = steps
        self._signature = _without(steps, 1)
        self.__doc__ = steps.__doc__

    @overload
    def __get__(self, client: SyncClient, owner: type | None = None) -> Callable[P, R]: ...
    @overload
    def __get__(self, client: AsyncBaseClient, owner: type | None = None) -> Callable[P, Coroutine[Any, Any, R]]: ...
    @overload
    def __get__(self, client: None, owner: type | None = None) -> Op[P, R]: ...

    def __get__(
        self, client: SyncClient | AsyncBaseClient | None, owner: type | None = None
    ) -> Op[P, R] | Callable[P, R] | Callable[P, Coroutine[Any, Any, R]]:
        if client is None:
            return self
        steps = self._steps
        if isinstance(client, SyncClient):
            blocking = client

            def call(*args: P.args, **kwargs: P.kwargs) -> R:
                return blocking.run(steps(blocking.new_call(), *args, **kwargs))

            return _named(call, steps, self._signature)
        awaiting = client

        async def acall(*args: P.args, **kwargs: P.kwargs) -> R:
            return await awaiting.run(steps(awaiting.new_call(), *args, **kwargs))

        return _named(acall, steps, self._signature)


class PagedOp(Generic[P, T]):
    """An iterator method made from a function that fetches one page.

    The function takes a `Call`, the place to go on from (None for the beginning) and the method's own arguments, and
    ends in a page: its items, and the place of the next page or None. Each page has the client's deadline.
    """

    def __init__(self, page: Callable[Concatenate[Call, str | None, P], Steps[Page[T]]]) -> None:
        self._page = page
        self._signature = _without(page, 2)
        self.__doc__ = page.__doc__

    @overload
    def __get__(self, client: SyncClient, owner: type | None = None) -> Callable[P, Iterator[T]]: ...
    @overload
    def __get__(self, client: AsyncBaseClient, owner: type | None = None) -> Callable[P, AsyncIterator[T]]: ...
    @overload
    def __get__(self, client: None, owner: type | None = None) -> PagedOp[P, T]: ...

    def __get__(
        self, client: SyncClient | AsyncBaseClient | None, owner: type | None = None
    ) -> PagedOp[P, T] | Callable[P, Iterator[T]] | Callable[P, AsyncIterator[T]]:
        if client is None:
            return self
        page = self._page
        if isinstance(client, SyncClient):
            blocking = client

            def pages(*args: P.args, **kwargs: P.kwargs) -> Iterator[T]:
                place: str | None = None
                while True:
                    items, place = blocking.run(page(blocking.new_call(), place, *args, **kwargs))
                    yield from items
                    if place is None:
                        return

            return _named(pages, page, self._signature)
        awaiting = client

        async def apages(*args: P.args, **kwargs: P.kwargs) -> AsyncIterator[T]:
            place: str | None = None
            while True:
                items, place = await awaiting.run(page(awaiting.new_call(), place, *args, **kwargs))
                for each in items:
                    yield each
                if place is None:
                    return

        return _named(apages, page, self._signature)


F = TypeVar("F", bound=Callable[..., object])


def _without(steps: Callable[..., object], first: int) -> Signature:
    """What a method looks like to `help` and to notebooks: the function without the parameters that it is given."""
    signature = inspect.signature(steps)
    return signature.replace(parameters=list(signature.parameters.values())[first:], return_annotation=Signature.empty)


def _named(method: F, steps: Callable[..., object], signature: Signature) -> F:
    method.__name__ = method.__qualname__ = steps.__name__.removeprefix("_")
    method.__doc__ = steps.__doc__
    method.__dict__["__signature__"] = signature
    return method
