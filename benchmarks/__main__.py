"""`python -m benchmarks`: print every table."""

from __future__ import annotations

import platform

from benchmarks import kinds, reading, starting, writing


def main() -> None:
    print(f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}")
    for table in (
        reading.xml,
        reading.json,
        kinds.xml,
        kinds.plain,
        writing.xml,
        kinds.writing,
        starting.imports,
        starting.regeneration,
    ):
        print(table(), flush=True)


if __name__ == "__main__":
    main()
