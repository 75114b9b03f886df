"""`python -m smswire.cli`."""

from __future__ import annotations

import sys

from smswire.cli import main

if __name__ == "__main__":
    sys.exit(main())
