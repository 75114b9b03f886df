"""Measuring honestly: warmed up, in shuffled order, CPU time, the median of many rounds."""

from __future__ import annotations

import gc
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping

ROUNDS = 15
LONG_ENOUGH = 20_000_000
"""Nanoseconds that one measurement takes at least."""


def measure(cases: Mapping[str, Callable[[], object]]) -> dict[str, float]:
    """Nanoseconds of CPU time of each case."""
    repeats = {name: _repeats(case) for name, case in cases.items()}
    taken: dict[str, list[float]] = {name: [] for name in cases}
    for _ in range(ROUNDS):
        for name in _shuffled(cases):
            taken[name].append(_time(cases[name], repeats[name]) / repeats[name])
    return {name: statistics.median(each) for name, each in taken.items()}


def measure_imports(cases: Mapping[str, str]) -> dict[str, float]:
    """Nanoseconds of CPU time of each piece of code, run in an interpreter of its own after it has started.

    All of it is compiled beforehand, as it is where a package was installed, whatever the environment says.
    """
    taken: dict[str, list[float]] = {name: [] for name in cases}
    with tempfile.TemporaryDirectory() as compiled:
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": compiled}
        for each in cases.values():
            _in_interpreter(each, environment)
        for _ in range(ROUNDS):
            for name in _shuffled(cases):
                taken[name].append(_in_interpreter(cases[name], environment))
    return {name: statistics.median(each) for name, each in taken.items()}


def _repeats(case: Callable[[], object]) -> int:
    """How often a case must run to take long enough; running it is the warm-up."""
    repeats = 1
    while _time(case, repeats) < LONG_ENOUGH:
        repeats *= 2
    return repeats


def _time(case: Callable[[], object], repeats: int) -> int:
    gc.collect()
    started = time.process_time_ns()
    for _ in range(repeats):
        case()
    return time.process_time_ns() - started


def _in_interpreter(code: str, environment: Mapping[str, str]) -> int:
    timed = f"import time; started = time.process_time_ns()\n{code}\nprint(time.process_time_ns() - started)"
    done = subprocess.run([sys.executable, "-c", timed], env=environment, capture_output=True, text=True, check=True)
    return int(done.stdout)


def _shuffled(cases: Mapping[str, object]) -> list[str]:
    return random.sample(list(cases), len(cases))
