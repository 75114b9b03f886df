from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import httpx
import pytest

from smswire import AuthenticationError, DeliveryState, Message, ProviderError, Ref, quicktel
from smswire.documents import read
from smswire.sandbox import Sandbox
from smswire_documents.quicktel.operations import SMS_SEND, SMS_STATUS2

TO = "+79001234567"


def message(number: int | str, to: str = TO, text: str = "text") -> Message:
    return Message(to=to, text=text, sender="SHOP", id=str(number))


def post(http: httpx.Client, box: Sandbox, body: str | bytes) -> str:
    reply = http.post(box.url("quicktel") + "/z.php", content=body)
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/xml; charset=utf-8"
    return reply.text


def test_a_reply_to_send_has_the_attributes_of_the_printed_sample(box: Sandbox, http: httpx.Client) -> None:
    text = post(
        http,
        box,
        '<xml_request name="sms_send"><xml_user lgn="demo" pwd="demo"/>'
        '<sms sms_id="1" number="79001234567" source_number="s">x</sms></xml_request>',
    )
    assert '<xml_result xml_name="sms_send" res="0">' in text
    assert '<push sms_id="1" res="0" push_id="1000001" number="79001234567" sms_count="1"/>' in text


def test_a_reply_to_status_has_the_attributes_of_the_printed_sample(
    box: Sandbox, http: httpx.Client, quick: quicktel.Client
) -> None:
    quick.send([message(1)])
    text = post(
        http,
        box,
        '<xml_request name="sms_status2"><xml_user lgn="demo" pwd="demo"/><sms push_id="1000001"/></xml_request>',
    )
    assert '<xml_result name="sms_status2" res="0">' in text
    assert (
        '<sms push_id="1000001" status="1" number="+79001234567" delivery_date="" delivery_time="" '
        'description="Push request queued"/>' in text
    )


@pytest.mark.parametrize(
    ("to", "steps"),
    [
        (
            "79001234567",
            [(1, "Push request queued"), (2, "Request redirected to SMSC/MMSC"), (4, "Content delivery confirmed")],
        ),
        (
            "79001234001",
            [(1, "Push request queued"), (2, "Request redirected to SMSC/MMSC"), (-1004, "Push to SMSC failed")],
        ),
        (
            "79001234002",
            [(1, "Push request queued"), (2, "Request redirected to SMSC/MMSC"), (-1004, "Push to SMSC failed")],
        ),
        ("79001234003", [(1, "Push request queued")] * 3),
    ],
)
def test_status_moves_as_documented(
    box: Sandbox, quick: quicktel.Client, to: str, steps: list[tuple[int, str]]
) -> None:
    receipts = quick.send([message(1, to)])
    seen = []
    for wait in (0, 3, 3):
        box.advance(wait)
        [row] = quick.sms_status2([receipts[0].gateway_id or ""]).sms
        seen.append((row.status, row.description))
        assert bool(row.delivery_date) == bool(row.delivery_time) == (row.status == 4)
    assert seen == steps


def test_delivery_is_told_in_moscow_time(box: Sandbox, quick: quicktel.Client) -> None:
    receipts = quick.send([message(1)])
    accepted = box.now
    box.advance(3600)
    [report] = quick.status(receipts)
    [row] = quick.sms_status2([receipts[0].gateway_id or ""]).sms
    assert report.at is not None
    assert timedelta(seconds=4) < report.at - accepted < timedelta(seconds=6)
    written = datetime.strptime(f"{row.delivery_date} {row.delivery_time}", "%d.%m.%Y %H:%M:%S")  # noqa: DTZ007
    assert written == report.at.astimezone(ZoneInfo("Europe/Moscow")).replace(tzinfo=None)


def test_unknown_push_id(quick: quicktel.Client) -> None:
    [report] = quick.status([Ref(gateway_id="no-such")])
    assert report.state is DeliveryState.UNKNOWN
    assert report.raw is not None
    assert (report.code, report.raw.description) == (-1, "Bad submit_id")


def test_a_repeated_sms_id_sends_nothing_and_gives_the_first_push_id(box: Sandbox, quick: quicktel.Client) -> None:
    [first] = quick.send([message("a")])
    [again, other] = quick.send([message("a", text="another"), message("b")])
    assert (again.duplicate, again.gateway_id, again.accepted) == (True, first.gateway_id, True)
    assert (other.duplicate, other.gateway_id == first.gateway_id) == (False, False)
    # also within one request, and in a third one: the first attempt's, not the last one's
    twice = [quicktel.Sms(value="x", sms_id=each, number="79001234567", source_number="s") for each in ("c", "c", "a")]
    reply = quick.sms_send(twice)
    assert [each.res for each in reply.push] == [0, 1, 1]
    assert reply.push[0].push_id == reply.push[1].push_id
    assert reply.push[2].push_id == first.gateway_id
    assert [each.id for each in box.messages()] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("to", "code"),
    [("79001234000", -20170), ("79001234004", -20144), ("79001234005", -20158)],
)
def test_item_errors(box: Sandbox, quick: quicktel.Client, to: str, code: int) -> None:
    refused, fine = quick.send([message("bad", to), message("good")])
    assert refused.state is DeliveryState.REJECTED
    assert refused.error is not None
    assert (refused.error.code, refused.gateway_id, bool(refused.error.description)) == (code, None, True)
    assert refused.raw is not None
    assert (refused.raw.number, refused.raw.sms_count) == (None, None)
    assert fine.accepted
    assert [each.id for each in box.messages()] == ["good"]
    # the id of a refused message is not used up
    assert quick.send([message("bad")])[0].accepted


def test_parts_are_counted(quick: quicktel.Client) -> None:
    receipts = quick.send([message(1, text="a" * 161), message(2, text="я" * 135)])
    assert [each.parts for each in receipts] == [2, 3]


def test_wrong_password(box: Sandbox) -> None:
    for login, password in (("demo", "wrong"), ("wrong", "demo"), ("wrong", "wrong")):
        with quicktel.Client(login=login, password=password, base_url=box.url("quicktel")) as client:
            with pytest.raises(AuthenticationError) as caught:
                client.send([message(1)])
            assert caught.value.code == -20107
            with pytest.raises(AuthenticationError):
                client.status([Ref(gateway_id="1")])
    assert box.messages() == ()


def request(count: int, name: str = "sms_send") -> str:
    row = (
        '<sms sms_id="{0}" number="79001234567" source_number="s">x</sms>'
        if name == "sms_send"
        else '<sms push_id="{0}"/>'
    )
    rows = "".join(row.format(each) for each in range(count))
    return f'<xml_request name="{name}"><xml_user lgn="demo" pwd="demo"/>{rows}</xml_request>'


@pytest.mark.parametrize("name", ["sms_send", "sms_status2"])
def test_250_in_one_request_are_the_limit(box: Sandbox, http: httpx.Client, name: str) -> None:
    operation = SMS_SEND if name == "sms_send" else SMS_STATUS2
    value = read(operation.response, post(http, box, request(250, name)).encode(), on_drift="raise").value
    assert value is not None
    assert value.res == 0
    refused = read(operation.response, post(http, box, request(251, name)).encode(), on_drift="raise").value
    assert refused is not None
    assert isinstance(refused.res, int)
    assert refused.res < 0
    assert "/xml_request/sms[251]" in (refused.description or "")
    assert len(box.messages()) == (250 if name == "sms_send" else 0)


def broken_requests() -> Iterator[str | bytes]:
    good = request(1)
    yield good.replace(' number="79001234567"', "")
    yield good.replace("79001234567", "7" * 26)
    yield good.replace("79001234567", "")
    yield good.replace('source_number="s"', 'source_number="12345678901234567"')
    yield good.replace('sms_id="0"', f'sms_id="{"x" * 51}"')
    yield good.replace("<sms ", '<sms ttl="ten" ')
    yield good.replace("<sms ", '<sms ttl="-1" ')
    yield good.replace("<sms ", '<sms new="1" ')
    yield good.replace("sms_send", "sms_status")
    yield good.replace(' name="sms_send"', "")
    yield good.replace("xml_request", "xml_result")
    yield good.replace('<xml_user lgn="demo" pwd="demo"/>', "")
    yield request(0)
    yield good[:-5]
    yield '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>' + good.replace(">x<", ">&e;<")
    yield ""
    yield b"\xff\xfe\x00"
    yield "{}"
    yield request(1, "sms_status2").replace("push_id", "id")


@pytest.mark.parametrize("body", list(broken_requests()))
def test_a_breach_of_the_schema_refuses_the_whole_request(box: Sandbox, http: httpx.Client, body: str | bytes) -> None:
    value = read(SMS_SEND.response, post(http, box, body).encode(), on_drift="raise").value
    assert value is not None
    assert isinstance(value.res, int)
    assert value.res < 0
    assert value.description
    assert (value.push, value.name, value.xml_name) == ((), None, None)
    assert box.messages() == ()


def test_a_whole_request_error_reaches_the_client(box: Sandbox, quick: quicktel.Client) -> None:
    with box.faults.add("error", provider="quicktel", code=-20999), pytest.raises(ProviderError) as caught:
        quick.send([message(1)])
    assert caught.value.code == -20999
    assert box.messages() == ()


def test_text_comes_through_as_it_was(box: Sandbox, quick: quicktel.Client) -> None:
    texts = ["<&>\"'»", "два\nряда\tи 😀", " spaces ", "]]>"]
    quick.send([message(index, text=text) for index, text in enumerate(texts)])
    assert [each.text for each in box.messages()] == texts
