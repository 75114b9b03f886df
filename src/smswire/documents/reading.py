"""The one way from a stranger's bytes to a typed value: cap, safe parse, formal schema, binder."""

from __future__ import annotations

from typing import Generic, Literal, TypeAlias, TypeVar

from attrs import field, frozen

from smswire.documents import forms, json_input, set_aside, validators, xml_input
from smswire_documents._runtime.description import DocumentType, Shape

T = TypeVar("T")
OnDrift: TypeAlias = Literal["set_aside", "raise"]

MAXIMUM = 16 * 1024 * 1024
"""Most bytes that a document may have."""


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


def read(
    document: DocumentType[T], body: bytes, *, on_drift: OnDrift = "set_aside", charset: str = "utf-8"
) -> Reading[T]:
    """Read one document, strictly.

    `on_drift="set_aside"` takes out what the document adds to its schema and lists it, `"raise"` makes it a
    violation. Whatever it lacks or types wrongly is always a violation, and then there is no value.
    """
    if len(body) > MAXIMUM:
        return Reading(violations=(Violation("/", f"more than {MAXIMUM} bytes"),))
    try:
        parsed = _parse(document, body, charset)
    except xml_input.NotXml as error:
        return Reading(violations=(Violation("/", str(error), error.line),))
    except (json_input.NotJson, forms.NotForm) as error:
        return Reading(violations=(Violation("/", str(error)),))
    found = _violations(document, parsed)
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


def _parse(document: DocumentType[T], body: bytes, charset: str) -> object:
    if document.format == "xml":
        return xml_input.parse(body)
    if document.format == "json":
        return json_input.parse(body)
    return forms.decode(document, body, charset)


def _violations(document: DocumentType[T], parsed: object) -> list[tuple[str, str, int]]:
    if isinstance(parsed, xml_input.ELEMENT):
        return validators.violations_of_xml(document, parsed)
    return validators.violations_of_json(document, parsed)


def _set_aside(document: DocumentType[T], parsed: object) -> tuple[Finding, ...]:
    if isinstance(parsed, xml_input.ELEMENT):
        assert isinstance(document.shape, Shape)
        found = set_aside.from_xml(parsed, document.shape)
    else:
        found = set_aside.from_plain(parsed, document.shape)
    return tuple(Finding(kind, path) for kind, path in found)
