"""KazInfoTeh's XML API: requests are bytes written by hand, replies are held to the schema by lxml itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import held
import httpx
import pytest

from smswire import AuthenticationError, DeliveryState, Message, OutcomeUnknown, ProviderError, Ref, kazinfoteh
from smswire.sandbox import Sandbox

SEND, STATUS = "kazinfoteh/send_message.response", "kazinfoteh/get_info_by_id.response"
ALMATY = ZoneInfo("Asia/Almaty")
GOOD = '<msg id="1" recipient="77001234567" sender="INFO_KAZ">Test</msg>'


def send(rows: str, login: str = "demo", password: str = "demo") -> str:
    head = '<?xml version="1.0" encoding="utf-8" ?>'
    return f'{head}<package login="{login}" password="{password}"><message>{rows}</message></package>'


def ask(rows: str, login: str = "demo", password: str = "demo") -> str:
    return f'<package login="{login}" password="{password}"><status>{rows}</status></package>'


def post(http: httpx.Client, box: Sandbox, body: str | bytes, path: str = "/") -> httpx.Response:
    content = body.encode() if isinstance(body, str) else body
    reply = http.post(box.url("kazinfoteh") + path, content=content, headers={"Content-Type": "application/xml"})
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/xml; charset=utf-8"
    return reply


def rows(http: httpx.Client, box: Sandbox, body: str, document: str = SEND) -> list[tuple[dict[str, str], str]]:
    [answer] = held.xml(document, post(http, box, body))
    assert answer.tag == ("message" if document == SEND else "status")
    return [(dict(each.attrib), each.text) for each in answer]


def error(reply: httpx.Response) -> str:
    """The number of a whole-request error, which is the same document for both operations."""
    for document in (SEND, STATUS):
        root = held.xml(document, reply)
    assert (root.tag, dict(root.attrib), [each.tag for each in root]) == ("package", {}, ["error"])
    return str(root.findtext("error"))


@pytest.mark.parametrize("path", ["", "/", "/api", "/api/"])
def test_an_accepted_message(box: Sandbox, http: httpx.Client, path: str) -> None:
    [answer] = held.xml(SEND, post(http, box, send(GOOD), path))
    assert [(dict(each.attrib), each.text) for each in answer] == [
        ({"id": "1", "sms_id": "1000001", "sms_count": "1"}, "106")
    ]
    [message] = box.messages("kazinfoteh")
    assert (message.id, message.to, message.text, message.sender) == ("1", "77001234567", "Test", "INFO_KAZ")


@pytest.mark.parametrize("ending", ["", "/"])
def test_a_client_reaches_it_with_a_slash_at_the_end_and_without(box: Sandbox, ending: str) -> None:
    for path in ("", "/api"):
        address = box.url("kazinfoteh") + path + ending
        with kazinfoteh.Client(login="demo", password="demo", base_url=address) as client:
            assert client.send([Message(to="+77001234567", text="x")])[0].accepted


def test_without_an_identifier_none_is_echoed(box: Sandbox, http: httpx.Client) -> None:
    assert rows(http, box, send('<msg recipient="77001234567">x</msg>')) == [
        ({"sms_id": "1000001", "sms_count": "1"}, "106")
    ]
    assert rows(http, box, ask('<msg sms_id="1000001"/>'), STATUS) == [({"sms_id": "1000001", "sms_count": "1"}, "106")]


def test_parts_are_counted(box: Sandbox, http: httpx.Client) -> None:
    body = send(f'<msg recipient="77001234567">{"я" * 135}</msg><msg recipient="77001234567">{"a" * 161}</msg>')
    assert [attributes["sms_count"] for attributes, _ in rows(http, box, body)] == ["3", "2"]


def test_what_a_message_does_not_have_it_has_by_default(box: Sandbox, http: httpx.Client) -> None:
    later = datetime.now(ALMATY) + timedelta(days=2)
    default = f'<default recipient="77001234568" sender="INFO_KAZ" date_beg="{later:%Y-%m-%d %H:%M:%S}" type="1"/>'
    bodies = (
        '<msg id="1">a</msg><msg id="2" recipient="77001234569" sender="OWN" date_beg="2020-01-01 00:00:00">b</msg>'
    )
    answered = rows(http, box, send(default + bodies))
    assert [code for _, code in answered] == ["100", "106"]
    first, second = box.messages()
    assert (first.to, first.sender, second.to, second.sender) == ("77001234568", "INFO_KAZ", "77001234569", "OWN")
    assert first.send_at == later.replace(microsecond=0)
    assert second.send_at is None


def test_an_empty_sender_of_its_own_is_not_the_default(box: Sandbox, http: httpx.Client) -> None:
    rows(http, box, send('<default sender="INFO_KAZ"/><msg recipient="77001234567" sender="">x</msg>'))
    assert box.messages()[0].sender == ""


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ('<msg id="5" recipient="77001234000">x</msg>', "203"),
        ('<msg id="5" recipient="87001234567">x</msg>', "203"),
        ('<msg id="5" recipient="+77001234567">x</msg>', "203"),
        ('<msg id="5" recipient="">x</msg>', "203"),
        ('<msg id="5">x</msg>', "203"),
        ('<msg id="5" recipient="77001234004">x</msg>', "202"),
        ('<msg id="5" recipient="77001234005">x</msg>', "200"),
        ('<msg id="5" recipient="77001234567"></msg>', "204"),
        ('<msg id="1" recipient="77001234568">x</msg>', "201"),
    ],
)
def test_an_error_of_one_message_leaves_the_others_alone(box: Sandbox, http: httpx.Client, row: str, code: str) -> None:
    (_, first), (attributes, second), (_, third) = rows(
        http, box, send(GOOD + row + '<msg id="9" recipient="77001234567">y</msg>')
    )
    assert (first, second, third) == ("106", code, "106")
    # as the sister's sample: sms_id is 0
    assert attributes == {"id": "1" if code == "201" else "5", "sms_id": "0", "sms_count": "1"}
    assert [each.id for each in box.messages()] == ["1", "9"]


def test_a_bad_recipient_of_its_own_does_not_go_to_the_default(box: Sandbox, http: httpx.Client) -> None:
    answered = rows(http, box, send('<default recipient="77001234567"/><msg recipient="8700">x</msg><msg>y</msg>'))
    assert [code for _, code in answered] == ["203", "106"]
    answered = rows(http, box, send('<default recipient="8700"/><msg recipient="77001234567">x</msg><msg>y</msg>'))
    assert [code for _, code in answered] == ["106", "203"]


def test_a_repeated_identifier_is_refused_for_ever(box: Sandbox, http: httpx.Client) -> None:
    assert rows(http, box, send(GOOD + GOOD))[1][1] == "201"
    box.advance(7 * 24 * 3600)
    assert rows(http, box, send(GOOD))[0][1] == "201"
    assert len(box.messages()) == 1
    # but one whose message was refused is not used up
    assert rows(http, box, send('<msg id="2" recipient="77001234000">x</msg>'))[0][1] == "203"
    assert rows(http, box, send('<msg id="2" recipient="77001234567">x</msg>'))[0][1] == "106"


def test_no_money(http: httpx.Client) -> None:
    with Sandbox(speed=0, balance=5) as box:
        answered = rows(http, box, send('<msg recipient="77001234567">a</msg><msg recipient="77001234567">b</msg>'))
        assert [code for _, code in answered] == ["106", "206"]
        assert len(box.messages()) == 1


@pytest.mark.parametrize(
    ("to", "statuses"),
    [
        ("77001234567", ["106", "106", "102"]),
        ("77001234001", ["106", "106", "105"]),
        ("77001234002", ["106", "106", "103"]),
        ("77001234003", ["106", "106", "106"]),
    ],
)
def test_status_moves_as_documented(box: Sandbox, http: httpx.Client, to: str, statuses: list[str]) -> None:
    rows(http, box, send(f'<msg id="17" recipient="{to}">x</msg>'))
    seen = []
    for wait in (0, 3, 3):
        box.advance(wait)
        [(attributes, status)] = rows(http, box, ask('<msg id="17"/>'), STATUS)
        seen.append(status)
        final = status not in ("106", "100")
        assert set(attributes) == {"id", "sms_id", "sms_count", *(["date_completed"] if final else [])}
    assert seen == statuses


def test_a_scheduled_message_waits(box: Sandbox, http: httpx.Client, kit: kazinfoteh.Client) -> None:
    wanted = box.now + timedelta(hours=5)
    date = f"{wanted.astimezone(ALMATY):%Y-%m-%d %H:%M:%S}"
    body = send(f'<msg id="17" recipient="77001234567" date_beg="{date}">x</msg>')
    assert rows(http, box, body)[0][1] == "100"
    seen = []
    for wait in (0, 4.9 * 3600, 3600):
        box.advance(wait)
        seen.append(rows(http, box, ask('<msg id="17"/>'), STATUS)[0][1])
    assert seen == ["100", "100", "102"]
    [receipt] = kit.send([Message(to="77001234567", text="x", send_at=box.now + timedelta(days=1))])
    assert receipt.state is DeliveryState.SCHEDULED


def test_completion_is_told_in_almaty_time_without_an_offset(
    box: Sandbox, http: httpx.Client, kit: kazinfoteh.Client
) -> None:
    rows(http, box, send(GOOD))
    accepted = box.now
    box.advance(3600)
    [(attributes, _)] = rows(http, box, ask('<msg id="1"/>'), STATUS)
    told = datetime.strptime(attributes["date_completed"], "%Y-%m-%dT%H:%M:%S.000").replace(tzinfo=ALMATY)
    assert timedelta(seconds=4) < told - accepted < timedelta(seconds=6)
    [report] = kit.status([Ref(id="1")])
    assert report.at == told


def test_status_by_either_identifier(box: Sandbox, http: httpx.Client) -> None:
    rows(http, box, send(GOOD + '<msg id="2" recipient="77001234568">y</msg>'))
    answered = rows(http, box, ask('<msg sms_id="1000002"/><msg id="1"/><msg id="2" sms_id="1000001"/>'), STATUS)
    assert [(attributes["id"], attributes["sms_id"]) for attributes, _ in answered] == [
        ("2", "1000002"),
        ("1", "1000001"),
        ("1", "1000001"),
    ]


def test_unknown_identifiers_are_errors_of_their_rows(box: Sandbox, http: httpx.Client) -> None:
    rows(http, box, send(GOOD))
    assert rows(http, box, ask('<msg id="7"/><msg sms_id="8"/><msg id="1000001"/><msg sms_id="1000001"/>'), STATUS) == [
        ({"id": "7"}, "201"),
        ({"sms_id": "8"}, "201"),
        # the two kinds of identifier are not mixed up
        ({"id": "1000001"}, "201"),
        ({"id": "1", "sms_id": "1000001", "sms_count": "1"}, "106"),
    ]


@pytest.mark.parametrize(("login", "password"), [("demo", "wrong"), ("wrong", "demo"), ("wrong", "wrong")])
def test_wrong_password(box: Sandbox, http: httpx.Client, login: str, password: str) -> None:
    assert error(post(http, box, send(GOOD, login, password))) == "202"
    assert error(post(http, box, ask('<msg id="1"/>', login, password))) == "202"
    with (
        kazinfoteh.Client(login=login, password=password, base_url=box.url("kazinfoteh")) as client,
        pytest.raises(AuthenticationError),
    ):
        client.send([Message(to="+77001234567", text="x")])
    assert box.messages() == ()


def broken_requests() -> Iterator[str | bytes]:
    good = send(GOOD)
    yield good.replace(' login="demo"', "")
    yield good.replace(' password="demo"', "")
    yield good.replace('id="1"', 'id="one"')
    yield good.replace("<msg ", '<msg type="2" ')
    yield good.replace("<msg ", '<msg new="1" ')
    yield good.replace("<msg ", '<msg date_beg="2026-01-31T10:00:00" ')
    yield good.replace("<msg ", '<msg date_beg="2026-02-31 10:00:00" ')
    yield good.replace("<msg ", '<msg date_end="2026-13-01 10:00:00" ')
    yield good.replace("<message>", "<message><default/><default/>")
    yield send("")
    yield ask("")
    yield ask("<msg/>")
    yield ask('<msg id="x"/>')
    yield ask('<msg id="1">x</msg>')
    yield good.replace("</message>", '</message><status><msg id="1"/></status>')
    yield '<package login="demo" password="demo"/>'
    yield good.replace("package", "packages")
    yield good[:-5]
    yield '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + send(GOOD)[39:].replace(">Test<", ">&e;<")
    yield ""
    yield b"\xff\xfe\x00"
    yield "{}"


@pytest.mark.parametrize("body", list(broken_requests()))
def test_a_breach_of_the_schema_refuses_the_whole_request(box: Sandbox, http: httpx.Client, body: str | bytes) -> None:
    reply = post(http, box, body)
    assert error(reply) == "201"
    # a number is all that the provider says; the sandbox says what was wrong, and quotes nothing
    assert reply.headers["x-sandbox-problem"].isascii()
    assert "demo" not in reply.headers["x-sandbox-problem"]
    assert box.messages() == ()


def test_errors_on_request(box: Sandbox, http: httpx.Client, kit: kazinfoteh.Client) -> None:
    with box.faults.add("error", provider="kazinfoteh", code=200, times=None):
        assert error(post(http, box, send(GOOD))) == "200"
        with pytest.raises(ProviderError) as caught:
            kit.status([Ref(id="1")])
        assert caught.value.code == 200
    assert box.messages() == ()


def test_a_lost_reply_is_found_by_the_identifier(box: Sandbox, kit: kazinfoteh.Client) -> None:
    box.faults.add("drop_after_accept", operation="send_message")
    with pytest.raises(OutcomeUnknown) as caught:
        kit.send([Message(to="+77001234567", text="x", id="17")])
    [receipt] = kit.resolve(caught.value)
    assert (receipt.state, receipt.gateway_id) == (DeliveryState.QUEUED, box.messages()[0].gateway_id)
    box.faults.add("drop_after_accept", operation="send_message")
    with pytest.raises(OutcomeUnknown) as caught:
        kit.send([Message(to="+77001234567", text="x")])
    assert kit.resolve(caught.value)[0].accepted


def test_text_comes_through_as_it_was(box: Sandbox, kit: kazinfoteh.Client) -> None:
    texts = ["<&>\"'»", "два\nряда\tи 😀", " spaces ", "]]>"]
    kit.send([Message(to="77001234567", text=each) for each in texts])
    assert [each.text for each in box.messages()] == texts


def test_a_big_package(box: Sandbox, http: httpx.Client) -> None:
    body = send("".join(f'<msg id="{each}" recipient="77001234567">x</msg>' for each in range(1, 1001)))
    answered = rows(http, box, body)
    assert [attributes["id"] for attributes, _ in answered] == [str(each) for each in range(1, 1001)]
    assert {code for _, code in answered} == {"106"}
