"""What is checked before a change goes in: `nox`. `nox -s codegen` regenerates, `nox -s bench` measures."""

from __future__ import annotations

import os
from pathlib import Path

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.error_on_missing_interpreters = False
nox.options.download_python = "never"

PYPROJECT = nox.project.load_toml("pyproject.toml")
EXTRAS: dict[str, list[str]] = PYPROJECT["project"]["optional-dependencies"]
RUFF = next(each for each in EXTRAS["codegen"] if each.startswith("ruff"))

# pyenv's shims are passed over, so the interpreters behind them are put within reach
PYENV = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
os.environ["PATH"] = os.pathsep.join([os.environ["PATH"], *map(str, sorted(PYENV.glob("versions/*/bin")))])


@nox.session
def lint(session: nox.Session) -> None:
    """Rules and form of the source."""
    session.install(RUFF)
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")


@nox.session
def types(session: nox.Session) -> None:
    """Both type checkers, strict."""
    session.install("--editable", ".[all]", "--group", "test", "--group", "types", "nox")
    session.run("mypy")
    session.run("mypy", "benchmarks", "noxfile.py", "tests/typing")
    session.run("pyright")


@nox.session
def codegen(session: nox.Session) -> None:
    """Regenerate generated/, which must come out as it is committed."""
    # only what the generator needs: the project itself cannot be installed while generated/ is not there
    needed = [*PYPROJECT["project"]["dependencies"], *EXTRAS["diff"], *EXTRAS["codegen"]]
    session.install(*[each for each in needed if not each.startswith("smswire")])
    session.run("python", "-m", "smswire_codegen", env={"PYTHONPATH": os.pathsep.join(["src", "codegen"])})
    if not Path(".git").exists():
        session.warn("This is no git checkout: what was regenerated cannot be compared with what is committed.")
        return
    if changed := session.run("git", "status", "--porcelain", "generated", external=True, silent=True):
        session.error(f"Not as committed:\n{changed}")


@nox.session(python=nox.project.python_versions(PYPROJECT))
def tests(session: nox.Session) -> None:
    """The tests, on every supported Python that is there, against the package as users install it."""
    session.install(".[all]", "--group", "test")
    session.run("pytest", "--numprocesses=auto", *session.posargs)


@nox.session(default=False)
def bench(session: nox.Session) -> None:
    """Ratios within one run, beside their targets."""
    session.install(".[all]")
    session.run("python", "-m", "benchmarks")


@nox.session(default=False)
def diff(session: nox.Session) -> None:
    """What changed in schemas/ since the last release, and the step of the version that it asks for."""
    if not Path(".git").exists():
        session.error("This is no git checkout: there is nothing to compare schemas/ with.")
    tags = session.run("git", "tag", "--merged", "HEAD", "--sort=-creatordate", external=True, silent=True)
    if not tags:
        session.log("No tag leads here, so that there is nothing to compare schemas/ with. (A shallow clone has none.)")
        return
    session.install(".[cli,diff]")
    session.run("smswire", "diff", "--against", f"git:{str(tags).split()[0]}", *session.posargs, "schemas")
