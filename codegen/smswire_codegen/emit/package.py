"""Emitter of the package's `__init__` modules: every class of a provider under the provider's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smswire.schema.model import Ref
from smswire_codegen.emit.source import Source
from smswire_codegen.plan import Plan


def emit_models(plan: Plan, modules: Mapping[str, Iterable[str]]) -> str:
    """The text of `models/__init__.py`, given the classes of each of its modules."""
    out = Source(f"Classes of the documents of {plan.provider['title']}.")
    for module, names in sorted(modules.items()):
        out.add(f"from .{module} import {', '.join(sorted(names))}")
    exported = sorted(name for names in modules.values() for name in names)
    out.add("", f"__all__ = {exported!r}")
    return str(out)


def emit_roots(plan: Plan, modules: Mapping[str, Iterable[str]]) -> str | None:
    """The text of `models/roots.py`: a name for the union of the roots that an XML document may have.

    None where each document has one; its root's class has the name then.
    """
    unions = [each for each in plan.documents if len(each.elements) > 1]
    if not unions:
        return None
    homes = {name: module for module, names in modules.items() for name in names}
    out = Source(f"The XML documents of {plan.provider['title']} that may have several root elements.")
    out.add("from typing import TypeAlias", "")
    members = {each.class_name: [one.name for one in each.alternatives if isinstance(one, Ref)] for each in unions}
    out.add(*(f"from .{homes[name]} import {name}" for names in members.values() for name in names), "")
    out.add(*(f"{union}: TypeAlias = {' | '.join(names)}" for union, names in members.items()))
    return str(out)


def emit_provider(plan: Plan, names: Iterable[str]) -> str:
    """The text of a provider's `__init__.py`."""
    out = Source(f"Typed documents, codes and operations of {plan.provider['title']}.")
    exported = sorted(names)
    out.add("from . import codes, documents, operations")
    out.add(f"from .models import {', '.join(exported)}", "")
    out.add(f"__all__ = {sorted([*exported, 'codes', 'documents', 'operations'])!r}")
    return str(out)


def emit_top(plans: Iterable[Plan], *, runtime: bool) -> str:
    """The text of the package's own `__init__.py`, which imports no provider; `runtime` tells whether it is in it."""
    out = Source("Typed documents of SMS gateways, one subpackage for each provider.")
    errors = ["Outcome", "PayloadError", "SmsError"] if runtime else []
    if errors:
        out.add(f"from ._runtime.errors import {', '.join(errors)}", "")
    out.add(f"PROVIDERS = {tuple(sorted(plan.id for plan in plans))!r}", "")
    out.add(f"__all__ = {['PROVIDERS', *errors]!r}")
    return str(out)
