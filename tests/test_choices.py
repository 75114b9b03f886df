"""A choice is taken as the formal schema says: by one alternative with all that it requires, and by no other."""

from __future__ import annotations

import pytest
from support import oracles
from support.choices import CHOICES, ChoiceTrial

from smswire.documents import read
from smswire_documents import PayloadError

every_choice = pytest.mark.parametrize("trial", CHOICES, ids=repr)


@every_choice
def test_a_class_takes_what_the_formal_schema_takes(trial: ChoiceTrial) -> None:
    cls = trial.case.cls(trial.record.name)
    seen = set()
    for taken in trial.takings():
        valid = any(oracles.valid(trial.case, body) for body in trial.bodies(taken))
        seen.add(valid)
        if valid:
            cls(**trial.arguments(taken))
            continue
        with pytest.raises(PayloadError) as caught:
            cls(**trial.arguments(taken))
        assert caught.value.path == trial.record.name
        assert [each for each in trial.says if each not in caught.value.problem] == []
    assert seen == {True, False}


@every_choice
def test_a_reply_is_read_as_the_formal_schema_says(trial: ChoiceTrial) -> None:
    for taken in trial.takings():
        for body in trial.bodies(taken):
            for on_drift in ("raise", "set_aside"):
                reading = read(trial.case.type, body, on_drift=on_drift)
                assert (reading.value is not None) is oracles.valid(trial.case, body)
                assert reading.additions == ()


@every_choice
def test_each_alternative_can_be_taken_as_a_whole_and_two_cannot(trial: ChoiceTrial) -> None:
    """What the two tests above go by: without it they could agree on refusing everything."""
    wholes = [frozenset(each.fields) for each in trial.choice.alternatives]
    for whole in wholes:
        assert any(oracles.valid(trial.case, body) for body in trial.bodies(whole))
    mixed = {one | other for one in wholes for other in wholes}
    for each in mixed:
        if not any(each <= whole for whole in wholes):
            assert not any(oracles.valid(trial.case, body) for body in trial.bodies(each))


def test_there_are_choices_of_every_kind() -> None:
    assert {each.choice.optional for each in CHOICES} == {True, False}
    assert any(len(each.choice.alternatives) > 2 for each in CHOICES)
    assert any(sum(len(one.fields) for one in each.choice.alternatives) > len(each.names) for each in CHOICES)
