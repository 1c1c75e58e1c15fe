"""What was made of something is kept while it is used, and for a while after."""

import time
from collections.abc import Callable, Hashable
from typing import Generic, ParamSpec, TypeVar

KEPT_S = 30.0

Of = ParamSpec("Of")
Made = TypeVar("Made")


class Recent(Generic[Of, Made]):
    """A function whose answers are kept from one use to the next.

    A cache of so many entries keeps all that it ever saw until it is full: of words that run, such
    as the numbers on a map, that is memory that grows for an hour. This keeps what is on the
    screen, however much that is: what is made anew puts away what nobody asked for in the last
    `kept_s`. For the main thread alone.
    """

    def __init__(
        self,
        make: Callable[Of, Made],
        *,
        kept_s: float = KEPT_S,
        now_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make = make
        self._kept_s = kept_s
        self._now_s = now_s
        self._turned_s = now_s()
        self._new: dict[Hashable, Made] = {}
        self._old: dict[Hashable, Made] = {}

    def __call__(self, *args: Of.args, **kwargs: Of.kwargs) -> Made:
        key = (args, tuple(kwargs.items())) if kwargs else args
        if key in self._new:
            return self._new[key]
        self._turn()
        made = self._old.pop(key) if key in self._old else self._make(*args, **kwargs)
        self._new[key] = made
        return made

    def __len__(self) -> int:
        return len(self._new) + len(self._old)

    def _turn(self) -> None:
        """Let go of what was not used since the last turn."""
        now_s = self._now_s()
        if now_s - self._turned_s >= self._kept_s:
            self._turned_s = now_s
            self._new, self._old = {}, self._new
