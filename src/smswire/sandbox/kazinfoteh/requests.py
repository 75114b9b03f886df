"""The messages of a request: their own attributes and those by default, and recipients that are none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from smswire.documents.xml_input import Element
from smswire.sandbox.moments import read_moment
from smswire_documents import PayloadError
from smswire_documents.kazinfoteh import Msg, MsgDefaults

ZONE = ZoneInfo("Asia/Almaty")

_FORM = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A message with the attributes that it has of its own or by default; `to` is None for none, and for a bad one."""

    id: int | None
    to: str | None = field(repr=False)
    text: str = field(repr=False)
    sender: str
    kind: int
    send_at: float | None


def take_out_recipients(root: Element) -> Collection[int]:
    """Take out the recipients that break the schema, since each is an error of its message and not of the package.

    Returns the places of the messages that had one of their own.
    """
    unfit: set[int] = set()
    for default in root.iterfind("message/default"):
        if not _fits(default.get("recipient")):
            del default.attrib["recipient"]
    for at, msg in enumerate(root.iterfind("message/msg")):
        if not _fits(msg.get("recipient")):
            del msg.attrib["recipient"]
            unfit.add(at)
    return unfit


def _fits(recipient: str | None) -> bool:
    try:
        MsgDefaults(recipient=recipient)
    except PayloadError:
        return False
    return True


def wanted_of(msg: Msg, default: MsgDefaults, *, fits: bool) -> Wanted:
    """Raises `BadMoment`."""
    begin, end = msg.date_beg or default.date_beg, msg.date_end or default.date_end
    if end is not None:
        read_moment(end, _FORM, ZONE)
    kind = default.type if msg.type is None else msg.type
    return Wanted(
        id=default.id if msg.id is None else msg.id,
        to=(msg.recipient or default.recipient) if fits else None,
        text=msg.value,
        sender=(default.sender if msg.sender is None else msg.sender) or "",
        kind=kind or 0,
        send_at=None if begin is None else read_moment(begin, _FORM, ZONE),
    )
