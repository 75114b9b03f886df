"""The faults that are armed, and what the next request meets."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from types import TracebackType
from typing import Self

from smswire.sandbox.fault import Addition, Breach, Fault, Kind, Part


class Armed:
    """A fault that is armed; used as a context manager, it is removed at the end of the block."""

    def __init__(self, owner: Faults, number: int, fault: Fault) -> None:
        self._owner = owner
        self.number = number
        self.fault = fault
        self.hits = 0
        """How many requests have met it."""

    @property
    def left(self) -> int | None:
        """How many requests will still meet it, None for all."""
        return None if self.fault.times is None else self.fault.times - self.hits

    def remove(self) -> None:
        """Disarm it, whatever is left of it."""
        self._owner.remove(self.number)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.remove()


class Faults:
    """The armed faults of one sandbox, met in the order in which they were added. Safe to share between threads."""

    def __init__(self, operations: Mapping[str, Collection[str]], worded: Collection[str] = ()) -> None:
        """`operations` are the names of each provider's; `worded` are the providers whose errors are words."""
        self._operations = operations
        self._worded = worded
        self._lock = threading.Lock()
        self._armed: dict[int, Armed] = {}
        self._count = 0

    def add(
        self,
        kind: Kind,
        *,
        provider: str | None = None,
        operation: str | None = None,
        times: int | None = 1,
        seconds: float | None = None,
        status: int | None = None,
        code: int | str | None = None,
        processed: bool | None = None,
        interval: float | None = None,
        part: Part | None = None,
        add: Addition | None = None,
        how: Breach | None = None,
    ) -> Armed:
        """Arm a fault; kinds and options are in the table of `smswire.sandbox.fault`.

        `provider` and `operation` ("sms_send", "send_php", ...) choose the requests, `times` how many of them;
        None means any and all. Raises `ValueError` for an option that is unknown or out of range.
        """
        fault = Fault(
            kind=kind,
            provider=provider,
            operation=operation,
            times=times,
            seconds=seconds,
            status=status,
            code=code,
            processed=processed,
            interval=interval,
            part=part,
            add=add,
            how=how,
        )
        return self.arm(fault)

    def arm(self, fault: Fault) -> Armed:
        """Arm a fault that was described before. Raises `ValueError` for an unknown provider or operation."""
        if fault.provider is not None and fault.provider not in self._operations:
            raise ValueError("provider is one of " + ", ".join(self._operations))
        known = [
            name for provider, names in self._operations.items() if fault.provider in (None, provider) for name in names
        ]
        if fault.operation is not None and fault.operation not in known:
            raise ValueError("operation is one of " + ", ".join(known))
        if fault.provider is not None and not self._words_fit(fault, fault.provider):
            raise ValueError(
                f"code is {'words' if fault.provider in self._worded else 'a number'} for {fault.provider}"
            )
        with self._lock:
            self._count += 1
            armed = self._armed[self._count] = Armed(self, self._count, fault)
            return armed

    def armed(self) -> tuple[Armed, ...]:
        """The faults that requests will still meet."""
        with self._lock:
            return tuple(self._armed.values())

    def remove(self, number: int) -> None:
        """Disarm a fault; nothing happens where it is over already."""
        with self._lock:
            self._armed.pop(number, None)

    def clear(self) -> None:
        """Disarm all faults."""
        with self._lock:
            self._armed.clear()

    def take(self, provider: str, operation: str | None) -> tuple[Fault | None, Fault | None]:
        """What one request meets, and one time less of it is left: a latency, and one other fault."""
        with self._lock:
            late = self._first(lambda fault: fault.kind == "latency" and self._meets(fault, provider, operation))
            other = self._first(
                lambda fault: fault.kind not in ("latency", "refuse") and self._meets(fault, provider, operation)
            )
            return late, other

    def take_refusal(self) -> bool:
        """Whether the connection that is about to be read is to be closed instead."""
        with self._lock:
            return self._first(lambda fault: fault.kind == "refuse") is not None

    def _first(self, meets: Callable[[Fault], bool]) -> Fault | None:
        found = next((each for each in self._armed.values() if meets(each.fault)), None)
        if found is None:
            return None
        found.hits += 1
        if found.left == 0:
            del self._armed[found.number]
        return found.fault

    def _meets(self, fault: Fault, provider: str, operation: str | None) -> bool:
        return (
            fault.provider in (None, provider)
            and fault.operation in (None, operation)
            and self._words_fit(fault, provider)
        )

    def _words_fit(self, fault: Fault, provider: str) -> bool:
        return fault.code is None or isinstance(fault.code, str) == (provider in self._worded)
