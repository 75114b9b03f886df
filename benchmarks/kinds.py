"""Replies of 1,000 rows, read strictly, and requests of 250 messages, written, of every other kind of document."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any

from lxml import etree

from benchmarks.documents import history_reply, rows
from benchmarks.report import Table
from benchmarks.timing import measure
from smswire.documents import read, write
from smswire.documents.reading import Spelling
from smswire_documents._runtime.description import DocumentType
from smswire_documents.kazinfoteh import Messages, Msg, SendMessageRequest
from smswire_documents.kazinfoteh.documents import (
    GET_INFO_BY_ID_RESPONSE,
    SEND_MESSAGE_REQUEST,
    SEND_MESSAGE_RESPONSE,
)
from smswire_documents.smsc.documents import GET_MESSAGES_RESPONSE, GET_MESSAGES_XML_RESPONSE
from smswire_documents.webcom import Abonent, SecretValue, Security, TextMessage, XmlSendRequest
from smswire_documents.webcom.documents import (
    JSON_STATE_RESPONSE,
    XML_SEND_REQUEST,
    XML_SEND_RESPONSE,
    XML_STATE_RESPONSE,
)

_ROWS = range(1_000)
_MOMENT = "2025-12-25 11:03:34"
_PAIRS = {
    "Status": "status",
    "check_time": "last_date",
    "err": "err",
    "send_date": "send_date",
    "phone": "phone",
    "mccmnc": "mccmnc",
    "country": "country",
    "operator": "operator",
    "region": "region",
    "cost": "cost",
    "sender_id": "sender_id",
    "status_name": "status_name",
    "message": "message",
    "type": "type",
    "ID": "id",
    "int_id": "int_id",
    "sms_cnt": "sms_cnt",
    "format": "format",
    "crc": "crc",
}


def _xml(before: str, row: str, after: str) -> bytes:
    return "\n".join([before, *(row.format(number=1_000 + each) for each in _ROWS), after]).encode()


def _replies() -> list[tuple[DocumentType[Any], bytes]]:
    """A reply of each kind in XML."""
    records: list[dict[str, object]] = json.loads(history_reply(len(_ROWS)))
    history = etree.Element("list")
    for record in records:
        row = etree.SubElement(history, "sms")
        for name, value in record.items():
            etree.SubElement(row, name).text = str(value)
    sent = '<msg id="{number}" sms_id="7{number}" sms_count="2">106</msg>'
    told = '<msg id="{number}" sms_id="7{number}" sms_count="1" date_completed="2025-12-25T11:03:34.000">102</msg>'
    information = '<information number_sms="{number}" id_sms="7{number}" parts="2">send</information>'
    state = f'<state id_sms="7{{number}}" time="{_MOMENT}">deliver</state>'
    return [
        (SEND_MESSAGE_RESPONSE, _xml("<package><message>", sent, "</message></package>")),
        (GET_INFO_BY_ID_RESPONSE, _xml("<package><status>", told, "</status></package>")),
        (XML_SEND_RESPONSE, _xml("<response>", information, "</response>")),
        (XML_STATE_RESPONSE, _xml("<response>", state, "</response>")),
        (GET_MESSAGES_XML_RESPONSE, etree.tostring(history, encoding="utf-8")),
    ]


def xml() -> Table:
    """Replies in XML, each in units of its own parsing."""
    cases: dict[str, Callable[[], object]] = {}
    for each, body in _replies():
        assert read(each, body).value is not None, each.name
        cases[f"parse {each.name}"] = partial(etree.fromstring, body)
        cases[each.name] = partial(read, each, body)
    taken = measure(cases)
    table = Table(
        "Reading replies of 1,000 rows in XML", "parsing the first; each in units of its own", min(taken.values())
    )
    for name in (each for each in taken if not each.startswith("parse ")):
        table.add(name, taken[name], unit=taken[f"parse {name}"], at_most=4.6)
    return table


def plain() -> Table:
    """The history without markup and a JSON status, in units of the strict read of the same history in JSON."""
    body = history_reply(len(_ROWS))
    records: list[dict[str, object]] = json.loads(body)
    line = "\n".join(
        ", ".join(f"{label} = {each[name]}" for label, name in _PAIRS.items()) for each in records
    ).encode()
    commas = "\n".join(
        ",".join(
            str(each[name])
            for name in ("status", "last_timestamp", "err", "send_timestamp", *list(_PAIRS.values())[4:])
        )
        for each in records
    ).encode()
    state = [{"id_sms": each, "time_change_state": _MOMENT, "state": "deliver"} for each in _ROWS]
    states = json.dumps(state).encode()
    lines, values = (Spelling(text_form=each) for each in ("line", "commas"))
    texts = {"line": (line, lines), "commas": (commas, values)}
    for text, spelling in texts.values():
        found = read(GET_MESSAGES_RESPONSE, text, spelling=spelling).value
        assert isinstance(found, tuple)
        assert len(found) == len(_ROWS)
    taken = measure(
        {
            "json": lambda: read(GET_MESSAGES_RESPONSE, body),
            **{
                name: partial(read, GET_MESSAGES_RESPONSE, text, spelling=spelling)
                for name, (text, spelling) in texts.items()
            },
            "states": lambda: read(JSON_STATE_RESPONSE, states),
        }
    )
    table = Table("Reading replies of 1,000 rows without XML", "strict read of smsc's history in JSON", taken["json"])
    table.add("the same history as lines of pairs", taken["line"], at_most=5)
    table.add("the same history between commas", taken["commas"], at_most=5)
    table.add("webcom/json_state.response", taken["states"])
    return table


def _tree() -> bytes:
    """As many messages as lxml writes them, without a check."""
    root = etree.Element("package", login="login", password="password")
    message = etree.SubElement(root, "message")
    for index, (_, number, sender, text) in enumerate(rows(250)):
        etree.SubElement(message, "msg", id=str(index), recipient="77" + number[2:], sender=sender).text = text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _kazinfoteh() -> bytes:
    msg = tuple(
        Msg(value=text, id=index, recipient="77" + number[2:], sender=sender)
        for index, (_, number, sender, text) in enumerate(rows(250))
    )
    return write(
        SEND_MESSAGE_REQUEST, SendMessageRequest(login="login", password="password", message=Messages(msg=msg))
    )


def _webcom() -> bytes:
    security = Security(login=SecretValue(value="login"), password=SecretValue(value="password"))
    message = tuple(
        TextMessage(
            type="sms",
            sender=sender,
            text=text,
            abonent=(Abonent(phone=number, number_sms=index, client_id_sms=str(index)),),
        )
        for index, (_, number, sender, text) in enumerate(rows(250))
    )
    return write(XML_SEND_REQUEST, XmlSendRequest(security=security, message=message))


def writing() -> Table:
    """Requests of 250 messages, built, checked and written."""
    taken = measure({"tree": _tree, "kazinfoteh": _kazinfoteh, "webcom": _webcom})
    table = Table("Building and writing requests of 250 messages", "lxml tree of the first and tostring", taken["tree"])
    table.add("kazinfoteh/send_message.request", taken["kazinfoteh"], at_most=1.5)
    table.add("webcom/xml_send.request, two elements and three values more a message", taken["webcom"], at_most=3)
    return table
