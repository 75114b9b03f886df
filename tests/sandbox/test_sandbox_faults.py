"""Each fault does what it says: to a raw HTTP client, and to the clients of smswire."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
import time
from typing import get_args

import httpx
import pytest

from smswire import (
    AuthenticationError,
    Drift,
    InsufficientFunds,
    Message,
    OutcomeUnknown,
    Ref,
    ReplyError,
    SmsError,
    UnreadableReply,
    quicktel,
    smsc,
)
from smswire.documents import read
from smswire.sandbox import Fault, Sandbox, fault
from smswire_documents.quicktel.operations import SMS_SEND
from smswire_documents.smsc.operations import GET_MESSAGES, SEND_PHP, STATUS_PHP

MESSAGE = Message(to="+79001234567", text="Привет", sender="SHOP", id="order-17")
BODY = (
    '<xml_request name="sms_send"><xml_user lgn="demo" pwd="demo"/>'
    '<sms sms_id="order-17" number="79001234567" source_number="s">x</sms></xml_request>'
)


def client(box: Sandbox, **more: object) -> quicktel.Client:
    settings = {"login": box.login, "password": box.password, "base_url": box.url("quicktel"), "deadline": 5.0}
    return quicktel.Client(**{**settings, **more})


def post(http: httpx.Client, box: Sandbox) -> httpx.Response:
    return http.post(box.url("quicktel") + "/z.php", content=BODY)


def resolved(quick: quicktel.Client, error: SmsError) -> bool:
    """Whether the message of a failed send turns out to have been accepted before."""
    assert isinstance(error, OutcomeUnknown)
    [receipt] = quick.resolve(error)
    assert receipt.accepted
    return receipt.duplicate


def test_latency(box: Sandbox) -> None:
    with client(box) as quick, client(box, deadline=0.5) as hasty:
        with box.faults.add("latency", seconds=0.2) as fault:
            begun = time.monotonic()
            quick.send([MESSAGE])
            assert 0.2 <= time.monotonic() - begun < 2
        assert (fault.hits, fault.left) == (1, 0)
        box.faults.add("latency", seconds=30)
        with pytest.raises(OutcomeUnknown) as caught:
            hasty.send([Message(to="+79001234567", text="x", sender="S", id="late")])
        assert resolved(quick, caught.value)
    assert [each.id for each in box.messages()] == ["order-17", "late"]


def test_latency_goes_with_another_fault(box: Sandbox, http: httpx.Client) -> None:
    box.faults.add("latency", seconds=0.1)
    box.faults.add("status", status=500)
    begun = time.monotonic()
    assert post(http, box).status_code == 500
    assert time.monotonic() - begun >= 0.1
    assert post(http, box).status_code == 200


@pytest.mark.parametrize("processed", [False, True])
@pytest.mark.parametrize("kind", ["status", "hang", "html"])
def test_an_answer_that_tells_nothing(box: Sandbox, kind: str, processed: bool) -> None:
    box.faults.add(kind, processed=processed, operation="sms_send")
    with client(box, deadline=0.5) as quick, client(box) as patient:
        with pytest.raises(OutcomeUnknown) as caught:
            quick.send([MESSAGE])
        assert caught.value.client_ids == ("order-17",)
        assert len(box.messages()) == processed
        assert resolved(patient, caught.value) is processed
    assert len(box.messages()) == 1


def test_status_and_html_to_a_raw_client(box: Sandbox, http: httpx.Client) -> None:
    box.faults.add("status")
    assert post(http, box).status_code == 503
    box.faults.add("status", status=429)
    assert post(http, box).status_code == 429
    box.faults.add("html")
    page = post(http, box)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html")
    assert page.text.startswith("<!DOCTYPE html>")
    assert box.messages() == ()


def test_a_read_is_tried_again(box: Sandbox, quick: quicktel.Client) -> None:
    receipts = quick.send([MESSAGE])
    box.faults.add("status", operation="sms_status2")
    begun = box.requests
    assert quick.status(receipts)[0].code == 1
    assert box.requests - begun == 2


def test_drop_after_accept(box: Sandbox, quick: quicktel.Client, http: httpx.Client) -> None:
    box.faults.add("drop_after_accept", provider="quicktel", times=2)
    with pytest.raises(OutcomeUnknown) as caught:
        quick.send([MESSAGE])
    assert len(box.messages()) == 1
    with pytest.raises(httpx.RemoteProtocolError, match="without sending a response"):
        post(http, box)
    assert resolved(quick, caught.value)
    assert len(box.messages()) == 1


def test_drop_after_accept_at_smsc(box: Sandbox, centre: smsc.Client) -> None:
    box.faults.add("drop_after_accept", operation="send_php")
    with pytest.raises(OutcomeUnknown) as caught:
        centre.send([MESSAGE])
    [receipt] = centre.resolve(caught.value)
    assert (receipt.accepted, receipt.gateway_id) == (True, "order-17")
    assert len(box.messages()) == 1


def test_hang_ends_with_the_sandbox() -> None:
    caught: list[Exception] = []
    with Sandbox() as box, client(box, deadline=30) as quick:
        box.faults.add("hang")

        def send() -> None:
            try:
                quick.send([MESSAGE])
            except OutcomeUnknown as error:
                caught.append(error)

        thread = threading.Thread(target=send)
        thread.start()
        while not box.requests:
            time.sleep(0.005)
        begun = time.monotonic()
        box.stop()
        thread.join(5)
        assert time.monotonic() - begun < 2
    assert len(caught) == 1


def test_hang_leaves_others_alone(box: Sandbox, http: httpx.Client) -> None:
    box.faults.add("hang")
    with pytest.raises(httpx.ReadTimeout):
        http.post(box.url("quicktel") + "/z.php", content=BODY, timeout=0.1)
    assert post(http, box).status_code == 200


def test_refuse(box: Sandbox, http: httpx.Client) -> None:
    box.faults.add("refuse")
    with pytest.raises(httpx.HTTPError):
        post(http, box)
    assert (box.requests, box.messages()) == (0, ())
    # now with a connection that was kept
    assert post(http, box).status_code == 200
    box.faults.add("refuse")
    with pytest.raises(httpx.HTTPError):
        post(http, box)
    assert box.requests == 1
    with client(box) as quick:
        box.faults.add("refuse")
        with pytest.raises(OutcomeUnknown):
            quick.send([Message(to="+79001234567", text="x", sender="S")])
    assert len(box.messages()) == 1


def test_truncate(box: Sandbox, quick: quicktel.Client, http: httpx.Client) -> None:
    box.faults.add("truncate", times=2)
    with pytest.raises(httpx.RemoteProtocolError, match="without sending complete message body"):
        post(http, box)
    with pytest.raises(OutcomeUnknown) as caught:
        quick.send([Message(to="+79001234567", text="x", sender="S", id="2")])
    assert resolved(quick, caught.value)
    assert len(box.messages()) == 2


@pytest.mark.parametrize("part", ["headers", "body"])
def test_drip(box: Sandbox, http: httpx.Client, part: str) -> None:
    plain = post(http, box)
    box.faults.add("drip", part=part, interval=0.002)
    begun = time.monotonic()
    with http.stream("POST", box.url("quicktel") + "/z.php", content=BODY) as reply:
        between = time.monotonic()
        body = b"".join(reply.iter_raw())
        ended = time.monotonic()
    assert (between - begun > ended - between) == (part == "headers")
    # the same but for the repeated sms_id: each byte comes, and comes once
    assert body.replace(b'res="1"', b'res="0"') == plain.content
    # each byte comes well within any timeout of a single read, and all of them would take seconds
    box.faults.add("drip", part=part, interval=0.05)
    begun = time.monotonic()
    with client(box, deadline=0.3) as quick, pytest.raises(OutcomeUnknown):
        quick.send([MESSAGE])
    assert time.monotonic() - begun < 2


def test_drip_to_an_asynchronous_client(box: Sandbox) -> None:
    async def main() -> None:
        settings = {"login": box.login, "password": box.password, "base_url": box.url("quicktel"), "deadline": 0.3}
        async with quicktel.AsyncClient(**settings) as quick:
            for part in ("headers", "body"):
                box.faults.add("drip", part=part, interval=0.05)
                with pytest.raises(OutcomeUnknown):
                    await quick.send([MESSAGE])

    begun = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - begun < 4


def test_gzip(box: Sandbox, http: httpx.Client, quick: quicktel.Client) -> None:
    box.faults.add("gzip", times=2)
    with http.stream("POST", box.url("quicktel") + "/z.php", content=BODY) as reply:
        assert reply.headers["content-encoding"] == "gzip"
        assert b"<push" in gzip.decompress(b"".join(reply.iter_raw()))
    with pytest.raises(OutcomeUnknown, match="compressed"):
        quick.send([MESSAGE])
    assert len(box.messages()) == 1


@pytest.mark.parametrize(
    ("provider", "operation", "add", "kind"),
    [
        ("quicktel", "sms_send", "attribute", "attribute"),
        ("quicktel", "sms_send", "key", "attribute"),
        ("quicktel", "sms_send", "element", "element"),
        ("quicktel", "sms_status2", "attribute", "attribute"),
        ("quicktel", "sms_status2", "element", "element"),
        ("quicktel", "sms_status2", "code", "code"),
        ("smsc", "send_php", "key", "key"),
        ("smsc", "send_php", "attribute", "key"),
        ("smsc", "send_php", "element", "key"),
        ("smsc", "send_php", "code", "key"),
        ("smsc", "status_php", "key", "key"),
        ("smsc", "status_php", "code", "code"),
        ("smsc", "get_messages", "element", "key"),
        ("smsc", "get_messages", "code", "code"),
    ],
)
def test_drift_is_noticed_and_set_aside(box: Sandbox, provider: str, operation: str, add: str, kind: str) -> None:
    found: list[Drift] = []
    make = {"quicktel": quicktel.Client, "smsc": smsc.Client}[provider]
    account = {"login": "demo", "password": "demo", "base_url": box.url(provider)}
    with make(**account, drift_callback=found.append) as tolerant, make(**account, on_drift="raise") as strict:
        sent = [] if operation in ("sms_send", "send_php") else tolerant.send([MESSAGE])

        def call(client: quicktel.Client | smsc.Client, text: str) -> object:
            if operation in ("sms_send", "send_php"):
                return client.send([Message(to="+79001234567", text=text, sender="S")])
            if operation == "get_messages":
                assert isinstance(client, smsc.Client)
                return list(client.history(since=box.now.date()))
            return client.status(sent)

        with box.faults.add("drift", operation=operation, add=add, times=2):
            assert call(tolerant, "a")
            with pytest.raises(ReplyError):
                call(strict, "b")
        assert [(each.operation, each.finding.kind) for each in found] == [(operation, kind)]


@pytest.mark.parametrize("how", ["lacks", "type"])
@pytest.mark.parametrize("operation", ["sms_send", "sms_status2", "send_php", "status_php", "get_messages"])
def test_break_reply(box: Sandbox, quick: quicktel.Client, centre: smsc.Client, operation: str, how: str) -> None:
    calls = {
        "sms_send": lambda: quick.send([MESSAGE]),
        "sms_status2": lambda: quick.status([Ref(gateway_id="1")]),
        "send_php": lambda: centre.send([MESSAGE]),
        "status_php": lambda: centre.status([Ref(id="1", to="77001234567")]),
        "get_messages": lambda: list(centre.history(since=box.now.date())),
    }
    centre.send([Message(to="77001234567", text="other")])
    box.faults.add("break_reply", operation=operation, how=how)
    with pytest.raises(ReplyError) as caught:
        calls[operation]()
    assert isinstance(caught.value, UnreadableReply) == (operation in ("sms_send", "send_php"))
    assert caught.value.body


def test_an_error_of_the_provider_breaks_too(box: Sandbox, http: httpx.Client) -> None:
    for how in ("lacks", "type"):
        box.faults.add("break_reply", how=how)
        reply = http.post(box.url("smsc") + "/get.php", data={"get_messages": "1", "fmt": "3", "charset": "utf-8"})
        assert read(GET_MESSAGES.response, reply.content).violations
        box.faults.add("break_reply", how=how)
        reply = http.post(box.url("quicktel") + "/z.php", content=b"<x/>")
        assert read(SMS_SEND.response, reply.content).violations
    # a line of text has no schema to break
    box.faults.add("break_reply")
    reply = http.post(box.url("smsc") + "/get.php", data={"get_messages": "1", "fmt": "1"})
    assert reply.text == "0,-2"


def test_errors_on_request(box: Sandbox, quick: quicktel.Client, centre: smsc.Client) -> None:
    with box.faults.add("error", provider="smsc", code=3), pytest.raises(InsufficientFunds):
        centre.send([MESSAGE])
    with box.faults.add("error", provider="smsc", code=4), pytest.raises(AuthenticationError):
        centre.status([Ref(id="1", to="77001234567")])
    with box.faults.add("error", code=-20107), pytest.raises(AuthenticationError):
        quick.send([MESSAGE])
    for script, operation in (("send", SEND_PHP), ("status", STATUS_PHP), ("get", GET_MESSAGES)):
        box.faults.add("error", code=9)
        reply = httpx.post(f"{box.url('smsc')}/{script}.php", content=b"fmt=3&charset=utf-8", trust_env=False)
        assert reply.json() == {"error": "слишком много запросов", "error_code": 9}
        assert read(operation.response, reply.content, on_drift="raise").value is not None
    assert box.messages() == ()


# which requests meet a fault


def test_provider_operation_and_count(box: Sandbox, quick: quicktel.Client, centre: smsc.Client) -> None:
    fault = box.faults.add("status", provider="quicktel", operation="sms_send", times=2)
    centre.send([MESSAGE])
    quick.status([Ref(gateway_id="1")])
    assert (fault.hits, fault.left) == (0, 2)
    for _ in range(2):
        with pytest.raises(OutcomeUnknown):
            quick.send([MESSAGE])
    assert (fault.hits, fault.left) == (2, 0)
    assert box.faults.armed() == ()
    assert quick.send([MESSAGE])[0].accepted


def test_faults_are_met_in_order(box: Sandbox, http: httpx.Client) -> None:
    for status in (500, 502, 504):
        box.faults.add("status", status=status)
    assert [post(http, box).status_code for _ in range(4)] == [500, 502, 504, 200]


def test_until_removed(box: Sandbox, http: httpx.Client) -> None:
    with box.faults.add("status", times=None) as fault:
        assert [post(http, box).status_code for _ in range(3)] == [503] * 3
        assert (fault.hits, fault.left) == (3, None)
    assert post(http, box).status_code == 200
    fault.remove()
    box.faults.add("status", times=None)
    box.faults.clear()
    assert post(http, box).status_code == 200


def test_armed_before_the_start() -> None:
    box = Sandbox()
    box.faults.add("status", status=500)
    with box, httpx.Client(trust_env=False) as http:
        assert post(http, box).status_code == 500


@pytest.mark.parametrize(
    "options",
    [
        {"kind": "nothing"},
        {"kind": "latency"},
        {"kind": "latency", "seconds": -1},
        {"kind": "latency", "seconds": float("nan")},
        {"kind": "latency", "seconds": "1"},
        {"kind": "latency", "seconds": True},
        {"kind": "status", "status": 200},
        {"kind": "status", "seconds": 1},
        {"kind": "error"},
        {"kind": "truncate", "processed": False},
        {"kind": "drip", "part": "all"},
        {"kind": "drift", "add": "nothing"},
        {"kind": "hang", "times": 0},
        {"kind": "hang", "times": 1.5},
        {"kind": "refuse", "provider": "smsc"},
        {"kind": "hang", "provider": "nobody"},
        {"kind": "hang", "operation": "nothing"},
        {"kind": "hang", "provider": "smsc", "operation": "sms_send"},
    ],
)
def test_options_that_are_not_allowed(box: Sandbox, http: httpx.Client, options: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        box.faults.add(**options)
    reply = http.post(
        box.address + "/_faults", content=json.dumps(options), headers={"content-type": "application/json"}
    )
    assert reply.status_code == 400
    assert reply.json()["error"]
    assert box.faults.armed() == ()


# over HTTP


def test_over_http(box: Sandbox, http: httpx.Client) -> None:
    url = box.address + "/_faults"
    made = http.post(url, json={"kind": "status", "status": 502, "operation": "sms_send", "times": 2})
    assert made.status_code == 201
    expected = {"number": 1, "kind": "status", "status": 502, "processed": False, "operation": "sms_send", "times": 2}
    assert made.json() == {**expected, "left": 2, "hits": 0}
    assert post(http, box).status_code == 502
    assert http.get(url).json() == [{**expected, "left": 1, "hits": 1}]
    assert http.delete(f"{url}/1").status_code == 204
    assert http.delete(f"{url}/1").status_code == 204
    assert http.get(url).json() == []
    http.post(url, json={"kind": "hang", "times": None})
    assert box.faults.armed()[0].left is None
    assert http.delete(url).status_code == 204
    assert post(http, box).status_code == 200


@pytest.mark.parametrize(
    "content", ["", "{", "[]", "1", "{}", '{"kind": 1}', '{"kind": "hang", "new": 1}', "[" * 100_000]
)
def test_what_is_no_fault(box: Sandbox, http: httpx.Client, content: str) -> None:
    reply = http.post(box.address + "/_faults", content=content, headers={"content-type": "application/json"})
    assert reply.status_code == 400
    assert reply.json()["error"]


def test_only_from_here(box: Sandbox, http: httpx.Client) -> None:
    url = box.address + "/_faults"
    fault = json.dumps({"kind": "hang"})
    # what a web page in a browser of this machine may send without asking
    for kind in ("text/plain", "application/x-www-form-urlencoded", ""):
        assert http.post(url, content=fault, headers={"content-type": kind}).status_code == 415
    # and by a name of its own that leads here
    stranger = {"host": "evil.example:80", "content-type": "application/json"}
    assert http.post(url, content=fault, headers=stranger).status_code == 403
    assert http.delete(url + "/1", headers=stranger).status_code == 403
    assert http.put(url).status_code == 405
    assert box.faults.armed() == ()


def test_a_fault_from_json() -> None:
    assert Fault.from_json({"kind": "drip", "interval": 1}) == Fault(kind="drip", interval=1, part="body")
    with pytest.raises(ValueError, match="kind"):
        Fault.from_json(["drip"])


def test_the_table_of_faults_is_whole() -> None:
    assert fault.__doc__ is not None
    for kind in get_args(fault.Kind):
        assert f"    {kind} " in fault.__doc__
