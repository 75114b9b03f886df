"""Whether every document of one schema is valid under another: proven, refuted by a document, or undecided."""

from __future__ import annotations

import time
from random import Random

from smswire.diff.json import values
from smswire.diff.json.assertions import UNTOLD
from smswire.diff.json.evaluation import holds
from smswire.diff.json.refusals import nearest
from smswire.diff.json.sampling import Sampler, varied
from smswire.diff.json.shrinking import shrunk
from smswire.diff.json.sides import Side, sampled
from smswire.diff.json.solving import Outcome, OutOfTime, Solver
from smswire.diff.json.universe import Universe
from smswire.diff.json.values import Json
from smswire.diff.model import Inclusion

_SECONDS = 4.0
_PROOF = 0.8
"""The share of the time that goes to proofs; the rest is for documents made up at random."""
_TRIALS = 1.0
_LONG = 300_000
"""A document with more characters is judged without being written."""


def included(universe: Universe, sub: Side, sup: Side, deadline: float | None) -> Inclusion:
    """Whether every document of `sub` is one of `sup`. Raises nothing."""
    if sub.node is sup.node:
        return Inclusion(holds=True)
    now = time.monotonic()
    until = now + _SECONDS if deadline is None else deadline
    samples = sampled((sub, sup))
    solver = Solver(universe, deadline=now + _PROOF * (until - now), samples=samples)
    try:
        outcome = solver.answer([sub.node], [sup.node])
    except OutOfTime:
        outcome = Outcome("unsure", reasons=(((), "takes too long to be decided"),))
    except RecursionError:
        outcome = Outcome("unsure", reasons=(((), "is nested too deeply to be followed"),))
    if outcome.empty:
        return Inclusion(holds=True)
    if outcome.found and values.size(outcome.value) > _LONG:
        if holds(sub.node, outcome.value) is True and holds(sup.node, outcome.value) is False:
            return Inclusion(holds=False)
    elif outcome.has_value and is_witness(sub, sup, outcome.value):
        return _refuted(sub, sup, outcome.value)
    if outcome.certain:
        path, why = outcome.reasons[0]
        rule = "T208" if why == UNTOLD else None
        return Inclusion(holds=False, path="".join(f"/{each}" for each in path), problem=why, rule=rule)
    try:
        witness = _searched(sub, sup, samples, min(until, time.monotonic() + _TRIALS))
    except RecursionError:
        witness = None
    return _undecided(sub, sup, outcome) if witness is None else _refuted(sub, sup, witness[0])


def is_witness(sub: Side, sup: Side, value: Json) -> bool:
    """Whether one side's validator accepts a document and the other's refuses it."""
    text = values.text(value)
    accepted = holds(sub.node, value) if sub.problem else sub.accepts(text)
    if accepted is not True:
        return False
    return (holds(sup.node, value) if sup.problem else sup.accepts(text)) is False


def _searched(sub: Side, sup: Side, samples: tuple[str, ...], until: float) -> tuple[Json] | None:
    """A document to the contrary, by trying many: of either schema, and with something changed."""
    random = Random(0)  # noqa: S311  (the same documents each time are what is wanted)
    sampler = Sampler(random, samples)
    last: Json = None
    while time.monotonic() < until:
        choice = random.random()
        if choice < 0.5:
            value = varied(last, random, sampler.samples)
        else:
            value = sampler.document(sub.node if choice < 0.8 else sup.node)
        if is_witness(sub, sup, value):
            return (value,)
        if choice >= 0.5 or sub.accepts(values.text(value)):
            last = value
    return None


def _refuted(sub: Side, sup: Side, value: Json) -> Inclusion:
    small = values.text(shrunk(value, lambda each: is_witness(sub, sup, each)))
    refusal = nearest(sup, small)
    if refusal is None:
        return Inclusion(holds=False, witness=small)
    return Inclusion(holds=False, witness=small, path=refusal.path, problem=refusal.problem, rule=refusal.rule)


def _undecided(sub: Side, sup: Side, outcome: Outcome) -> Inclusion:
    reasons = [("".join(f"/{step}" for step in path), why) for path, why in outcome.reasons]
    reasons += [("", each.problem) for each in (sub, sup) if each.problem]
    if outcome.found:
        reasons.append(("", "the validator judges the document that was found otherwise"))
    return Inclusion(holds=None, reasons=tuple(dict.fromkeys(reasons)))
