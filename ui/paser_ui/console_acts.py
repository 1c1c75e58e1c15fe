"""The acts of the console as it is delivered: time, alarms, language, and those of its panels."""

from collections.abc import Callable, Iterator

from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.desk import Desk
from paser_ui.palette.palette import Palette
from paser_ui.timeline.bar import SMALL_STEP, STEP
from paser_ui.windows.main_window import MainWindow


def add_console_acts(
    acts: Acts, window: MainWindow, desk: Desk, palette: Palette, next_language: Callable[[], None]
) -> None:
    """Take in what can be done anywhere, whatever is shown."""
    acts.add(*_time_acts(window, desk), *_alarm_acts(window))
    acts.add(
        Act(
            id="language.next",
            words="The other language",
            group="Console",
            key="Ctrl+L",
            while_typing=True,
            run=next_language,
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
    acts.bind(window)

    def show_keys() -> None:
        window.strip.show_keys(acts.key("alarm.acknowledge"), acts.key("alarm.open"))
        window.status.show_key(acts.key("language.next"))

    acts.changed.connect(show_keys)
    show_keys()


def _time_acts(window: MainWindow, desk: Desk) -> Iterator[Act]:
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
    yield Act(
        id="clock.moment",
        words="Go to a date and time",
        group="Time",
        key="Ctrl+J",
        while_typing=True,
        run=timeline.ask_moment,
    )


def _alarm_acts(window: MainWindow) -> Iterator[Act]:
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
