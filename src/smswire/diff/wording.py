"""What is said of a change: one sentence that any reader of a pipeline's log understands."""

from __future__ import annotations

from smswire.diff.model import Change, Direction, Effect
from smswire.diff.rules import Rule, breaks

REFUSED = {
    "request": "requests that were valid may be refused",
    "response": "replies may come that the old schema refuses",
}
"""What it means that a direction breaks."""

_FINE = {"request": "requests that were valid stay so", "response": "replies are still what the old schema allows"}
TOLERATED = {
    "request": "a provider that ignores what it does not know still takes the requests",
    "response": "replies may hold what the old schema does not have, and tolerant readers do not mind",
}
"""The same for the profile `tolerant`, of what it does not mind."""

_UNKNOWN = "what that does to documents is not known"
_PROVEN = {
    "request": "proven harmless: every request of the old schema is valid under the new one",
    "response": "proven harmless: every reply of the new schema is valid under the old one",
}


def message(rule: Rule, change: Change, direction: Direction, effect: Effect, *, tolerated: bool = False) -> str:
    """The rule's title, what was there and is now, and what that means in the direction asked for."""
    head, meaning = headline(rule, change.old, change.new), _meaning(rule, change, direction, effect)
    if tolerated and REFUSED[direction] in meaning:
        meaning = TOLERATED[direction]
    return "; ".join(each for each in (head, change.note, meaning) if each)


def proven_harmless(text: str, direction: Direction) -> str:
    """A message that began as bad news, which a proof took back."""
    told = text.replace(f"; {REFUSED[direction]}", "").replace(f"; {TOLERATED[direction]}", "")
    return f"{told}; {_PROVEN[direction]}"


def unproven(text: str, direction: Direction) -> str:
    """A message of bad news of which no proof was found."""
    return text.replace(REFUSED[direction], f"{REFUSED[direction]}, which is not proven")


def breaking(rule: Rule, text: str, direction: Direction) -> str:
    """The message of what broke, whether its rule knew it or a document shows it."""
    told = text.replace(_UNKNOWN, rule.says.get("proven", f"{REFUSED[direction]}, as the document shows"))
    return told if told != text or REFUSED[direction] in text else f"{text}; {REFUSED[direction]}"


def refusal(rule: Rule, problem: str, direction: Direction) -> str:
    """What is said when no change tells what broke."""
    return "; ".join(each for each in (rule.title, problem, REFUSED[direction]) if each)


def headline(rule: Rule, old: str | None, new: str | None) -> str:
    """The rule's title, with what was there and is now."""
    if old is not None and new is not None:
        return f"{rule.title}: {old} -> {new}"
    told = new if old is None else old
    if told is None:
        return rule.title
    title = rule.title_added if old is None else rule.title_removed
    return f"{title or rule.title}: {told}"


def _meaning(rule: Rule, change: Change, direction: Direction, effect: Effect) -> str:
    keys = (f"open-{direction}", direction) if change.open else (direction,)
    for key in keys:
        if key in rule.says:
            return rule.says[key]
    if effect in ("neutral", "unknown"):
        return "" if effect == "neutral" else _UNKNOWN
    told = REFUSED[direction] if breaks(effect, direction) else _FINE[direction]
    if change.open and rule.open_effect == effect == "narrows" and direction == "request":
        return f"{told} if they used the name freely, as they could (the profile `tolerant` does not mind)"
    return told
