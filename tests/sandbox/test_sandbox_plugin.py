"""The pytest plugin."""

from __future__ import annotations

import subprocess
import sys

import pytest

from smswire import Message, quicktel
from smswire.sandbox import Sandbox

pytest_plugins = ["pytester"]


def test_the_fixture(smswire_sandbox: Sandbox) -> None:
    box = smswire_sandbox
    with quicktel.Client(login="demo", password="demo", base_url=box.url("quicktel")) as client:
        client.send([Message(to="+79001234567", text="x", sender="S")])
    assert len(box.messages()) == 1


@pytest.mark.smswire_sandbox(speed=0, login="other")
def test_the_marker(smswire_sandbox: Sandbox) -> None:
    assert smswire_sandbox.now == smswire_sandbox.now
    assert smswire_sandbox.login == "other"
    assert smswire_sandbox.messages() == ()


def test_the_ini_option_and_a_missing_extra(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # the other plugins take seconds to load
    pytester.makeini("[pytest]\nsmswire_sandbox_speed = 0\n")
    pytester.makepyfile(
        test_it="""
        import sys

        def test_speed(smswire_sandbox):
            assert smswire_sandbox.now == smswire_sandbox.now

        class Missing:
            def find_spec(self, name, path=None, target=None):
                if name.partition(".")[0] == "uvicorn":
                    raise ModuleNotFoundError("No module named 'uvicorn'", name="uvicorn")

        def test_forget():
            for name in list(sys.modules):
                if name.startswith(("smswire.sandbox", "uvicorn")):
                    del sys.modules[name]
            sys.meta_path.insert(0, Missing())

        def test_missing(smswire_sandbox): ...
        """
    )
    result = pytester.runpytest_subprocess("-p", "smswire.testing", "-p", "no:cacheprovider", "--strict-markers")
    result.assert_outcomes(passed=2, errors=1)
    result.stdout.fnmatch_lines(['*uvicorn is missing, add it with: pip install "smswire?sandbox?"'])


def test_the_plugin_is_light() -> None:
    heavy = ("uvicorn", "starlette", "httpx", "lxml", "smswire.sandbox", "smswire_documents", "sqlite3")
    program = f"import sys, smswire.testing; print([each for each in {heavy!r} if each in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
