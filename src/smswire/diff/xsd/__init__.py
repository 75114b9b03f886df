"""Comparison of XSD 1.0 schemas as sets of documents: content models as automata, attributes as finite maps,
simple types as sets of the strings that they print.
"""

from __future__ import annotations

from smswire.diff.xsd.pair import Pair

__all__ = ["Pair"]
