"""The one way from a stranger's bytes to a typed value: cap, safe parse, formal schema, binder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, Literal, TypeAlias, TypeVar

from attrs import field, frozen

from smswire.documents import charsets, forms, json_input, set_aside, text_forms, validators, xml_input
from smswire_documents._runtime.description import DocumentType, Roots

T = TypeVar("T")
OnDrift: TypeAlias = Literal["set_aside", "raise"]

MAXIMUM = 16 * 1024 * 1024
"""Most bytes that a document may have."""


_LARGE = 200_000
"""Bytes above which XML is held to its schema while it is parsed, because places of violations take long to find."""


@frozen
class Violation:
    """Where a document breaks its schema, and what is wanted there; never the value. `line` is 0 where not known."""

    path: str
    problem: str
    line: int = 0


@frozen
class Finding:
    """Something a reply adds to its schema: an attribute, element, key or code, and its path."""

    kind: Literal["attribute", "element", "key", "code"]
    path: str


@frozen
class Reading(Generic[T]):
    """The result of reading a document: either `value` is set, or `violations` is not empty.

    `additions` are what was set aside to read it.
    """

    value: T | None = field(default=None, repr=False)
    violations: tuple[Violation, ...] = ()
    additions: tuple[Finding, ...] = ()


@frozen(kw_only=True)
class Spelling:
    """How the bytes spell a document: in the charset that was `declared` with them, if one was, else in one that an XML
    document declares itself, else in the first of `charsets` in which they are text; `text_form` is the name of a form
    without markup.
    """

    charsets: Sequence[str] = charsets.UTF_8
    declared: str | None = None
    text_form: str | None = None


USUAL = Spelling()


def read(
    document: DocumentType[T], body: bytes, *, on_drift: OnDrift = "set_aside", spelling: Spelling = USUAL
) -> Reading[T]:
    """Read one document, strictly.

    `on_drift="set_aside"` takes out what the document adds to its schema and lists it, `"raise"` makes it a
    violation. Whatever it lacks or types wrongly is always a violation, and then there is no value.
    """
    if len(body) > MAXIMUM:
        return Reading(violations=(Violation("/", f"more than {MAXIMUM} bytes"),))
    try:
        parsed, valid = _parse(document, body, spelling)
    except (xml_input.NotXml, text_forms.NotRows) as error:
        return Reading(violations=(Violation("/", str(error), error.line),))
    except (json_input.NotJson, forms.NotForm, charsets.NotText) as error:
        return Reading(violations=(Violation("/", str(error)),))
    found = [] if valid else _violations(document, parsed)
    additions: tuple[Finding, ...] = ()
    if found and on_drift == "set_aside":
        additions = _set_aside(document, parsed)
        found = _violations(document, parsed) if additions else found
    if found:
        return Reading(violations=tuple(Violation(*each) for each in found))
    try:
        return Reading(value=document.bind(parsed), additions=additions)
    except ValueError:  # a schema does not limit the digits of an integer, Python does
        return Reading(violations=(Violation("/", "an integer of too many digits"),))


def _parse(document: DocumentType[T], body: bytes, spelling: Spelling) -> tuple[object, bool]:
    """The parsed document, and whether it is known to be valid already."""
    if document.format == "form":
        return forms.decode(document, body, spelling.charsets[0]), False
    itself = spelling.declared is None and document.format == "xml" and charsets.declares_itself(body)
    if not itself and spelling != USUAL:
        body = charsets.to_utf8(body, spelling.charsets, spelling.declared)
    if spelling.text_form is not None:
        return text_forms.parse(document.text_forms[spelling.text_form], body.decode()), False
    if document.format == "json":
        return json_input.parse(body), False
    encoding = None if itself or spelling == USUAL else "utf-8"
    if len(body) > _LARGE:
        try:
            return xml_input.parse(body, encoding, validators.schema_of(document)), True
        except xml_input.NotXml:
            pass  # whether it is not well-formed or not valid, what follows tells
    return xml_input.parse(body, encoding), False


def _violations(document: DocumentType[T], parsed: object) -> list[tuple[str, str, int]]:
    if isinstance(parsed, xml_input.ELEMENT):
        return validators.violations_of_xml(document, parsed)
    return validators.violations_of_json(document, parsed)


def _set_aside(document: DocumentType[T], parsed: object) -> tuple[Finding, ...]:
    shape = document.shape
    if isinstance(parsed, xml_input.ELEMENT):
        assert isinstance(shape, Roots)
        found = set_aside.from_xml(parsed, shape)
    else:
        assert not isinstance(shape, Roots)
        found = set_aside.from_plain(parsed, shape)
    return tuple(Finding(kind, path) for kind, path in found)
