"""`smswire validate`: exit codes, matches, violations with their place, and nothing of the documents' values."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from lxml import etree
from support.commands import Run

from smswire_documents import PROVIDERS

SAMPLES = Path(__file__).parent.parent / "documents"
INDEX = [
    (SAMPLES / folder / each["file"], each["document"], each["valid"])
    for folder in PROVIDERS
    for each in tomllib.loads((SAMPLES / folder / "index.toml").read_text("utf-8"))["document"]
]
ROOTS = sorted(
    {
        element.get("name", "")
        for schema in SAMPLES.parent.parent.glob("schemas/*/*.xsd")
        for element in etree.parse(schema).findall("{http://www.w3.org/2001/XMLSchema}element")
    }
)
TEXTS = [
    (SAMPLES / "smsc" / each["file"], each["fmt"], each["reads"])
    for each in tomllib.loads((SAMPLES / "smsc" / "texts.toml").read_text("utf-8"))["text"]
    if each["operation"] == "get_messages"
]
IDS = [f"{path.parent.name}/{path.name}" for path, _, _ in INDEX]


@pytest.mark.parametrize(("path", "document", "valid"), INDEX, ids=IDS)
def test_samples_as_their_document(smswire: Run, path: Path, document: str, valid: bool) -> None:
    result = smswire("validate", "--as", document, str(path))
    assert result.code == (0 if valid else 1)
    assert result.err == ""
    assert (f"{path}: valid as {document}\n" == result.out) is valid
    if not valid:
        head, *lines = result.out.splitlines()
        assert head.startswith(f"{path}: not valid, ")
        assert lines
        assert all(line.startswith(f"{path}:") for line in lines)


@pytest.mark.parametrize(("path", "document", "valid"), INDEX, ids=IDS)
def test_samples_are_recognised(smswire: Run, path: Path, document: str, valid: bool) -> None:
    result = smswire("validate", str(path))
    assert result.code == (0 if valid else 1)
    assert (f"{path}: valid as {document}\n" in result.out) is valid


def test_each_match_is_listed(smswire: Run) -> None:
    result = smswire("validate", "--json", str(SAMPLES / "quicktel" / "sms_send.response.filled_error.xml"))
    [found] = json.loads(result.out)
    assert found["valid"] is True
    assert found["documents"] == ["quicktel/sms_send.response", "quicktel/sms_status2.response"]
    assert found["violations"] == []


CANARY = "CANARY79991112233"
SMS = f'<sms sms_id="{CANARY * 4}" number="1" source_number="S">x</sms>'

BROKEN = [
    (
        "long.xml",
        f'<xml_request name="sms_send">\n<xml_user lgn="a" pwd="b"/>\n{SMS}\n</xml_request>',
        "quicktel/sms_send.request",
        3,
        "/xml_request/sms",
    ),
    (
        "many.xml",
        '<xml_result>\n<push sms_id="1"/>\n<push sms_id="2"/>\n<push sms_id="3"/>\n</xml_result>',
        "quicktel/sms_send.response",
        2,
        "/xml_result/push[1]",
    ),
    (
        "row.json",
        f'[\n {{"status": 1, "id": 1, "int_id": "1"}},\n {{"status": "{CANARY}",\n  "id": 2, "int_id": "2"}}\n]',
        "smsc/get_messages.response",
        3,
        "/1/status",
    ),
    ("key.json", f'{{"id": 1,\n "cnt": "{CANARY}",\n "new": 1}}', "smsc/send.response", 2, "/cnt"),
    ("form.form", f"login=a&psw=b&phones=1&mes={CANARY}&fmt=7\n", "smsc/send.request", 1, "/fmt"),
]


@pytest.mark.parametrize(("name", "text", "closest", "line", "path"), BROKEN, ids=[each[0] for each in BROKEN])
def test_violations(smswire: Run, tmp_path: Path, name: str, text: str, closest: str, line: int, path: str) -> None:
    file = tmp_path / name
    file.write_text(text, "utf-8")
    result = smswire("validate", str(file))
    assert result.code == 1
    assert result.out.startswith(f"{file}: not valid, closest is {closest}\n")
    assert f"{file}:{line}: {path}: " in result.out
    assert "CANARY" not in result.out + result.err
    [found] = json.loads(smswire("validate", "--json", str(file)).out)
    assert found["closest"] == closest
    assert (line, path) in {(each["line"], each["path"]) for each in found["violations"]}
    assert "CANARY" not in json.dumps(found["violations"])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("root.xml", b"<order/>", f"the root element is none of {', '.join(ROOTS)}"),
        ("cut.xml", b"<xml_result>\n<push", "not well-formed XML"),
        ("doctype.xml", b'<!DOCTYPE a [<!ENTITY e "x">]><xml_result/>', "a document type declaration is not allowed"),
        ("cut.json", b'{"error": "CANARY', "not well-formed JSON in UTF-8"),
        ("latin.json", b'{"error": "\xe9\xe8"}', "not well-formed JSON in UTF-8"),
        ("broken.form", b"login&&=", "not a well-formed form in utf-8"),
        ("twice.form", b"login=a&login=b", "a key comes twice"),
        ("empty.json", b"", "nothing in it"),
        ("blank", b" \n", "nothing in it"),
        ("other.json", b'{"CANARY": 1}', "no known document has any of these keys"),
        ("other.form", b"CANARY=1&b=2", "no known document has any of these keys"),
        ("sent.txt", b"OK - 1 SMS, ID - CANARY", "these can: smsc/get_messages.response (line, commas)"),
        ("noise", b"\x89PNG\r\n\x1a\n", "neither XML nor JSON nor a form"),
    ],
)
def test_what_is_no_document(smswire: Run, tmp_path: Path, name: str, content: bytes, said: str) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    result = smswire("validate", str(file))
    assert result.code == 1
    assert f"{file}: not valid, no known document\n" in result.out
    assert said in result.out
    assert "CANARY" not in result.out


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf", b"\n "])
def test_standard_input_is_recognised_by_its_content(smswire: Run, start: bytes) -> None:
    body = (SAMPLES / "quicktel" / "sms_status2.request.filled.xml").read_bytes()
    body = body[body.index(b"<xml_request") :]
    result = smswire("validate", "-", stdin=start + body)
    assert (result.code, result.out) == (0, "-: valid as quicktel/sms_status2.request\n")


def test_a_line_break_at_the_end_of_a_form_is_no_value(smswire: Run) -> None:
    form = (SAMPLES / "smsc" / "status.request.filled.form").read_bytes()
    assert smswire("validate", "-", stdin=form + b"\r\n").code == 0


def test_what_a_reply_adds_is_a_violation(smswire: Run) -> None:
    result = smswire("validate", "-", stdin=b'{"id": 1, "cnt": 1, "new": 1}')
    assert result.code == 1
    assert "unknown key new" in result.out


def test_unreadable_files_outweigh_violations_and_hide_no_result(smswire: Run, tmp_path: Path) -> None:
    valid = SAMPLES / "smsc" / "send.response.filled.json"
    broken = tmp_path / "broken.json"
    broken.write_text("{", "utf-8")
    missing = tmp_path / "missing.json"
    assert smswire("validate", str(valid), str(broken)).code == 1
    result = smswire("validate", str(missing), str(tmp_path), "a\0b", str(valid), str(broken))
    assert result.code == 2
    assert f"smswire: cannot read {missing}: No such file or directory\n" in result.err
    assert f"smswire: cannot read {tmp_path}: " in result.err
    assert "smswire: cannot read a?b: not a file name\n" in result.err
    assert f"{valid}: valid as smsc/send.response\n" in result.out
    assert f"{broken}: not valid" in result.out
    found = json.loads(smswire("validate", "--json", str(missing), str(valid)).out)
    assert [each["valid"] for each in found] == [False, True]
    assert found[0]["unreadable"] == "No such file or directory"


def test_a_file_that_is_too_large_is_not_read_whole(smswire: Run, tmp_path: Path) -> None:
    file = tmp_path / "large.json"
    with file.open("wb") as stream:
        stream.write(b"[")
        stream.truncate(1 << 30)
    result = smswire("validate", str(file))
    assert result.code == 1
    assert "more than 16777216 bytes" in result.out


def test_names_cannot_steer_the_terminal(smswire: Run) -> None:
    result = smswire("validate", "-", stdin=b'{"id": 1, "cnt": 1, "\\u001b[2J": 1}')
    assert result.code == 1
    assert "\x1b" not in result.out


@pytest.mark.parametrize(("path", "fmt", "reads"), TEXTS, ids=[path.name for path, _, _ in TEXTS])
@pytest.mark.parametrize("arguments", [(), ("--as", "smsc/get_messages.response")], ids=["guessed", "named"])
def test_texts(smswire: Run, path: Path, fmt: int, reads: str, arguments: tuple[str, ...]) -> None:
    result = smswire("validate", *arguments, str(path))
    [found] = json.loads(smswire("validate", *arguments, "--json", str(path)).out)
    valid = reads != "refused"
    assert (result.code, found["valid"]) == (0 if valid else 1, valid)
    if valid:
        form = ("line", "commas")[fmt]
        assert result.out == f"{path}: valid as smsc/get_messages.response (text form {form})\n"
        assert (found["documents"], found["text_form"]) == (["smsc/get_messages.response"], form)
    else:
        assert found["violations"]


ROW = "1,1577536822,0,1577536810,77001234567,40177,KZ,Op,,4.1,SHOP,Name, CANARY,0,14,100200300,1,0,123456"


def test_a_text_is_recognised_by_its_content(smswire: Run) -> None:
    as_bytes = ROW.replace("CANARY", "a = b").encode("utf-8-sig") + b"\r\n"
    assert smswire("validate", "-", stdin=as_bytes).out == "-: valid as smsc/get_messages.response (text form commas)\n"


@pytest.mark.parametrize(
    ("text", "line", "path"),
    [
        (f"{ROW}\n{ROW[:-60]}", 2, "/"),
        (f"{ROW}\n{ROW.replace('1577536822', '')}\n{ROW[:-7]}", 3, "/"),
        (ROW.replace("1,", ",", 1), 1, "/0"),
    ],
)
def test_violations_of_a_text(smswire: Run, tmp_path: Path, text: str, line: int, path: str) -> None:
    file = tmp_path / "history.txt"
    file.write_text(text, "utf-8")
    result = smswire("validate", str(file))
    assert result.code == 1
    assert result.out.startswith(f"{file}: not valid, closest is smsc/get_messages.response (text form commas)\n")
    assert f"{file}:{line}: {path}: " in result.out
    assert "CANARY" not in result.out


@pytest.mark.parametrize("name", ["form.txt", "form"])
def test_a_form_in_a_file_of_text_is_a_form(smswire: Run, tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_bytes((SAMPLES / "smsc" / "status.request.filled.form").read_bytes())
    assert smswire("validate", str(file)).out == f"{file}: valid as smsc/status.request\n"
