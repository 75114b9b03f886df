"""Random schemas and random edits: no verdict contradicts a document that the validators judge."""

from __future__ import annotations

import json
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from diff.json.comparing import answer, read, validator
from diff.json.schemas import KEYWORDS, Maker, Schema, edited, value
from smswire.diff.json import values
from smswire.diff.json.sampling import Sampler

DRAFTS = st.sampled_from(sorted(KEYWORDS))
SEEDS = st.integers(0, 2**32)
DOCUMENTS = 120


def made(seed: int, draft: str) -> tuple[Random, Schema]:
    random = Random(seed)
    return random, Maker(random, draft).document()


@given(SEEDS, DRAFTS, st.booleans())
def test_no_verdict_contradicts_a_document(seed: int, draft: str, related: bool) -> None:
    random, old = made(seed, draft)
    new = edited(random, old, draft) if related else Maker(random, draft).document()
    pair = read(old, new)
    # a witness is checked here; what is called compatible must hold for whatever document there is
    compatible = [sub for sub in ("old", "new") if answer(pair, sub, old, new, draft=draft) == "compatible"]
    mine, theirs = validator(old, draft), validator(new, draft)
    sampler = Sampler(random)
    for _ in range(DOCUMENTS):
        made_up = sampler.document(random.choice([pair.old.node, pair.new.node]))
        document = random.choice([value(random), json.loads(values.text(made_up))])
        accepted = mine.is_valid(document), theirs.is_valid(document)
        assert not ("old" in compatible and accepted == (True, False)), document
        assert not ("new" in compatible and accepted == (False, True)), document


@given(SEEDS, DRAFTS)
def test_a_schema_is_compatible_with_itself(seed: int, draft: str) -> None:
    _, schema = made(seed, draft)
    pair = read(schema, schema)
    assert (pair.included("old").holds, pair.included("new").holds, pair.changes()) == (True, True, ())


@given(SEEDS, DRAFTS)
def test_swapping_the_sides_swaps_the_verdicts(seed: int, draft: str) -> None:
    random, old = made(seed, draft)
    new = edited(random, old, draft)
    there, back = read(old, new), read(new, old)
    # what cannot be decided may be decided by chance, one way and not the other
    for sub, other in (("old", "new"), ("new", "old")):
        found = {there.included(sub).holds, back.included(other).holds}
        assert found != {True, False}


@given(SEEDS, DRAFTS)
def test_changes_are_always_told(seed: int, draft: str) -> None:
    random, old = made(seed, draft)
    for each in read(old, edited(random, old, draft)).changes():
        assert each.rule
        assert each.path == "" or each.path.startswith("/")
        assert each.old_place is not None
        assert each.old_place.line > 0
