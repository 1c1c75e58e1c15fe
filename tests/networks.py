"""A network of the tests' own between two namespaces, whose link goes down: root alone makes it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

HERE, THERE = "198.51.100.1", "198.51.100.2"
"""Addresses of TEST-NET-2 (RFC 5737), which lead nowhere else."""


class Link:
    """A cable to a namespace in which processes run `through` it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.through = ("ip", "netns", "exec", name)

    def pull(self) -> None:
        """Pull the cable out: what is sent vanishes, and neither side is told."""
        _ip("link", "set", f"{self._name}-a", "down")

    def plug(self) -> None:
        """Put the cable in again."""
        _ip("link", "set", f"{self._name}-a", "up")


def missing() -> str | None:
    """Tell why no namespace can be made here, or None."""
    if os.geteuid() != 0:
        return "only root makes network namespaces"
    name = f"paser-try-{os.getpid()}"
    tried = subprocess.run(["ip", "netns", "add", name], capture_output=True, text=True)
    if tried.returncode:
        return f"no network namespace can be made: {tried.stderr.strip()}"
    _ip("netns", "del", name)
    return None


@contextmanager
def link() -> Iterator[Link]:
    """Make a namespace, and a cable from here to it."""
    name = f"paser{os.getpid() % 10_000}"
    _ip("netns", "add", name)
    try:
        _ip("link", "add", f"{name}-a", "type", "veth", "peer", "name", "there", "netns", name)
        _ip("addr", "add", f"{HERE}/24", "dev", f"{name}-a")
        _ip("link", "set", f"{name}-a", "up")
        for words in (
            ("addr", "add", f"{THERE}/24", "dev", "there"),
            ("link", "set", "there", "up"),
            ("link", "set", "lo", "up"),
        ):
            _ip("-n", name, *words)
        yield Link(name)
    finally:
        _ip("netns", "del", name)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)
