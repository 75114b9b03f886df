"""Reports: the verdict is the proof's, and no finding contradicts it."""

from __future__ import annotations

from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from diff.pairs import OPEN, PROVEN, REFUTED, FakePair, pretend
from smswire.diff import UnreadableSchema, compare, frontend
from smswire.diff.model import Change, Direction, Effect, Finding, Inclusion, Place, Profile, Report, Side
from smswire.diff.report import Settings, build
from smswire.diff.rules import Level, breaks, rules
from smswire.diff.rules.facing import NARROWED_AND_WIDENED

NARROWED = Change(rule="L403", path="/order/note", old="160", new="70", old_place=Place("old.xsd", 3))
WIDENED = Change(rule="L404", path="/order/note", old="70", new="160")
ADDED = Change(rule="F002", path="/order/tag", new="tag", open=True)


def report(
    *changes: Change,
    holds: Inclusion = PROVEN,
    direction: Direction = "request",
    profile: Profile = "strict",
    levels: dict[str, Level] | None = None,
) -> Report:
    settings = Settings(direction=direction, profile=profile, levels=levels or {})
    return build(changes, holds, settings, language="json", old="old.json", new="new.json")


def told(found: Report) -> list[tuple[str, str]]:
    return [(each.rule, each.severity) for each in found.findings]


def test_bad_news_that_a_proof_takes_back_is_no_error() -> None:
    found = report(NARROWED, holds=PROVEN)
    assert found.verdict == "compatible"
    assert told(found) == [("L403", "info")]
    assert "proven harmless" in found.findings[0].message
    assert "may be refused" not in found.findings[0].message


def test_a_proof_takes_no_warning_back() -> None:
    changed = Change(rule="V308", path="/order/ttl", old="60", new="1440")
    assert told(report(changed)) == [("V308", "warn")]


@pytest.mark.parametrize(("direction", "worse"), [("request", "L403"), ("response", "L404")])
def test_the_direction_decides_which_change_breaks(direction: Direction, worse: str) -> None:
    found = report(NARROWED, WIDENED, holds=REFUTED, direction=direction)
    assert found.verdict == "breaking"
    assert [rule for rule, severity in told(found) if severity == "error"] == [worse]
    assert found.findings[0].rule == worse


@pytest.mark.parametrize(("direction", "side"), [("request", "old"), ("response", "new")])
def test_the_witness_is_shown_at_what_it_proves(direction: Direction, side: Side) -> None:
    other = evolve(NARROWED, rule="T201", path="/other")
    close = evolve(NARROWED, rule="V305")
    found = report(other, close, holds=evolve(REFUTED, path="/order[2]/note"), direction=direction)
    proven = [each for each in found.findings if each.proven]
    assert [(each.rule, each.path) for each in proven] == [("V305", "/order/note")]
    assert proven[0].witness == found.witness
    assert found.witness is not None
    assert (found.witness.document, found.witness.accepted_by) == ("<order/>", side)


@pytest.mark.parametrize(
    ("refused", "nearest"),
    [
        ("/order/tag", "/order/tag"),
        ("/order", "/order/tag"),
        ("/order/row[2]/id", "/order/row/*"),
        ("/row/tag", "/order/row/tag"),
        ("/order/row/tag/deep", "/order/row/tag"),
        ("/order/label", "/order/name"),
        ("/", "/order/tag"),
        ("/reply/code", None),
        ("/order/other", None),
    ],
)
def test_the_nearest_finding_is_proven(refused: str, nearest: str | None) -> None:
    paths = ["/order/row/*", "/order/row/tag", "/order/tag"]
    removed = [Change(rule="F003", path=each, old=each) for each in paths]
    renamed = Change(rule="F007", path="/order/name", old="name", new="label")
    holds = Inclusion(holds=False, path=refused, witness='{"order": {"tag": 1}}', rule="F003")
    found = report(*removed, renamed, holds=holds)
    assert next((each.path for each in found.findings if each.proven), None) == nearest


def test_of_equally_near_findings_the_one_that_the_witness_tells_of_is_proven() -> None:
    changes = [Change(rule="F003", path="/b"), Change(rule="F003", path="/a"), Change(rule="F005", path="/c")]
    [proven] = [
        each
        for each in report(*changes, holds=Inclusion(holds=False, witness='{"a": 1, "c": 2}')).findings
        if each.proven
    ]
    assert proven.path == "/a"
    [proven] = [each for each in report(*changes, holds=Inclusion(holds=False, witness="{}")).findings if each.proven]
    assert proven.path == "/c"


def test_a_witness_of_something_else_proves_no_finding() -> None:
    found = report(evolve(NARROWED, path="/order/note/text"), holds=evolve(REFUTED, path="/reply/code"))
    assert told(found) == [("L403", "error")]
    assert found.findings[0].witness is None
    assert found.witness is not None


def test_what_only_the_witness_shows_becomes_a_finding() -> None:
    found = report(WIDENED, holds=evolve(REFUTED, path="/order/code", problem="not a number"))
    assert found.verdict == "breaking"
    assert told(found) == [("T203", "error"), ("L404", "info")]
    assert found.findings[0].path == "/order/code"
    assert found.findings[0].proven
    assert "not a number" in found.findings[0].message
    assert told(report(holds=REFUTED, direction="response")) == [("T202", "error")]
    assert told(report(holds=evolve(REFUTED, rule="S503"))) == [("S503", "error")]


def test_a_lesser_finding_that_the_witness_proves_is_an_error() -> None:
    found = report(ADDED, WIDENED, holds=evolve(REFUTED, path="/order/tag"))
    assert told(found) == [("F002", "error"), ("L404", "info")]
    assert found.findings[0].proven
    assert "tolerant" in found.findings[0].message


def test_beside_an_error_it_keeps_its_severity() -> None:
    found = report(ADDED, NARROWED, holds=REFUTED)
    assert told(found) == [("L403", "error"), ("F002", "warn")]


def test_the_tolerant_profile_does_not_mind_what_readers_ignore() -> None:
    found = report(ADDED, holds=evolve(REFUTED, path="/order/tag"), profile="tolerant")
    assert found.verdict == "compatible"
    assert told(found) == [("F002", "info")]
    value = Change(rule="V301", path="/order/code", new="x")
    found = report(value, holds=evolve(REFUTED, path="/order/code"), direction="response", profile="tolerant")
    assert (found.verdict, told(found)) == ("compatible", [("V301", "warn")])


def test_the_tolerant_profile_minds_all_else() -> None:
    found = report(ADDED, NARROWED, holds=REFUTED, profile="tolerant")
    assert found.verdict == "breaking"
    found = report(ADDED, holds=evolve(REFUTED, path="/reply/code"), profile="tolerant")
    assert (found.verdict, told(found)) == ("breaking", [("T203", "error"), ("F002", "info")])


def test_what_is_undecided_says_why() -> None:
    found = report(NARROWED, holds=OPEN)
    assert found.verdict == "undecided"
    assert told(found) == [("L403", "error"), ("X900", "warn")]
    assert found.findings[1].path == "/order/note"
    assert "too large" in found.findings[1].message
    assert told(report(holds=Inclusion(holds=None))) == [("X900", "warn")]


def test_a_user_may_set_the_level_of_a_rule() -> None:
    assert told(report(NARROWED, holds=REFUTED, levels={"L403": "info"})) == [("L403", "info")]
    assert told(report(NARROWED, holds=PROVEN, levels={"L403": "error"})) == [("L403", "error")]
    assert told(report(NARROWED, holds=REFUTED, levels={"L403": "off"})) == []
    assert report(NARROWED, holds=REFUTED, levels={"L403": "off"}).verdict == "breaking"
    assert told(report(Change(rule="D801", path="/"), levels={"D801": "info"})) == [("D801", "info")]
    assert told(report(Change(rule="D801", path="/"))) == []


@pytest.mark.parametrize("effect", [None, "widens", "narrows", "both"])
@pytest.mark.parametrize("direction", ["request", "response"])
@pytest.mark.parametrize("holds", [PROVEN, REFUTED, OPEN])
@pytest.mark.parametrize(("rule", "severity"), [("V308", "warn"), ("N704", "info")])
def test_a_steady_rule_is_as_severe_as_it_is(
    rule: str, severity: str, holds: Inclusion, direction: Direction, effect: Effect | None
) -> None:
    found = report(
        Change(rule=rule, path="/order", new="1", effect=effect),
        holds=evolve(holds, rule=rule if rule == "N704" else None),
        direction=direction,
    )
    [own] = [each for each in found.findings if each.rule == rule]
    assert (own.severity, own.proven) == (severity, False)
    # what breaks all the same is told by another rule
    assert ("error" in {each.severity for each in found.findings}) is (found.verdict == "breaking")


def test_a_default_is_added_changed_or_removed() -> None:
    for old, new, head in ((None, "1", "added: 1"), ("1", "2", "changed: 1 -> 2"), ("1", None, "removed: 1")):
        [found] = report(Change(rule="V308", path="/ttl", old=old, new=new)).findings
        assert found.message == f"a default was {head}; what is left out means something else"


def test_what_a_document_shows_is_known() -> None:
    unsure = Change(rule="P424", path="/order", old="^(a)\\1$", new="^(b)\\1$")
    [found] = report(unsure, holds=REFUTED).findings
    assert (found.severity, found.proven) == ("error", True)
    assert "not known" not in found.message
    assert "the pattern changed, as the document shows" in found.message
    for holds in (OPEN, PROVEN, Inclusion(holds=False, path="/order")):
        [found] = [each for each in report(unsure, holds=holds).findings if each.rule == "P424"]
        assert (found.severity, found.proven) == ("warn", False)
        assert "not known" in found.message


@pytest.mark.parametrize(("narrowed", "widened"), NARROWED_AND_WIDENED)
def test_what_one_side_alone_accepts_is_told_from_that_side(narrowed: str, widened: str) -> None:
    for seen in (narrowed, widened):
        old = report(holds=evolve(REFUTED, rule=seen))
        new = report(holds=evolve(REFUTED, rule=seen), direction="response")
        assert [each.effect for each in (*old.findings, *new.findings)] == ["narrows", "widens"]
        assert new.findings[0].rule == widened
        assert old.findings[0].rule in {one for one, other in NARROWED_AND_WIDENED if other == widened}
    assert breaks(rules()[narrowed].effect, "request")
    assert breaks(rules()[widened].effect, "response")


def test_children_go_with_their_cause() -> None:
    moved = Change(rule="F008", path="/order/phone", children=(NARROWED, Change(rule="D801", path="/order/phone")))
    [found] = report(moved, holds=REFUTED).findings
    assert [(each.rule, each.severity) for each in found.children] == [("L403", "error")]
    # what is not shown leaves what it led to
    assert told(report(moved, holds=REFUTED, levels={"F008": "off"})) == [("L403", "error")]


def test_the_effect_that_a_front_end_saw_decides() -> None:
    became = Change(rule="C105", path="/order/row")
    assert told(report(became, holds=PROVEN)) == [("C105", "info")]
    assert told(report(evolve(became, effect="widens"), holds=OPEN)) == [("X900", "warn"), ("C105", "info")]


def test_a_fingerprint_is_of_what_was_found_and_not_of_where() -> None:
    [one] = report(NARROWED, holds=REFUTED).findings
    [moved] = report(evolve(NARROWED, old_place=Place("elsewhere.xsd", 99)), holds=PROVEN).findings
    assert one.fingerprint == moved.fingerprint
    assert len(one.fingerprint) == 16
    others = [evolve(NARROWED, rule="L404"), evolve(NARROWED, path="/x"), evolve(NARROWED, new="60")]
    prints = {report(each).findings[0].fingerprint for each in others}
    prints.add(report(NARROWED, direction="response").findings[0].fingerprint)
    assert len(prints | {one.fingerprint}) == 5


changes = st.builds(
    Change,
    rule=st.sampled_from([each.id for each in rules().values() if not each.fatal]),
    path=st.sampled_from(["", "/order", "/order/note", "/order/*/id", "/reply"]),
    old=st.none() | st.just("a"),
    new=st.none() | st.just("b"),
    effect=st.sampled_from([None, None, "narrows", "widens", "neutral"]),
    open=st.booleans(),
)
inclusions = st.sampled_from([PROVEN, REFUTED, OPEN, Inclusion(holds=False), evolve(REFUTED, path="/order/3/id")])


@given(st.lists(changes, max_size=4), inclusions, st.sampled_from(["request", "response"]))
def test_under_strict_the_verdict_is_the_proof_and_no_error_contradicts_it(
    found: list[Change], holds: Inclusion, direction: Direction
) -> None:
    made = report(*found, holds=holds, direction=direction)
    errors = [each for each in made.findings if each.severity == "error"]
    assert made.verdict == {True: "compatible", False: "breaking", None: "undecided"}[holds.holds]
    assert bool(errors) or made.verdict != "breaking"
    assert not errors or made.verdict != "compatible"
    assert made.verdict != "undecided" or "X900" in {each.rule for each in made.findings}
    ranks = ["error", "warn", "info"]
    assert [ranks.index(each.severity) for each in made.findings] == sorted(
        ranks.index(each.severity) for each in made.findings
    )


@given(st.lists(changes, max_size=4), inclusions, st.sampled_from(["request", "response"]))
def test_every_message_is_whole(found: list[Change], holds: Inclusion, direction: Direction) -> None:
    for each in report(*found, holds=holds, direction=direction).findings:
        rule = rules()[each.rule]
        titles = [rule.title, *filter(None, (rule.title_added, rule.title_removed))]
        assert each.message.startswith(tuple(titles))
        assert "; ;" not in each.message
        assert each.message == each.message.strip(" ;")
        assert isinstance(each, Finding)


def test_compare_asks_the_side_that_the_direction_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pretend(monkeypatch, FakePair(NARROWED, old=REFUTED, new=PROVEN))
    old, new = tmp_path / "old.json", tmp_path / "new.json"
    assert compare(old, new, direction="request").verdict == "breaking"
    assert compare(str(old), str(new), direction="response").verdict == "compatible"
    assert compare(old, new, direction="response").new == str(new)


def test_compare_takes_a_json_schema_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def load(old: Path, new: Path, root: str | None = None) -> FakePair:
        read.extend(each.read_text("utf-8") for each in (old, new))
        return FakePair()

    monkeypatch.setattr(frontend, "load", load)
    made = compare({"type": "string"}, True, direction="request")
    assert read == ['{"type": "string"}', "true"]
    assert (made.old, made.new) == ("old", "new")


@pytest.mark.parametrize(
    "odd", [{"direction": "both"}, {"profile": "lenient"}, {"levels": {"F999": "off"}}, {"levels": {"F002": "fatal"}}]
)
def test_what_cannot_be_asked_is_an_error(monkeypatch: pytest.MonkeyPatch, odd: dict[str, object]) -> None:
    pretend(monkeypatch, FakePair())
    asked: dict[str, object] = {"direction": "request", **odd}
    with pytest.raises(ValueError, match=r"direction is|profile is|levels are"):
        compare(True, True, **asked)  # type: ignore[arg-type]


def test_what_is_nested_too_deeply_is_undecided(monkeypatch: pytest.MonkeyPatch) -> None:
    class Deep(FakePair):
        def included(self, sub: Side, *, deadline: float | None = None) -> Inclusion:
            raise RecursionError

        def changes(self, *, deadline: float | None = None) -> tuple[Change, ...]:
            raise RecursionError

    pretend(monkeypatch, Deep())
    made = compare(True, True, direction="request")
    assert made.verdict == "undecided"
    assert {each.rule for each in made.findings} == {"X900"}


def test_languages_are_not_mixed(tmp_path: Path) -> None:
    for name in ("a.xsd", "b.json"):
        (tmp_path / name).write_text("{}", "utf-8")
    with pytest.raises(UnreadableSchema, match=r"b\.json: is not in the language of a\.xsd"):
        compare(tmp_path / "a.xsd", tmp_path / "b.json", direction="request")


@pytest.mark.parametrize(
    ("name", "content", "xsd"),
    [("a.xsd", "", True), ("a.json", "<", False), ("a.schema", "\ufeff <?xml", True), ("a", "{}", False)],
)
def test_the_language_is_known_by_name_or_content(tmp_path: Path, name: str, content: str, xsd: bool) -> None:
    (tmp_path / name).write_text(content, "utf-8")
    assert frontend.is_xsd(tmp_path / name) is xsd


def test_a_file_that_is_not_there_is_unreadable(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSchema, match="No such file"):
        frontend.is_xsd(tmp_path / "nothing")
