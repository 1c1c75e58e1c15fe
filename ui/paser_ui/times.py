"""Times by number: each a clock over the journal, which windows share or have for themselves."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from paser_command.language import Language
from paser_command.session.session import Session

COMMON = 0
"""The number of the time that the main window is in, and each window that was not moved apart."""


def time_name(number: int | None, language: Language) -> str:
    """Return what a time is called on the screen."""
    if number == COMMON:
        return language.tr("Common time")
    return language.tr("Time {n}", n=number) if number is not None else language.tr("Own time")


class Times(QObject):
    """The times that there are beside the common one. Each lasts as long as a window holds it.

    `changed` tells that one came or went.
    """

    changed = Signal()

    def __init__(self, common: Callable[[], Session]) -> None:
        super().__init__()
        self._common = common
        self._sessions: dict[int, Session] = {}
        self._holders: dict[int, int] = {}

    def numbers(self) -> tuple[int, ...]:
        """Return the numbers of the times beside the common one, in their order."""
        return tuple(sorted(self._sessions))

    def session(self, number: int) -> Session:
        """Return the session of a time that is there; KeyError where none is."""
        return self._common() if number == COMMON else self._sessions[number]

    def unused(self) -> int:
        """Return the lowest number that no time has: that of a new one."""
        return next(n for n in range(1, len(self._sessions) + 2) if n not in self._sessions)

    def hold(self, number: int) -> Session:
        """Return the session of a time: made where there is none, at the common moment."""
        if number not in self._sessions:
            self._sessions[number] = self._common().beside()
            self._holders[number] = 0
        self._holders[number] += 1
        if self._holders[number] == 1:
            self.changed.emit()
        return self._sessions[number]

    def release(self, number: int) -> None:
        """Hold a time no longer; the last one to do so ends it."""
        self._holders[number] -= 1
        if not self._holders[number]:
            del self._holders[number]
            session = self._sessions.pop(number)
            self.changed.emit()
            session.stop()
