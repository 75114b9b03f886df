"""Moments on their way to a provider: in the zone of the account, and never earlier than asked for."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.asking import ask, exchanged

from smswire import Message, PayloadError, kazinfoteh, smsc, webcom
from smswire.providers.mapping import local_moment, printed

ALMATY, MOSCOW, BERLIN = (ZoneInfo(each) for each in ("Asia/Almaty", "Europe/Moscow", "Europe/Berlin"))
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
FORMS = {SECOND: "%Y-%m-%d %H:%M:%S", MINUTE: "%Y-%m-%d %H:%M"}
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
steps = pytest.mark.parametrize("step", FORMS, ids=["second", "minute"])

KIT_SENDS = '<package><message><msg id="17" sms_id="5">1</msg></message></package>'
WEBCOM_SENDS = '<response><information number_sms="1" id_sms="5">send</information></response>'


def attribute(request: str, name: str) -> str | None:
    found = re.search(f' {name}="([^"]*)"', request)
    return found and found[1]


def message(**values: Any) -> Message:
    return Message(to="77001234567", text="x", sender="S", id="17", **values)


def kit_request(zone: tzinfo | None = None, **values: Any) -> tuple[str | None, str | None]:
    _, request = exchanged(kazinfoteh, KIT_SENDS, "send", [message(**values)], zone=zone)
    return attribute(request, "date_beg"), attribute(request, "date_end")


def webcom_request(zone: tzinfo | None = None, **values: Any) -> tuple[str | None, str | None]:
    _, request = exchanged(webcom, WEBCOM_SENDS, "send", [message(**values)], zone=zone)
    return attribute(request, "time_send"), attribute(request, "validity_period")


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        # UTC+6 until 2024-03-01 00:00, UTC+5 since; the label GMT+0600 of the documentation is older
        (datetime(2024, 2, 29, 17, 59, 59, tzinfo=UTC), "2024-02-29 23:59:59"),
        (datetime(2024, 2, 29, 19, 0, 0, tzinfo=UTC), "2024-03-01 00:00:00"),
        (datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC), "2026-11-20 17:00:00"),
        (datetime(2026, 11, 20, 12, 0, 0, 1, tzinfo=UTC), "2026-11-20 17:00:01"),
        (datetime(2026, 11, 20, 18, 59, 59, 999999, tzinfo=UTC), "2026-11-21 00:00:00"),
        (datetime(2026, 11, 20, 12, 0, 0, tzinfo=BERLIN), "2026-11-20 16:00:00"),
        (datetime(2026, 12, 31, 23, 59, 59, 1, tzinfo=ALMATY), "2027-01-01 00:00:00"),
    ],
)
def test_kazinfoteh_prints_almaty_as_it_is_today(at: datetime, expected: str) -> None:
    assert kit_request(send_at=at) == (expected, None)


def test_the_zone_of_an_account_is_an_option() -> None:
    at = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
    assert kit_request(send_at=at) == ("2026-11-20 17:00:00", None)
    assert kit_request(timezone(timedelta(hours=6)), send_at=at) == ("2026-11-20 18:00:00", None)
    assert kit_request(UTC, send_at=at) == ("2026-11-20 12:00:00", None)
    assert webcom_request(send_at=at) == ("2026-11-20 15:00", None)
    assert webcom_request(ZoneInfo("Asia/Vladivostok"), send_at=at) == ("2026-11-20 22:00", None)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC), "2026-11-20 15:00"),
        (datetime(2026, 11, 20, 12, 0, 0, 1, tzinfo=UTC), "2026-11-20 15:01"),
        (datetime(2026, 11, 20, 12, 0, 1, tzinfo=UTC), "2026-11-20 15:01"),
        (datetime(2026, 11, 20, 20, 59, 59, tzinfo=UTC), "2026-11-21 00:00"),
        (datetime(2026, 11, 20, 12, 0, 0, tzinfo=MOSCOW), "2026-11-20 12:00"),
    ],
)
def test_webcom_prints_moscow_to_the_minute(at: datetime, expected: str) -> None:
    assert webcom_request(send_at=at) == (expected, None)


def test_a_lifetime_is_counted_from_when_the_message_is_sent() -> None:
    at = datetime(2026, 11, 20, 12, 0, 30, tzinfo=UTC)
    lifetime = timedelta(hours=1, seconds=0.5)
    assert kit_request(send_at=at, valid_for=lifetime) == ("2026-11-20 17:00:30", "2026-11-20 18:00:31")
    assert webcom_request(send_at=at, valid_for=lifetime) == ("2026-11-20 15:01", "2026-11-20 16:01")


def test_a_lifetime_without_a_beginning_is_counted_from_now() -> None:
    lifetime = timedelta(hours=1)
    for ask_for, step, zone in [(kit_request, SECOND, ALMATY), (webcom_request, MINUTE, MOSCOW)]:
        before = datetime.now(UTC)
        begin, end = ask_for(valid_for=lifetime)
        after = datetime.now(UTC)
        assert begin is None
        assert end is not None
        told = datetime.strptime(end, FORMS[step]).replace(tzinfo=zone)
        assert before + lifetime <= told < after + lifetime + step


def test_a_lifetime_is_as_long_as_asked_for_when_clocks_are_set_meanwhile() -> None:
    """Python adds to a time in a zone by the clock on the wall."""
    spring, autumn = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN), datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN)
    lifetime = timedelta(hours=2)
    assert kit_request(UTC, send_at=spring, valid_for=lifetime) == ("2026-03-29 00:30:00", "2026-03-29 02:30:00")
    assert kit_request(UTC, send_at=autumn, valid_for=lifetime) == ("2026-10-24 23:30:00", "2026-10-25 01:30:00")


MOMENTS = st.timedeltas(timedelta(days=20 * 365), timedelta(days=120 * 365)).map(lambda age: EPOCH + age)
ZONES = st.sampled_from([ALMATY, MOSCOW, BERLIN, UTC, ZoneInfo("Asia/Kathmandu"), ZoneInfo("Australia/Lord_Howe")])


def readings(text: str, form: str, zone: tzinfo) -> set[datetime]:
    """Every moment that a provider could take a printed time for."""
    local = datetime.strptime(text, form).replace(tzinfo=zone)
    both = {local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)}
    return {each for each in both if f"{each.astimezone(zone):{form}}" == text}


@steps
@given(at=MOMENTS, zone=ZONES, given_in=ZONES)
@example(at=datetime(2026, 3, 29, 0, 59, 59, 1, tzinfo=UTC), zone=BERLIN, given_in=UTC)
@example(at=datetime(2026, 10, 25, 1, 30, 0, tzinfo=UTC), zone=BERLIN, given_in=BERLIN)
@example(at=datetime(2026, 10, 25, 0, 59, 59, 1, tzinfo=UTC), zone=BERLIN, given_in=BERLIN)
@example(at=datetime(2026, 10, 25, 1, 59, 59, 1, tzinfo=UTC), zone=BERLIN, given_in=UTC)
@example(at=datetime(2024, 2, 29, 18, 30, tzinfo=UTC), zone=ALMATY, given_in=UTC)
def test_a_moment_is_never_printed_earlier_than_it_is(
    step: timedelta, at: datetime, zone: tzinfo, given_in: tzinfo
) -> None:
    text = printed("send_at", at.astimezone(given_in), zone, FORMS[step], step)
    assert text is not None
    taken = readings(text, FORMS[step], zone)
    assert taken, "clocks never show this time"
    assert min(taken) >= at
    if at.astimezone(zone).fold or (at + step).astimezone(zone).fold:
        # the rest of the hour that comes twice
        assert max(taken) - at < timedelta(hours=1) + step
    else:
        assert min(taken) - at < step


@steps
def test_what_comes_twice_is_printed_as_its_end_when_the_second_is_meant(step: timedelta) -> None:
    def told(hour: int, minute: int, second: int = 0) -> str | None:
        return printed("send_at", datetime(2026, 10, 25, hour, minute, second, tzinfo=UTC), BERLIN, FORMS[step], step)

    end = {SECOND: ":00", MINUTE: ""}[step]
    assert [told(23, 0) is not None, told(0, 0), told(0, 30)] == [
        True,
        f"2026-10-25 02:00{end}",
        f"2026-10-25 02:30{end}",
    ]
    assert {told(1, 0), told(1, 30), told(1, 30, 15), told(1, 59, 59), told(2, 0)} == {f"2026-10-25 03:00{end}"}
    assert told(2, 1) == f"2026-10-25 03:01{end}"


@steps
def test_a_time_that_clocks_leave_out_is_printed_as_they_show_it(step: timedelta) -> None:
    left_out = datetime(2026, 3, 29, 2, 30, tzinfo=BERLIN)
    assert left_out.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert printed("send_at", left_out, BERLIN, "%H:%M:%S", step) == "03:30:00"
    nearly = datetime(2026, 3, 29, 1, 59, 59, 1, tzinfo=BERLIN)
    assert printed("send_at", nearly, BERLIN, "%H:%M:%S", step) == "03:00:00"


@pytest.mark.parametrize("provider", [kazinfoteh, webcom])
@pytest.mark.parametrize(
    ("values", "path"),
    [
        ({"valid_for": timedelta.max}, "valid_for"),
        ({"send_at": datetime.max.replace(tzinfo=UTC)}, "send_at"),
        ({"send_at": datetime.min.replace(tzinfo=timezone(timedelta(hours=14)))}, "send_at"),
        ({"send_at": datetime(9999, 12, 31, 12, tzinfo=UTC), "valid_for": timedelta(hours=10)}, "valid_for"),
        ({"send_at": datetime(9999, 12, 31, 12, tzinfo=UTC), "valid_for": timedelta(hours=13)}, "valid_for"),
    ],
)
def test_what_is_beyond_the_calendar_is_refused_before_anything_is_sent(
    provider: Any, values: dict[str, Any], path: str
) -> None:
    asked: list[httpx.Request] = []
    http = httpx.MockTransport(lambda request: asked.append(request) or httpx.Response(500))
    with pytest.raises(PayloadError, match="beyond the calendar") as caught:
        ask("sync", provider, "http://127.0.0.1:9", "send", [message(), message(**values)], http=http)
    assert caught.value.path == f"messages[1].{path}"
    assert asked == []


def test_smsc_prints_unix_stamps() -> None:
    reply = '{"id": "17", "cnt": 1}'
    for at in (datetime(2026, 11, 20, 12, tzinfo=UTC), datetime(2026, 11, 20, 13, tzinfo=BERLIN)):
        _, request = exchanged(smsc, reply, "send", [message(send_at=at)])
        assert "time=01795176000" in request.split("&")
    _, request = exchanged(smsc, reply, "send", [message(send_at=datetime(2026, 11, 20, 12, 0, 0, 1, tzinfo=UTC))])
    assert "time=01795176001" in request.split("&")


@given(MOMENTS, ZONES)
def test_a_printed_moment_is_read_back(at: datetime, zone: tzinfo) -> None:
    whole = at.replace(microsecond=0)
    text = printed("send_at", whole, zone, FORMS[SECOND], SECOND)
    found = local_moment(text, FORMS[SECOND], zone)
    assert found is not None
    if not whole.astimezone(zone).fold:
        assert found.astimezone(UTC) == whole
