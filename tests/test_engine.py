"""The engine without any I/O: its generator is driven by hand, and time is a number."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date
from typing import Any

import pytest
from faults.gateways import GATEWAYS, MESSAGE, REF, Gateway

from smswire import (
    AuthenticationError,
    Drift,
    InsufficientFunds,
    Message,
    NotSent,
    Outcome,
    OutcomeUnknown,
    PayloadError,
    ProviderError,
    RateLimited,
    Ref,
    ReplyError,
    SmsError,
    TransportError,
    UnreadableReply,
    facade,
    retry,
    smsc,
)
from smswire.engine import EngineCall, Settings
from smswire.exchange import Effect, Event, Failure, Reply, Send, Sleep, Steps
from smswire.limits import Limiter
from smswire.providers import quicktel as quicktel_rules
from smswire.providers import smsc as smsc_rules
from smswire.secret import Credentials, Secret
from smswire_documents._runtime.description import Limit

GOOD = b'<xml_result res="0"><push sms_id="a" push_id="91" res="0"/></xml_result>'
TOLD = b'<xml_result res="0"><sms push_id="91" status="4"/></xml_result>'
PAGE = b"<html></html>"

not_left = Failure(left=False, reason="no connection")
left = Failure(left=True, reason="the connection broke")


class Account:
    """The settings of a client over a clock that stands still until it is moved."""

    def __init__(self, *, deadline: float = 30.0, on_drift: Any = "set_aside", callback: Any = None) -> None:
        self.now = 1000.0
        self.settings = Settings(
            base_url="https://sms.example.org/api",
            credentials=Credentials(login=Secret("l"), password=Secret("p")),
            zone=UTC,
            deadline=deadline,
            on_drift=on_drift,
            drift_callback=callback,
            limiter=Limiter(lambda: self.now),
            clock=lambda: self.now,
        )
        self.sends: list[Send] = []
        self.sleeps: list[float] = []

    def call(self) -> EngineCall:
        return EngineCall(self.settings)

    def play(self, steps: Steps[Any], *events: Event, latency: float = 0.1) -> Any:
        """Drive a call: each `Send` takes `latency` and gets the next event; returns its value or its error."""
        coming: Iterator[Event] = iter(events)
        event: Event = None
        try:
            while True:
                effect: Effect = steps.send(event)
                if isinstance(effect, Sleep):
                    self.sleeps.append(effect.seconds)
                    self.now += effect.seconds
                    event = None
                else:
                    self.sends.append(effect)
                    self.now += latency
                    event = next(coming)
        except StopIteration as stop:
            assert next(coming, None) is None, "an event was not asked for"
            return stop.value
        except SmsError as error:
            assert next(coming, None) is None, "an event was not asked for"
            return error

    def send(self, *events: Event, ids: tuple[str, ...] = ("a",), latency: float = 0.1) -> Any:
        messages = [Message(to="79001234567", text="t", sender="S", id=each) for each in ids]
        return self.play(facade.send(self.call(), quicktel_rules.SEND, messages), *events, latency=latency)

    def status(self, *events: Event, latency: float = 0.1) -> Any:
        steps = facade.status(self.call(), quicktel_rules.STATUS_OF, [Ref(id="a", gateway_id="91")])
        return self.play(steps, *events, latency=latency)

    def with_any(self, gateway: Gateway, method: str, *events: Event) -> Any:
        """The same of any provider, for the message and the reference that its replies are about."""
        argument = {"send": [MESSAGE], "status": [REF]}[method]
        return self.play(getattr(gateway.client, method)._steps(self.call(), argument), *events)

    def history(self, *events: Event, before: int | None = None) -> Any:
        place = None if before is None else f"2026-11-02/{before}"
        return self.play(smsc.Client.history._page(self.call(), place, date(2026, 11, 1), date(2026, 11, 2)), *events)


def ok(body: bytes) -> Reply:
    return Reply(200, body)


Answer = Callable[[Gateway], Event]
"""What comes of a request, given the provider that it goes to."""


def nothing(_: Gateway) -> Event:
    return not_left


def broken(_: Gateway) -> Event:
    return left


def with_status(status: int, of: Callable[[Gateway], bytes] = lambda _: PAGE) -> Answer:
    return lambda gateway: Reply(status, of(gateway))


def accepting(gateway: Gateway) -> bytes:
    return gateway.accepts


def refusing(gateway: Gateway) -> bytes:
    return gateway.refuses


def strange(gateway: Gateway) -> bytes:
    return gateway.strange


OUTCOMES: dict[str, tuple[list[Answer], type[SmsError], Outcome]] = {
    "never left": ([nothing, nothing, nothing], NotSent, Outcome.NOT_SENT),
    "lost": ([broken], OutcomeUnknown, Outcome.UNKNOWN),
    "lost at the second try": ([nothing, broken], OutcomeUnknown, Outcome.UNKNOWN),
    "500 with a good document": ([with_status(500, accepting)], OutcomeUnknown, Outcome.UNKNOWN),
    "503": ([with_status(503)], OutcomeUnknown, Outcome.UNKNOWN),
    "429": ([with_status(429, lambda _: b"")], OutcomeUnknown, Outcome.UNKNOWN),
    "404": ([with_status(404)], OutcomeUnknown, Outcome.UNKNOWN),
    "302": ([with_status(302, lambda _: b"")], OutcomeUnknown, Outcome.UNKNOWN),
    "201 with a good document": ([with_status(201, accepting)], OutcomeUnknown, Outcome.UNKNOWN),
    "page": ([with_status(200)], UnreadableReply, Outcome.UNKNOWN),
    "empty": ([with_status(200, lambda _: b"")], UnreadableReply, Outcome.UNKNOWN),
    "cut": ([with_status(200, lambda gateway: gateway.accepts[:-1])], UnreadableReply, Outcome.UNKNOWN),
    "wrong login": ([with_status(200, refusing)], AuthenticationError, Outcome.REFUSED),
    "wrong login with 403": ([with_status(403, refusing)], AuthenticationError, Outcome.REFUSED),
    "wrong login with 400": ([with_status(400, refusing)], AuthenticationError, Outcome.REFUSED),
    "refused as no table lists": ([with_status(200, strange)], ProviderError, Outcome.REFUSED),
}


@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
@pytest.mark.parametrize(("answers", "expected", "outcome"), OUTCOMES.values(), ids=OUTCOMES)
def test_outcome_of_a_send(answers: list[Answer], expected: type[SmsError], outcome: Outcome, gateway: Gateway) -> None:
    account = Account()
    error = account.with_any(gateway, "send", *(each(gateway) for each in answers))

    assert type(error) is expected
    assert (error.outcome, error.client_ids) == (outcome, (MESSAGE.id,))
    assert (error.provider, error.operation) == (gateway.name, gateway.client.provider.operations[0].name)
    left_over = ((), (MESSAGE,)) if outcome is Outcome.UNKNOWN else ((MESSAGE,), ())
    assert (error.receipts, (error.unsent, error.in_doubt)) == ((), left_over)
    assert len(account.sends) == len(answers)


READS: dict[str, tuple[list[Answer], type[SmsError]]] = {
    "never left": ([nothing, nothing, nothing], NotSent),
    "lost": ([broken, broken, broken], TransportError),
    "503, 500, lost": ([with_status(503), with_status(500), broken], TransportError),
    "429": ([with_status(429)], TransportError),
    "403": ([with_status(403)], TransportError),
    "page": ([with_status(200)], ReplyError),
    "lost, then page": ([broken, with_status(200)], ReplyError),
    "wrong login": ([with_status(200, refusing)], AuthenticationError),
    "refused as no table lists": ([with_status(200, strange)], ProviderError),
}


@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
@pytest.mark.parametrize(("answers", "expected"), READS.values(), ids=READS)
def test_outcome_of_a_read(answers: list[Answer], expected: type[SmsError], gateway: Gateway) -> None:
    account = Account()
    error = account.with_any(gateway, "status", *(each(gateway) for each in answers))

    assert type(error) is expected
    assert error.outcome is (Outcome.REFUSED if isinstance(error, ProviderError) else Outcome.NOT_SENT)
    asked = next(each.name for each in gateway.client.provider.operations if each.effect == "read")
    assert (error.provider, error.operation, error.client_ids) == (gateway.name, asked, ())
    assert len(account.sends) == len(answers)


@pytest.mark.parametrize("gateway", GATEWAYS, ids=str)
def test_second_try_succeeds(gateway: Gateway) -> None:
    """A send only where nothing of the first had left."""
    account = Account()
    [receipt] = account.with_any(gateway, "send", not_left, ok(gateway.accepts))
    assert (receipt.id, receipt.accepted) == (MESSAGE.id, True)
    [report] = account.with_any(gateway, "status", left, Reply(503, PAGE), ok(gateway.tells))
    assert (report.id, report.state) == (REF.id, "delivered")
    assert len(account.sends) == 5


def test_send_that_did_not_leave_is_tried_again() -> None:
    account = Account()
    [receipt] = account.send(not_left, not_left, ok(GOOD))
    assert receipt.gateway_id == "91"
    assert [each.request for each in account.sends] == [account.sends[0].request] * 3
    assert len(account.sleeps) == 2


def test_read_is_tried_again() -> None:
    [report] = Account().status(left, Reply(503, b""), ok(TOLD))
    assert report.code == 4


def test_each_try_has_what_the_deadline_leaves() -> None:
    account = Account(deadline=10.0)
    account.status(left, left, left, latency=2.0)
    first, second, third = (each.timeout for each in account.sends)
    assert first == 10.0
    assert second == pytest.approx(10.0 - 2.0 - account.sleeps[0])
    assert third == pytest.approx(second - 2.0 - account.sleeps[1])


def test_no_try_after_the_deadline() -> None:
    account = Account(deadline=10.0)
    assert type(account.status(left, latency=10.0)) is TransportError
    assert (len(account.sends), account.sleeps) == (1, [])


def test_no_pause_that_the_deadline_would_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retry, "pause", lambda tries: 1.0)
    account = Account(deadline=10.0)
    assert type(account.status(left, latency=9.0)) is TransportError
    assert account.sleeps == []
    assert type(account.status(left, ok(PAGE), latency=8.9)) is ReplyError
    assert account.sleeps == [1.0]


def test_deadline_before_the_first_try() -> None:
    account = Account(deadline=10.0)
    call = account.call()
    account.now += 10.0
    steps = facade.send(call, quicktel_rules.SEND, [Message(to="79001234567", text="t", sender="S", id="a")])
    error = account.play(steps)
    assert type(error) is NotSent
    assert account.sends == []


@pytest.mark.parametrize("latency", [5.0, 4.0], ids=["nothing left", "too little left"])
def test_one_deadline_for_all_requests_of_a_call(latency: float) -> None:
    """A further send is not begun with so little time that it would be cut short, and its messages be in doubt."""
    account = Account(deadline=10.0)
    ids = tuple(f"n-{index}" for index in range(600))
    error = account.send(ok(accepted(ids[:250])), ok(accepted(ids[250:500])), ids=ids, latency=latency)
    assert type(error) is NotSent
    assert [each.timeout for each in account.sends] == [10.0, 10.0 - latency]
    assert (len(error.receipts), error.client_ids, error.in_doubt) == (500, ids[500:], ())
    assert tuple(each.id for each in error.unsent) == ids[500:]


def accepted(ids: Sequence[str]) -> bytes:
    """A reply that accepts every message."""
    return b"<xml_result>%s</xml_result>" % b"".join(
        b'<push sms_id="%s" push_id="9" res="0"/>' % i.encode() for i in ids
    )


def test_pauses_grow_and_are_bounded() -> None:
    for tries, most in enumerate([0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0], start=1):
        pauses = [retry.pause(tries) for _ in range(100)]
        assert most * 0.5 <= min(pauses)
        assert max(pauses) <= most
        assert len(set(pauses)) > 1


def test_requests_are_written_once_and_shown_nowhere() -> None:
    account = Account()
    account.send(ok(GOOD))
    [effect] = account.sends
    assert effect.request.url == "https://sms.example.org/api/z.php"
    assert effect.request.headers["Accept-Encoding"] == "identity"
    assert b'pwd="p"' in effect.request.body
    assert "pwd" not in repr(effect)
    assert "push" not in repr(ok(GOOD))


@pytest.mark.parametrize(
    "rest",
    ["", '<push sms_id="b" res=""/>', '<push sms_id="b" res="0"/>', '<push sms_id="s_b" push_id="92" res="0"/>'],
    ids=["not mentioned", "no result", "no gateway id", "another id"],
)
def test_message_that_the_reply_does_not_tell_of_is_in_doubt(rest: str) -> None:
    error = Account().send(ok(GOOD.replace(b"</", rest.encode() + b"</")), ids=("a", "b"))
    assert type(error) is OutcomeUnknown
    assert (error.outcome, error.client_ids) == (Outcome.UNKNOWN, ("b",))
    assert [each.gateway_id for each in error.receipts] == ["91"]
    assert ([each.id for each in error.in_doubt], error.unsent) == (["b"], ())


def test_reply_that_refuses_and_accepts_counts_by_message() -> None:
    [receipt] = Account().send(ok(GOOD.replace(b'res="0">', b'res="-1">')))
    assert receipt.accepted


def test_id_that_was_used_for_another_recipient_is_refused() -> None:
    reply = b'<xml_result><push sms_id="a" push_id="91" res="1" number="79007654321"/></xml_result>'
    [receipt] = Account().send(ok(reply))
    assert (receipt.state, receipt.error.name, receipt.duplicate) == ("rejected", "id_reused", True)


def test_refused_message_is_reported_without_asking() -> None:
    account = Account()
    [refused] = account.send(ok(b'<xml_result><push sms_id="a" res="-20170"/></xml_result>'))
    account.sends.clear()
    accepted_one = Ref(id="b", gateway_id="91")
    first, second = account.play(
        facade.status(account.call(), quicktel_rules.STATUS_OF, [refused, accepted_one]), ok(TOLD)
    )
    assert (first.id, first.state, first.final) == ("a", "rejected", True)
    assert second.code == 4
    assert len(account.sends) == 1


def test_references_are_checked_before_the_first_request() -> None:
    account = Account()
    references = [Ref(gateway_id=str(each)) for each in range(300)] + [Ref(id="a")]
    error = account.play(facade.status(account.call(), quicktel_rules.STATUS_OF, references))
    assert type(error) is PayloadError
    assert error.path == "messages[300].gateway_id"
    assert account.sends == []


def test_reports_until_an_error_are_not_lost() -> None:
    account = Account()
    references = [Ref(gateway_id=str(each)) for each in range(300)]
    error = account.play(facade.status(account.call(), quicktel_rules.STATUS_OF, references), ok(TOLD), ok(PAGE))
    assert type(error) is ReplyError
    assert len(error.reports) == 250


def test_every_message_is_checked_before_any_is_sent() -> None:
    account = Account()
    messages = [Message(to="79001234567", text="t", sender="S") for _ in range(300)]
    error = account.play(
        facade.send(account.call(), quicktel_rules.SEND, [*messages, Message(to="7", text="t", sender="S" * 17)])
    )
    assert type(error) is PayloadError
    assert (error.path, error.provider, error.operation) == ("messages[300].Sms.source_number", "quicktel", "sms_send")
    assert account.sends == []


# limits


def test_limit_of_history_an_hour() -> None:
    account = Account()
    for index in range(30):
        records, place = account.history(ok(b"[]"), before=index)
        assert (records, place) == ([], None)
    started = account.now
    error = account.history(before=770)
    assert type(error) is RateLimited
    assert (error.code, error.outcome, error.resume) == (None, Outcome.NOT_SENT, "2026-11-02/770")
    assert error.retry_after == pytest.approx(3600 - 30 * 0.1)
    assert "smsc.get_messages: " in str(error)
    assert len(account.sends) == 30

    account.now = started + error.retry_after - 0.01
    assert type(account.history(before=770)) is RateLimited
    account.now += 0.02
    assert account.history(ok(b"[]"), before=770) == ([], None)


def test_limit_of_identical_requests_a_minute() -> None:
    account = Account()
    for _ in range(3):
        account.history(ok(b"[]"))
    assert type(error := account.history()) is RateLimited
    assert error.retry_after == pytest.approx(60 - 0.3)
    assert account.history(ok(b"[]"), before=771) == ([], None)
    account.now += 60
    assert account.history(ok(b"[]")) == ([], None)


def test_tries_count_and_end_at_the_limit() -> None:
    """What is left to tell then is why the try failed, not that there may be no other."""
    account = Account()
    account.history(ok(b"[]"))
    assert type(account.history(left, left)) is TransportError
    assert len(account.sends) == 3
    assert type(account.history()) is RateLimited


def test_refusal_for_too_many_requests_tells_where_to_resume() -> None:
    error = Account().history(ok(b'{"error": "text", "error_code": 9}'), before=77)
    assert type(error) is RateLimited
    assert (error.code, error.outcome, error.resume, error.retry_after) == (9, Outcome.REFUSED, "2026-11-02/77", None)
    assert "refused with code 9" in str(error)


def test_limiter_forgets_what_is_over() -> None:
    now = [0.0]
    limiter = Limiter(lambda: now[0])
    limits = (Limit(requests=3, seconds=60, identical=True),)
    for index in range(1000):
        now[0] += 1.0
        assert limiter.reserve("status_php", limits, b"%d" % index) is None
    assert len(limiter._made) <= 2 * 64


def test_limiter_counts_nothing_that_it_refuses() -> None:
    now = [0.0]
    limiter = Limiter(lambda: now[0])
    limits = (Limit(requests=2, seconds=100), Limit(requests=1, seconds=10, identical=True))
    assert limiter.reserve("a", limits, b"x") is None
    assert limiter.reserve("a", limits, b"x") == 10.0
    assert limiter.reserve("a", limits, b"y") is None
    assert limiter.reserve("a", limits, b"z") == 100.0
    assert limiter.reserve("b", limits, b"x") is None


def test_limiter_between_threads() -> None:
    limiter = Limiter(lambda: 0.0)
    allowed: list[int] = []
    limits = (Limit(requests=30, seconds=3600),)

    def ask() -> None:
        tries = [limiter.reserve("get_messages", limits, b"%d" % index) for index in range(50)]
        allowed.append(tries.count(None))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sum(allowed) == 30


# additions

NEWER = (
    b'<xml_result res="0" news="1"><push sms_id="a" push_id="91" res="0" extra="x"/>'
    b'<more/><push sms_id="b" push_id="92" res="0"/></xml_result>'
)


def test_additions_are_set_aside_and_reported(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[Drift] = []
    account = Account(callback=heard.append)
    with caplog.at_level(logging.WARNING, "smswire.drift"):
        receipts = account.send(ok(NEWER), ids=("a", "b"))

    assert [each.gateway_id for each in receipts] == ["91", "92"]
    found = [("attribute", "/xml_result/@news"), ("attribute", "/xml_result/push[1]/@extra")]
    found.append(("element", "/xml_result/more[1]"))
    assert [(each.finding.kind, each.finding.path) for each in heard] == found
    assert {(each.provider, each.operation, each.document) for each in heard} == {
        ("quicktel", "sms_send", "quicktel/sms_send.response")
    }
    assert [record.name for record in caplog.records] == ["smswire.drift"] * 3
    assert [each[1] in record.getMessage() for each, record in zip(found, caplog.records, strict=True)] == [True] * 3


def test_additions_may_be_errors() -> None:
    account = Account(on_drift="raise")
    error = account.send(ok(NEWER), ids=("a", "b"))
    assert type(error) is UnreadableReply
    assert error.client_ids == ("a", "b")
    assert (error.body, b"news" in error.body) == (NEWER, True)
    assert type(account.status(ok(TOLD.replace(b"sms ", b'sms news="1" ')))) is ReplyError


def test_what_a_reply_lacks_is_an_error_either_way() -> None:
    for on_drift in ("set_aside", "raise"):
        error = Account(on_drift=on_drift).send(ok(GOOD.replace(b' res="0"/>', b"/>")))
        assert type(error) is UnreadableReply


@pytest.mark.parametrize(("status", "new"), [(4, False), (-1004, False), (7, True), (-5, True)])
def test_code_that_no_table_lists(status: int, new: bool) -> None:
    heard: list[Drift] = []
    body = TOLD.replace(b'status="4"', b'status="%d"' % status)
    [report] = Account(callback=heard.append).status(ok(body))
    assert report.code == status
    assert [(each.finding.kind, each.finding.path) for each in heard] == (
        [("code", "/xml_result/sms[1]/@status")] if new else []
    )
    outcome = Account(on_drift="raise").status(ok(body))
    assert (type(outcome) is ReplyError) is new


def test_empty_code_is_no_news() -> None:
    heard: list[Drift] = []
    [report] = Account(callback=heard.append).status(ok(TOLD.replace(b'status="4"', b'status=""')))
    assert (report.code, heard) == ("", [])


@pytest.mark.parametrize(
    ("code", "expected", "name"),
    [
        (2, AuthenticationError, "wrong_login"),
        (3, InsufficientFunds, "insufficient_funds"),
        (4, AuthenticationError, "blocked"),
        (9, RateLimited, "rate_limited"),
        (99, ProviderError, None),
    ],
)
def test_refusals_by_code(code: int, expected: type[ProviderError], name: str | None) -> None:
    account = Account()
    messages = [Message(to="79001234567", text="t", sender="S", id="a")]
    body = b'{"error": "words that quote the text", "error_code": %d}' % code
    error = account.play(facade.send(account.call(), smsc_rules.SEND, messages), ok(body))

    assert type(error) is expected
    assert (error.code, error.outcome, error.client_ids) == (code, Outcome.REFUSED, ("a",))
    assert (error.name is None) == (name is None)
    assert error.description == "words that quote the text"
    assert "words" not in str(error) + repr(error)
    assert (error.meaning or "not in the provider's published tables") in str(error)


def test_what_is_added_to_every_row_is_said_once() -> None:
    heard: list[Any] = []
    rows = b"".join(b'<sms push_id="%d" status="9" new="x"/>' % each for each in range(91, 191))
    account = Account(callback=heard.append)
    account.status(ok(b"<xml_result>%s</xml_result>" % rows))
    assert sorted((each.finding.kind, each.finding.path) for each in heard) == [
        ("attribute", "/xml_result/sms[1]/@new"),
        ("code", "/xml_result/sms[1]/@status"),
    ]
