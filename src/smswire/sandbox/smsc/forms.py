"""What has to be known of a form before it can be held to its schema: its charset and its form of reply."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote_plus

from smswire.sandbox.gateway import Incoming
from smswire_documents.smsc.operations import SEND_PHP

_CHARSETS = ("windows-1251", "utf-8", "koi8-r")


@dataclass(frozen=True, slots=True)
class Raw:
    """The fields of a form, not yet read."""

    body: bytes = field(repr=False)

    def value(self, key: str) -> str | None:
        """The value of a key whose values are plain ASCII."""
        for pair in self.body.decode("latin-1").split("&"):
            name, _, value = pair.partition("=")
            if name == key:
                return unquote_plus(value)
        return None

    @property
    def charset(self) -> str:
        """The charset of the request's text and of the reply."""
        given = self.value("charset")
        return given if given in _CHARSETS else SEND_PHP.charset

    @property
    def fmt(self) -> int:
        """The form of the reply: 0 a line of text, 1 comma-separated, 2 XML, 3 JSON."""
        given = self.value("fmt")
        return int(given) if given in ("1", "2", "3") else 0


def raw_form(incoming: Incoming) -> Raw:
    """The form of a request: query and body are one, as they are for the provider's scripts."""
    pairs = [each for part in (incoming.query, incoming.body) for each in part.split(b"&") if each]
    return Raw(b"&".join(_commas(each) for each in pairs))


def _commas(pair: bytes) -> bytes:
    """Recipients may also be separated by semicolons, which the schema, written for what is sent, leaves out."""
    if not pair.startswith(b"phones="):
        return pair
    return pair.replace(b"%3B", b"%2C").replace(b"%3b", b"%2C").replace(b";", b"%2C")
