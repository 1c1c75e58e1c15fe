"""Operators' commands: checked at the door, written by one thread, kept until they are saved."""

import logging
import queue
import threading
import uuid
from collections.abc import Callable

from paser_command.errors import InputError, JournalError
from paser_command.journal.writer import Writer
from paser_command.picture.drawing_change import change_of
from paser_command.picture.drawings import DRAW, DRAWING_VERBS, ERASE, REDO, REDRAW, UNDO
from paser_command.picture.incidents import ACKNOWLEDGE, NOTE
from paser_command.picture.screens import SCREEN_VERBS, check_screens
from paser_command.records import Command
from paser_command.times import Now

FEED = "console"
"""The feed of what people do."""

NOTE_LENGTH = 4_000
RETRY_S = 1.0

MOST_SUBJECT = 200
DRAWING_PREFIX = "drawing/"

_log = logging.getLogger(__name__)


def new_drawing() -> str:
    """Return the subject of a drawing that nobody has drawn yet."""
    return f"{DRAWING_PREFIX}{uuid.uuid4()}"


def checked(
    verb: str, subject: str, arguments: dict[str, str], *, who: str, seat: str, now: Now
) -> Command:
    """Return the command; InputError where it is none."""
    if verb not in _CHECKS:
        raise InputError("there is no command {verb}", verb=verb)
    if not subject or len(subject) > MOST_SUBJECT:
        raise _incomplete(verb)
    try:
        "".join((subject, *arguments.values())).encode()
    except UnicodeEncodeError as cause:
        raise InputError("the text has signs that are none: type it anew") from cause
    _CHECKS[verb](verb, subject, arguments)
    return Command(
        feed=FEED,
        key=str(uuid.uuid4()),
        at=now(),
        verb=verb,
        subject=subject,
        arguments=arguments,
        who=who,
        seat=seat,
    )


def _check_acknowledge(verb: str, _subject: str, arguments: dict[str, str]) -> None:
    if arguments:
        raise _incomplete(verb)


def _check_note(verb: str, _subject: str, arguments: dict[str, str]) -> None:
    if arguments.keys() != {"text"}:
        raise _incomplete(verb)
    if not arguments["text"].strip() or len(arguments["text"]) > NOTE_LENGTH:
        raise InputError("a note has 1 to {most} characters", most=NOTE_LENGTH)


def _check_drawing(verb: str, subject: str, arguments: dict[str, str]) -> None:
    wanted = {ERASE: set(), UNDO: {"act"}, REDO: {"act"}}.get(verb)
    if not subject.startswith(DRAWING_PREFIX) or wanted not in (None, arguments.keys()):
        raise _incomplete(verb)
    if wanted is None:
        change_of(arguments, whole=verb == DRAW)
    if verb == REDRAW and arguments.keys() <= {"shape"}:
        raise _incomplete(verb)


def _check_screens(verb: str, _subject: str, arguments: dict[str, str]) -> None:
    check_screens(verb, arguments)


def _incomplete(verb: str) -> InputError:
    return InputError("the command {verb} is not complete", verb=verb)


_CHECKS: dict[str, Callable[[str, str, dict[str, str]], None]] = {
    ACKNOWLEDGE: _check_acknowledge,
    NOTE: _check_note,
    **dict.fromkeys(DRAWING_VERBS, _check_drawing),
    **dict.fromkeys(SCREEN_VERBS, _check_screens),
}


class Commands:
    """Writes commands in a thread of its own, in order, again and again until each is saved.

    `fault` is set while the oldest cannot be saved. `saved` is called, in that thread, after each.
    """

    def __init__(self, writer: Writer, saved: Callable[[], None]) -> None:
        self.fault: JournalError | None = None
        self._writer = writer
        self._saved = saved
        self._waiting: queue.Queue[Command | None] = queue.Queue()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="commands", daemon=True)
        self._unsaved: list[Command] = []

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    def run(self, command: Command) -> None:
        """Take the command; it shows in the picture once it is saved."""
        self._waiting.put(command)

    def stop(self, timeout_s: float = 2.0) -> None:
        """Save what waits, and end."""
        self._stopping.set()
        self._waiting.put(None)
        if self._thread.is_alive():
            self._thread.join(timeout_s)
        lost = self._waiting.qsize() + len(self._unsaved)
        if self.fault is not None:
            _log.error("%s commands were not saved: %s", lost, self.fault)

    def _run(self) -> None:
        while (command := self._waiting.get()) is not None:
            self._unsaved.append(command)
            while not self._save(command):
                if self._stopping.wait(RETRY_S):
                    return
            self._unsaved.clear()

    def _save(self, command: Command) -> bool:
        try:
            self._writer.append([command])
        except JournalError as error:
            if self.fault is None:
                _log.error("a command cannot be saved yet: %s", error)
            self.fault = error
            return False
        self.fault = None
        self._saved()
        return True
