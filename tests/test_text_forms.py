"""A history without markup is read exactly as it was written, or refused; what nobody can notice is stated here."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st
from support.texts import (
    BEGINNING,
    ENDING,
    FULL,
    NAMES,
    SMSC,
    TEXTS,
    WRITERS,
    Row,
    Text,
    every_form,
    has_an_edge,
    imitates,
    in_commas,
    in_pairs,
    parsed,
    record,
    refusal,
)

from smswire.documents import read
from smswire_documents.smsc import HistoryError, HistoryRecord
from smswire_documents.smsc.documents import GET_MESSAGES_RESPONSE, GET_MESSAGES_XML_RESPONSE

ROWS = [each for each in TEXTS if each.reads == "rows"]
XML_ORDER = re.findall(r"<(\w+)>\w+</", (SMSC / "get_messages_xml.response.printed.xml").read_text("utf-8"))


# the files


@pytest.mark.parametrize("declared", [False, True], ids=["undeclared", "declared"])
@pytest.mark.parametrize("text", TEXTS, ids=repr)
def test_a_file_reads_as_the_index_says(text: Text, declared: bool) -> None:
    reading = parsed(text.form, text.body, text.charset if declared else None)
    if text.reads == "rows":
        assert reading.value == tuple(HistoryRecord(**each) for each in text.rows)
    elif text.reads == "error":
        assert reading.value == HistoryError(**text.error)
    else:
        assert text.reads == "refused"
        assert reading.value is None
        assert [each.line for each in reading.violations] == [2 if "cut" in text.file else 1]


def test_the_files_are_of_every_kind() -> None:
    kinds = {(each.form, each.reads) for each in TEXTS}
    assert kinds == {(form, reads) for form in WRITERS for reads in ("rows", "error", "refused")}
    charsets = {(each.form, each.charset) for each in ROWS}
    assert charsets == {(form, charset) for form in WRITERS for charset in ("utf-8", "windows-1251")}


@pytest.mark.parametrize("text", ROWS, ids=repr)
def test_the_records_are_those_of_the_same_rows_in_json_and_xml(text: Text) -> None:
    rows = [{**FULL, **each} for each in text.rows]
    by_json = read(GET_MESSAGES_RESPONSE, json.dumps(rows).encode()).value
    by_xml = read(GET_MESSAGES_XML_RESPONSE, as_xml(rows)).value
    found = parsed(text.form, text.body).value
    for one, other, third in zip(found, by_json, by_xml.sms, strict=True):
        for name in FULL:
            assert getattr(one, name) == (getattr(other, name) if name in NAMES[text.form] else None)
            # XML does not tell a number from a string of digits
            assert str(getattr(third, name)) == str(getattr(other, name))


def as_xml(rows: Sequence[Row]) -> bytes:
    root = ET.Element("list")
    for row in rows:
        holder = ET.SubElement(root, "sms")
        for name in XML_ORDER:
            ET.SubElement(holder, name).text = str(row[name])
    return ET.tostring(root)


@pytest.mark.parametrize("text", [each for each in ROWS if "filled_one" in each.file], ids=repr)
def test_the_row_that_every_form_has_a_file_of(text: Text) -> None:
    [by_json] = read(GET_MESSAGES_RESPONSE, (SMSC / "get_messages.response.filled.json").read_bytes()).value
    by_xml = read(GET_MESSAGES_XML_RESPONSE, (SMSC / "get_messages_xml.response.filled.xml").read_bytes()).value
    [found] = parsed(text.form, text.body).value
    for name in NAMES[text.form]:
        assert getattr(found, name) == getattr(by_json, name)
        assert str(getattr(found, name)) == str(getattr(by_xml.sms[0], name))


# what a message may hold


@every_form
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize(
    "message",
    [
        "",
        ",",
        "\n",
        "\r\n",
        "\n\n, ,\n",
        " blanks ",
        "1, 2, 3,\n4, 5, 6,\r\n7",
        ", message = x, type = 1",
        "Status = 1",
        "ERROR = 2 (x)",
        "0,-2",
        "these are no line breaks: \x0b \x0c \x85 \u2028 \u2029",
        "\ufeff\0",
    ],
)
def test_commas_and_line_breaks_of_a_message_are_recovered(form: str, end: str, message: str) -> None:
    rows = [{**FULL, "message": each} for each in (message, "between", message)]
    text = end.join(map(WRITERS[form], rows))
    for ended in (text, text + end, text + end + end):
        assert parsed(form, ended).value == tuple(record(form, each) for each in rows)


@every_form
def test_the_end_of_a_row_at_the_end_of_a_message_is_a_part_of_it(form: str) -> None:
    row = {**FULL, "message": f"first\nx{ENDING[form]}"}
    assert parsed(form, WRITERS[form](row)).value == (record(form, row),)


@every_form
def test_what_looks_like_a_row_within_a_message_is_refused_with_its_line(form: str) -> None:
    before, secret = WRITERS[form](FULL), "Kanarienvogel8461"

    def wrong(message: str) -> tuple[str, int]:
        problem, line = refusal(form, f"{before}\n{WRITERS[form]({**FULL, 'message': message})}\n{before}")
        assert not re.search("Kanarienvogel|7700|SENDER|Operator", problem)
        return problem, line

    assert wrong(f"{secret}\n{BEGINNING[form]}{secret}") == ("a row begins here within another", 3)
    assert wrong(f"{secret}{ENDING[form]}\n{secret}") == ("a row is expected to begin here", 3)
    assert wrong(f"{secret}\n{secret}{ENDING[form]}\n") == ("a row is expected to begin here", 4)
    assert wrong(f"{secret}{ENDING[form]}\r\n\r\n") == ("a row is expected to begin here", 3)


@every_form
def test_a_complete_imitation_reads_as_two_rows(form: str) -> None:
    """What nobody can notice: the end of a row, a line break and the beginning of another."""
    row = {**FULL, "message": f"one{ENDING[form]}\n{BEGINNING[form]}other", "crc": 5}
    first, second = parsed(form, WRITERS[form](row)).value
    assert (first.message, first.crc, second.message, second.crc) == ("one", FULL["crc"], "other", 5)


ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
MARKS = [",", ", ", "\n", "\r\n", "\r", " ", "1", " = ", ", type = ", "crc = 1", "message = ", "ID"]
EDGES = {form: [*MARKS, ENDING[form], ENDING[form][:-1], BEGINNING[form], BEGINNING[form][:-1]] for form in WRITERS}
IDS = st.integers(-5, 10**30) | st.from_regex("[A-Za-z0-9._-]{1,40}", fullmatch=True) | st.sampled_from(["-0", "007"])


@every_form
@given(data=st.data())
def test_rows_are_read_as_they_were_written_or_refused(form: str, data: st.DataObject) -> None:
    pieces = st.sampled_from(EDGES[form]) | st.sampled_from(["\n", "\r\n", ","]) | ANYTHING
    messages = st.lists(pieces, min_size=1, max_size=8).map("".join)
    numbers = {"status": st.integers(-3, 25), "crc": st.integers()}
    values = st.fixed_dictionaries({"message": messages, "id": IDS, **numbers})
    rows = [{**FULL, **each} for each in data.draw(st.lists(values, min_size=1, max_size=3))]
    reading = parsed(form, data.draw(st.sampled_from(["\n", "\r\n"])).join(map(WRITERS[form], rows)))
    if any(imitates(form, each["message"]) for each in rows):
        event("imitated")
    elif reading.value is None:
        event("refused")
        assert any(has_an_edge(form, each["message"]) for each in rows)
        assert all(each.line >= 1 for each in reading.violations)
    else:
        event("read")
        assert reading.value == tuple(record(form, each) for each in rows)


# the other values


@given(ANYTHING, st.integers(0, 20))
@example("x", 0)
def test_one_blank_before_the_text_belongs_to_the_form_with_commas(message: str, blanks: int) -> None:
    """The page prints it, there alone: a text that begins with one loses it where the provider prints none."""
    message = " " * blanks + message.replace("\n", "")
    [found] = parsed("commas", in_commas({**FULL, "message": message}, blank="")).value
    assert found.message == message.removeprefix(" ")
    [other] = parsed("commas", in_commas({**FULL, "operator": " O"})).value
    assert other.operator == " O"


def test_identifiers_keep_their_spelling() -> None:
    for written, expected in [("14", 14), ("014", "014"), ("-0", "-0"), ("-1", -1), ("0", 0), ("1.0", "1.0")]:
        for form, write in WRITERS.items():
            [found] = parsed(form, write({**FULL, "id": written})).value
            assert (found.id, type(found.id)) == (expected, type(expected))


def test_a_comma_in_another_field_shifts_the_columns_of_the_form_with_commas() -> None:
    """It is refused where a value does not have the type of the column that it gets into, and else nobody notices."""
    row = {**FULL, "operator": "Kcell, Activ", "region": "Алматы"}
    assert parsed("line", in_pairs(row)).value == (record("line", row),)
    assert parsed("commas", in_commas(row)).value is None
    [shifted] = parsed("commas", in_commas({**row, "region": ""})).value
    assert (shifted.operator, shifted.region, shifted.cost) == ("Kcell", " Activ", "")
    assert (shifted.sender_id, shifted.status_name, shifted.message) == ("4.1", "SENDER", "Доставлено, Text")


@every_form
@pytest.mark.parametrize("name", ["status", "err", "type", "sms_cnt", "format", "crc"])
@pytest.mark.parametrize("value", ["x", "-", "1.5", "007", "--1", "+1", " 1", "١"])
def test_a_number_that_is_none_is_refused(form: str, name: str, value: str) -> None:
    assert parsed(form, WRITERS[form]({**FULL, name: value})).value is None


@every_form
def test_a_row_that_lacks_a_column_is_refused(form: str) -> None:
    sign = {"line": ", ", "commas": ","}[form]
    values = (in_pairs(FULL) if form == "line" else in_commas(FULL, blank="")).split(sign)
    assert len(values) == len(NAMES[form])
    for index in range(len(values)):
        assert parsed(form, sign.join(values[:index] + values[index + 1 :])).value is None


@every_form
def test_an_integer_left_empty_is_not_there(form: str) -> None:
    [found] = parsed(form, WRITERS[form]({**FULL, "err": "", "crc": ""})).value
    assert (found.err, found.crc, found.sms_cnt) == (None, None, 1)
    for required in ("status", "id"):
        assert parsed(form, WRITERS[form]({**FULL, required: ""})).value is None


# neither rows nor an error


@every_form
@pytest.mark.parametrize("text", ["", "\n", "\r\n\r\n", " ", "\0", "[]", "<list/>", "<html></html>", "OK", "ERROR"])
def test_a_text_that_is_neither(form: str, text: str) -> None:
    assert refusal(form, text) == ("a row is expected to begin here", 1)


@every_form
def test_a_form_is_not_taken_for_the_other(form: str) -> None:
    [other] = set(WRITERS) - {form}
    assert parsed(form, WRITERS[other](FULL)).value is None
    assert parsed(form, {"line": "0,-2", "commas": "ERROR = 2 (x)"}[form]).value is None


@every_form
def test_nothing_may_stand_before_between_or_after_rows(form: str) -> None:
    row, error = WRITERS[form](FULL), {"line": "ERROR = 9 (x)", "commas": "0,-9"}[form]
    for line, text in [(1, f"\n{row}"), (2, f"{row}\n\n{row}"), (2, f"{row}\nend"), (2, f"{row}\n{error}")]:
        assert refusal(form, text) == ("a row is expected to begin here", line)


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_an_error_ends_as_rows_do(end: str) -> None:
    assert parsed("line", f"ERROR = 9 (две\nстроки){end}").value == HistoryError(error_code=9, error="две\nстроки")
    assert parsed("commas", f"0,-9{end}").value == HistoryError(error_code=9, error="")
