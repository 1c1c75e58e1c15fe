"""The acts of the console as it is delivered: time, alarms, language, and those of its panels."""

from collections.abc import Callable, Iterator

from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.alarms.strip import AlarmStrip
from paser_ui.palette.palette import Palette
from paser_ui.timeline.bar import SMALL_STEP, STEP, Timeline
from paser_ui.windows.windows import DeskWindow
from paser_ui.workspace.in_hand import InHand


def add_console_acts(
    acts: Acts, hand: InHand, palette: Palette, next_language: Callable[[], None]
) -> None:
    """Take in what can be done anywhere. What has to do with a window is done to that in hand."""
    acts.add(*_time_acts(lambda: hand.moved.timeline), *_alarm_acts(lambda: hand.keyed.strip))
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
    acts.bind(hand.windows.main)

    def show_all() -> None:
        for window in hand.windows.all():
            show_keys(acts, window)

    acts.changed.connect(show_all)
    show_all()


def show_keys(acts: Acts, window: DeskWindow) -> None:
    """Have a window say by which keys its bars are used."""
    window.strip.show_keys(acts.key("alarm.acknowledge"), acts.key("alarm.open"))
    window.status.show_key(acts.key("language.next"))


def _time_acts(timeline: Callable[[], Timeline]) -> Iterator[Act]:
    yield Act(
        id="clock.live",
        words="Back to live",
        group="Time",
        key="Escape",
        also=("L",),
        run=lambda: timeline().back_to_live(),
    )
    yield Act(
        id="clock.play",
        words="Pause, or play from here",
        group="Time",
        key="P",
        run=lambda: timeline().play_or_pause(),
    )
    yield Act(
        id="clock.back",
        words="A minute back",
        group="Time",
        key="Ctrl+Left",
        repeats=True,
        run=lambda: timeline().step(-SMALL_STEP),
    )
    yield Act(
        id="clock.on",
        words="A minute on",
        group="Time",
        key="Ctrl+Right",
        repeats=True,
        run=lambda: timeline().step(SMALL_STEP),
    )
    yield Act(
        id="clock.far_back",
        words="Five minutes back",
        group="Time",
        key="Ctrl+Shift+Left",
        repeats=True,
        run=lambda: timeline().step(-STEP),
    )
    yield Act(
        id="clock.far_on",
        words="Five minutes on",
        group="Time",
        key="Ctrl+Shift+Right",
        repeats=True,
        run=lambda: timeline().step(STEP),
    )
    yield Act(
        id="clock.moment",
        words="Go to a date and time",
        group="Time",
        key="Ctrl+J",
        while_typing=True,
        run=lambda: timeline().ask_moment(),
    )


def _alarm_acts(strip: Callable[[], AlarmStrip]) -> Iterator[Act]:
    yield Act(
        id="alarm.acknowledge",
        words="Acknowledge what stands in the alarm strip",
        group="Alarms",
        key="Space",
        run=lambda: strip().take_by_key(),
    )
    yield Act(
        id="alarm.open",
        words="Open what stands in the alarm strip",
        group="Alarms",
        key="Return",
        also=("Enter",),
        run=lambda: strip().pick(),
    )
