"""What a comparison of two schemas says: changes, findings, witnesses, and the verdict.

One vocabulary for XSD and JSON Schema.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Literal, TypeAlias

from attrs import field, frozen

Direction: TypeAlias = Literal["request", "response"]
"""A request is what we write and the provider reads, a response what the provider writes and we read."""

Profile: TypeAlias = Literal["strict", "tolerant"]
"""Whether readers refuse what they do not know, or ignore it."""

Severity: TypeAlias = Literal["error", "warn", "info"]
Verdict: TypeAlias = Literal["compatible", "breaking", "undecided"]
VERDICTS: tuple[Verdict, ...] = ("breaking", "undecided", "compatible")
"""Every verdict, the worst first."""

Side: TypeAlias = Literal["old", "new"]
Effect: TypeAlias = Literal["narrows", "widens", "both", "neutral", "unknown"]
"""What a change does to the set of valid documents."""


@frozen
class Place:
    """Where in a schema something is declared: the file, and line and column from 1, 0 where not known."""

    file: str
    line: int = 0
    column: int = 0


@frozen
class Witness:
    """A document that one side accepts and the other refuses, as both sides' own validators judge it."""

    document: str
    accepted_by: Side


@frozen(kw_only=True)
class Change:
    """One cause, as a front-end saw it: rule, the document path that it is about, and what was there and is now.

    `path` leads through documents, not through schemas: "/order/row/@live" or "/items/*/ref". `old` and `new` are short
    descriptions of the schema's two sides, None for nothing. `effect` is what it does to the language at its place;
    None leaves it to the rule. `open` tells that the enclosing object took any field before (new fields of an open
    object narrow). `children` are consequences that have the same cause.
    """

    rule: str
    path: str
    old: str | None = None
    new: str | None = None
    old_place: Place | None = None
    new_place: Place | None = None
    effect: Effect | None = None
    open: bool = False
    note: str = ""
    children: tuple[Change, ...] = ()


@frozen(kw_only=True)
class Inclusion:
    """Whether every document of one schema (`sub`) is valid under the other (`sup`).

    `holds` is True when proven, False when a witness was found or the contrary is proven, None when undecided;
    `reasons` then say why it could not be decided. `witness` is a document that `sub` accepts and `sup` refuses, as
    its text.
    """

    holds: bool | None
    witness: str | None = None
    reasons: tuple[tuple[str, str], ...] = ()
    """Document path and reason of what could not be decided."""
    path: str = ""
    """Document path at which `sup` refuses the witness, as its validator says."""
    problem: str = ""
    """What `sup` has against the witness there, without the witness's values."""
    rule: str | None = None
    """The rule that comes nearest to it, where the front-end can tell."""


@frozen(kw_only=True)
class Finding:
    """What a person is told: a change with its severity in the direction asked for.

    `proven` tells that the report's witness shows it. There is one witness, so of several errors one is proven at most;
    the others are what their rules say of such a change.
    """

    rule: str
    name: str
    severity: Severity
    path: str
    message: str
    direction: Direction
    old: str | None = None
    new: str | None = None
    old_place: Place | None = None
    new_place: Place | None = None
    effect: Effect = "unknown"
    """What the change does to the set of valid documents, whoever reads them."""
    open: bool = False
    """The object around it took any field before, so that a new field takes away what the name was free for."""
    proven: bool = False
    witness: Witness | None = None
    children: tuple[Finding, ...] = field(default=())
    """What has the same cause, such as the changes within a field that was moved."""

    @property
    def fingerprint(self) -> str:
        """What stays the same from run to run, wherever the files are: 16 hexadecimal digits."""
        told = "\0".join((self.rule, self.path, self.direction, self.old or "", self.new or ""))
        return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]


@frozen(kw_only=True)
class Report:
    """The result of comparing one document's two schemas in one direction. The worst finding is the first."""

    verdict: Verdict
    findings: tuple[Finding, ...]
    tolerant: Verdict
    """The verdict for readers that ignore what they do not know: the profile `tolerant`, whatever was asked for."""
    direction: Direction
    profile: Profile
    old: str
    new: str
    document: str = ""
    """What it is about, for people: "quicktel/sms_send.request"."""
    hidden: tuple[Finding, ...] = ()
    """Findings whose rules are off, or were switched off. They are not shown, and count for the advice on versions."""
    witness: Witness | None = None
    """A document that only one side accepts, where one was found. The profile `tolerant` has those that it minds."""
