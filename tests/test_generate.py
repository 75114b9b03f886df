"""`smswire generate`: a typed package of schemas from outside the tree, wherever it lies and is moved to."""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from support.cases import BY_NAME, ENVIRONMENT, ROOT, SPECIMEN, TESTS

from smswire.cli import main
from smswire.engine import _REFUSALS
from smswire.model import DeliveryState
from smswire_codegen import facts

TINY = TESTS / "refusals/tiny"
GENERATED = ROOT / "generated/smswire_documents"


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    """A folder with one provider, in a place whose name has more than ASCII letters."""
    folder = tmp_path / "our schemas, схемы"
    shutil.copytree(TINY, folder / "tiny")
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of that provider."""
    folder = tmp_path_factory.mktemp("made")
    shutil.copytree(TINY, folder / "schemas/tiny")
    assert generate(folder / "schemas", folder / "own") == 0
    return folder / "own"


def generate(schemas: Path, out: Path) -> int:
    return main(["generate", "--schemas", str(schemas), "--out", str(out)])


def tree(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def changed(file: Path, old: str, new: str, *, once: bool = False) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1 if once else -1), "utf-8")


def run(code: str, folder: Path) -> None:
    """Run code in a process that finds packages in a folder."""
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


USE = """
from {package}.tiny import AskRequest, FindRequest, Row, documents
from smswire.documents import read, write
from smswire.errors import PayloadError

asked = AskRequest(row=(Row(word="abc"),), count=1)
body = write(documents.ASK_REQUEST, asked)
assert read(documents.ASK_REQUEST, body).value == asked
[broken] = read(documents.ASK_REQUEST, body.replace(b"abc", b"ABC")).violations
assert "[a-z]+" in broken.problem
form = FindRequest(key="a b", ids=("1", "2"))
assert read(documents.FIND_REQUEST, write(documents.FIND_REQUEST, form)).value == form
assert read(documents.ASK_RESPONSE, b'{{"id": 1, "new": 2}}').additions
assert read(documents.ASK_RESPONSE, b'{{"id": "x"}}').violations
try:
    Row(word="ABC")
except PayloadError as error:
    assert error.path == "Row.word"
else:
    raise AssertionError("a broken limit was not refused")
"""


def test_the_package_works_where_it_is_moved_to_without_the_schemas_that_it_came_from(
    schemas: Path, tmp_path: Path
) -> None:
    assert generate(schemas, tmp_path / "made_here") == 0
    (tmp_path / "elsewhere, там/app").mkdir(parents=True)
    (tmp_path / "made_here").rename(tmp_path / "elsewhere, там/app/sms")
    shutil.rmtree(schemas)
    run(USE.format(package="app.sms"), tmp_path / "elsewhere, там")


def test_two_packages_with_documents_of_one_name_are_held_to_their_own_schemas(schemas: Path, tmp_path: Path) -> None:
    assert generate(schemas, tmp_path / "strict") == 0
    changed(schemas / "tiny/types.xsd", "[a-z]+", "[A-Z]+")
    changed(schemas / "tiny/ask.response.schema.json", '"type": "integer", "x-codes"', '"type": "string", "x-codes"')
    changed(schemas / "tiny/codes.toml", "code = 1", 'code = "1"')
    changed(schemas / "tiny/codes.toml", "code = 2", 'code = "2"')
    assert generate(schemas, tmp_path / "loose") == 0
    code = """
import loose.tiny, strict.tiny
from smswire.documents import read

for package, word, number in ((strict, "abc", 1), (loose, "ABC", '"x"'), (strict, "abc", 1)):
    documents = package.tiny.documents
    assert read(documents.ASK_REQUEST, f'<ask><row word="{word}"/></ask>'.encode()).value
    assert read(documents.ASK_REQUEST, f'<ask><row word="{word.swapcase()}"/></ask>'.encode()).violations
    assert read(documents.ASK_RESPONSE, f'{{"id": {number}}}'.encode()).value
"""
    run(code, tmp_path)


def without_what_may_differ(text: str) -> tuple[str, set[str]]:
    """A module but for where its schemas and its neighbours are, and the names that it imports."""
    text = re.sub(r"str\(_SCHEMAS / (\"[^\"]+\")\)", r"\1", text)
    body = ast.parse(text).body
    imports = [each for each in body if isinstance(each, ast.ImportFrom)]
    rest = [each for each in body if each not in imports and "_SCHEMAS = " not in ast.unparse(each)]
    names = {alias.name for each in imports for alias in each.names if alias.name != "Path"}
    return "\n".join(map(ast.unparse, rest)), names


SPECIMENS = Path(BY_NAME["specimen/order.request"].package.__file__ or "").parent.parent


@pytest.mark.parametrize(
    ("schemas", "in_the_tree"), [(ROOT / "schemas", GENERATED), (SPECIMEN, SPECIMENS)], ids=["real", "specimen"]
)
def test_the_modules_are_those_of_the_package_in_the_tree(tmp_path: Path, schemas: Path, in_the_tree: Path) -> None:
    assert generate(schemas, tmp_path / "own") == 0
    made = {name: body.decode() for name, body in tree(tmp_path / "own").items() if "/" in name}
    modules = {name: text for name, text in made.items() if name.endswith(".py")}
    kept = {name: body.decode() for name, body in tree(in_the_tree).items() if "/" in name and "_runtime" not in name}
    assert sorted(modules) == sorted(kept)
    for name, text in modules.items():
        assert without_what_may_differ(text) == without_what_may_differ(kept[name]), name
        assert "# generated by: smswire generate. Do not edit." in text.splitlines()[:4]
        assert not re.search(r"smswire_documents\.(?!_runtime)", text), name
    read_at_run_time = [path for path in schemas.rglob("*") if path.suffix in (".xsd", ".json")]
    assert {name for name in made if name.startswith("schemas/")} == {
        f"schemas/{path.relative_to(schemas).as_posix()}" for path in read_at_run_time
    }
    run("import own; [__import__(f'own.{each}.operations') for each in own.PROVIDERS]", tmp_path)


def test_what_changed_is_told_and_only_that_is_written(
    schemas: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "own"
    assert generate(schemas, out) == 0
    first = capsys.readouterr().out.splitlines()
    assert first == [*(f"changed: {out / name}" for name in sorted(tree(out))), f"{len(tree(out))} files changed"]
    before = {path: path.stat().st_mtime_ns for path in out.rglob("*") if path.is_file()}
    assert generate(schemas, out) == 0
    assert capsys.readouterr().out == "0 files changed\n"
    changed(schemas / "tiny/codes.toml", 'meaning = "delivered"', 'meaning = "there"')
    assert generate(schemas, out) == 0
    told = [f"changed: {out / name}" for name in ("manifest.json", "tiny/codes.py")]
    assert capsys.readouterr().out.splitlines() == [*told, "2 files changed"]
    touched = [path for path, when in before.items() if path.stat().st_mtime_ns != when]
    assert sorted(touched) == [out / "manifest.json", out / "tiny/codes.py"]


def test_a_provider_that_went_goes_and_what_others_wrote_stays(schemas: Path, tmp_path: Path) -> None:
    out = tmp_path / "own"
    shutil.copytree(schemas / "tiny", schemas / "other")
    changed(schemas / "other/provider.toml", 'id = "tiny"', 'id = "other"')
    assert generate(schemas, out) == 0
    (out / "other/mine.py").write_text("mine")
    (out / "notes.json").write_text("{}")
    shutil.rmtree(schemas / "other")
    assert generate(schemas, out) == 0
    found = tree(out)
    assert [name for name in found if "other" in name] == ["other/mine.py"]
    assert found["other/mine.py"] == b"mine"
    assert found["notes.json"] == b"{}"


def test_a_run_that_was_cut_short_is_made_good_by_the_next(schemas: Path, tmp_path: Path, made: Path) -> None:
    # the manifest is written first, so that whatever is there besides is known as ours
    out = tmp_path / "own"
    shutil.copytree(made, out)
    for name in tree(made):
        if name > "manifest.json":
            (out / name).unlink()
    assert generate(schemas, out) == 0
    assert tree(out) == tree(made)


def _empty(schemas: Path, out: Path) -> None:
    shutil.rmtree(schemas / "tiny")


def _dashed(schemas: Path, out: Path) -> None:
    (schemas / "tiny").rename(schemas / "ti-ny")


def _called_schemas(schemas: Path, out: Path) -> None:
    (schemas / "tiny").rename(schemas / "schemas")


def _somebody_elses(schemas: Path, out: Path) -> None:
    out.mkdir()
    (out / "mine.py").write_text("mine")


def _a_file(schemas: Path, out: Path) -> None:
    out.write_text("mine")


def _in_the_tree(schemas: Path, out: Path) -> None:
    shutil.copytree(GENERATED, out)


def _without_a_list(schemas: Path, out: Path) -> None:
    out.mkdir()
    (out / "manifest.json").write_text('{"command": "smswire generate"}')


def _leading_outside(schemas: Path, out: Path) -> None:
    out.mkdir()
    (out.parent / "precious.py").write_text("mine")
    (out / "manifest.json").write_text('{"command": "smswire generate", "files": ["../precious.py"]}')


def _in_the_way(schemas: Path, out: Path) -> None:
    out.mkdir()
    shutil.copytree(schemas / "tiny", schemas / "other")
    changed(schemas / "other/provider.toml", 'id = "tiny"', 'id = "other"')
    (out / "manifest.json").write_text('{"command": "smswire generate", "files": []}')
    (out / "other").mkdir()
    (out / "other/codes.py").write_text("mine")


@pytest.mark.parametrize(
    ("prepare", "says"),
    [
        (_empty, "has no provider's folder in it"),
        (_dashed, "ti-ny: a provider's folder has the name of its package, which this cannot be"),
        (_called_schemas, "schemas: a provider's folder has the name of its package, which this cannot be"),
        (_somebody_elses, "there is something else already, which smswire generate did not write"),
        (_a_file, "there is something else already, which smswire generate did not write"),
        (_in_the_tree, "there is something else already, which smswire generate did not write"),
        (_without_a_list, "there is something else already, which smswire generate did not write"),
        (_leading_outside, "there is something else already, which smswire generate did not write"),
        (_in_the_way, "other/codes.py is in the way, which smswire generate did not write"),
    ],
)
def test_it_refuses_and_leaves_everything_as_it_was(
    schemas: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    prepare: Callable[[Path, Path], None],
    says: str,
) -> None:
    out = tmp_path / "own"
    prepare(schemas, out)
    capsys.readouterr()
    before = tree(tmp_path)
    assert generate(schemas, out) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"smswire: {out}: ")
    assert told.err.endswith(f"{says}\n")
    assert told.err.count("\n") == 1
    assert tree(tmp_path) == before


@pytest.mark.parametrize("name", ["our-sms", "2sms", "class", "смс"])
def test_a_package_that_could_not_be_imported_is_refused(
    schemas: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert generate(schemas, tmp_path / name) == 1
    assert "no Python package can have this name" in capsys.readouterr().err
    assert not (tmp_path / name).exists()


@pytest.mark.parametrize("there", [True, False], ids=["there", "new"])
@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "types.xsd",
            'name="Word"',
            'name="Word" final="list"',
            "types.xsd:2: final of xs:simpleType is not held by the model",
        ),
        ("types.xsd", "[a-z]+", "[a-z", "types.xsd:4: unterminated character class at position 4: '[a-z':"),
        (
            "ask.response.schema.json",
            '"type": "integer", "x-codes"',
            '"format": "int32", "x-codes"',
            "ask.response.schema.json:12: a schema needs a known type, a $ref or an anyOf",
        ),
        (
            "provider.toml",
            'path = "/find"',
            'path = "find"',
            "provider.toml:16: the path of operation find must begin with /, or be empty",
        ),
        ("codes.toml", "code = 2", "code = ", "codes.toml:6: Invalid value"),
    ],
)
def test_a_mistake_is_told_with_file_and_line_and_nothing_is_written(
    schemas: Path,
    tmp_path: Path,
    made: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    says: str,
    there: bool,
) -> None:
    out = tmp_path / "own"
    if there:
        shutil.copytree(made, out)
    capsys.readouterr()
    changed(schemas / "tiny" / file, old, new)
    before = tree(tmp_path)
    assert generate(schemas, out) == 1
    assert capsys.readouterr() == ("", f"smswire: {schemas / 'tiny'}/{says}\n")
    assert tree(tmp_path) == before
    assert out.exists() is there


def test_a_document_that_gives_no_name_in_python_is_refused(
    schemas: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (schemas / "tiny/ask.request.xsd").rename(schemas / "tiny/ask-me.request.xsd")
    changed(schemas / "tiny/provider.toml", '"ask.request"', '"ask-me.request"')
    assert generate(schemas, tmp_path / "own") == 1
    says = "tiny/ask-me.request.xsd:1: the name of a document's file must be in snake_case\n"
    assert capsys.readouterr().err.endswith(says)


WORDS = ['"', "'", '"""', "\\", "\\n \\u1 \\", "a\nb", '"\\"', "{0}", "# no", "Ёж 🦔", '\\"""']


def test_words_of_any_kind_come_out_as_they_went_in(schemas: Path, tmp_path: Path) -> None:
    said = [json.dumps(each, ensure_ascii=False) for each in WORDS]
    changed(schemas / "tiny/provider.toml", '"Tiny"', said[4])
    changed(schemas / "tiny/provider.toml", '"Ask."', said[2])
    tables = [
        f"""
[words{number}]
doc = {each}
complete = true
codes = [{{ code = 1, name = "any", meaning = {each}, evidence = {each} }}]
"""
        for number, each in enumerate(said)
    ]
    (schemas / "tiny/codes.toml").write_text((TINY / "codes.toml").read_text("utf-8") + "".join(tables), "utf-8")
    changed(schemas / "tiny/ask.response.schema.json", '"number": {', f'"number": {{"description": {said[4]}, ')
    assert generate(schemas, tmp_path / "own") == 0
    code = f"""
from own.tiny import codes, operations

words = {WORDS!r}
assert (operations.PROVIDER.title, operations.ASK.doc) == (words[4], words[2])
for number, each in enumerate(words):
    table = getattr(codes, f"WORDS{{number}}")
    assert (table.doc, table.codes[1].meaning, table.codes[1].evidence) == (each, each, each)
    # docstrings are formatted, which moves blanks
    assert getattr(codes, f"Words{{number}}").__doc__.split() == each.split()
"""
    run(code, tmp_path)


def test_marks_that_a_type_refers_to_count(schemas: Path, tmp_path: Path) -> None:
    response = schemas / "tiny/ask.response.schema.json"
    definitions = '"Word": {"type": "string", "x-sensitive": true}, "Code": {"type": "integer", "x-codes": "status"},'
    changed(response, '"$defs": {', f'"$defs": {{{definitions}')
    changed(response, '{"type": "integer", "x-codes": "status"}', '{"$ref": "#/$defs/Code"}', once=True)
    changed(response, '{"type": "string", "pattern": "^[a-z]+$"}', '{"$ref": "#/$defs/Word"}')
    changed(response, '"items": {"type": "string"}', '"items": {"$ref": "#/$defs/Word"}')
    united = """
  <xs:simpleType name="Secret">
    <xs:annotation><xs:appinfo><wire:sensitive/></xs:appinfo></xs:annotation>
    <xs:restriction base="xs:string"><xs:maxLength value="0"/></xs:restriction>
  </xs:simpleType>
  <xs:simpleType name="Number"><xs:union memberTypes="xs:integer Secret"/></xs:simpleType>
</xs:schema>"""
    changed(schemas / "tiny/types.xsd", "</xs:schema>", united)
    changed(schemas / "tiny/ask.request.xsd", 'name="count" type="xs:integer"', 'name="count" type="Number"')
    assert generate(schemas, tmp_path / "own") == 0
    code = """
from own.tiny import AskRequest, Good, Row, documents

assert repr(Good(id=1, word="canary", list_value=("canary",))) == "Good(id=1, word=<hidden>, list_value=<hidden>)"
assert "count=<hidden>" in repr(AskRequest(row=(Row(),), count=17))
[(path, table, code)] = documents.ASK_RESPONSE.coded(Good(id=7))
assert (path, table.name, code) == ("/id", "status", 7)
"""
    run(code, tmp_path)


def test_the_most_items_of_a_request_come_from_its_schema(schemas: Path, tmp_path: Path) -> None:
    changed(schemas / "tiny/find.request.schema.json", '"minItems": 1, ', '"minItems": 1, "maxItems": 7, ')
    assert generate(schemas, tmp_path / "own") == 0
    run("from own.tiny.operations import ASK, FIND\nassert (ASK.batch, FIND.batch) == (None, 7)", tmp_path)


TOOLS = ["xsdata", "datamodel_code_generator", "xmlschema", "elementpath", "referencing", "ruff"]


@pytest.mark.parametrize("tool", TOOLS)
def test_a_missing_extra_is_named(
    schemas: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tool: str
) -> None:
    monkeypatch.setitem(sys.modules, tool, None)
    assert generate(schemas, tmp_path / "own") == 2
    said = f'smswire: {tool} is missing: python -m pip install "smswire[codegen]"\n'
    assert capsys.readouterr() == ("", said)
    assert not (tmp_path / "own").exists()


def test_without_the_extra_no_generator_is_asked_for() -> None:
    """In a process of its own, where nothing has imported the generators yet."""
    code = f"import sys; sys.modules |= dict.fromkeys({TOOLS!r}); import smswire.cli; sys.exit(smswire.cli.main())"
    command = [sys.executable, "-c", code, "generate", "--schemas", ".", "--out", "own"]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'smswire: xsdata is missing: python -m pip install "smswire[codegen]"\n'


def test_help_loads_no_generator() -> None:
    code = f"""
import sys, smswire.cli

assert [smswire.cli.main([*each, "--help"]) for each in ([], ["generate"])] == [0, 0]
print([each for each in {TOOLS!r} if each in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "\n  generate " in done.stdout
    assert done.stdout.endswith("\n[]\n")


@pytest.mark.parametrize("arguments", [[], ["--schemas", "/nowhere", "--out", "own"], ["--schemas", "."]])
def test_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["generate", *arguments]) == 2
    assert "Usage: smswire generate" in capsys.readouterr().err


def test_the_words_that_facts_may_have_are_those_that_smswire_knows() -> None:
    assert tuple(DeliveryState) == facts.STATES
    assert set(_REFUSALS) <= set(facts.ERRORS)
