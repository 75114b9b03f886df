"""Schemas as a git revision has them."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from attrs import frozen

from smswire.diff.belonging import references
from smswire.diff.errors import ComparisonError

_SUFFIXES = (".xsd", ".json")


@frozen
class Revision:
    """A revision's schema files, laid out as in the repository, in a folder that goes away."""

    name: str
    folder: Path
    path: Path
    """What was asked for, in that folder."""
    checkout: Path
    """The root of the checkout."""

    def shown(self, file: str) -> str:
        """A file of the folder as git names it, "v1.0:schemas/a.xsd"; any other file as it is."""
        path = Path(file)
        if not path.is_relative_to(self.folder):
            return file
        return f"{self.name}:{path.relative_to(self.folder).as_posix()}"


@contextmanager
def revision(name: str, path: Path) -> Generator[Revision]:
    """The revision's version of a file or folder in a checkout, with all schemas that it may refer to.

    Raises `ComparisonError` where there is no git, no checkout, no such revision or nothing at that path.
    """
    here = path if path.is_dir() else path.parent
    if not here.is_dir():
        raise ComparisonError(f"{path}: is not there")
    top = Path(_git(here, "rev-parse", "--show-toplevel").decode().rstrip("\n")).resolve()
    commit = _git(here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}", unknown=name)
    # a link to a file is the link, as git has it
    inner = (here.resolve() / path.name if here != path else here.resolve()).relative_to(top).as_posix()
    with TemporaryDirectory(prefix="smswire-diff-") as temporary:
        folder = Path(temporary).resolve()
        for each, content in _files(top, _blobs(top, commit.decode().strip(), inner), inner):
            target = folder / each
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if not (folder / inner).exists():
            raise ComparisonError(f"{name}:{inner}: is not in that revision")
        yield Revision(name, folder, folder / inner, top)


def _blobs(top: Path, commit: str, inner: str) -> Mapping[str, str]:
    """The schema files of a commit, path by path, with the names of their contents."""
    found: dict[str, str] = {}
    for row in _git(top, "ls-tree", "-r", "-z", "--full-tree", commit).decode("utf-8", "surrogateescape").split("\0"):
        head, _, path = row.partition("\t")
        kind = head.split(" ")
        # symbolic links and submodules have other modes
        if path and kind[0].startswith("100") and (path.lower().endswith(_SUFFIXES) or path == inner):
            found[path] = kind[2]
    return found


def _files(top: Path, blobs: Mapping[str, str], inner: str) -> Iterator[tuple[str, bytes]]:
    """The files at or below a path, those beside them, and all that have the name of one that these refer to."""
    asked = [each for each in blobs if inner in (".", each) or each.startswith(f"{inner}/")]
    folders = {PurePosixPath(each).parent for each in asked}
    wanted = {each for each in blobs if PurePosixPath(each).parent in folders}.union(asked)
    left = dict(blobs)
    while wanted:
        names: set[str] = set()
        for path, content in zip(wanted, _contents(top, [left.pop(each) for each in wanted]), strict=True):
            yield path, content
            names.update(each.rpartition("/")[2] for each in references(content))
        wanted = {each for each in left if names & _called(PurePosixPath(each).name)}


def _called(name: str) -> set[str]:
    """The names by which a file may be referred to."""
    return {name, name.removesuffix(".json"), name.removesuffix(".schema.json")}


def _contents(top: Path, blobs: Sequence[str]) -> Iterator[bytes]:
    told = _git(top, "cat-file", "--batch", given="".join(f"{each}\n" for each in blobs).encode())
    at = 0
    for _ in blobs:
        end = told.index(b"\n", at)
        size = int(told[at:end].split(b" ")[2])
        yield told[end + 1 : end + 1 + size]
        at = end + size + 2


def _git(folder: Path, *arguments: str, given: bytes | None = None, unknown: str | None = None) -> bytes:
    """What git says. `unknown` names the revision that a failure means there is none of."""
    command = shutil.which("git")
    if command is None:
        raise ComparisonError("git is not installed, which --against needs")
    done = subprocess.run(  # noqa: S603  (git itself, and no shell)
        [command, "-C", str(folder), *arguments], input=given, capture_output=True, check=False
    )
    if done.returncode:
        told = done.stderr.decode("utf-8", "replace").strip().splitlines()
        problem = _missing(folder, unknown) if unknown else next(iter(told), "git failed")
        raise ComparisonError(f"{folder}: {problem.removeprefix('fatal: ')}")
    return done.stdout


def _missing(folder: Path, name: str) -> str:
    shallow = _git(folder, "rev-parse", "--is-shallow-repository").strip() == b"true"
    return f"no revision {name}" + (", as the clone is shallow: fetch it first" if shallow else "")
