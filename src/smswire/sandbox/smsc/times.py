"""smsc's dates: the forms in which they are asked for, and the one in which they are answered."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

# the provider writes dates in the account's zone; the sandbox's account is in Kazakhstan, as the provider
ZONE = ZoneInfo("Asia/Almaty")
_MOSCOW = 3
_LATEST = 4_102_444_800  # the year 2100


class BadDate(ValueError):
    """A date that matches the schema's pattern and is none."""


def printed(moment: float) -> str:
    """A moment as replies show it: DD.MM.YYYY hh:mm:ss."""
    return f"{datetime.fromtimestamp(moment, ZONE):%d.%m.%Y %H:%M:%S}"


def day(text: str) -> date:
    """A day, dd.mm.yyyy. Raises `BadDate`."""
    try:
        return datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        raise BadDate from None


def midnight(of: date) -> float:
    """When a day begins in the account's zone, in Unix seconds."""
    return datetime(of.year, of.month, of.day, tzinfo=ZONE).timestamp()


def send_at(time: str | None, tz: int | None, now: float) -> float | None:
    """The moment that `time` of send.php means, None for at once. `tz` is hours from Moscow's. Raises `BadDate`."""
    if not time:
        return None
    try:
        moment = _moment(time, _zone(tz), now)
    except (ValueError, OverflowError):
        raise BadDate from None
    if moment is not None and not 0 <= moment < _LATEST:
        raise BadDate
    return moment


def _zone(tz: int | None) -> timezone | ZoneInfo:
    return ZONE if tz is None else timezone(timedelta(hours=_MOSCOW + tz))


def _moment(time: str, zone: timezone | ZoneInfo, now: float) -> float | None:
    if time.startswith("+"):
        return now + int(time[1:]) * 60
    if "-" in time:
        return _within(time, zone, now)
    if "." in time:
        return datetime.strptime(time, "%d.%m.%y %H:%M").replace(tzinfo=zone).timestamp()
    if len(time) == 10:  # 0<Unix time> is longer, since 2001
        return datetime.strptime(time, "%d%m%y%H%M").replace(tzinfo=zone).timestamp()
    return float(int(time[1:]))


def _within(hours: str, zone: timezone | ZoneInfo, now: float) -> float | None:
    """At once when it is between the two hours, which may enclose midnight; else at the first."""
    first, last = (int(each) for each in hours.split("-"))
    local = datetime.fromtimestamp(now, zone)
    begin = local.replace(hour=first, minute=0, second=0, microsecond=0)
    inside = first <= local.hour < last if first < last else local.hour >= first or local.hour < last
    if inside:
        return None
    return (begin if begin >= local else begin + timedelta(days=1)).timestamp()
