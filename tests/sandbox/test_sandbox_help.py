"""What a user is told of the sandbox: by pydoc, and where its extra is missing."""

from __future__ import annotations

import pydoc
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from smswire import sandbox
from smswire.sandbox import fault

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def test_the_readme_leads_to_pages_that_tell_of_endings_and_faults() -> None:
    assert {"smswire.sandbox", "smswire.sandbox.fault"} <= set(re.findall(r"`python -m pydoc ([\w.]+)`", README))
    page = pydoc.render_doc(sandbox, renderer=pydoc.plaintext)
    assert "001     cannot be delivered" in page
    assert "python -m pydoc smswire.sandbox.fault" in page
    assert page.count("\n") < 700  # without what enumerations inherit
    faults = pydoc.render_doc(fault, renderer=pydoc.plaintext)
    for kind in get_args(fault.Kind):
        assert re.search(rf"^    +{kind}  +\w", faults, re.MULTILINE)


def test_every_public_name_is_there() -> None:
    assert sandbox.Outcome.DELIVERED == "delivered"
    assert sandbox.State.QUEUED == "queued"
    assert all(hasattr(sandbox, each) for each in sandbox.__all__)


@pytest.mark.parametrize("package", ["starlette", "uvicorn", "lxml"])
def test_a_missing_extra_is_named(package: str) -> None:
    program = f"""
import sys
class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == {package!r}:
            raise ModuleNotFoundError("nothing by this name", name=name)
sys.meta_path.insert(0, Missing())
try:
    from smswire.sandbox import Sandbox
except ModuleNotFoundError as error:
    print(error.name.partition(".")[0], error, sep="|")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    name, _, told = done.stdout.strip().partition("|")
    assert name == package
    # what every installation brings is no extra
    assert ('is missing: python -m pip install "smswire[sandbox]"' in told) is (package != "lxml")
