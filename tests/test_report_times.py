"""Moments on their way from a provider: in the zone of the account, and none where no calendar holds it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from support.asking import exchanged

from smswire import Ref, kazinfoteh, quicktel, smsc, webcom
from smswire.providers.mapping import local_moment, moment

ALMATY, BERLIN = ZoneInfo("Asia/Almaty"), ZoneInfo("Europe/Berlin")


def kit_report(completed: str | None, zone: tzinfo | None = None) -> Any:
    told = "" if completed is None else f' date_completed="{completed}"'
    reply = f'<package><status><msg sms_id="5"{told}>102</msg></status></package>'
    [[report], _] = exchanged(kazinfoteh, reply, "status", [Ref(gateway_id="5")], zone=zone)
    assert report.raw.date_completed == completed
    return report


def webcom_report(time: str, zone: tzinfo | None = None) -> Any:
    reply = f'<response><state id_sms="5" time="{time}">deliver</state></response>'
    [[report], _] = exchanged(webcom, reply, "status", [Ref(gateway_id="5")], zone=zone)
    assert report.raw.time == time
    return report


def quicktel_report(date: str, time: str, zone: tzinfo | None = None) -> Any:
    reply = f'<xml_result><sms push_id="5" status="4" delivery_date="{date}" delivery_time="{time}"/></xml_result>'
    [[report], _] = exchanged(quicktel, reply, "status", [Ref(gateway_id="5")], zone=zone)
    assert (report.raw.delivery_date, report.raw.delivery_time) == (date, time)
    return report


def smsc_report(stamp: int) -> Any:
    reply = f'{{"status": 1, "last_date": "28.12.2019 19:20:22", "last_timestamp": {stamp}}}'
    [[report], _] = exchanged(smsc, reply, "status", [Ref(id="17", to="77001234567")])
    assert report.raw.last_timestamp == stamp
    return report


NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def test_a_time_without_a_zone_is_that_of_the_account() -> None:
    for zone, hour in [(None, 17), (timezone(timedelta(hours=6)), 18), (UTC, 12)]:
        assert kit_report(f"2026-11-20T{hour}:00:00", zone).at == NOON
    for zone, hour in [(None, 15), (ALMATY, 17), (UTC, 12)]:
        assert webcom_report(f"2026-11-20 {hour}:00:00", zone).at == NOON
        assert quicktel_report("20.11.2026", f"{hour}:00:00", zone).at == NOON
    for report in (kit_report("2026-11-20T12:00:00"), webcom_report("2026-11-20 12:00:00")):
        assert report.at.utcoffset() is not None


def test_almaty_before_and_after_its_clocks_were_set_back() -> None:
    assert kit_report("2024-02-29T22:00:00").at == datetime(2024, 2, 29, 16, tzinfo=UTC)
    assert kit_report("2024-03-01T00:00:00").at == datetime(2024, 2, 29, 19, tzinfo=UTC)
    # the last hour of February came twice
    assert kit_report("2024-02-29T23:30:00").at.astimezone(UTC) == datetime(2024, 2, 29, 17, 30, tzinfo=UTC)


def test_kazinfoteh_tells_fractions_of_a_second() -> None:
    assert kit_report("2026-11-20T17:00:00.250").at == NOON + timedelta(milliseconds=250)


IMPOSSIBLE = ["2026-02-30 12:00:00", "2026-13-01 12:00:00", "2026-11-20 24:00:01", "2026-11-20 12:60:00"]
IMPOSSIBLE += ["2026-11-20 12:00:61", "0000-00-00 00:00:00", "0000-01-01 00:00:00", "2025-02-29 00:00:00"]


@pytest.mark.parametrize("text", IMPOSSIBLE)
def test_a_time_that_no_calendar_holds_is_told_by_raw_alone(text: str) -> None:
    date, time = text.split()
    year, month, day = date.split("-")
    reports = [webcom_report(text), quicktel_report(f"{day}.{month}.{year}", time), kit_report(f"{date}T{time}")]
    assert [each.at for each in reports] == [None, None, None]
    assert {each.state for each in reports} == {"delivered"}


def test_a_time_that_is_not_told() -> None:
    assert kit_report(None).at is None
    assert webcom_report("").at is None
    for date, time in [("", ""), ("20.11.2026", ""), ("", "12:00:00")]:
        assert quicktel_report(date, time).at is None


def test_a_form_of_a_sister_platform_is_told_by_raw_alone() -> None:
    assert kit_report("200914T15:27:03").at is None


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        (1577550022, datetime(2019, 12, 28, 16, 20, 22, tzinfo=UTC)),
        (1, datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC)),
        (-1, datetime(1969, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (253402300799, datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)),
        (0, None),
        (253402300800, None),
        (10**18, None),
        (-(10**18), None),
        (10**30, None),
    ],
)
def test_smsc_tells_unix_stamps(stamp: int, expected: datetime | None) -> None:
    assert smsc_report(stamp).at == expected
    assert moment(None) is None


def test_what_clocks_show_twice_or_never() -> None:
    """Twice: taken for the first. Never: counted on from before, so that it is as much later as clocks are set."""

    def at(text: str) -> datetime:
        found = local_moment(text, "%Y-%m-%d %H:%M:%S", BERLIN)
        assert found is not None
        return found.astimezone(UTC)

    assert at("2026-10-25 02:30:00") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert at("2026-10-25 03:00:00") == datetime(2026, 10, 25, 2, 0, tzinfo=UTC)
    assert at("2026-03-29 02:30:00") == at("2026-03-29 03:30:00") == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert webcom_report("2026-03-29 02:30:00", BERLIN).at.astimezone(UTC) == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
