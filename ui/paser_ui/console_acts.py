"""The acts of the console as it is delivered: time, alarms, language, and those of its panels."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.desk import Desk
from paser_ui.palette.palette import Palette
from paser_ui.panel_host import PanelHost
from paser_ui.timeline.bar import SMALL_STEP, STEP
from paser_ui.window import Window

FOCUS = "panel.focus."
"""What the ids of acts begin with that bring a panel before one's eyes."""


def add_console_acts(acts: Acts, window: Window, desk: Desk, palette: Palette) -> None:
    """Take in what can be done in the window, and keep up with its panels."""
    acts.add(*_time_acts(window, desk), *_alarm_acts(window))
    acts.add(
        Act(
            id="language.next",
            words="The other language",
            group="Console",
            key="Ctrl+L",
            while_typing=True,
            run=window.next_language,
        )
    )
    acts.add(
        Act(
            id="palette.open",
            words="Command palette",
            group="Console",
            key="Ctrl+K",
            while_typing=True,
            run=palette.open,
        )
    )
    for host in window.hosts.values():
        _take_panel(acts, window, host)
        host.titled.connect(lambda host=host: _take_panel(acts, window, host))
    acts.bind(window)


def bring(window: Window, host: PanelHost) -> None:
    """Bring a panel before one's eyes, with the focus in it."""
    window.docking.bring(host.panel_id)
    if host.panel is not None and not host.isAncestorOf(window.focusWidget() or window):
        _first_of(host.panel).setFocus(Qt.FocusReason.ShortcutFocusReason)


def _time_acts(window: Window, desk: Desk) -> Iterator[Act]:
    timeline = window.timeline
    yield Act(
        id="clock.live",
        words="Back to live",
        group="Time",
        key="Escape",
        also=("L",),
        run=desk.session.live,
    )
    yield Act(
        id="clock.play",
        words="Pause, or play from here",
        group="Time",
        key="P",
        run=timeline.play_or_pause,
    )
    yield Act(
        id="clock.back",
        words="A minute back",
        group="Time",
        key="Ctrl+Left",
        repeats=True,
        run=lambda: timeline.step(-SMALL_STEP),
    )
    yield Act(
        id="clock.on",
        words="A minute on",
        group="Time",
        key="Ctrl+Right",
        repeats=True,
        run=lambda: timeline.step(SMALL_STEP),
    )
    yield Act(
        id="clock.far_back",
        words="Five minutes back",
        group="Time",
        key="Ctrl+Shift+Left",
        repeats=True,
        run=lambda: timeline.step(-STEP),
    )
    yield Act(
        id="clock.far_on",
        words="Five minutes on",
        group="Time",
        key="Ctrl+Shift+Right",
        repeats=True,
        run=lambda: timeline.step(STEP),
    )


def _alarm_acts(window: Window) -> Iterator[Act]:
    yield Act(
        id="alarm.acknowledge",
        words="Acknowledge what stands in the alarm strip",
        group="Alarms",
        key="Space",
        run=window.strip.take,
    )
    yield Act(
        id="alarm.open",
        words="Open what stands in the alarm strip",
        group="Alarms",
        key="Return",
        also=("Enter",),
        run=window.strip.pick,
    )


def _take_panel(acts: Acts, window: Window, host: PanelHost) -> None:
    """Take in a panel and what it can do: the actions that are on it, by their objects' names."""
    acts.drop(prefix := f"{host.panel_id}/")
    acts.add(
        Act(
            id=f"{FOCUS}{host.panel_id}",
            words=host.name,
            group="Panels",
            while_typing=True,
            run=lambda: bring(window, host),
        ),
        *(
            _panel_act(f"{prefix}{action.objectName()}", window, host, action)
            for action in (host.panel.actions() if host.panel else ())
            if action.objectName() and action.text()
        ),
    )


def _panel_act(act_id: str, window: Window, host: PanelHost, action: QAction) -> Act:
    def run() -> None:
        bring(window, host)
        action.trigger()

    anywhere = action.shortcutContext() is Qt.ShortcutContext.ApplicationShortcut
    return Act(
        id=act_id,
        words=action.text().replace("&&", "&"),
        group=host.name,
        key=_delivered(action),
        scope="" if anywhere else host.panel_id,
        action=action,
        enabled=lambda: action.isEnabled() and action.isVisible(),
        run=run,
    )


def _delivered(action: QAction) -> str:
    """Return the key that the panel gave its action, whatever a person made of it since."""
    kept = action.property("delivered")
    if not isinstance(kept, str):
        kept = action.shortcut().toString()
        action.setProperty("delivered", kept)
    return kept


def _first_of(panel: QWidget) -> QWidget:
    """Return what of a panel takes the focus: itself, or the first in it that does."""
    if panel.isAncestorOf(panel.focusWidget()):
        return panel.focusWidget()
    widget = panel.nextInFocusChain()
    while widget is not None and panel.isAncestorOf(widget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(panel):
            return widget
        widget = widget.nextInFocusChain()
    return panel
