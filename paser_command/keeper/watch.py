"""The judge of a console's silence: when its stacks are wanted, and when it has to be ended."""

from enum import Enum, auto

from paser_command.keeper.heart import BEAT, LEAVE, NORMAL, OPENING, WIRED

LONGEST_STEP_S = 1.0
"""More than this is never counted at once: then the keeper itself did not run, for the machine
slept or was stopped, and the console neither."""


class Phase(Enum):
    """How far the console is. The limits: silence until its stacks, and until its end."""

    OPENING = auto()
    BUILDING = auto()
    SHOWN = auto()
    LEAVING = auto()


class Verdict(Enum):
    """What is to be done about a silence."""

    DUMP = auto()
    KILL = auto()


PATIENCE_S = {
    # A large journal may be brought to a new schema meanwhile.
    Phase.OPENING: (60.0, 1800.0),
    Phase.BUILDING: (30.0, 120.0),
    Phase.SHOWN: (5.0, 15.0),
    # What was commanded is saved first.
    Phase.LEAVING: (20.0, 60.0),
}

SETTLED_BEATS = 4
"""Before so many beats the window is still built: its panels are made in the loop, one by one."""

_PHASES = {OPENING: Phase.OPENING, WIRED: Phase.BUILDING, LEAVE: Phase.LEAVING}

ASKED_S = 5.0
"""How long a console that was asked to end may go on without saying that it leaves."""


class Watch:
    """What is known of one console. `alive_s` is how long its window's loop ran."""

    def __init__(self) -> None:
        self.phase = Phase.OPENING
        self.silent_s = 0.0
        self.alive_s = 0.0
        self.wants_normal = False
        self._asked_s: float | None = None
        self._dumped = False
        self._beats = 0

    def hear(self, said: bytes) -> None:
        """Take in what the console said."""
        self.silent_s = 0.0
        self._dumped = False
        self.wants_normal = self.wants_normal or NORMAL in said
        for number in said:
            self._hear(bytes([number]))

    def ask(self) -> None:
        """Know that the console was asked to end."""
        self._asked_s = 0.0

    def wait(self, elapsed_s: float) -> Verdict | None:
        """Let time pass; return what is to be done now."""
        step_s = min(elapsed_s, LONGEST_STEP_S)
        self.silent_s += step_s
        dump_s, kill_s = PATIENCE_S[self.phase]
        if self.phase is Phase.SHOWN and self.silent_s < dump_s:
            self.alive_s += step_s
        if self.silent_s >= kill_s or self._ignores(step_s):
            return Verdict.KILL
        if self.silent_s >= dump_s and not self._dumped:
            self._dumped = True
            return Verdict.DUMP
        return None

    def _hear(self, byte: bytes) -> None:
        if self.phase is Phase.LEAVING:
            return
        if byte == BEAT:
            self._beats += 1
            self.phase = Phase.SHOWN if self._beats >= SETTLED_BEATS else Phase.BUILDING
        elif byte in _PHASES:
            self._beats = 0
            self.phase = _PHASES[byte]

    def _ignores(self, step_s: float) -> bool:
        """Tell whether the console was asked to end, and does nothing about it."""
        if self._asked_s is None or self.phase is Phase.LEAVING:
            return False
        self._asked_s += step_s
        return self._asked_s >= ASKED_S
