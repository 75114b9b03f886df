"""Emitter of the package's `__init__` modules: every class of a provider under the provider's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

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


def emit_provider(plan: Plan, names: Iterable[str]) -> str:
    """The text of a provider's `__init__.py`."""
    out = Source(f"Typed documents, codes and operations of {plan.provider['title']}.")
    exported = sorted(names)
    out.add("from . import codes, documents, operations")
    out.add(f"from .models import {', '.join(exported)}", "")
    out.add(f"__all__ = {sorted([*exported, 'codes', 'documents', 'operations'])!r}")
    return str(out)


def emit_top(plans: Iterable[Plan]) -> str:
    """The text of the package's own `__init__.py`, which imports no provider."""
    out = Source("Typed documents of SMS gateways, one subpackage for each provider.")
    out.add("from ._runtime.errors import Outcome, PayloadError, SmsError", "")
    out.add(f"PROVIDERS = {tuple(sorted(plan.id for plan in plans))!r}", "")
    out.add("__all__ = ['PROVIDERS', 'Outcome', 'PayloadError', 'SmsError']")
    return str(out)
