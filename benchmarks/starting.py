"""Starting: imports in units of `import httpx`, and the time that regenerating takes."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Table
from benchmarks.timing import measure_imports

ROOT = Path(__file__).parent.parent
CLIENT = "quicktel.Client(login='l', password='p', base_url='https://sms.example.org')"
# httpx imports its own command line where rich and click are installed, which a library's user need not have
PLAIN = "import sys; sys.modules['click'] = sys.modules['rich'] = None\n"


def imports() -> Table:
    """Importing the package and building a client."""
    taken = measure_imports(
        {
            "httpx": f"{PLAIN}import httpx",
            "smswire": f"{PLAIN}import smswire",
            "client": f"{PLAIN}from smswire import Message, quicktel\n{CLIENT}",
            "opened": f"{PLAIN}from smswire import Message, quicktel\n{CLIENT}.__enter__()",
            "httpx.Client": f"{PLAIN}import httpx\nhttpx.Client()",
        }
    )
    table = Table("Starting", "import httpx, without its command line", taken["httpx"])
    table.add("import smswire", taken["smswire"], at_most=1.6)
    table.add("from smswire import Message, quicktel; build a client", taken["client"], at_most=1.6)
    table.add("the same, and enter it: httpx and the certificates are loaded", taken["opened"])
    table.add("for comparison: import httpx, build its client", taken["httpx.Client"])
    return table


def regeneration() -> Table:
    """The whole of generated/, from nothing."""
    with tempfile.TemporaryDirectory() as out:
        command = [sys.executable, "-m", "smswire_codegen", "--schemas", str(ROOT / "schemas"), "--out", out]
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT / "codegen")])
        started = time.perf_counter_ns()
        subprocess.run(command, env=os.environ | {"PYTHONPATH": path}, check=True, capture_output=True)
        taken = time.perf_counter_ns() - started
    table = Table("Regenerating", "second of wall time", 1e9)
    table.add("python -m smswire_codegen", taken, at_most=20)
    return table
