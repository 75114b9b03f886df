"""Reading and writing of documents: bytes to typed values that were held to the formal schema, and back.

`read` gives a `Reading`, which is either a value with what was set aside, or a violation; it raises nothing about
the document, so that no frame with raw text in it ends up in a traceback.
"""

from __future__ import annotations

from smswire.documents.reading import Finding, Reading, Violation, read
from smswire.documents.writing import write

__all__ = ["Finding", "Reading", "Violation", "read", "write"]
