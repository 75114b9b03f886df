"""The messages that a sandbox has accepted, in SQLite."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from smswire.sandbox.life import Outcome, State, state_at

_TABLE = """
CREATE TABLE IF NOT EXISTS messages (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  provider TEXT NOT NULL,
  own_id TEXT,
  gateway_id TEXT NOT NULL,
  recipient TEXT NOT NULL,
  digits TEXT NOT NULL,
  text TEXT NOT NULL,
  sender TEXT NOT NULL,
  accepted_at REAL NOT NULL,
  send_at REAL,
  parts INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  kind INTEGER NOT NULL,
  cents INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS by_own_id ON messages (provider, own_id);
CREATE INDEX IF NOT EXISTS by_gateway_id ON messages (provider, gateway_id);
"""
# identifiers begin where they look like a gateway's and not like an index
_BEGIN = """
INSERT INTO sqlite_sequence (name, seq)
SELECT 'messages', 1000000 WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence)
"""
_COLUMNS = "provider, own_id, gateway_id, recipient, text, sender, accepted_at, send_at, parts, outcome, kind, cents"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A message about to be accepted.

    `gateway_id` is the message's number where absent. Moments are Unix seconds; `kind` is the provider's number of
    the channel, `cents` the cost in hundredths.
    """

    provider: str
    own_id: str | None
    recipient: str
    text: str
    sender: str
    accepted_at: float
    parts: int
    outcome: Outcome
    gateway_id: str | None = None
    send_at: float | None = None
    kind: int = 0
    cents: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A message that was accepted; `number` is its own among all providers' messages."""

    number: int
    provider: str
    own_id: str | None
    gateway_id: str
    recipient: str
    text: str
    sender: str
    accepted_at: float
    send_at: float | None
    parts: int
    outcome: Outcome
    kind: int
    cents: int

    @property
    def begins(self) -> float:
        """When it is sent: on acceptance, or later where that was asked for."""
        return self.accepted_at if self.send_at is None else max(self.accepted_at, self.send_at)

    def state(self, now: float) -> tuple[State, float]:
        """Where the message is at a moment, and since when."""
        return state_at(self.number, self.outcome, self.accepted_at, self.begins, now)


def digits(recipient: str) -> str:
    """A recipient without its leading +, as which it is looked up."""
    return recipient.removeprefix("+")


class Store:
    """Safe to share between threads. Raises `sqlite3.Error` where the database cannot be opened or written."""

    def __init__(self, database: str | Path) -> None:
        self._lock = threading.RLock()
        self._db = sqlite3.connect(database, check_same_thread=False)
        with self._lock, self._db:
            # nothing here is worth waiting for a disk
            self._db.execute("PRAGMA synchronous = OFF")
            self._db.executescript(_TABLE)
            self._db.execute(_BEGIN)

    def add(self, drafts: Iterable[Draft]) -> list[Stored]:
        """Accept messages, all of them or none."""
        with self._lock, self._db:
            return [self._add(each) for each in drafts]

    def _add(self, draft: Draft) -> Stored:
        marks = ", ".join("?" * 13)
        cursor = self._db.execute(
            f"INSERT INTO messages ({_COLUMNS}, digits) VALUES ({marks})",  # noqa: S608 (our own names)
            (
                draft.provider,
                draft.own_id,
                draft.gateway_id or "",
                draft.recipient,
                draft.text,
                draft.sender,
                draft.accepted_at,
                draft.send_at,
                draft.parts,
                draft.outcome.value,
                draft.kind,
                draft.cents,
                digits(draft.recipient),
            ),
        )
        number = cursor.lastrowid
        if draft.gateway_id is None:
            self._db.execute("UPDATE messages SET gateway_id = ? WHERE number = ?", (str(number), number))
        [stored] = self._select("number = ?", [number])
        return stored

    def all(self, provider: str | None = None) -> list[Stored]:
        """Every message in the order of acceptance, of one provider or of all."""
        if provider is None:
            return self._select("1", [])
        return self._select("provider = ?", [provider])

    def first_by_own_id(self, provider: str, own_id: str) -> Stored | None:
        """The first message that was sent with an identifier of the client's."""
        return next(iter(self._select("provider = ? AND own_id = ?", [provider, own_id], "number LIMIT 1")), None)

    def last_by_gateway_id(self, provider: str, gateway_id: str, recipient: str | None = None) -> Stored | None:
        """The newest message of this identifier, of those to one recipient where given."""
        where, values = "provider = ? AND gateway_id = ?", [provider, gateway_id]
        if recipient is not None:
            where, values = f"{where} AND digits = ?", [*values, digits(recipient)]
        return next(iter(self._select(where, values, "number DESC LIMIT 1")), None)

    def newest(self, provider: str, *, since: float, until: float, before: int | None) -> list[Stored]:
        """The messages accepted from `since` until before `until`, newest first, of numbers below `before`."""
        where, values = "provider = ? AND accepted_at >= ? AND accepted_at < ?", [provider, since, until]
        if before is not None:
            where, values = f"{where} AND number < ?", [*values, before]
        return self._select(where, values, "number DESC")

    def spent(self, provider: str) -> int:
        """What the messages of a provider have cost so far, in hundredths."""
        with self._lock:
            row = self._db.execute("SELECT coalesce(sum(cents), 0) FROM messages WHERE provider = ?", [provider])
            return int(row.fetchone()[0])

    def latest(self) -> float:
        """When the last message was accepted, 0 where there is none."""
        with self._lock:
            return float(self._db.execute("SELECT coalesce(max(accepted_at), 0) FROM messages").fetchone()[0])

    def close(self) -> None:
        """Close the database; the messages of one in memory are gone."""
        with self._lock:
            self._db.close()

    def _select(self, where: str, values: Sequence[object], order: str = "number") -> list[Stored]:
        query = f"SELECT number, {_COLUMNS} FROM messages WHERE {where} ORDER BY {order}"  # noqa: S608 (our own text)
        with self._lock:
            rows = self._db.execute(query, values).fetchall()
        return [_stored(row) for row in rows]


def _stored(row: tuple[int, str, str | None, str, str, str, str, float, float | None, int, str, int, int]) -> Stored:
    number, provider, own_id, gateway_id, recipient, text, sender, accepted_at, send_at, parts, outcome, kind, cents = (
        row
    )
    return Stored(
        number=number,
        provider=provider,
        own_id=own_id,
        gateway_id=gateway_id,
        recipient=recipient,
        text=text,
        sender=sender,
        accepted_at=accepted_at,
        send_at=send_at,
        parts=parts,
        outcome=Outcome(outcome),
        kind=kind,
        cents=cents,
    )
