from __future__ import annotations

import asyncio
import hashlib
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import httpx
import pytest

from smswire import (
    AuthenticationError,
    DeliveryState,
    InsufficientFunds,
    Message,
    ProviderError,
    RateLimited,
    Ref,
    smsc,
)
from smswire.documents import read
from smswire.sandbox import Sandbox
from smswire_documents.smsc.operations import GET_MESSAGES, SEND_PHP, STATUS_PHP

TO = "77001234567"
ALMATY = ZoneInfo("Asia/Almaty")


def message(text: str = "text", to: str = TO, **more: object) -> Message:
    return Message(to=to, text=text, **more)


def post(http: httpx.Client, box: Sandbox, script: str, **fields: object) -> object:
    given = {"login": "demo", "psw": "demo", "fmt": "3", "charset": "utf-8", **fields}
    reply = http.post(f"{box.url('smsc')}/{script}.php", data={key: str(value) for key, value in given.items()})
    assert reply.status_code == 200
    operation = {"send": SEND_PHP, "status": STATUS_PHP, "get": GET_MESSAGES}[script]
    if given["fmt"] == "3" and given["charset"] == "utf-8":
        assert reply.headers["content-type"] == "application/json; charset=utf-8"
        assert read(operation.response, reply.content, on_drift="raise").violations == ()
        return reply.json()
    return reply


def code(reply: object) -> object:
    assert isinstance(reply, dict)
    return reply.get("error_code")


# send.php


@pytest.mark.parametrize(
    ("given", "answered"),
    [
        ("14", 14),
        ("order-17", "order-17"),
        ("2147483647", 2147483647),
        ("2147483648", "2147483648"),
        ("007", "007"),
        ("0", "0"),
    ],
)
def test_the_identifier_that_was_given_is_kept(
    box: Sandbox, http: httpx.Client, given: str, answered: int | str
) -> None:
    assert post(http, box, "send", phones=TO, mes="x", id=given) == {"id": answered, "cnt": 1}
    row = post(http, box, "status", phone=f"{TO},", id=f"{given},")
    assert isinstance(row, list)
    assert row[0]["id"] == answered
    assert box.messages()[0].id == given


def test_an_identifier_is_assigned_where_none_was_given(box: Sandbox, http: httpx.Client) -> None:
    reply = post(http, box, "send", phones=f"{TO},77001234568", mes="x")
    assert isinstance(reply, dict)
    assert isinstance(reply["id"], int)
    assert [(each.id, each.gateway_id) for each in box.messages()] == [(None, str(reply["id"]))] * 2


def test_cost(box: Sandbox, http: httpx.Client) -> None:
    common = {"phones": TO, "mes": "я" * 71, "id": 14}
    assert post(http, box, "send", **common, cost=1) == {"cnt": 2, "cost": "8.20"}
    assert box.messages() == ()
    assert post(http, box, "send", **common, cost=2) == {"id": 14, "cnt": 2, "cost": "8.20"}
    box.advance(61)
    reply = {"id": 14, "cnt": 2, "cost": "8.20", "balance": "999983.60"}
    assert post(http, box, "send", **common, cost=3) == reply
    box.advance(61)
    assert post(http, box, "send", **common, cost=0) == {"id": 14, "cnt": 2}
    assert [each.parts for each in box.messages()] == [2] * 3


def test_lists_of_recipients(box: Sandbox, http: httpx.Client) -> None:
    reply = post(http, box, "send", phones="+77001234567;79001234000", mes="x", id=1, op=1)
    assert reply == {
        "id": 1,
        "cnt": 1,
        "phones": [
            {"phone": "77001234567", "mccmnc": "40177", "cost": "4.10", "status": "-1", "error": "0"},
            {"phone": "79001234000", "mccmnc": "25001", "cost": "0.00", "status": "22", "error": "249"},
        ],
    }
    reply = post(http, box, "send", phones="77001234567,79001234000", mes="y", id=2, err=1)
    assert isinstance(reply, dict)
    assert [each["phone"] for each in reply["phones"]] == ["79001234000"]
    assert [(each.id, each.to) for each in box.messages()] == [("1", "+77001234567"), ("2", "77001234567")]


@pytest.mark.parametrize(("to", "number"), [("79001234000", 7), ("79001234004", 6), ("79001234005", 8)])
def test_errors_about_the_message(box: Sandbox, centre: smsc.Client, to: str, number: int) -> None:
    [receipt] = centre.send([message(to=to, id="order-17")])
    assert receipt.state is DeliveryState.REJECTED
    assert receipt.error is not None
    assert (receipt.error.code, receipt.gateway_id) == (number, None)
    assert re.search("[а-я]", receipt.error.description or "")
    assert box.messages() == ()


def test_other_channels_have_other_recipients(box: Sandbox, http: httpx.Client) -> None:
    post(http, box, "send", phones="a@b.kz", mes="x", mail=1)
    post(http, box, "send", phones=TO, mes="", hlr=1, id="h")
    assert code(post(http, box, "send", phones=TO, mes="")) == 1
    assert [each.to for each in box.messages()] == ["a@b.kz", TO]
    row = post(http, box, "status", phone=TO, id="h", all=1)
    assert isinstance(row, dict)
    assert (row["type"], row["flag"]) == (4, 4)
    # the history is of SMS unless it is asked for e-mail
    assert [each["phone"] for each in post(http, box, "get", get_messages=1)] == [TO]
    assert [each["phone"] for each in post(http, box, "get", get_messages=1, format=8)] == ["a@b.kz"]
    assert code(post(http, box, "get", get_messages=1, format=8, email="c@d.kz")) == 3


def test_no_money() -> None:
    with (
        Sandbox(speed=0, balance=Decimal("5.00")) as box,
        smsc.Client(login="demo", password="demo", base_url=box.url("smsc")) as client,
    ):
        client.send([message(id="1")])
        with pytest.raises(InsufficientFunds) as caught:
            client.send([message("another", id="2")])
        assert isinstance(caught.value.raw, smsc.SendError)
        assert (caught.value.code, caught.value.raw.id) == (3, 2)
        assert len(box.messages()) == 1


def test_authentication(box: Sandbox, http: httpx.Client) -> None:
    fields = {"phones": TO, "mes": "x"}
    for script, more in (("send", fields), ("status", {"phone": TO, "id": "1"}), ("get", {"get_messages": 1})):
        assert code(post(http, box, script, **more, psw="wrong")) == 2
        assert code(post(http, box, script, **more, login="wrong")) == 2
        assert code(post(http, box, script, **more, apikey="wrong")) == 2
    without = http.post(box.url("smsc") + "/send.php", data={**fields, "fmt": "3", "charset": "utf-8"})
    assert without.json()["error_code"] == 2
    assert box.messages() == ()
    hashed = hashlib.md5(b"demo").hexdigest()
    assert code(post(http, box, "send", **fields, psw=hashed)) is None
    only_key = http.post(
        box.url("smsc") + "/send.php", data={"phones": TO, "mes": "y", "fmt": "3", "apikey": box.token}
    )
    assert only_key.json()["cnt"] == 1
    with smsc.Client(token="wrong", base_url=box.url("smsc")) as client, pytest.raises(AuthenticationError):
        client.send([message("z")])
    with smsc.Client(token=box.token, base_url=box.url("smsc")) as client:
        assert client.send([message("z")])[0].accepted


@pytest.mark.parametrize(
    "fields",
    [
        {"mes": "x"},
        {"phones": TO},
        {"phones": TO, "mes": "x" * 1001},
        {"phones": TO, "mes": "x", "id": "номер"},
        {"phones": TO, "mes": "x", "id": "x" * 41},
        {"phones": TO, "mes": "x", "sender": "x" * 12},
        {"phones": TO, "mes": "x", "cost": 4},
        {"phones": TO, "mes": "x", "cost": "one"},
        {"phones": TO, "mes": "x", "new": 1},
        {"phones": f"{TO},,", "mes": "x"},
        {"phones": TO, "mes": "x", "time": "tomorrow"},
    ],
)
def test_a_breach_of_the_schema_is_error_1(box: Sandbox, http: httpx.Client, fields: dict[str, object]) -> None:
    reply = post(http, box, "send", **fields)
    assert code(reply) == 1
    assert isinstance(reply, dict)
    # it says where, and does not repeat the value
    assert reply["error"].startswith("ошибка в параметрах: /")
    assert "x" * 12 not in reply["error"]
    assert box.messages() == ()


def test_a_repeated_key_and_a_broken_form(box: Sandbox, http: httpx.Client) -> None:
    for broken in (b"phones=1&phones=2&mes=x", b"phones", "mes=я".encode(), b"mes=%ff"):
        body = broken + b"&charset=utf-8&fmt=3"
        assert http.post(box.url("smsc") + "/send.php", content=body).json()["error_code"] == 1


# charsets, GET


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-8", None])
def test_charsets_of_request_and_reply(box: Sandbox, http: httpx.Client, charset: str | None) -> None:
    text = "Привет" + (" 😀" if charset == "utf-8" else "")
    codec = charset or "windows-1251"
    pairs = {"login": "demo", "psw": "demo", "fmt": "3", **({"charset": charset} if charset else {})}
    sent = (
        str(httpx.QueryParams(pairs))
        + "&phones=77001234567&id=1&mes="
        + "".join(f"%{each:02x}" for each in text.encode(codec))
    )
    assert http.post(box.url("smsc") + "/send.php", content=sent).json()["id"] == 1
    assert box.messages()[0].text == text
    row = http.post(box.url("smsc") + "/status.php", data={**pairs, "phone": TO, "id": "1", "all": "1"})
    assert row.headers["content-type"] == f"application/json; charset={codec}"
    assert text.encode(codec) in row.content


def test_what_a_charset_cannot_carry_is_escaped(box: Sandbox, http: httpx.Client, centre: smsc.Client) -> None:
    centre.send([message("Привет 😀 ғ", id="1")])
    row = http.post(
        box.url("smsc") + "/status.php", data={"apikey": "demo", "fmt": "3", "phone": TO, "id": "1", "all": "1"}
    )
    assert "Привет \\ud83d\\ude00 \\u0493" in row.content.decode("cp1251")


def test_get_is_as_good_as_post(box: Sandbox, http: httpx.Client) -> None:
    common = {"login": "demo", "psw": "demo", "fmt": "3", "charset": "utf-8"}
    sent = http.get(box.url("smsc") + "/send.php", params={**common, "phones": TO, "mes": "Привет", "id": "1"})
    assert sent.json() == {"id": 1, "cnt": 1}
    row = http.get(box.url("smsc") + "/status.php", params={**common, "phone": TO, "id": "1"})
    assert row.json()["status"] == -1
    rows = http.post(box.url("smsc") + "/get.php?get_messages=1", data=common)
    assert [each["message"] for each in rows.json()] == ["Привет"]
    # what else get.php does, the sandbox does not know
    other = http.post(box.url("smsc") + "/get.php?get_answers=1", data=common)
    assert other.json()["error_code"] == 1


# when to send


@pytest.mark.parametrize(
    ("time", "tz", "moment"),
    [
        ("+90", None, timedelta(minutes=90)),
        ("0{stamp}", None, timedelta(hours=5)),
        ("{local:%d%m%y%H%M}", None, timedelta(hours=5)),
        ("{local:%d.%m.%y %H:%M}", None, timedelta(hours=5)),
        ("{moscow:%d%m%y%H%M}", 0, timedelta(hours=5)),
        ("{utc:%d%m%y%H%M}", -3, timedelta(hours=5)),
    ],
)
def test_scheduled_messages_wait(
    box: Sandbox, http: httpx.Client, time: str, tz: int | None, moment: timedelta
) -> None:
    wanted = box.now + timedelta(hours=5)
    time = time.format(
        stamp=int(wanted.timestamp()),
        local=wanted.astimezone(ALMATY),
        moscow=wanted.astimezone(ZoneInfo("Europe/Moscow")),
        utc=wanted.astimezone(UTC),
    )
    fields = {"phones": TO, "mes": "x", "id": 1, "time": time, **({} if tz is None else {"tz": tz})}
    assert code(post(http, box, "send", **fields)) is None
    [stored] = box.messages()
    assert stored.send_at is not None
    assert abs(stored.send_at - (box.now + moment)) <= timedelta(minutes=1)
    assert stored.state == "scheduled"
    statuses = []
    for wait in (0, (moment - timedelta(minutes=2)).total_seconds(), 240):
        box.advance(wait)
        row = post(http, box, "status", phone=TO, id=1)
        assert isinstance(row, dict)
        statuses.append(row["status"])
    assert statuses == [-1, -1, 1]


def test_a_client_schedules(box: Sandbox, centre: smsc.Client) -> None:
    [receipt] = centre.send([message(id="1", send_at=box.now + timedelta(days=1))])
    assert receipt.state is DeliveryState.SCHEDULED
    box.advance(3600)
    assert centre.status([receipt])[0].code == -1
    box.advance(24 * 3600)
    assert centre.status([receipt])[0].state is DeliveryState.DELIVERED


def test_hours_of_the_day(box: Sandbox, http: httpx.Client) -> None:
    hour = box.now.astimezone(ALMATY).hour
    now, later = f"{hour}-{(hour + 1) % 24}", f"{(hour + 2) % 24}-{(hour + 3) % 24}"
    assert code(post(http, box, "send", phones=TO, mes="a", time=now)) is None
    assert code(post(http, box, "send", phones=TO, mes="b", time=later)) is None
    first, second = box.messages()
    assert first.send_at is None
    assert second.send_at is not None
    assert second.send_at.astimezone(ALMATY).hour == (hour + 2) % 24
    assert timedelta(hours=1) <= second.send_at - box.now <= timedelta(hours=2)


@pytest.mark.parametrize(
    "time", ["3102991200", "32.01.26 10:00", "25-26", "+" + "9" * 30, "0" + "9" * 30, "0" + "9" * 5000]
)
def test_a_bad_date_is_error_5(box: Sandbox, http: httpx.Client, time: str) -> None:
    assert code(post(http, box, "send", phones=TO, mes="x", time=time)) == 5
    assert code(post(http, box, "send", phones=TO, mes="x", time="0101301200", tz=99)) == 5


# status.php


@pytest.mark.parametrize(
    ("to", "statuses", "err"),
    [
        ("77001234567", [-1, 0, 1], 0),
        ("77001234001", [-1, 0, 20], 1),
        ("77001234002", [-1, 0, 3], 6),
        ("77001234003", [-1, -1, -1], 0),
    ],
)
def test_status_moves_as_documented(box: Sandbox, centre: smsc.Client, to: str, statuses: list[int], err: int) -> None:
    receipts = centre.send([message(to=to)])
    accepted = box.now
    seen = []
    for wait in (0, 3, 3):
        box.advance(wait)
        [report] = centre.status(receipts)
        seen.append(report.code)
        assert report.at is not None
        assert accepted - timedelta(seconds=1) <= report.at <= box.now
    assert seen == statuses
    assert report.raw is not None
    assert report.raw.err == err
    assert report.raw.last_date == f"{report.at.astimezone(ALMATY):%d.%m.%Y %H:%M:%S}"


def test_what_status_tells(box: Sandbox, http: httpx.Client, centre: smsc.Client) -> None:
    centre.send([message("Привет", id="a", sender="SHOP")])
    plain = post(http, box, "status", phone="+" + TO, id="a")
    more = post(http, box, "status", phone=TO, id="a", all=1)
    most = post(http, box, "status", phone=TO, id="a", all=2)
    assert isinstance(plain, dict)
    assert isinstance(more, dict)
    assert isinstance(most, dict)
    assert set(plain) == {"status", "last_date", "last_timestamp", "flag", "err"}
    message_keys = {
        "send_date",
        "send_timestamp",
        "phone",
        "cost",
        "sender_id",
        "status_name",
        "message",
        "comment",
        "type",
    }
    assert set(more) - set(plain) == message_keys
    assert set(most) - set(more) == {"country", "operator", "operator_orig", "region"}
    assert (most["message"], most["sender_id"], most["phone"], most["cost"]) == ("Привет", "SHOP", TO, "4.10")
    assert (most["status_name"], most["country"]) == ("Ожидает отправки", "Казахстан")


def test_an_unknown_message_is_status_minus_3(box: Sandbox, http: httpx.Client, centre: smsc.Client) -> None:
    centre.send([message(id="a")])
    for ref in (Ref(id="b", to=TO), Ref(id="a", to="77007654321")):
        [report] = centre.status([ref])
        assert (report.code, report.state) == (-3, DeliveryState.UNKNOWN)


def test_many_at_once(box: Sandbox, http: httpx.Client, centre: smsc.Client) -> None:
    centre.send([message("one", id="1"), message("two", id="x", to="77001234568")])
    rows = post(http, box, "status", phone=f"{TO},77001234568,{TO}", id="1,x,9")
    assert isinstance(rows, list)
    assert [(each["id"], each["phone"], each["status"]) for each in rows] == [
        (1, TO, -1),
        ("x", "77001234568", -1),
        (9, TO, -3),
    ]
    single = post(http, box, "status", phone=f"{TO},", id="1,")
    assert isinstance(single, list)
    assert [each["id"] for each in single] == [1]
    for phone, ids in ((f"{TO},{TO}", "1"), (TO, "1,2"), (f",{TO}", "1,2"), (",", ","), ("", "1")):
        assert code(post(http, box, "status", phone=phone, id=ids)) == 1


def test_the_newest_of_the_same_identifier_is_told(box: Sandbox, http: httpx.Client) -> None:
    for text in ("first", "second"):
        post(http, box, "send", phones=TO, mes=text, id=1)
    row = post(http, box, "status", phone=TO, id=1, all=1)
    assert isinstance(row, dict)
    assert row["message"] == "second"


# limits


def test_the_same_message_once_a_minute(box: Sandbox, centre: smsc.Client) -> None:
    centre.send([message(id="1")])
    with pytest.raises(RateLimited) as caught:
        centre.send([message(id="2")])  # the identifier does not make it another one
    assert caught.value.code == 9
    centre.send([message(sender="SHOP")])
    centre.send([message(to="77001234568")])
    box.advance(59)
    with pytest.raises(RateLimited):
        centre.send([message(id="3")])
    box.advance(2)
    centre.send([message(id="4")])
    assert [each.id for each in box.messages()][::3] == ["1", "4"]


def test_limits_are_counted_in_sandbox_time() -> None:
    with Sandbox(speed=10_000) as box, smsc.Client(login="demo", password="demo", base_url=box.url("smsc")) as client:
        client.send([message()])
        begin = box.now
        while box.now - begin < timedelta(seconds=100):
            pass
        client.send([message()])
        assert len(box.messages()) == 2


def test_the_same_price_five_times_a_minute(box: Sandbox, http: httpx.Client) -> None:
    codes = [code(post(http, box, "send", phones=TO, mes="x", cost=1)) for _ in range(6)]
    assert codes == [None] * 5 + [9]
    assert code(post(http, box, "send", phones=TO, mes="x")) is None


def test_the_same_status_five_times_a_minute(box: Sandbox, http: httpx.Client, centre: smsc.Client) -> None:
    centre.send([message(id="a")])
    codes = [code(post(http, box, "status", phone=TO, id="a", all=each % 3)) for each in range(6)]
    assert codes == [None] * 5 + [9]
    assert code(post(http, box, "status", phone=TO, id="b")) is None
    box.advance(61)
    assert code(post(http, box, "status", phone=TO, id="a")) is None
    many = {"phone": f"{TO},{TO}", "id": "a,b"}
    assert isinstance(post(http, box, "status", **many), list)
    assert code(post(http, box, "status", phone=f"{TO},{TO}", id="c,d")) == 9


def test_history_three_the_same_a_minute_and_thirty_an_hour(
    box: Sandbox, http: httpx.Client, centre: smsc.Client
) -> None:
    centre.send([message()])
    codes = [
        code(reply) if isinstance(reply := post(http, box, "get", get_messages=1), dict) else None for _ in range(4)
    ]
    assert codes == [None, None, None, 9]
    assert isinstance(post(http, box, "get", get_messages=1, cnt=10), list)
    box.advance(61)
    for count in range(26):
        assert isinstance(post(http, box, "get", get_messages=1, cnt=count + 20), list)
    assert code(post(http, box, "get", get_messages=1, cnt=999)) == 9
    box.advance(3600)
    assert isinstance(post(http, box, "get", get_messages=1, cnt=999), list)


def test_fifteen_at_once_are_too_many(box: Sandbox) -> None:
    async def main() -> list[object]:
        async with httpx.AsyncClient(trust_env=False, timeout=5) as http:

            async def one(number: int) -> object:
                data = {"apikey": box.token, "fmt": "3", "charset": "utf-8", "phones": TO, "mes": f"text {number}"}
                return (await http.post(box.url("smsc") + "/send.php", data=data)).json().get("error_code")

            return list(await asyncio.gather(*(one(each) for each in range(20))))

    with box.faults.add("latency", seconds=0.3, times=None):
        codes = asyncio.run(main())
    assert sorted(codes, key=str) == [9] * 6 + [None] * 14
    assert len(box.messages()) == 14


# history


def test_history_has_the_21_keys_of_the_printed_sample(box: Sandbox, http: httpx.Client, centre: smsc.Client) -> None:
    centre.send([message("Привет", id="14", sender="SENDER")])
    box.advance(60)
    [row] = post(http, box, "get", get_messages=1)
    expected = {
        "status": 1,
        "err": 0,
        "phone": TO,
        "cost": "4.10",
        "sender_id": "SENDER",
        "status_name": "Доставлено",
        "message": "Привет",
        "mccmnc": "40177",
        "country": "Казахстан",
        "operator": "Sandbox",
        "region": "",
        "type": 0,
        "id": 14,
        "int_id": "1000001",
        "sms_cnt": 1,
        "format": 0,
    }
    assert {key: row[key] for key in expected} == expected
    rest = set(row) - set(expected)
    assert rest == {"last_date", "last_timestamp", "send_date", "send_timestamp", "crc"}
    assert isinstance(row["crc"], int)
    assert row["send_date"] == f"{datetime.fromtimestamp(row['send_timestamp'], ALMATY):%d.%m.%Y %H:%M:%S}"
    assert row["last_timestamp"] - row["send_timestamp"] in (5, 6)


def test_history_is_newest_first_and_paged(box: Sandbox, centre: smsc.Client) -> None:
    phones = tuple(f"770012{each:05}" for each in range(10000, 11040) if not str(each).endswith(("000", "004", "005")))
    assert len(phones) > 1000
    reply = centre.send_php(smsc.SendRequest(phones=phones, mes="x"))
    assert isinstance(reply, smsc.Sent)
    assert reply.cnt == len(phones)
    before = box.requests
    found = list(centre.history(since=box.now.date()))
    assert [each.to for each in found] == list(reversed(phones))
    assert box.requests - before == 2
    page = centre.get_messages(smsc.GetMessagesRequest(cnt=3, prev_id="1000003"))
    assert isinstance(page, tuple)
    assert [each.int_id for each in page] == ["1000002", "1000001"]
    everything = centre.get_messages(smsc.GetMessagesRequest())
    assert isinstance(everything, tuple)
    assert len(everything) == 1000


def test_history_of_a_phone_and_of_days(box: Sandbox, http: httpx.Client, centre: smsc.Client) -> None:
    centre.send([message("one"), message("two", to="+77001234568")])
    first = box.now.astimezone(ALMATY)
    box.advance(3 * 24 * 3600)
    centre.send([message("three")])
    second = box.now.astimezone(ALMATY)

    def texts(**fields: object) -> list[str]:
        reply = post(http, box, "get", get_messages=1, **fields)
        if isinstance(reply, dict):
            assert reply["error_code"] == 3
            return []
        return [each["message"] for each in reply]

    assert texts() == ["three", "two", "one"]
    assert texts(phone="77001234568") == ["two"]
    assert texts(phone=f"+77001234568,{TO}", cnt=2) == ["three", "two"]
    assert texts(phone="77000000099") == []
    assert texts(start=f"{first:%d.%m.%Y}", end=f"{first:%d.%m.%Y}") == ["two", "one"]
    assert texts(start=f"{second:%d.%m.%Y}") == ["three"]
    assert texts(end=f"{first - timedelta(days=1):%d.%m.%Y}") == []
    assert texts(prev_id="1") == []
    assert texts(prev_id="0" * 5000) == []
    assert texts(prev_id="9" * 5000) == ["three", "two", "one"]
    assert next(iter(centre.history(since=second.date(), until=second.date()))).to == TO


def test_an_empty_history_is_error_3(box: Sandbox, http: httpx.Client, centre: smsc.Client) -> None:
    assert code(post(http, box, "get", get_messages=1)) == 3
    assert list(centre.history(since=box.now.date())) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"start": "01.01.2025", "end": "05.07.2025"},
        {"start": "01.01.2020"},
        {"start": "31.02.2025", "end": "01.03.2025"},
        {"end": "99.99.9999"},
        {"start": "1.1.2025"},
        {"cnt": 1001},
        {"cnt": 0},
        {"prev_id": "x"},
        {"get_messages": 2},
    ],
)
def test_a_bad_history_request_is_error_1(box: Sandbox, http: httpx.Client, fields: dict[str, object]) -> None:
    assert code(post(http, box, "get", **{"get_messages": 1, **fields})) == 1


def test_half_a_year_is_allowed(box: Sandbox, http: httpx.Client) -> None:
    assert code(post(http, box, "get", get_messages=1, start="01.07.2025", end="01.01.2026")) == 3


def test_a_client_reads_more_than_half_a_year(centre: smsc.Client, box: Sandbox) -> None:
    centre.send([message("one")])
    assert [each.to for each in centre.history(since=box.now.date() - timedelta(days=400))] == [TO]


def test_an_error_of_the_history_reaches_the_client(centre: smsc.Client, box: Sandbox) -> None:
    with box.faults.add("error", code=4), pytest.raises(ProviderError) as caught:
        list(centre.history(since=box.now.date()))
    assert caught.value.code == 4
