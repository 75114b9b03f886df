"""The description of a fault: which of the next requests meets what.

Seconds here are real ones, whatever the speed of the sandbox. By default a fault happens once.

    kind               what the client meets                                          options
    latency            the answer comes `seconds` later; may go with another fault    seconds
    status             an HTTP status without a document                              status=503, processed=False
    error              the provider's own error of the whole request                  code
    no_charset         an answer whose header does not tell its charset
    drop_after_accept  the request is processed, the connection closed, no answer
    hang               no answer, the connection stays open                           processed=False
    refuse             the connection is closed before anything is read
    truncate           the connection is closed in the middle of the body
    drip               a byte of the answer each `interval` seconds                   interval=0.1, part="body"
    html               a web page with status 200                                     processed=False
    gzip               a compressed answer
    drift              an addition to the schema                                      add="attribute"
    break_reply        a breach of the schema                                         how="lacks"

`processed` tells whether the request is processed, and its messages accepted, all the same. `part` is "body" or
"headers". `code` is a number, for Webcom the words of the error; a fault for any provider meets only those whose errors
are of that kind. `add` is "attribute", "key" (the same; one for XML, one for JSON), "element" (in JSON a key with an
object) or "code": a status or error that no table of the provider lists, where a reply holds a code of a table that is
known to be whole, and else an attribute or key. A reply without markup can only get a code. `how` is "lacks",
something that is required, or "type", a value of the wrong one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from typing import Any, Literal, TypeAlias, cast, get_args

Kind: TypeAlias = Literal[
    "latency",
    "status",
    "error",
    "no_charset",
    "drop_after_accept",
    "hang",
    "refuse",
    "truncate",
    "drip",
    "html",
    "gzip",
    "drift",
    "break_reply",
]
Part: TypeAlias = Literal["body", "headers"]
Addition: TypeAlias = Literal["attribute", "element", "key", "code"]
Breach: TypeAlias = Literal["lacks", "type"]

_OPTIONS: Mapping[str, Mapping[str, object]] = {
    "latency": {"seconds": None},
    "status": {"status": 503, "processed": False},
    "error": {"code": None},
    "hang": {"processed": False},
    "drip": {"interval": 0.1, "part": "body"},
    "html": {"processed": False},
    "drift": {"add": "attribute"},
    "break_reply": {"how": "lacks"},
}
"""The options of a kind and their defaults; None where one has to be given."""

_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "kind": str,
    "provider": str,
    "operation": str,
    "times": int,
    "seconds": (int, float),
    "status": int,
    "code": (int, str),
    "processed": bool,
    "interval": (int, float),
    "part": str,
    "add": str,
    "how": str,
}
_WORDS: Mapping[str, Collection[str]] = {
    "kind": get_args(Kind),
    "part": get_args(Part),
    "add": get_args(Addition),
    "how": get_args(Breach),
}
_RANGES: Mapping[str, tuple[float, float]] = {
    "times": (1, 1_000_000),
    "seconds": (0, 3600),
    "interval": (0, 3600),
    "status": (400, 599),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What to do to a request; see the table of `smswire.sandbox.fault`.

    `provider` and `operation` choose the requests, None means any; `times` is how many of them, None means all
    until the fault is removed. Raises `ValueError` for an option that the kind does not have or lacks.
    """

    kind: Kind
    provider: str | None = None
    operation: str | None = None
    times: int | None = 1
    seconds: float | None = None
    status: int | None = None
    code: int | str | None = None
    processed: bool | None = None
    interval: float | None = None
    part: Part | None = None
    add: Addition | None = None
    how: Breach | None = None

    def __post_init__(self) -> None:
        for each in fields(self):
            _check(each.name, getattr(self, each.name))
        options = _OPTIONS.get(self.kind, {})
        for name in ("seconds", "status", "code", "processed", "interval", "part", "add", "how"):
            if name not in options and getattr(self, name) is not None:
                raise ValueError(f"a fault {self.kind!r} has no option {name!r}")
        for name, default in options.items():
            if getattr(self, name) is None:
                if default is None:
                    raise ValueError(f"a fault {self.kind!r} needs the option {name!r}")
                object.__setattr__(self, name, default)
        if self.kind == "refuse" and (self.provider is not None or self.operation is not None):
            raise ValueError("a connection that is refused has no provider or operation yet")

    @classmethod
    def from_json(cls, data: object) -> Fault:
        """A fault from a parsed JSON object with the same names. Raises `ValueError`."""
        if not isinstance(data, dict) or "kind" not in data:
            raise ValueError("an object with a kind is required")
        given = cast("dict[str, Any]", data)
        unknown = sorted(set(given) - set(_TYPES))
        if unknown:
            raise ValueError("unknown option: " + ", ".join(unknown))
        return cls(**given)


def _check(name: str, value: object) -> None:
    if value is None and name != "kind":
        return
    allowed = _TYPES[name]
    if not isinstance(value, allowed) or (isinstance(value, bool) and allowed is not bool):
        raise ValueError(f"{name} has the wrong type")
    if name in _WORDS and value not in _WORDS[name]:
        raise ValueError(f"{name} is one of " + ", ".join(_WORDS[name]))
    if name in _RANGES:
        least, most = _RANGES[name]
        if not least <= cast("float", value) <= most:
            raise ValueError(f"{name} is a number from {least} to {most}")
