"""What status.php and the history tell of a message."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from smswire.sandbox.life import State
from smswire.sandbox.store import digits
from smswire_documents.smsc.codes import DeliveryError, Status

STATUSES: Mapping[State, Status] = {
    State.SCHEDULED: Status.WAITING,
    State.QUEUED: Status.WAITING,
    State.SENT: Status.SENT,
    State.DELIVERED: Status.DELIVERED,
    State.UNDELIVERABLE: Status.UNDELIVERABLE,
    State.EXPIRED: Status.EXPIRED,
}
ERRORS: Mapping[State, DeliveryError] = {
    State.UNDELIVERABLE: DeliveryError.NO_SUCH_SUBSCRIBER,
    State.EXPIRED: DeliveryError.OFFLINE,
}
NAMES: Mapping[Status, str] = {
    Status.NOT_FOUND: "Сообщение не найдено",
    Status.WAITING: "Ожидает отправки",
    Status.SENT: "Передано оператору",
    Status.DELIVERED: "Доставлено",
    Status.EXPIRED: "Просрочено",
    Status.UNDELIVERABLE: "Невозможно доставить",
}


@dataclass(frozen=True, slots=True)
class Network:
    """Whose a number is; made up, but for the country."""

    mccmnc: str
    country: str
    operator: str


def network(recipient: str) -> Network:
    """The network of a number."""
    number = digits(recipient)
    if number.startswith(("76", "77")):
        return Network("40177", "Казахстан", "Sandbox")
    if number.startswith("7"):
        return Network("25001", "Россия", "Sandbox")
    return Network("00101", "", "Sandbox")


def identity(text: str) -> int | str:
    """An identifier as replies hold it: a number where a number was given, else the string."""
    number = text.isascii() and text.isdecimal() and not text.startswith("0") and int(text[:11]) <= 2147483647
    return int(text) if number and len(text) <= 10 else text


def money(cents: int) -> str:
    """An amount as replies hold it."""
    return f"{cents // 100}.{cents % 100:02}"
