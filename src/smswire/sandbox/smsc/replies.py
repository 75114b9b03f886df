"""What each script answers, in the form of reply that was asked for: JSON (fmt=3), XML (2), commas (1), a line (0)."""

from __future__ import annotations

import re
from dataclasses import asdict, replace
from typing import Any, TypeVar

from smswire.documents.reading import Spelling
from smswire.sandbox.gateway import Answer, examination, reply
from smswire.sandbox.smsc import lines
from smswire.sandbox.smsc.errors import Refused
from smswire.sandbox.smsc.forms import Raw
from smswire_documents._runtime.description import DocumentType
from smswire_documents.smsc import (
    GetMessagesXmlResponseList,
    GetMessagesXmlResponseResult,
    HistoryError,
    HistoryRecord,
    HistoryRow,
    SendError,
    SendXmlResponse,
    Sent,
    StatusError,
    StatusResponse,
)
from smswire_documents.smsc.operations import (
    GET_MESSAGES,
    GET_MESSAGES_TEXT,
    GET_MESSAGES_XML,
    SEND_PHP,
    SEND_XML,
    STATUS_PHP,
)

R = TypeVar("R")

# what XML 1.0 has no spelling for
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def reply_of_send(result: Sent | Refused, raw: Raw) -> Answer:
    """send.php. Its XML has no list of recipients: how that would look is not known."""
    if isinstance(result, Refused):
        if raw.fmt < 2:
            return _error_text(result, raw)
        if raw.fmt == 2:
            name = None if result.id is None else str(result.id)
            return _xml(SEND_XML.response, SendXmlResponse(error=result.words, error_code=result.code, id=name), raw)
        return reply(
            SEND_PHP.response, SendError(error=result.words, error_code=result.code, id=result.id), raw.charset
        )
    if raw.fmt == 2:
        name = None if result.id is None else str(result.id)
        sent = SendXmlResponse(id=name, cnt=result.cnt, cost=result.cost, balance=result.balance)
        return _xml(SEND_XML.response, sent, raw)
    return reply(SEND_PHP.response, result, raw.charset)


def reply_of_status(result: StatusResponse | Refused, raw: Raw) -> Answer:
    """status.php; of its other forms, only an error is answered."""
    if not isinstance(result, Refused):
        return reply(STATUS_PHP.response, result, raw.charset)
    if raw.fmt == 3:
        return reply(STATUS_PHP.response, StatusError(error=result.words, error_code=result.code), raw.charset)
    if raw.fmt == 2:
        # no document of its own, but an error is the same for every script
        return replace(_history_error(result, raw), examine=None)
    return _error_text(result, raw)


def reply_of_history(result: tuple[HistoryRecord, ...] | Refused, raw: Raw) -> Answer:
    """get.php with get_messages=1."""
    if isinstance(result, Refused):
        if raw.fmt < 2:
            return _history_text(_error_text(result, raw), raw)
        if raw.fmt == 2:
            return _history_error(result, raw)
        return reply(GET_MESSAGES.response, HistoryError(error=result.words, error_code=result.code), raw.charset)
    if raw.fmt < 2:
        row = lines.commas if raw.fmt == 1 else lines.pairs
        return _history_text(_text("\n".join(map(row, result)), raw), raw)
    if raw.fmt == 2:
        return _xml(GET_MESSAGES_XML.response, GetMessagesXmlResponseList(sms=tuple(map(_row, result))), raw)
    return reply(GET_MESSAGES.response, result, raw.charset)


def _row(record: HistoryRecord) -> HistoryRow:
    """The same names, but XML does not tell a number from a string, and has no control characters."""
    fields: dict[str, Any] = {
        key: _NOT_XML.sub("?", each) if isinstance(each, str) else each for key, each in asdict(record).items()
    }
    fields["id"] = str(record.id)
    return HistoryRow(**fields)


def _history_error(refused: Refused, raw: Raw) -> Answer:
    error = GetMessagesXmlResponseResult(error=refused.words, error_code=refused.code)
    return _xml(GET_MESSAGES_XML.response, error, raw)


def _xml(document: DocumentType[R], value: R, raw: Raw) -> Answer:
    """Without a declaration, as the provider prints it: the charset is the one that was asked for."""
    answer = reply(document, value, raw.charset)
    return replace(answer, body=answer.body.partition(b"?>\n")[2])


def _history_text(answer: Answer, raw: Raw) -> Answer:
    spelling = Spelling(text_form="commas" if raw.fmt == 1 else "line")
    return replace(answer, examine=examination(GET_MESSAGES_TEXT.response, spelling))


def _error_text(refused: Refused, raw: Raw) -> Answer:
    """An error without markup; with fmt=1 it has no words, so that a header tells what was wrong."""
    return replace(_text(lines.error(refused, raw.fmt), raw), problem=refused.detail if raw.fmt == 1 else "")


def _text(text: str, raw: Raw) -> Answer:
    return Answer(body=text.encode(), media_type="text/plain", format="text", charset=raw.charset)
