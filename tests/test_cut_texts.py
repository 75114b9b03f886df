"""A history without markup that was cut short, at every place; and one of any size is read in time."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

import pytest
from support.texts import BEGINNING, ENDING, FULL, TEXTS, WRITERS, Text, every_form, in_commas, parsed, record

from smswire.documents import text_forms
from smswire_documents.smsc import HistoryError, HistoryRecord
from smswire_documents.smsc.documents import GET_MESSAGES_RESPONSE

Rows = tuple[HistoryRecord, ...]


@pytest.mark.parametrize("text", [each for each in TEXTS if each.reads == "rows"], ids=repr)
def test_a_reply_cut_short_is_refused(text: Text) -> None:
    """But where it is cut after a row, with or without its line break, or within its last value, or see below."""
    body, accepted, end = text.body, looks_whole(text), 0
    for index, row in enumerate(text.rows):
        written = WRITERS[text.form]({**FULL, **row})
        if "no_blank" in text.file:
            written = in_commas({**FULL, **row}, blank="")
        assert body[end:].startswith(written.encode(text.charset))
        end += len(written.encode(text.charset))
        before, last = tuple(HistoryRecord(**each) for each in text.rows[:index]), str(row["crc"])
        for less in range(len(last) + 1):
            accepted[end - less] = (*before, HistoryRecord(**{**row, "crc": number(last[: len(last) - less])}))
        end += 1
        accepted[end] = (*before, HistoryRecord(**row))
    for length in range(len(body)):
        assert parsed(text.form, body[:length]).value == accepted.get(length), length


def number(digits: str) -> int | None:
    return int(digits) if digits else None


def looks_whole(text: Text) -> dict[int, Rows]:
    """Where what stands before the cut looks like the end of the row: here the text has commas enough."""
    if "filled_digits" not in text.file:
        return {}
    [row] = text.rows
    before, text_begins, rest = text.body.decode().partition(", Итого 4,10,0,17,")
    values = (text_begins.removeprefix(", ") + rest).split(",")
    found: dict[int, Rows] = {}
    for count in range(7, len(values)):
        whole, last = values[: count - 1], values[count - 1]
        names = dict(zip(("type", "id", "int_id", "sms_cnt", "format"), map(int, whole[-5:]), strict=True))
        taken = {**row, **names, "int_id": whole[-3], "message": ",".join(whole[:-5])}
        for length in range(len(last) + 1):
            cut = f"{before}, {','.join(whole)},{last[:length]}"
            found[len(cut.encode())] = (HistoryRecord(**{**taken, "crc": number(last[:length])}),)
    assert [each[0].message for each in found.values()] == ["Итого 4"] * 10 + ["Итого 4,10"] * 2 + ["Итого 4,10,0"] * 2
    return found


@pytest.mark.parametrize(("form", "text"), [("line", "ERROR = 12 (слова (и скобки))"), ("commas", "0,-12")])
def test_an_error_cut_short_is_refused(form: str, text: str) -> None:
    """But where it is cut within its last value, after a digit or after a bracket among the words."""
    accepted = {
        "0,-1": HistoryError(error_code=1, error=""),
        "ERROR = 12 (слова (и скобки)": HistoryError(error_code=12, error="слова (и скобки"),
    }
    for length in range(len(text)):
        assert parsed(form, text[:length]).value == accepted.get(text[:length])
    assert parsed(form, text).value is not None


def hard(form: str, size: int) -> Iterator[tuple[str, str]]:
    """Texts that invite a reader to look again and again at what it has seen."""
    begins, ends, row = BEGINNING[form], ENDING[form], WRITERS[form](FULL)
    yield "rows", "\n".join([row] * size)
    yield "one row of many lines", row.replace("Text", "line\n" * size)
    yield "no end", begins + "line\n" * size
    yield "ends nearly", begins + f"x{ends}x\n" * size
    yield "ends nearly in one line", begins + f"{ends}x" * size
    yield "begins nearly", begins + f"{begins[:-3]}\n" * size
    yield "begins nearly in one line", begins[:-3] * size
    yield "commas", begins + "," * size
    yield "commas and blanks", begins + ", " * size
    yield "lines of commas and blanks", begins + (", " * 30 + "x\n") * (size // 10)
    yield "blanks", begins + " " * size
    yield "a word", begins + ", " + "w" * size
    yield "digits", "Status = " * (form == "line") + "1" * size
    yield "a long value", begins[:40] + "v" * size
    yield "long values", ("v" * (size // 20) + ",") * 20
    yield "labels", begins + ", type = 1, ID = 2" * size
    yield "equals", begins + " = " * size
    yield "an error", "ERROR = 1 (" + ")" * size + "x"
    yield "signs", "-" * size
    yield "carriage returns", begins + "\r" * size + "x"


@every_form
def test_the_time_grows_with_the_length(form: str) -> None:
    """A hundred thousand lines, and as many of whatever a pattern could stumble over, take about a second."""
    for name, text in hard(form, 100_000):
        started = time.process_time()
        with contextlib.suppress(text_forms.NotRows):
            text_forms.parse(GET_MESSAGES_RESPONSE.text_forms[form], text)
        # to look at each character from each other one would take hours
        assert time.process_time() - started < 2 + len(text) / 1_000_000, name


@every_form
def test_as_many_rows_as_a_reply_may_hold_are_read(form: str) -> None:
    row = {**FULL, "country": "", "status_name": "", "sender_id": "", "last_date": "", "send_date": ""}
    count = {"line": 50_000, "commas": 100_000}[form]
    found = parsed(form, "\n".join([WRITERS[form](row)] * count)).value
    assert len(found) == count
    assert set(found) == {record(form, row)}
