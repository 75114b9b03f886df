"""What a validator has against a document: where, in words that repeat nothing of it, and by the nearest rule."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from smswire.diff.json.sides import Refusal, Side


@frozen
class Problem:
    """Why a document is refused, at a document path."""

    path: str
    problem: str
    rule: str | None


_WORDS: Mapping[str, tuple[str, str]] = {
    "required": ("a required field is missing", "F005"),
    "additionalProperties": ("a field is not allowed", "O601"),
    "unevaluatedProperties": ("a field is not allowed", "O601"),
    "patternProperties": ("a field is not as its name demands", "O603"),
    "propertyNames": ("the name of a field is not allowed", "O603"),
    "dependentRequired": ("a field lacks another that it needs", "S507"),
    "dependencies": ("a field lacks what it needs", "S507"),
    "dependentSchemas": ("a field lacks what it needs", "S507"),
    "minProperties": ("there are too few fields", "C101"),
    "maxProperties": ("there are too many fields", "C103"),
    "type": ("the value has a type that is not allowed", "T203"),
    "enum": ("the value is none of those listed", "V302"),
    "const": ("the value is not the fixed one", "V306"),
    "minimum": ("the number is too small", "R411"),
    "exclusiveMinimum": ("the number is too small", "R411"),
    "maximum": ("the number is too great", "R413"),
    "exclusiveMaximum": ("the number is too great", "R413"),
    "multipleOf": ("the number is no multiple of what it must be", "R415"),
    "minLength": ("the text is too short", "L401"),
    "maxLength": ("the text is too long", "L403"),
    "pattern": ("the text does not match the pattern", "P421"),
    "format": ("the text is not of the format", "P425"),
    "contentEncoding": ("the text is not encoded as it must be", "P425"),
    "contentMediaType": ("the text does not hold what it must", "P425"),
    "minItems": ("there are too few items", "C101"),
    "maxItems": ("there are too many items", "C103"),
    "uniqueItems": ("two items are equal", "C107"),
    "contains": ("no item is as one must be", "C101"),
    "minContains": ("too few items are as they must be", "C101"),
    "maxContains": ("too many items are as some may be", "C103"),
    "additionalItems": ("there is an item too many", "C103"),
    "unevaluatedItems": ("there is an item too many", "C103"),
    "items": ("there is an item too many", "C103"),
    "anyOf": ("the value fits no alternative", "S502"),
    "oneOf": ("the value fits no alternative", "S502"),
    "not": ("the value is what it must not be", "S507"),
    "if": ("the value breaks a condition", "S509"),
}


def nearest(side: Side, text: str) -> Problem | None:
    """What the side's validator says of a document that it refuses; the deepest of several reasons."""
    refusals = [_inmost(each) for each in side.refusals(text)]
    return None if not refusals else _problem(max(refusals, key=_depth))


def _inmost(refusal: Refusal) -> Refusal:
    """Where alternatives refuse a document, what the one has against it that comes nearest to it."""
    inner = [min(map(_inmost, branch), key=_depth) for branch in refusal.alternatives if branch]
    if not inner:
        return refusal
    ranked = sorted(inner, key=_depth, reverse=True)
    # when none comes nearer than another, it is the choice that refuses
    alike = len(ranked) > 1 and _depth(ranked[0]) == _depth(ranked[1])
    return refusal if alike or _depth(ranked[0]) <= _depth(refusal) else ranked[0]


def _depth(refusal: Refusal) -> tuple[int, bool]:
    return len(refusal.path), refusal.field is not None


def _problem(refusal: Refusal) -> Problem:
    path = "".join(f"/{'*' if isinstance(each, int) else each}" for each in refusal.path)
    path += "" if refusal.field is None else f"/{refusal.field}"
    if refusal.overlaps:
        return Problem(path, "the value fits more than one alternative", "S503")
    for step in reversed(refusal.schema_path):
        if isinstance(step, str) and step in _WORDS:
            words, rule = _WORDS[step]
            return Problem(path, words, rule)
    return Problem(path, "nothing is allowed here", "F010")
