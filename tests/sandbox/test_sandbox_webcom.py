"""Webcom's XML and JSON APIs: requests are bytes written by hand, replies are held to the schema by other libraries."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import held
import httpx
import pytest

from smswire import AuthenticationError, DeliveryState, Message, OutcomeUnknown, ProviderError, Ref, webcom
from smswire.sandbox import Sandbox

MOSCOW = ZoneInfo("Europe/Moscow")
PAIR = '<security><login value="demo"/><password value="demo"/></security>'
TOKEN = '<security><token value="demo"/></security>'
GOOD = '<abonent phone="79001234567" number_sms="1" client_id_sms="101"/>'

DUPLICATE = "Данное сообщение уже было отправлено."
NO_PHONE = "Укажите номер телефона."
LONG_PHONE = "Номер телефона должен быть меньше 15 символов."
NO_SENDER = "Нет отправителя."
LONG_SENDER = "Отправитель не должен превышать 15 символов для цифровых номеров и 11 символов для буквенно-числовых."
NO_TEXT = "Нет текста сообщения."
NO_LINK = "Нет ссылки."
CARD = "Укажите название контакта и, хотя бы один параметр для визитной карточки."


def message(abonents: str = GOOD, content: str = "<sender>SHOP</sender><text>Текст</text>", kind: str = "") -> str:
    return f"<message{kind}>{content}{abonents}</message>"


def send(*messages: str, security: str = PAIR) -> str:
    return f'<?xml version="1.0" encoding="utf-8" ?>\n<request>{security}{"".join(messages)}</request>'


def ask(*ids: int | str, security: str = PAIR) -> str:
    rows = "".join(f"<id_sms>{each}</id_sms>" for each in ids)
    return f"<request>{security}<get_state>{rows}</get_state></request>"


def query(*ids: int, detail: int = 0, **credentials: str) -> bytes:
    given = credentials or {"login": "demo", "password": "demo"}
    return json.dumps([{**given, "id_sms": each, "detail": detail} for each in ids]).encode()


def post(http: httpx.Client, box: Sandbox, body: str | bytes, path: str = "/xml") -> httpx.Response:
    content = body.encode() if isinstance(body, str) else body
    return http.post(box.url("webcom") + path, content=content, headers={"Content-Type": "text/xml; charset=utf-8"})


def sent(http: httpx.Client, box: Sandbox, body: str, path: str = "/xml") -> list[tuple[dict[str, str], str]]:
    reply = post(http, box, body, path)
    assert (reply.status_code, reply.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    root = held.xml("webcom/xml_send.response", reply)
    assert {each.tag for each in root} == {"information"}
    return [(dict(each.attrib), each.text) for each in root]


def states(http: httpx.Client, box: Sandbox, *ids: int) -> list[tuple[dict[str, str], str]]:
    reply = post(http, box, ask(*ids), "/xml/state.php")
    assert reply.status_code == 200
    return [(dict(each.attrib), each.text) for each in held.xml("webcom/xml_state.response", reply)]


def json_states(http: httpx.Client, box: Sandbox, body: bytes) -> list[dict[str, Any]]:
    reply = post(http, box, body, "/json/state.php")
    assert (reply.status_code, reply.headers["content-type"]) == (200, "application/json; charset=utf-8")
    found = held.plain("webcom/json_state.response", reply)
    assert isinstance(found, list)
    return found


def error(reply: httpx.Response) -> str:
    """The words of an error of the whole request, under the status that the pages show."""
    assert reply.status_code == 400
    if reply.headers["content-type"].startswith("application/json"):
        [(key, words)] = held.plain("webcom/json_state.response", reply).items()
        assert key == "error"
        return str(words)
    for document in ("webcom/xml_send.response", "webcom/xml_state.response"):
        root = held.xml(document, reply)
    assert [each.tag for each in root] == ["error"]
    return str(root.findtext("error"))


# send


@pytest.mark.parametrize("path", ["/xml", "/xml/"])
@pytest.mark.parametrize("security", [PAIR, TOKEN])
def test_an_accepted_message(box: Sandbox, http: httpx.Client, path: str, security: str) -> None:
    assert sent(http, box, send(message(), security=security), path) == [
        ({"number_sms": "1", "id_sms": "1000001", "parts": "1"}, "send")
    ]
    [stored] = box.messages("webcom")
    assert (stored.id, stored.to, stored.text, stored.sender) == ("101", "79001234567", "Текст", "SHOP")


def test_security_may_come_last_and_hold_all_three_credentials(box: Sandbox, http: httpx.Client) -> None:
    three = PAIR.replace("</security>", '<token value="demo"/></security>')
    for number, security in enumerate((PAIR, TOKEN, three)):
        last = f"<request>{message(GOOD.replace('101', str(number)))}{security}</request>"
        assert sent(http, box, last)[0][1] == "send"
    assert sent(http, box, send(message(GOOD.replace("101", "9")), security=three))[0][1] == "send"
    assert [each.id for each in box.messages()] == ["0", "1", "2", "9"]
    reply = post(
        http, box, f"<request><get_state><id_sms>1000001</id_sms></get_state>{three}</request>", "/xml/state.php"
    )
    assert [each.text for each in held.xml("webcom/xml_state.response", reply)] == ["send"]


def test_several_messages_each_to_several_subscribers(box: Sandbox, http: httpx.Client) -> None:
    first = message(GOOD + '<abonent phone="79001234568" number_sms="10" time_send=""/>')
    second = message('<abonent phone="79001234569"/>', "<sender>79001234560</sender><text>" + "я" * 71 + "</text>")
    assert sent(http, box, send(first, second)) == [
        ({"number_sms": "1", "id_sms": "1000001", "parts": "1"}, "send"),
        ({"number_sms": "10", "id_sms": "1000002", "parts": "1"}, "send"),
        ({"id_sms": "1000003", "parts": "2"}, "send"),
    ]
    assert [(each.id, each.to, each.sender) for each in box.messages()] == [
        ("101", "79001234567", "SHOP"),
        (None, "79001234568", "SHOP"),
        (None, "79001234569", "79001234560"),
    ]


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        (message('<abonent phone="79001234000" number_sms="5"/>'), NO_PHONE),
        (message('<abonent phone="79001234004" number_sms="5"/>'), "Текст SMS отклонен модератором."),
        (message('<abonent phone="79001234005" number_sms="5"/>'), "Данное направление закрыто."),
        (message('<abonent number_sms="5"/>'), NO_PHONE),
        (message('<abonent phone="" number_sms="5"/>'), NO_PHONE),
        (message('<abonent phone="+79001234567" number_sms="5"/>'), NO_PHONE),
        (message('<abonent phone="790012345678901" number_sms="5"/>'), LONG_PHONE),
        (message('<abonent phone="79001234567" number_sms="5"/>', "<text>x</text>"), NO_SENDER),
        (message('<abonent phone="79001234567" number_sms="5"/>', "<sender/><text>x</text>"), NO_SENDER),
        (
            message('<abonent phone="79001234567" number_sms="5"/>', "<sender>Sender Number 1</sender><text>x</text>"),
            LONG_SENDER,
        ),
        (
            message('<abonent phone="79001234567" number_sms="5"/>', f"<sender>{'7' * 16}</sender><text>x</text>"),
            LONG_SENDER,
        ),
        (message('<abonent phone="79001234567" number_sms="5"/>', "<sender>S</sender>"), NO_TEXT),
        (message('<abonent phone="79001234567" number_sms="5"/>', "<sender>S</sender><text/>"), NO_TEXT),
        (
            message(
                '<abonent phone="79001234567" number_sms="5"/>', "<sender>S</sender><text>x</text>", ' type="wappush"'
            ),
            NO_LINK,
        ),
        (
            message(
                '<abonent phone="79001234567" number_sms="5"/>', "<sender>S</sender><name>N</name>", ' type="vcard"'
            ),
            CARD,
        ),
    ],
)
def test_a_refused_message_leaves_the_others_alone(box: Sandbox, http: httpx.Client, bad: str, words: str) -> None:
    last = message('<abonent phone="79001234567" number_sms="9"/>')
    (_, first), refused, (_, third) = sent(http, box, send(message(), bad, last))
    assert (first, refused, third) == ("send", ({"number_sms": "5"}, words), "send")
    assert len(box.messages()) == 2


def test_other_kinds_need_other_content(box: Sandbox, http: httpx.Client) -> None:
    card = '<sender>S</sender><name>N</name><phone cell="79001234567"/>'
    answered = sent(
        http,
        box,
        send(
            message(
                '<abonent phone="79001234567"/>', "<sender>S</sender><url>http://x.example</url>", ' type="wappush"'
            ),
            message('<abonent phone="79001234567"/>', card, ' type="vcard"'),
            message('<abonent phone="79001234567"/>', "<sender>S</sender>", ' type="silence"'),
            message(
                '<abonent phone="79001234567"/>',
                "<sender>S</sender><text_viber>v</text_viber>",
                ' type_send_1="viber"',
            ),
        ),
    )
    assert [words for _, words in answered] == ["send"] * 4


def test_a_repeated_identifier_sends_nothing_and_gives_the_first_id(box: Sandbox, http: httpx.Client) -> None:
    other = GOOD.replace('number_sms="1"', 'number_sms="2"')
    assert sent(http, box, send(message(GOOD + other))) == [
        ({"number_sms": "1", "id_sms": "1000001", "parts": "1"}, "send"),
        ({"number_sms": "2", "id_sms": "1000001", "parts": "1"}, DUPLICATE),
    ]
    box.advance(7 * 24 * 3600)
    [(attributes, words)] = sent(http, box, send(message(content="<sender>OTHER</sender><text>another</text>")))
    assert (attributes["id_sms"], words) == ("1000001", DUPLICATE)
    assert len(box.messages()) == 1
    # one whose message was refused is not used up
    assert sent(http, box, send(message('<abonent phone="79001234000" client_id_sms="7"/>')))[0][1] == NO_PHONE
    assert sent(http, box, send(message('<abonent phone="79001234567" client_id_sms="7"/>')))[0][1] == "send"


def test_no_money(http: httpx.Client) -> None:
    with Sandbox(speed=0, balance=5) as box:
        two = '<abonent phone="79001234567" number_sms="1"/><abonent phone="79001234568" number_sms="2"/>'
        (_, first), second = sent(http, box, send(message(two)))
        assert (first, second) == ("send", ({"number_sms": "2"}, "Закончились SMS."))


def test_a_scheduled_message_waits(box: Sandbox, http: httpx.Client, mobi: webcom.Client) -> None:
    wanted = (box.now + timedelta(hours=5)).replace(second=0, microsecond=0)
    time = f"{wanted.astimezone(MOSCOW):%Y-%m-%d %H:%M}"
    validity = f"{(wanted + timedelta(hours=1)).astimezone(MOSCOW):%Y-%m-%d %H:%M:%S}"
    row = f'<abonent phone="79001234567" time_send="{time}" validity_period="{validity}"/>'
    past = '<abonent phone="79001234567" time_send="2020-03-31 12:34" validity_period="2020-03-31 15:34"/>'
    assert [words for _, words in sent(http, box, send(message(row + past)))] == ["send", "send"]
    first, second = box.messages()
    assert (first.send_at, first.state, second.send_at, second.state) == (wanted, "scheduled", None, "queued")
    box.advance(4 * 3600)
    assert [words for _, words in states(http, box, 1000001, 1000002)] == ["send", "deliver"]
    box.advance(2 * 3600)
    assert [words for _, words in states(http, box, 1000001)] == ["deliver"]
    [receipt] = mobi.send([Message(to="79001234567", text="x", sender="S", send_at=box.now + timedelta(days=1))])
    assert receipt.accepted
    assert box.messages()[-1].state == "scheduled"


# state


@pytest.mark.parametrize(
    ("to", "words"),
    [
        ("79001234567", ["send", "send", "deliver"]),
        ("79001234001", ["send", "send", "not_deliver"]),
        ("79001234002", ["send", "send", "expired"]),
        ("79001234003", ["send", "send", "send"]),
    ],
)
def test_states_move_as_documented(box: Sandbox, http: httpx.Client, to: str, words: list[str]) -> None:
    sent(http, box, send(message(f'<abonent phone="{to}"/>')))
    seen = []
    for wait in (0, 3, 3):
        box.advance(wait)
        [(attributes, word)] = states(http, box, 1000001)
        [row] = json_states(http, box, query(1000001))
        assert set(attributes) == {"id_sms", "time", "sms"}
        assert set(row) == {"id_sms", "time_change_state", "state"}
        assert (attributes["id_sms"], attributes["sms"]) == ("1000001", word)
        assert (row["id_sms"], row["state"], row["time_change_state"]) == (1000001, word, attributes["time"])
        # nothing is known yet: the time is empty
        assert (attributes["time"] == "") is (word == "send")
        seen.append(word)
    assert seen == words


def test_times_are_moscows(box: Sandbox, http: httpx.Client, mobi: webcom.Client) -> None:
    sent(http, box, send(message()))
    accepted = box.now
    box.advance(3600)
    [(attributes, _)] = states(http, box, 1000001)
    told = datetime.strptime(attributes["time"], "%Y-%m-%d %H:%M:%S").replace(tzinfo=MOSCOW)
    assert timedelta(seconds=4) < told - accepted < timedelta(seconds=6)
    [report] = mobi.status([Ref(gateway_id="1000001")])
    assert report.at == told


def test_detail_adds_parts_and_price(box: Sandbox, http: httpx.Client, mobi: webcom.Client) -> None:
    sent(http, box, send(message(content="<sender>S</sender><text>" + "я" * 71 + "</text>")))
    [row] = json_states(http, box, query(1000001, detail=1))
    assert (row["num_parts"], row["price"]) == (2, 4.1)
    [found] = mobi.json_state([1000001], detail=1)
    assert isinstance(found, webcom.JsonState)
    assert str(found.price) == "4.10"
    mixed = json.dumps(
        [{"token": "demo", "id_sms": 1000001, "detail": 1}, {"token": "demo", "id_sms": 1000001, "detail": 0}]
    )
    assert ["price" in each for each in json_states(http, box, mixed.encode())] == [True, False]


def test_an_unknown_identifier_is_left_out(box: Sandbox, http: httpx.Client, mobi: webcom.Client) -> None:
    sent(http, box, send(message()))
    assert [attributes["id_sms"] for attributes, _ in states(http, box, 5, 1000001, 101)] == ["1000001"]
    assert [each["id_sms"] for each in json_states(http, box, query(5, 1000001, 101))] == [1000001]
    assert states(http, box, 5) == []
    assert json_states(http, box, query(5)) == []
    [report] = mobi.status([Ref(gateway_id="5")])
    assert (report.state, report.final) == (DeliveryState.UNKNOWN, False)


# errors of the whole request


@pytest.mark.parametrize(
    "security",
    [
        PAIR.replace('password value="demo"', 'password value="wrong"'),
        PAIR.replace('login value="demo"', 'login value="wrong"'),
        TOKEN.replace("demo", "wrong"),
        TOKEN.replace("demo", ""),
        # all that is given has to be right
        PAIR.replace("</security>", '<token value="wrong"/></security>'),
        PAIR.replace('login value="demo"', 'login value="wrong"').replace(
            "</security>", '<token value="demo"/></security>'
        ),
    ],
)
def test_wrong_credentials_in_xml(box: Sandbox, http: httpx.Client, security: str) -> None:
    assert error(post(http, box, send(message(), security=security))) == "Incorrect login or password"
    assert error(post(http, box, ask(1, security=security), "/xml/state.php")) == "Incorrect login or password"
    assert box.messages() == ()


@pytest.mark.parametrize(
    ("credentials", "right"),
    [
        ({"login": "demo", "password": "demo"}, True),
        ({"token": "demo"}, True),
        ({"login": "demo", "password": "demo", "token": "demo"}, True),
        ({"login": "demo", "password": "demo", "token": "wrong"}, False),
        ({"login": "demo", "password": "wrong", "token": "demo"}, False),
        ({"login": "demo", "password": "wrong"}, False),
        ({"login": "demo"}, False),
        ({"password": "demo"}, False),
        ({"token": ""}, False),
    ],
)
def test_credentials_in_json(box: Sandbox, http: httpx.Client, credentials: dict[str, str], right: bool) -> None:
    reply = post(http, box, query(1, **credentials), "/json/state.php")
    assert (reply.status_code == 200) is right
    if not right:
        assert error(reply) == "Incorrect login or password"


def test_every_element_of_a_json_request_has_to_have_credentials(box: Sandbox, http: httpx.Client) -> None:
    body = json.dumps([{"token": "demo", "id_sms": 1, "detail": 0}, {"id_sms": 2, "detail": 0}]).encode()
    assert error(post(http, box, body, "/json/state.php")) == "Incorrect login or password"


def test_clients_are_told_of_wrong_credentials(box: Sandbox) -> None:
    for settings in ({"login": "demo", "password": "wrong"}, {"token": "wrong"}):
        with webcom.Client(**settings, base_url=box.url("webcom")) as client:
            with pytest.raises(AuthenticationError) as caught:
                client.send([Message(to="79001234567", text="x", sender="S")])
            assert caught.value.code == "Incorrect login or password"
            for call in (client.xml_state, client.json_state):
                with pytest.raises(AuthenticationError):
                    call([1])


@pytest.mark.parametrize("path", ["/xml", "/xml/state.php", "/json/state.php"])
@pytest.mark.parametrize("body", ["", " \n"])
def test_no_data(box: Sandbox, http: httpx.Client, path: str, body: str) -> None:
    assert error(post(http, box, body, path)) == "POST data is missing"


def broken_sends() -> Iterator[str | bytes]:
    good = send(message())
    yield good.replace(PAIR, "")
    yield good.replace(PAIR, "<security/>")
    yield good.replace(PAIR, '<security><login value="demo"/></security>')
    yield good.replace(PAIR, PAIR + PAIR)
    yield send()
    yield send(message(""))
    yield good.replace('number_sms="1"', 'number_sms="one"')
    yield good.replace('client_id_sms="101"', 'client_id_sms="order-17"')
    yield good.replace("<abonent ", '<abonent new="1" ')
    yield good.replace("<abonent ", '<abonent time_send="31.03.2020 12:34" ')
    yield good.replace("<abonent ", '<abonent time_send="2020-02-31 12:34" ')
    yield good.replace("<abonent ", '<abonent validity_period="2020-03-31 25:34:00" ')
    yield good.replace("<message>", '<message type="mms">')
    yield good.replace("<text>", "<translite>2</translite><text>")
    yield good.replace("<sender>SHOP</sender>", "<sender><b>SHOP</b></sender>")
    yield good.replace("request>", "response>")
    yield good[:-5]
    yield '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><request>' + PAIR + message() + "</request>"
    yield b"\xff\xfe\x00"
    yield "{}"


@pytest.mark.parametrize("body", list(broken_sends()))
def test_a_breach_of_the_schema_refuses_the_whole_request(box: Sandbox, http: httpx.Client, body: str | bytes) -> None:
    reply = post(http, box, body)
    assert error(reply) == "Incorrect XML document format"
    # the provider says no more; the sandbox does, and quotes nothing
    assert reply.headers["x-sandbox-problem"].isascii()
    assert "SHOP" not in reply.headers["x-sandbox-problem"]
    assert box.messages() == ()


@pytest.mark.parametrize("body", [ask(), ask("one"), ask(1).replace("get_state", "state"), "<request/>", "[]", "<"])
def test_a_breach_of_the_status_request(box: Sandbox, http: httpx.Client, body: str) -> None:
    assert error(post(http, box, body, "/xml/state.php")) == "Incorrect XML document format"


@pytest.mark.parametrize(
    "body",
    [
        b"[",
        b"{}",
        b"[]",
        b"<request/>",
        query(1).replace(b'"id_sms": 1', b'"id_sms": "1"'),
        query(1).replace(b'"detail": 0', b'"detail": 2'),
        query(1).replace(b', "detail": 0', b""),
        query(1).replace(b"{", b'{"new": 1, '),
        query(1).replace(b'"demo"', b"\xff", 1),
    ],
)
def test_a_breach_of_the_json_request(box: Sandbox, http: httpx.Client, body: bytes) -> None:
    assert error(post(http, box, body, "/json/state.php")) == "Incorrect JSON document format"


def test_errors_on_request_are_words(box: Sandbox, http: httpx.Client, mobi: webcom.Client) -> None:
    locked = "Your account is locked"
    with box.faults.add("error", provider="webcom", code=locked, times=None):
        for path in ("/xml", "/xml/state.php", "/json/state.php"):
            assert error(post(http, box, "x", path)) == locked
        with pytest.raises(AuthenticationError) as caught:
            mobi.send([Message(to="79001234567", text="x", sender="S")])
        assert caught.value.code == locked
    box.faults.add("error", provider="webcom", code="Сервис временно недоступен")
    with pytest.raises(ProviderError) as strange:
        mobi.status([Ref(gateway_id="1")])
    assert strange.value.code is None
    assert box.messages() == ()


# clients


def test_a_client_sends_and_follows(box: Sandbox, mobi: webcom.Client) -> None:
    texts = ["<&>\"'»", "два\nряда\tи 😀", " spaces ", "]]>"]
    receipts = mobi.send([Message(to="+79001234567", text=each, sender="SHOP") for each in texts])
    assert [each.text for each in box.messages()] == texts
    assert all(each.accepted for each in receipts)
    box.advance(60)
    assert {each.state for each in mobi.status(receipts)} == {DeliveryState.DELIVERED}


def test_a_lost_reply_is_found_by_sending_again(box: Sandbox, mobi: webcom.Client) -> None:
    box.faults.add("drop_after_accept", operation="xml_send")
    with pytest.raises(OutcomeUnknown) as caught:
        mobi.send([Message(to="79001234567", text="x", sender="S", id="17")])
    [receipt] = mobi.resolve(caught.value)
    assert (receipt.duplicate, receipt.accepted, receipt.gateway_id) == (True, True, "1000001")
    assert len(box.messages()) == 1
