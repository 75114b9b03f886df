"""What the generator cannot handle is refused with file and line, in the words that stand in tests/refusals."""

from __future__ import annotations

import ast
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from attrs import frozen
from support.cases import ROOT, TESTS

from smswire.schema import SchemaError
from smswire_codegen import lint, plan, verify
from smswire_codegen.names import attribute_of

REFUSALS = TESTS / "refusals"


@frozen(repr=False, kw_only=True)
class Refusal:
    """A change to one file of the tiny provider, and the message that refuses it."""

    name: str
    file: str
    change: list[list[str]]
    says: str = ""
    begins: str = ""

    def __repr__(self) -> str:
        return self.name

    def made(self, folder: Path) -> Path:
        """The tiny provider with the change, in a folder of its own."""
        provider = folder / "tiny"
        shutil.copytree(REFUSALS / "tiny", provider)
        path = provider / self.file
        text = path.read_text("utf-8")
        for old, new in self.change:
            assert old in text
            text = text.replace(old, new)
        path.write_text(text, "utf-8")
        return provider


CASES = [
    pytest.param(refusal := Refusal(**entry), id=f"{path.stem}: {refusal}")
    for path in sorted(REFUSALS.glob("*.toml"))
    for entry in tomllib.loads(path.read_text("utf-8"))["refusal"]
]


def checked(folder: Path) -> plan.Plan:
    it = plan.read(folder)
    lint.check(it)
    return it


def test_the_provider_that_is_broken_is_right_as_it_is() -> None:
    assert len(checked(REFUSALS / "tiny").documents) == 4


@pytest.mark.parametrize("refusal", CASES)
def test_it_is_refused_with_file_and_line(refusal: Refusal, tmp_path: Path) -> None:
    folder = refusal.made(tmp_path)
    with pytest.raises(SchemaError) as caught:
        checked(folder)
    assert str(caught.value) == refusal.says or (refusal.begins and str(caught.value).startswith(refusal.begins))
    assert str(caught.value) == f"{caught.value.position}: {caught.value.problem}"
    assert caught.value.__cause__ is None


@pytest.mark.parametrize("name", ["provider.toml", "codes.toml"])
def test_a_folder_without_its_facts_is_refused(tmp_path: Path, name: str) -> None:
    folder = Refusal(name="", file=name, change=[]).made(tmp_path)
    (folder / name).unlink()
    with pytest.raises(SchemaError) as caught:
        checked(folder)
    assert str(caught.value) == f"{name}:1: the provider's folder needs this file"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("    word: str", "    other: str", "ask.request.xsd:12: the class generated for Row does not have its fields"),
        ("class Row:", "class Other:", "ask.request.xsd:12: the class generated for Row does not have its fields"),
        ("AskResponse: object", "Other: object", "ask.response.schema.json:1: no class AskResponse was generated"),
    ],
)
def test_classes_that_are_not_those_of_the_schema_are_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    it = checked(REFUSALS / "tiny")
    lines = []
    for record in it.records.values():
        lines += [f"class {record.name}:", *(f"    {attribute_of(each)}: str" for each in record.fields), "    pass"]
    source = "\n".join([*lines, "AskResponse: object = 1\n"])
    (tmp_path / "models.py").write_text(source)
    verify.check(it, tmp_path)
    (tmp_path / "models.py").write_text(source.replace(old, new))
    with pytest.raises(SchemaError) as caught:
        verify.check(it, tmp_path)
    assert str(caught.value) == says


UNREACHED = {
    "pattern is not an XSD regular expression",  # xmlschema refuses it first
    "a simple type is wanted here",  # xmlschema lets no other type stand there
    "a document's file is named",  # see test_schema_model
    "the name of a document's file",  # see test_generate
    "the provider's folder needs this file",  # see above
    "does not have its fields",  # see above
    "was generated",  # see above
    "xsdata: ",  # what the generators complain about by themselves
    "datamodel-code-generator: ",
}


def test_every_refusal_has_a_case(tmp_path: Path) -> None:
    reached: set[tuple[str, int]] = set()
    for number, case in enumerate(CASES):
        with pytest.raises(SchemaError) as caught:
            checked(case.values[0].made(tmp_path / str(number)))
        last = caught.traceback[-1]
        reached.add((Path(last.path).name, last.lineno + 1))
    homes = (ROOT / "src/smswire/schema", ROOT / "codegen/smswire_codegen")
    modules = [path for home in homes for path in sorted(home.glob("*.py"))]
    missing = [
        f"{path.name}:{node.lineno}: {ast.unparse(node)}"
        for path in modules
        for node in _raises(path)
        if not any((path.name, line) in reached for line in range(node.lineno, (node.end_lineno or 0) + 1))
    ]
    assert [each for each in missing if not any(known in each.replace("\\'", "'") for known in UNREACHED)] == []


def _raises(path: Path) -> Iterator[ast.Raise]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Raise)
            and isinstance(node.exc, ast.Call)
            and ast.unparse(node.exc.func) == "SchemaError"
        ):
            yield node
