"""What rules do by themselves at this desk: said on the screen, in the journal, undone by a key."""

import logging
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from paser_command.session.frames import Selection
from paser_command.verbs.automation import RuleActed, RuleUndone
from paser_command.verbs.verb import VerbValue
from paser_command.workspaces.automation import Act as RuleAct
from paser_command.workspaces.automation import Automation
from paser_command.workspaces.rules import Rule
from paser_ui.acts.act import Act
from paser_ui.acts.focus import takes_text
from paser_ui.desk import Desk
from paser_ui.wall.walls import Walls
from paser_ui.widgets.banner import Banner
from paser_ui.workspace.arranging import Arranging
from paser_ui.workspace.workspaces import Workspaces

LINE = "automation"
CENTRE_ZOOM = 12.0
_LOOK_MS = 500
WOULD_WORDS = "Rule {rule} would show {workspace}: {thing}"
DID_WORDS = "Rule {rule} showed {workspace}: {thing}"

_LOG = logging.getLogger(__name__)


class Automatic(QObject):
    """Looks at the picture of now twice a second, and does what the rules say.

    It takes the keyboard from nobody who types: then the line offers what it would have done.
    """

    def __init__(
        self,
        engine: Automation,
        desk: Desk,
        workspaces: Workspaces,
        arranging: Arranging,
        walls: Walls,
        banner: Banner,
        *,
        is_typing: Callable[[], bool] = lambda: takes_text(QApplication.focusWidget()),
    ) -> None:
        super().__init__()
        self._engine = engine
        self._desk = desk
        self._workspaces = workspaces
        self._arranging = arranging
        self._walls = walls
        self._banner = banner
        self._is_typing = is_typing
        self._undo: list[Callable[[], object]] = []
        self._last: tuple[str, str] | None = None
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)

    @property
    def _seat(self) -> str:
        return self._desk.session.identity.seat

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()

    def stop(self) -> None:
        """Do nothing by itself any more."""
        self._timer.stop()

    def look(self) -> None:
        """Do what has become due."""
        session = self._desk.session
        for act in self._engine.look(session.live_picture, session.wall_now()):
            self.do(act)

    def do(self, act: RuleAct) -> None:
        """Do what a rule says for a thing, or offer it to a person who is typing."""
        if act.rule.on == "desk" and act.rule.workspace and self._is_typing():
            words = self._words(WOULD_WORDS, act)
            self._banner.tell(
                LINE, words, act=(self._desk.tr("Show"), lambda: self._carry_out(act))
            )
            return
        self._carry_out(act)

    def undo(self) -> None:
        """Have it as before the last act of a rule."""
        for take_back in reversed(self._undo):
            take_back()
        self._undo = []
        self._banner.tell(LINE, "")
        if self._last is not None:
            self._tell_undone(*self._last)
            self._last = None

    @property
    def can_undo(self) -> bool:
        """Whether a rule did something that nobody took back."""
        return bool(self._undo)

    def _carry_out(self, act: RuleAct) -> None:
        self._undo = []
        did = [*self._show(act), *self._go(act), *self._open(act.rule)]
        if not did:
            return
        self._last = (act.rule.id, act.thing.key)
        text = self._words(DID_WORDS, act)
        self._banner.tell(LINE, text, act=(self._desk.tr("Undo"), self.undo))
        self._act(RuleActed(act.rule.id, act.thing.key, " ".join(did)[:200]))

    def _show(self, act: RuleAct) -> list[str]:
        rule = act.rule
        if not rule.workspace:
            return []
        if rule.on == "wall":
            return self._show_on_walls(act)
        before = self._workspaces.id
        if rule.workspace == before:
            return []
        if not self._workspaces.show(rule.workspace, reason=f"rule {rule.id}"):
            return []
        self._undo.append(lambda: self._workspaces.show(before))
        return [f"workspace:{rule.workspace}"]

    def _show_on_walls(self, act: RuleAct) -> list[str]:
        rule, did = act.rule, []
        for present in self._walls.displays():
            display = present.display
            if self._walls.send_workspace(display, rule.workspace, stay_s=rule.stay_s):
                self._undo.append(partial(self._walls.take_back, display))
                did.append(f"wall:{rule.workspace}")
                if rule.centre and act.thing.lon is not None and act.thing.lat is not None:
                    self._walls.go_to(display, act.thing.lon, act.thing.lat, CENTRE_ZOOM)
        return did[:1]

    def _go(self, act: RuleAct) -> list[str]:
        did: list[str] = []
        thing, desk = act.thing, self._desk
        if act.rule.on != "desk":
            return did
        if act.rule.select:
            before = desk.selection
            desk.select(Selection(thing.kind, thing.select))
            self._undo.append(lambda: desk.select(before))
            did.append("select")
        if act.rule.centre and thing.lon is not None and thing.lat is not None:
            desk.go_to((thing.lon, thing.lat), CENTRE_ZOOM)
            did.append("centre")
        return did

    def _open(self, rule: Rule) -> list[str]:
        return [f"open:{type_id}" for type_id in rule.open if self._arranging.reveal(type_id)]

    def _words(self, template: str, act: RuleAct) -> str:
        """Say what was done, and how many others were held back."""
        language = self._desk.language
        name = str(act.thing.facts.get("title") or act.thing.key)
        told = language.tr(
            template,
            rule=act.rule.id,
            workspace=self._workspaces.name_of_id(act.rule.workspace) or "-",
            thing=name,
        )
        if act.held_back:
            told += " · " + language.tr("{n} more were held back", n=act.held_back)
        return told

    def _tell_undone(self, rule: str, thing: str) -> None:
        done = [
            one
            for one in self._desk.session.live_picture.automation.values()
            if (one.rule, one.thing, one.seat) == (rule, thing, self._seat) and not one.undone
        ]
        if done:
            self._act(RuleUndone(done[-1].key))

    def _act(self, value: VerbValue) -> None:
        error = self._desk.session.act(value, self._seat).error
        if error is not None:
            _LOG.warning("%s", error)


def undo_act(automatic: Automatic) -> Act:
    """Return the act that takes back what a rule did."""
    return Act(
        id="automation.undo",
        words="Undo what a rule did",
        group="Automation",
        key="Ctrl+U",
        run=automatic.undo,
        enabled=lambda: automatic.can_undo,
    )
