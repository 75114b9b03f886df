"""In which charset a document is: as its sender declares it, or else as the provider documents it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Sequence

UTF_8 = ("utf-8",)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_DECLARED = re.compile(rb"\s*<\?xml\s(?:[^>]*?\s)?encoding\s*=")
# codecs of Python's own, of which some take a time that grows with the square of the length
_NO_CHARSETS = frozenset(("idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"))


class NotText(ValueError):
    """The bytes are no text in any charset that they may be in; the text quotes nothing."""


def to_utf8(body: bytes, charsets: Sequence[str], declared: str | None) -> bytes:
    """The document in UTF-8. What is declared counts alone; else the first of `charsets` in which it is text.

    Nearly all bytes are text in a charset of one byte a character, so that a wrong declaration is seldom noticed.
    Raises `NotText`.
    """
    if declared is not None and not _known(declared):
        raise NotText("in a charset that is not known")
    for charset in charsets if declared is None else [declared]:
        try:
            text = body.decode(charset)
            return body if charset == "utf-8" else text.encode()
        except (LookupError, ValueError):
            if charset == "utf-8" and _is_damaged(body):
                break
    if declared is not None:
        raise NotText("not text in the charset that was declared")
    raise NotText(f"not text in {' or '.join(charsets)}")


def _is_damaged(body: bytes) -> bool:
    """Whether bytes that are not UTF-8 are all but UTF-8: another charset would make nonsense of the rest."""
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return len(text) - len(text.encode("ascii", "ignore")) - wrong > wrong


def _known(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in _NO_CHARSETS
    except (LookupError, ValueError):
        return False


def declares_itself(body: bytes) -> bool:
    """Whether an XML document tells its own encoding, by a declaration or a byte order mark."""
    return body.startswith(_MARKS) or _DECLARED.match(body[:200]) is not None
