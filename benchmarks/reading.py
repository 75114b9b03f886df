"""Strict reading, in units of the fastest parser that checks nothing."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable

import msgspec
from lxml import etree
from xsdata.formats.dataclass.parsers import XmlParser
from xsdata.formats.dataclass.parsers.config import ParserConfig

from benchmarks.documents import history_reply, status_reply
from benchmarks.report import Table
from benchmarks.timing import measure
from smswire.documents import read
from smswire_documents.quicktel import SmsStatus2Response
from smswire_documents.quicktel.documents import SMS_STATUS2_RESPONSE
from smswire_documents.smsc import HistoryRecord
from smswire_documents.smsc.documents import GET_MESSAGES_RESPONSE


def xml() -> Table:
    """A status reply of 1,000 messages."""
    body = status_reply(1000)
    strict = ParserConfig(
        fail_on_unknown_properties=True, fail_on_unknown_attributes=True, fail_on_converter_warnings=True
    )
    parser = XmlParser(config=strict)
    found = read(SMS_STATUS2_RESPONSE, body).value
    assert found == parser.from_bytes(body, SmsStatus2Response)
    taken = measure(
        {
            "fromstring": lambda: etree.fromstring(body),
            "read": lambda: read(SMS_STATUS2_RESPONSE, body),
            "xsdata": lambda: parser.from_bytes(body, SmsStatus2Response),
        }
    )
    table = Table("Reading a QUICKTEL status reply of 1,000 messages", "lxml.etree.fromstring", taken["fromstring"])
    table.add("strict read", taken["read"], at_most=4.6)
    table.add("xsdata XmlParser, as often slower than the strict read", taken["xsdata"], unit=taken["read"], at_least=7)
    return table


def bare_dataclass() -> type:
    """The fields of a history record without the base class that checks them."""
    hints = typing.get_type_hints(HistoryRecord)
    fields = [
        (each.name, hints[each.name], dataclasses.field(default=each.default))
        if each.default is not dataclasses.MISSING
        else (each.name, hints[each.name])
        for each in dataclasses.fields(HistoryRecord)
    ]
    return dataclasses.make_dataclass("Bare", fields, frozen=True, slots=True, kw_only=True)


def json() -> Table:
    """A history of 1,000 records."""
    body = history_reply(1000)
    decode: Callable[[bytes], object] = msgspec.json.Decoder(types.GenericAlias(list, (bare_dataclass(),))).decode
    found = read(GET_MESSAGES_RESPONSE, body).value
    assert isinstance(found, tuple)
    assert len(found) == 1000
    taken = measure({"bare": lambda: decode(body), "read": lambda: read(GET_MESSAGES_RESPONSE, body)})
    table = Table("Reading a smsc history of 1,000 records", "msgspec into a bare dataclass", taken["bare"])
    table.add("strict read", taken["read"], at_most=3.0)
    return table
