"""What tests of `smswire diff` share: what a run gives, and files and checkouts to run it on."""

from __future__ import annotations

import subprocess
from pathlib import Path

from diff.pairs import PROVEN, REFUTED, FakePair
from smswire.diff.model import Change, Place

BROKEN = FakePair(
    Change(rule="L403", path="/order/note", old="160", new="70", new_place=Place("new.json", 3)),
    old=REFUTED,
    new=PROVEN,
)
WARNED = FakePair(Change(rule="V308", path="/order/ttl", old="60", new="1440"))
INFORMED = FakePair(Change(rule="D803", path="/order"))


def write(folder: Path, *names: str, text: str = "{}") -> Path:
    for each in names:
        path = folder / each
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    folder.mkdir(exist_ok=True)
    return folder


def git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.com", "-c", "commit.gpgsign=false", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout
