"""Typed SDK for SMS gateways, generated from formal schemas.

`Message` goes in, `Receipt` and `Report` come out, the same for every provider; `kazinfoteh`, `quicktel`, `smsc` and
`webcom` hold the clients and each provider's own typed documents. `estimate` tells into how many SMS a text goes.
Everything is imported on first use.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from smswire import kazinfoteh, quicktel, smsc, webcom
    from smswire.engine import Drift
    from smswire.errors import (
        AuthenticationError,
        CallError,
        InsufficientFunds,
        NotFound,
        NotSent,
        Outcome,
        OutcomeUnknown,
        PayloadError,
        ProviderError,
        RateLimited,
        ReplyError,
        SmsError,
        TransportError,
        UnreadableReply,
    )
    from smswire.model import Capabilities, DeliveryState, ItemError, Message, Receipt, Ref, Report
    from smswire.segments import Estimate, estimate

_HOMES = {
    "errors": [
        "AuthenticationError",
        "CallError",
        "InsufficientFunds",
        "NotFound",
        "NotSent",
        "Outcome",
        "OutcomeUnknown",
        "PayloadError",
        "ProviderError",
        "RateLimited",
        "ReplyError",
        "SmsError",
        "TransportError",
        "UnreadableReply",
    ],
    "engine": ["Drift"],
    "model": ["Capabilities", "DeliveryState", "ItemError", "Message", "Receipt", "Ref", "Report"],
    "segments": ["Estimate", "estimate"],
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}
_MODULES = ("kazinfoteh", "quicktel", "smsc", "webcom")

__all__ = [
    "AuthenticationError",
    "CallError",
    "Capabilities",
    "DeliveryState",
    "Drift",
    "Estimate",
    "InsufficientFunds",
    "ItemError",
    "Message",
    "NotFound",
    "NotSent",
    "Outcome",
    "OutcomeUnknown",
    "PayloadError",
    "ProviderError",
    "RateLimited",
    "Receipt",
    "Ref",
    "ReplyError",
    "Report",
    "SmsError",
    "TransportError",
    "UnreadableReply",
    "estimate",
    "kazinfoteh",
    "quicktel",
    "smsc",
    "webcom",
]


def __getattr__(name: str) -> object:
    if name in _MODULES:
        return importlib.import_module(f"smswire.{name}")
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value: object = getattr(importlib.import_module(f"smswire.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
