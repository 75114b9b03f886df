"""What the gateway takes that the schema, written for what is sent, does not allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from lxml import etree

from smswire.documents.xml_input import Element
from smswire_documents import PayloadError
from smswire_documents.webcom import Abonent, JsonStateQuery, TextMessage
from smswire_documents.webcom.codes import SendResult

Failures: TypeAlias = Mapping[tuple[int, int], SendResult]
"""Why messages are refused, by their place: the number of the message element, and of the subscriber within it."""

_NAMES = ("login", "password", "token")
# what stands in for a value that is refused, so that the rest can be held to the schema
_SENDER, _PHONE = "-", "0"


def credentials_of(query: JsonStateQuery) -> dict[str, str]:
    """The credentials of one element of a JSON request."""
    given = {"login": query.login, "password": query.password, "token": query.token}
    return {name: value for name, value in given.items() if value is not None}


def set_right(root: Element) -> dict[str, str]:
    """Put `security` first, wherever it stands, and take the token out of one that has all three credentials, as the
    provider's table asks for. Returns the credentials that were given.
    """
    security = root.find("security")
    if security is None:
        return {}
    root.insert(0, security)
    found = {str(each.tag): each for each in security}
    if set(_NAMES) <= found.keys():
        security.remove(found["token"])
    return {name: found[name].get("value", "") for name in _NAMES if name in found}


def mend(root: Element) -> Failures:
    """Find the senders and phones that are missing or break the schema: they are errors of their messages, not of the
    request. Something else is put in their place.
    """
    failures: dict[tuple[int, int], SendResult] = {}
    for at, message in enumerate(root.iterfind("message")):
        failed = _mend_sender(message)
        for number, abonent in enumerate(message.iterfind("abonent")):
            result = _mend_phone(abonent) or failed
            if result is not None:
                failures[at, number] = result
    return failures


def _mend_sender(message: Element) -> SendResult | None:
    sender = message.find("sender")
    if sender is None:
        sender = etree.Element("sender")
        message.insert(0, sender)
    given = sender.text or ""
    if _fits(lambda: TextMessage(sender=given, abonent=(Abonent(phone=_PHONE),))):
        return None
    sender.text = _SENDER
    return SendResult.LONG_SENDER if given else SendResult.NO_SENDER


def _mend_phone(abonent: Element) -> SendResult | None:
    given = abonent.get("phone", "")
    if _fits(lambda: Abonent(phone=given)):
        return None
    abonent.set("phone", _PHONE)
    # of digits alone, only too many break the schema
    return SendResult.LONG_PHONE if given.isascii() and given.isdigit() else SendResult.NO_PHONE


def _fits(build: Callable[[], object]) -> bool:
    try:
        build()
    except PayloadError:
        return False
    return True
