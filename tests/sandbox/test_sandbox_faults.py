"""Each fault does what it says: to a raw HTTP client, and to the clients of smswire."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
import time
from collections.abc import Callable
from typing import Any, get_args

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
    TransportError,
    UnreadableReply,
    kazinfoteh,
    quicktel,
    smsc,
    webcom,
)
from smswire.documents import read
from smswire.sandbox import Fault, Sandbox, fault
from smswire.sandbox import app as application
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


CLIENTS = {
    "kazinfoteh": kazinfoteh.Client,
    "quicktel": quicktel.Client,
    "smsc": smsc.Client,
    "webcom": webcom.Client,
}


def one(text: str, number: int = 1) -> Message:
    return Message(to="+77001234567", text=text, sender="S", id=str(number))


# for each operation, a call with a number that makes its request another one
CALLS: dict[str, dict[str, Callable[[Any, int], Any]]] = {
    "kazinfoteh": {
        "send_message": lambda client, number: client.send([one(f"text {number}", number)]),
        "get_info_by_id": lambda client, number: client.status([Ref(id="100")]),
    },
    "quicktel": {
        "sms_send": lambda client, number: client.send([one(f"text {number}", number)]),
        "sms_status2": lambda client, number: client.status([Ref(gateway_id="1000001")]),
    },
    "smsc": {
        "send_php": lambda client, number: client.send([one(f"text {number}", number)]),
        "send_xml": lambda client, number: client.send_xml(
            smsc.SendRequest(phones=("77001234567",), mes=f"text {number}")
        ),
        "status_php": lambda client, number: client.status([Ref(id="100", to="77001234567")]),
        "get_messages": lambda client, number: client.get_messages(smsc.GetMessagesRequest(cnt=10 + number)),
        "get_messages_xml": lambda client, number: client.get_messages_xml(smsc.GetMessagesRequest(cnt=10 + number)),
        "get_messages_text": lambda client, number: client.get_messages_text(
            smsc.GetMessagesRequest(cnt=10 + number), number % 2
        ),
    },
    "webcom": {
        "xml_send": lambda client, number: client.send([one(f"text {number}", number)]),
        "xml_state": lambda client, number: client.status([Ref(gateway_id="1000001")]),
        "json_state": lambda client, number: client.json_state([1000001], detail=1),
    },
}
OPERATIONS = [(provider, operation) for provider, calls in CALLS.items() for operation in calls]
# what an addition of each kind is found to be: in XML, and in JSON
KINDS = {"attribute": ("attribute", "key"), "key": ("attribute", "key"), "element": ("element", "key")}
# where a reply holds no code, or only of tables that are not complete, a code that nobody lists is another attribute
WITHOUT_CODES = {
    ("quicktel", "sms_send"): "attribute",
    ("smsc", "send_php"): "key",
    ("smsc", "send_xml"): "attribute",
    ("webcom", "xml_send"): "attribute",
}


def expected(provider: str, operation: str, add: str) -> str:
    document = next(each for each in application.GATEWAYS[provider][0].operations if each.name == operation).response
    if operation == "get_messages_text":
        return "code"  # a reply without markup has nothing else
    if add == "code":
        return WITHOUT_CODES.get((provider, operation), "code")
    return KINDS[add][document.format == "json"]


def account(box: Sandbox, provider: str) -> dict[str, Any]:
    return {"login": box.login, "password": box.password, "base_url": box.url(provider), "deadline": 5.0}


def test_every_operation_is_tried() -> None:
    names = {(name, each.name) for name, (known, _) in application.GATEWAYS.items() for each in known.operations}
    assert set(OPERATIONS) == names


@pytest.mark.parametrize("add", ["attribute", "key", "element", "code"])
@pytest.mark.parametrize(("provider", "operation"), OPERATIONS)
def test_drift_is_noticed_and_set_aside(box: Sandbox, provider: str, operation: str, add: str) -> None:
    found: list[Drift] = []
    make, call, settings = CLIENTS[provider], CALLS[provider][operation], account(box, provider)
    with make(**settings, drift_callback=found.append) as tolerant, make(**settings, on_drift="raise") as strict:
        tolerant.send([one("first", 100)])
        with box.faults.add("drift", provider=provider, operation=operation, add=add, times=2):
            if (operation, add) == ("send_message", "code"):
                # there the code alone says whether the message was accepted
                with pytest.raises(OutcomeUnknown):
                    call(tolerant, 1)
            else:
                assert call(tolerant, 1)
            with pytest.raises(ReplyError):
                call(strict, 2)
    assert [(each.operation, each.finding.kind) for each in found] == [(operation, expected(provider, operation, add))]


@pytest.mark.parametrize("how", ["lacks", "type"])
@pytest.mark.parametrize("rows", [True, False])
@pytest.mark.parametrize(("provider", "operation"), OPERATIONS)
def test_break_reply(box: Sandbox, provider: str, operation: str, how: str, rows: bool) -> None:
    call = CALLS[provider][operation]
    with CLIENTS[provider](**account(box, provider)) as client:
        if rows:
            client.send([one("first", 100)])
        with box.faults.add("break_reply", provider=provider, operation=operation, how=how, times=None) as fault:
            with pytest.raises(ReplyError) as caught:
                call(client, 1)
            assert fault.hits
        assert isinstance(caught.value, UnreadableReply) == (operation in SENDS)
        assert caught.value.body


SENDS = ("send_message", "sms_send", "send_php", "send_xml", "xml_send")


@pytest.mark.parametrize("how", ["lacks", "type"])
@pytest.mark.parametrize(("provider", "operation"), OPERATIONS)
def test_an_error_of_the_provider_breaks_too(box: Sandbox, provider: str, operation: str, how: str) -> None:
    call = CALLS[provider][operation]
    settings = {**account(box, provider), "password": "wrong"}
    with CLIENTS[provider](**settings) as client:
        with pytest.raises(AuthenticationError):
            call(client, 1)
        box.faults.add("break_reply", provider=provider, operation=operation, how=how, times=None)
        # the reply cannot be read, or its status says that it is no success
        with pytest.raises((ReplyError, OutcomeUnknown, TransportError)):
            call(client, 2)


@pytest.mark.parametrize("kind", ["drop_after_accept", "truncate", "html", "hang", "gzip", "status"])
@pytest.mark.parametrize("provider", list(CLIENTS))
def test_a_send_whose_answer_is_lost_is_found(box: Sandbox, provider: str, kind: str) -> None:
    options = {"processed": True} if kind in ("html", "hang", "status") else {}
    box.faults.add(kind, provider=provider, **options)
    with CLIENTS[provider](**{**account(box, provider), "deadline": 0.5}) as client:
        with pytest.raises(OutcomeUnknown) as caught:
            client.send([one("x", 17)])
        assert caught.value.client_ids == ("17",)
    with CLIENTS[provider](**account(box, provider)) as patient:
        [receipt] = patient.resolve(caught.value)
    assert receipt.accepted
    assert len(box.messages(provider)) == 1


def test_what_is_lacking_is_taken_out_whole(box: Sandbox, http: httpx.Client) -> None:
    box.faults.add("break_reply", provider="kazinfoteh", how="lacks")
    assert http.post(box.url("kazinfoteh"), content=b"x").content.endswith(b"<package />")
    box.faults.add("break_reply", provider="webcom", how="lacks")
    assert http.post(box.url("webcom") + "/json/state.php", content=b"x").json() == {}


def test_a_line_that_nobody_reads_has_no_schema_to_break(box: Sandbox, http: httpx.Client) -> None:
    box.faults.add("break_reply")
    reply = http.post(box.url("smsc") + "/status.php", data={"phone": "1", "id": "1", "fmt": "1"})
    assert reply.text == "0,-2"


@pytest.mark.parametrize("provider", list(CLIENTS))
def test_a_header_that_does_not_tell_the_charset(box: Sandbox, http: httpx.Client, provider: str) -> None:
    path = {"kazinfoteh": "/", "quicktel": "/z.php", "smsc": "/send.php", "webcom": "/xml"}[provider]
    url = box.url(provider) + path
    usual = http.post(url, content=b"x=1").headers["content-type"]
    box.faults.add("no_charset", provider=provider)
    bare = http.post(url, content=b"x=1")
    charset = "windows-1251" if provider == "smsc" else "utf-8"
    assert usual == f"{bare.headers['content-type']}; charset={charset}"
    assert bare.content.decode(charset)


def test_the_words_of_an_error_are_of_its_providers_kind(box: Sandbox, http: httpx.Client) -> None:
    for provider in CLIENTS:
        good, bad = ("words", 3) if provider == "webcom" else (3, "words")
        box.faults.add("error", provider=provider, code=good).remove()
        with pytest.raises(ValueError, match="code is"):
            box.faults.add("error", provider=provider, code=bad)
        options = {"kind": "error", "provider": provider}
        assert http.post(box.address + "/_faults", json={**options, "code": bad}).status_code == 400
        assert http.post(box.address + "/_faults", json={**options, "code": good}).status_code == 201
    box.faults.clear()
    # one for any provider leaves those alone whose errors are of the other kind
    with box.faults.add("error", code=9, times=None) as number, box.faults.add("error", code="no", times=None) as words:
        assert "<error>no</error>" in http.post(box.url("webcom") + "/xml", content=b"x").text
        assert "<error>9</error>" in http.post(box.url("kazinfoteh"), content=b"x").text
        assert (number.hits, words.hits) == (1, 1)


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
