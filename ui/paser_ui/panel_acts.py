"""What can be done with one panel: bring it before one's eyes, and the actions that are on it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.panel_host import PanelHost

FOCUS = "panel.focus."
"""What the ids of acts begin with that bring a panel before one's eyes."""

_DELIVERED = "deliveredKey"


class PanelActs(QObject):
    """Keeps the acts of a panel in step with it, as long as its place is there.

    Its own acts have its id before the names of the actions' objects. `bring` lets a panel be seen.
    """

    def __init__(self, acts: Acts, host: PanelHost, bring: Callable[[str], None]) -> None:
        super().__init__(host)
        self._acts = acts
        self._host = host
        self._bring = bring
        self._taken: tuple[object, ...] = ()
        self._offered = False
        host.titled.connect(self._take)
        host.place_shown.connect(self._focus)

    def offer(self, offered: bool) -> None:
        """Have the acts among those of the console, or not: a panel that is not shown has none."""
        if offered == self._offered:
            return
        self._offered, self._taken = offered, ()
        if offered:
            self._take()
            return
        with self._acts.together():
            self._acts.drop(f"{self._host.panel_id}/")
            self._acts.drop(f"{FOCUS}{self._host.panel_id}")

    def _take(self) -> None:
        """Take in what the panel can do now; nothing happens where that is as before."""
        if not self._offered:
            return
        panel = self._host.panel
        actions = [one for one in (panel.actions() if panel else ()) if one.objectName()]
        told = (self._host.name, id(panel), *((one.objectName(), one.text()) for one in actions))
        if told == self._taken:
            return
        self._taken = told
        focus = Act(
            id=f"{FOCUS}{self._host.panel_id}",
            words=self._host.name,
            group="Panels",
            while_typing=True,
            run=self._focus,
        )
        with self._acts.together():
            self._acts.drop(f"{self._host.panel_id}/")
            self._acts.add(focus, *(self._act(action) for action in actions if action.text()))

    def _act(self, action: QAction) -> Act:
        def run() -> None:
            self._focus()
            action.trigger()

        anywhere = action.shortcutContext() is Qt.ShortcutContext.ApplicationShortcut
        return Act(
            id=f"{self._host.panel_id}/{action.objectName()}",
            words=action.text().replace("&&", "&"),
            group=self._host.name,
            key=_delivered(action),
            scope="" if anywhere else self._host.panel_id,
            action=action,
            kind=action.objectName(),
            enabled=lambda: action.isEnabled() and action.isVisible(),
            run=run,
        )

    def _focus(self) -> None:
        """Bring the panel before one's eyes, with the focus in it."""
        self._bring(self._host.panel_id)
        panel = self._host.panel
        if panel is not None and not self._host.isAncestorOf(self._host.window().focusWidget()):
            _first_of(panel).setFocus(Qt.FocusReason.ShortcutFocusReason)


def _delivered(action: QAction) -> str:
    """Return the key that the panel gave its action, whatever a person made of it since."""
    kept = action.property(_DELIVERED)
    if not isinstance(kept, str):
        kept = action.shortcut().toString()
        action.setProperty(_DELIVERED, kept)
    return kept


def _first_of(panel: QWidget) -> QWidget:
    """Return what of a panel takes the focus: the last that had it, or the first that would."""
    if panel.isAncestorOf(panel.focusWidget()):
        return panel.focusWidget()
    widget = panel.nextInFocusChain()
    while widget is not None and panel.isAncestorOf(widget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(panel):
            return widget
        widget = widget.nextInFocusChain()
    return panel
