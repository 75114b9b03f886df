"""Emitter of `codes.py`: the code tables of codes.toml, each as an enumeration and as a table of descriptions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from smswire_codegen.emit.source import Source, docstring
from smswire_codegen.names import RUNTIME
from smswire_codegen.plan import Plan

_KEYS = ("code", "name", "meaning", "evidence", "wire", "state", "final", "error")


def emit(plan: Plan) -> str:
    """The module's text."""
    out = Source(f"Codes of {plan.provider['title']}. The lists are open: a reply may hold others.")
    out.add("from enum import IntEnum, StrEnum", "")
    out.add(f"from {RUNTIME}.description import Code, CodeTable")
    for table, content in plan.codes.items():
        codes = cast("list[Mapping[str, object]]", content["codes"])
        kind = "IntEnum" if all(isinstance(each["code"], int) for each in codes) else "StrEnum"
        out.add("", "")
        with out.indented(f"class {_class(table)}({kind}):"):
            out.add(docstring(str(content["doc"])), "")
            for each in codes:
                out.add(f"{str(each['name']).upper()} = {each['code']!r}", docstring(str(each["meaning"])))
        out.add("", "", f"{table.upper()} = CodeTable(")
        out.add(f"    name={table!r}, doc={content['doc']!r}, complete={content['complete']!r},", "    codes={")
        for each in codes:
            arguments = ", ".join(f"{key}={each[key]!r}" for key in _KEYS if key in each)
            out.add(f"        {each['code']!r}: Code({arguments}),")
        out.add("    },", ")")
    return str(out)


def _class(table: str) -> str:
    return "".join(word.capitalize() for word in table.split("_"))
