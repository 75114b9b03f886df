"""Markdown in which names are names, whatever is in them."""

from __future__ import annotations

import re

import pytest

from smswire.diff.formats import RENDERERS
from smswire.diff.formats.markdown import code
from smswire.diff.model import Change, Inclusion
from smswire.diff.outcome import Outcome, Problem
from smswire.diff.report import Settings, build


@pytest.mark.parametrize("holds", [False, None])
@pytest.mark.parametrize("name", ["<img src=x>", "@everyone", "a`b", "[a](b)", "&lt;b&gt;", "**x**", "a|b"])
def test_odd_names_are_no_markup(name: str, holds: bool | None) -> None:
    odd = Change(rule="F004", path=f"/{name}", old=f"{name}\n\n## {name}")
    settings = Settings(direction="request")
    report = build(
        [odd], Inclusion(holds=holds), settings, language="json", old="o", new="n", document=f"{name}\n{name}"
    )
    told = RENDERERS["markdown"](Outcome(reports=(report,), problems=(Problem(name, name),)))
    bare = re.sub(r"(?<!\\)(`+).*?(?<!`)\1(?!`)", "", told)
    assert name not in bare
    assert "## Schema comparison" in bare
    assert [line for line in told.splitlines() if line.startswith("#")] == [
        "## Schema comparison",
        "### Requests (we write, the provider reads)",
        "### Not compared",
        "### Changelog",
        "#### Removed",
    ]


def test_nobody_is_mentioned_beside_a_witness() -> None:
    holds = Inclusion(holds=False, witness="@everyone")
    report = build([], holds, Settings(direction="request"), language="json", old="o", new="n", document="@everyone")
    told = RENDERERS["markdown"](Outcome(reports=(report,)))
    assert "<summary>@&#8203;everyone (request)" in told
    # in a fence nothing is more than its text
    assert [line for line in told.splitlines() if "@e" in re.sub("`.*?`", "", line)] == ["@everyone"]


@pytest.mark.parametrize("text", ["plain", "a`b", "a``b", "`", "``` x"])
def test_code_ends_where_its_text_does(text: str) -> None:
    told = code(text)
    fence = re.match("`+", told)
    assert fence is not None
    inner = told.removeprefix(fence[0]).removesuffix(fence[0])
    assert inner.strip() == text
    assert fence[0] not in re.findall("`+", inner)
