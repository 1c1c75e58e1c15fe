"""Work done in a process of its own, so that none warms, or fills, another's memory."""

import os
import sys
from collections.abc import Callable
from typing import TypeVar

import msgspec

T = TypeVar("T")


def apart(work: Callable[[], T], of: type[T]) -> T | None:
    """Return what the work gave; None, and a word about it, where it did not come to its end."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        with os.fdopen(writing, "wb") as told:
            told.write(msgspec.msgpack.encode(work()))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as heard:
        body = heard.read()
    os.waitpid(child, 0)
    if not body:
        print(f"{work} did not come to its end", file=sys.stderr)
        return None
    return msgspec.msgpack.decode(body, type=of)
