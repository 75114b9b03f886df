"""smsc's forms of reply: XML (fmt=2), commas (fmt=1) and lines (fmt=0), in each charset."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import held
import httpx
import pytest

from smswire import Message, ProviderError, ReplyError, smsc
from smswire.sandbox import Sandbox

TO = "77001234567"
TEXT = "Заказ 17, оплачен"
CODECS = {"windows-1251": "cp1251", "koi8-r": "koi8-r", "utf-8": "utf-8", None: "cp1251"}
CHILDREN = (
    "status last_date last_timestamp err send_date send_timestamp phone cost sender_id status_name message mccmnc "
    "country operator region type id int_id sms_cnt format crc"
)
CHARSETS = pytest.mark.parametrize("charset", list(CODECS))

Get = Callable[..., httpx.Response]


@pytest.fixture
def get(box: Sandbox, http: httpx.Client) -> Get:
    def request(script: str, charset: str | None = "utf-8", **fields: object) -> httpx.Response:
        given = {"login": "demo", "psw": "demo", **fields, **({"charset": charset} if charset else {})}
        body = "&".join(f"{key}={value}" for key, value in given.items())
        reply = http.post(f"{box.url('smsc')}/{script}.php", content=body)
        assert reply.status_code == 200
        kind, _, declared = reply.headers["content-type"].partition("; charset=")
        forms = {0: "text/plain", 1: "text/plain", 2: "text/xml", 3: "application/json"}
        assert kind == forms[int(str(fields.get("fmt", 0)))]
        assert declared == (charset or "windows-1251")
        return reply

    return request


def of(reply: httpx.Response, charset: str | None = "utf-8") -> str:
    """The text of a reply, decoded by what was asked for and not by its header."""
    return reply.content.decode(CODECS[charset])


# the history


def sent(client: smsc.Client, box: Sandbox) -> tuple[datetime, datetime]:
    """Two messages, delivered; when the first was sent and when its status changed, in the account's time."""
    client.send([Message(to=TO, text=TEXT, id="14", sender="SENDER")])
    client.send([Message(to="77001234001", text="Первая\nвторая", id="order-17")])
    box.advance(60)
    zone = ZoneInfo("Asia/Almaty")
    first = box.messages()[0]
    [row] = [each for each in client.history(first.accepted_at.date()) if each.id == "14"]
    assert row.at is not None
    return first.accepted_at.astimezone(zone), row.at.astimezone(zone)


@CHARSETS
def test_history_as_lines(box: Sandbox, get: Get, centre: smsc.Client, charset: str | None) -> None:
    begun, changed = sent(centre, box)
    lines = of(get("get", charset, get_messages=1, fmt=0), charset).split("\n")
    # newest first, and nothing is quoted: the text's own line break stays
    assert len(lines) == 3
    assert lines[0].startswith("Status = 20, check_time = ")
    assert lines[0].endswith("message = Первая")
    assert lines[1].startswith("вторая, type = 0, ID = order-17, int_id = 1000002, sms_cnt = 1, format = 0, crc = ")
    line, _, crc = lines[2].rpartition(" = ")
    assert crc.isdigit()
    assert line == (
        f"Status = 1, check_time = {changed:%d.%m.%Y %H:%M:%S}, err = 0, send_date = {begun:%d.%m.%Y %H:%M:%S}, "
        f"phone = {TO}, mccmnc = 40177, country = Казахстан, operator = Sandbox, region = , cost = 4.10, "
        f"sender_id = SENDER, status_name = Доставлено, message = {TEXT}, type = 0, ID = 14, int_id = 1000001, "
        "sms_cnt = 1, format = 0, crc"
    )


@CHARSETS
def test_history_between_commas(box: Sandbox, get: Get, centre: smsc.Client, charset: str | None) -> None:
    begun, changed = sent(centre, box)
    lines = of(get("get", charset, get_messages=1, fmt=1), charset).split("\n")
    assert len(lines) == 3
    line, _, crc = lines[2].rpartition(",")
    assert crc.isdigit()
    stamps = (int(changed.timestamp()), int(begun.timestamp()))
    # the page prints a blank before the text, and no other
    assert line == (
        f"1,{stamps[0]},0,{stamps[1]},{TO},40177,Казахстан,Sandbox,,4.10,SENDER,Доставлено, {TEXT},0,14,1000001,1,0"
    )


@CHARSETS
def test_history_as_xml(box: Sandbox, get: Get, centre: smsc.Client, charset: str | None) -> None:
    begun, changed = sent(centre, box)
    reply = get("get", charset, get_messages=1, fmt=2)
    text = of(reply, charset)
    # no declaration, as the page prints it: only the header and the request tell the charset
    assert text.startswith("<list><sms><status>20</status><last_date>")
    root = xml("smsc/get_messages_xml.response", text)
    assert [each.findtext("id") for each in root] == ["order-17", "14"]
    row = {each.tag: each.text for each in root[1]}
    assert " ".join(row) == CHILDREN
    assert (row["message"], row["country"], row["status_name"]) == (TEXT, "Казахстан", "Доставлено")
    assert (row["send_date"], row["last_date"]) == (f"{begun:%d.%m.%Y %H:%M:%S}", f"{changed:%d.%m.%Y %H:%M:%S}")


def xml(document: str, text: str) -> Any:
    return held.xml(document, httpx.Response(200, content=text.encode()))


@pytest.mark.parametrize("fmt", [0, 1, 2])
def test_the_same_history_to_the_client_in_every_form(box: Sandbox, centre: smsc.Client, fmt: int) -> None:
    sent(centre, box)
    form = smsc.GetMessagesRequest()
    whole = centre.get_messages(form)
    assert isinstance(whole, tuple)
    if fmt == 2:
        found = centre.get_messages_xml(form)
        assert isinstance(found, smsc.GetMessagesXmlResponseList)
        rows: Any = found.sms
    else:
        rows = centre.get_messages_text(form, fmt)
    names = ("status", "err", "phone", "message", "int_id", "sms_cnt", "crc", "cost", "country", "status_name")
    for name in names:
        assert [getattr(each, name) for each in rows] == [getattr(each, name) for each in whole], name
    assert [str(each.id) for each in rows] == ["order-17", "14"]


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r"])
@pytest.mark.parametrize("declared", [True, False])
def test_a_client_reads_other_charsets_declared_or_not(
    box: Sandbox, centre: smsc.Client, charset: str, declared: bool
) -> None:
    sent(centre, box)
    form = smsc.GetMessagesRequest(charset=charset)
    calls = (
        lambda: centre.get_messages(form),
        lambda: centre.get_messages_xml(form).sms,
        lambda: centre.get_messages_text(form, 0),
        lambda: centre.get_messages_text(form, 1),
    )
    for call in calls:
        if not declared:
            box.faults.add("no_charset", provider="smsc")
        assert [each.message for each in call()] == ["Первая\nвторая", TEXT]


def test_what_a_charset_cannot_carry(box: Sandbox, get: Get, centre: smsc.Client) -> None:
    centre.send([Message(to=TO, text="😀 ғ", id="1")])
    assert "<message>&#128512; &#1171;</message>" in of(get("get", None, get_messages=1, fmt=2), None)
    assert "message = ? ?, type" in of(get("get", None, get_messages=1, fmt=0), None)


def test_the_history_s_limits_hold_for_every_form(box: Sandbox, get: Get, centre: smsc.Client) -> None:
    centre.send([Message(to=TO, text="x", id="1")])
    for _ in range(3):
        assert not of(get("get", get_messages=1, fmt=1)).startswith("0,-")
    assert of(get("get", get_messages=1, fmt=1)) == "0,-9"
    # another form is not an identical request
    assert of(get("get", get_messages=1, fmt=0)).startswith("Status = ")


def test_no_history(box: Sandbox, get: Get, centre: smsc.Client) -> None:
    assert of(get("get", get_messages=1, fmt=0)) == "ERROR = 3 (сообщение не найдено)"
    assert of(get("get", get_messages=1, fmt=1)) == "0,-3"
    reply = get("get", get_messages=1, fmt=2)
    assert [(each.tag, each.text) for each in held.xml("smsc/get_messages_xml.response", reply)] == [
        ("error", "сообщение не найдено"),
        ("error_code", "3"),
    ]
    for fmt in (0, 1):
        answer = centre.get_messages_text(smsc.GetMessagesRequest(), fmt)
        assert isinstance(answer, smsc.HistoryError)
        assert answer.error_code == 3


# errors


@CHARSETS
@pytest.mark.parametrize("script", ["send", "status", "get"])
def test_errors_in_every_form(get: Get, script: str, charset: str | None) -> None:
    more = {"send": {"phones": TO, "mes": "x"}, "status": {"phone": TO, "id": 1}, "get": {"get_messages": 1}}[script]
    assert of(get(script, charset, **more, psw="no"), charset) == "ERROR = 2 (неверный логин или пароль)"
    assert of(get(script, charset, **more, psw="no", fmt=1), charset) == "0,-2"
    text = of(get(script, charset, **more, psw="no", fmt=2), charset)
    assert text == "<result><error>неверный логин или пароль</error><error_code>2</error_code></result>"
    document = "smsc/send_xml.response" if script == "send" else "smsc/get_messages_xml.response"
    assert xml(document, text).tag == "result"


def test_an_error_about_a_message_has_its_identifier(get: Get) -> None:
    more = {"phones": "79001234000", "mes": "x", "id": "order-17"}
    text = of(get("send", fmt=2, **more))
    assert text.endswith("<error_code>7</error_code><id>order-17</id></result>")
    assert [each.tag for each in xml("smsc/send_xml.response", text)] == ["error", "error_code", "id"]


@pytest.mark.parametrize(("script", "fmt"), [("send", 0), ("send", 1), ("status", 0), ("status", 1), ("status", 2)])
def test_forms_that_the_sandbox_does_not_answer(box: Sandbox, get: Get, script: str, fmt: int) -> None:
    more = {"send": {"phones": TO, "mes": "x"}, "status": {"phone": TO, "id": 1}}[script]
    text = of(get(script, fmt=fmt, **more))
    known = "2 and 3" if script == "send" else "3"
    words = f"ошибка в параметрах: the sandbox answers this script in fmt={known} only"
    expected = {
        0: f"ERROR = 1 ({words})",
        1: "0,-1",
        2: f"<result><error>{words}</error><error_code>1</error_code></result>",
    }
    assert text == expected[fmt]
    assert box.messages() == ()


# send.php as XML


def test_send_as_xml(box: Sandbox, get: Get) -> None:
    common = {"phones": TO, "fmt": 2, "id": "order-17"}
    seen = [
        [
            (each.tag, each.text)
            for each in held.xml("smsc/send_xml.response", get("send", **common, mes=mes, cost=cost))
        ]
        for mes, cost in (("a", 0), ("b", 1), ("c", 2), ("d", 3))
    ]
    assert seen == [
        [("id", "order-17"), ("cnt", "1")],
        [("cnt", "1"), ("cost", "4.10")],
        [("id", "order-17"), ("cnt", "1"), ("cost", "4.10")],
        [("id", "order-17"), ("cnt", "1"), ("cost", "4.10"), ("balance", "999987.70")],
    ]
    assert [each.text for each in box.messages()] == ["a", "c", "d"]
    # how the list of recipients would look is not known, so there is none
    reply = get("send", **common, mes="e", op=1)
    assert [each.tag for each in held.xml("smsc/send_xml.response", reply)] == ["id", "cnt"]


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8"])
def test_a_client_sends_and_reads_xml(box: Sandbox, centre: smsc.Client, charset: str) -> None:
    reply = centre.send_xml(smsc.SendRequest(phones=(TO,), mes=TEXT, id="order-17", charset=charset))
    assert (reply.id, reply.cnt, box.messages()[0].text) == ("order-17", 1, TEXT)
    with pytest.raises(ProviderError) as caught:
        centre.send_xml(smsc.SendRequest(phones=(TO,), mes=TEXT, charset=charset))
    assert caught.value.code == 9


# faults


@pytest.mark.parametrize("how", ["lacks", "type"])
@pytest.mark.parametrize("fmt", [0, 1])
def test_a_reply_without_markup_can_be_broken(box: Sandbox, centre: smsc.Client, fmt: int, how: str) -> None:
    sent(centre, box)
    box.faults.add("break_reply", operation="get_messages_text", how=how)
    with pytest.raises(ReplyError):
        centre.get_messages_text(smsc.GetMessagesRequest(), fmt)
    assert len(centre.get_messages_text(smsc.GetMessagesRequest(), fmt)) == 2


def test_operations_are_told_by_the_form_of_reply(box: Sandbox, centre: smsc.Client) -> None:
    fault = box.faults.add("status", operation="get_messages_xml", times=None)
    centre.get_messages(smsc.GetMessagesRequest())
    centre.get_messages_text(smsc.GetMessagesRequest(), 0)
    assert fault.hits == 0
    with pytest.raises(Exception, match="503"):
        centre.get_messages_xml(smsc.GetMessagesRequest())
    assert fault.hits > 0


@pytest.mark.parametrize("control", ["\0", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_what_xml_cannot_carry(box: Sandbox, centre: smsc.Client, control: str) -> None:
    text = f"один{control}\t<два>\U0001f381\n"
    centre.send([Message(to=TO, text=text, id="14")])
    rows = centre.get_messages_xml(smsc.GetMessagesRequest())
    assert isinstance(rows, smsc.GetMessagesXmlResponseList)
    assert [each.message for each in rows.sms] == [text.replace(control, "?")]
    records = centre.get_messages(smsc.GetMessagesRequest())
    assert isinstance(records, tuple)
    assert [each.message for each in records] == [text]  # JSON has a spelling for it


@pytest.mark.parametrize(
    ("script", "fields"), [("get", {"start": "01.01.2026"}), ("send", {"phones": TO}), ("status", {})]
)
@pytest.mark.parametrize("fmt", [0, 1, 2, 3])
def test_an_error_tells_what_is_wrong_where_its_form_has_words(
    get: Get, script: str, fields: dict[str, object], fmt: int
) -> None:
    wanted = {"get": "at most half a year apart", "send": "the key mes is missing", "status": "is missing"}[script]
    end = {"get_messages": 1, "end": "01.01.2027"} if script == "get" else {}
    reply = get(script, **fields, **end, fmt=fmt)
    header = reply.headers.get("x-sandbox-problem", "")
    assert wanted in (header if fmt == 1 else of(reply))
    assert bool(header) is (fmt == 1)


@pytest.mark.parametrize("fmt", [0, 2, 3])
def test_the_sandbox_s_words_are_the_client_s_description(centre: smsc.Client, fmt: int) -> None:
    form = smsc.GetMessagesRequest(start="01.01.2026", end="01.01.2027")
    calls = {0: lambda: centre.get_messages_text(form, 0), 2: lambda: centre.get_messages_xml(form)}
    with pytest.raises(ProviderError) as caught:
        calls.get(fmt, lambda: centre.get_messages(form))()
    assert caught.value.description == "ошибка в параметрах: start and end are at most half a year apart"
