"""Replies without markup, as the provider's page prints them: fmt=0, a line of pairs, and fmt=1, values and commas.

Nothing is quoted: a text with commas or line breaks goes out as it is.
"""

from __future__ import annotations

from smswire.sandbox.smsc.errors import Refused
from smswire_documents.smsc import HistoryRecord


def pairs(row: HistoryRecord) -> str:
    """A message of the history with fmt=0; it has no Unix stamps."""
    return (
        f"Status = {row.status}, check_time = {row.last_date}, err = {row.err}, send_date = {row.send_date}, "
        f"phone = {row.phone}, mccmnc = {row.mccmnc}, country = {row.country}, operator = {row.operator}, "
        f"region = {row.region}, cost = {row.cost}, sender_id = {row.sender_id}, status_name = {row.status_name}, "
        f"message = {row.message}, type = {row.type}, ID = {row.id}, int_id = {row.int_id}, "
        f"sms_cnt = {row.sms_cnt}, format = {row.format}, crc = {row.crc}"
    )


def commas(row: HistoryRecord) -> str:
    """A message of the history with fmt=1; it has no printed dates, and a blank before the text."""
    return (
        f"{row.status},{row.last_timestamp},{row.err},{row.send_timestamp},{row.phone},{row.mccmnc},{row.country},"
        f"{row.operator},{row.region},{row.cost},{row.sender_id},{row.status_name}, {row.message},{row.type},{row.id},"
        f"{row.int_id},{row.sms_cnt},{row.format},{row.crc}"
    )


def error(refused: Refused, fmt: int) -> str:
    """An error of any script; fmt=1 has no words."""
    if fmt == 1:
        return f"{refused.id or 0},-{refused.code}"
    about = "" if refused.id is None else f", ID - {refused.id}"
    return f"ERROR = {refused.code} ({refused.words}){about}"
