"""What a changed setting changes at once."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject

from paser_ui.alarms.bell import Bell
from paser_ui.alarms.strip import AlarmStrip
from paser_ui.desk import Desk
from paser_ui.preferences.preferences import Preferences


class Effects(QObject):
    """Puts language, zone, pulse and sounds into effect; follows a language changed elsewhere."""

    def __init__(
        self,
        preferences: Preferences,
        desk: Desk,
        strips: Callable[[], Iterable[AlarmStrip]],
        bell: Bell,
        site_zone: str,
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._desk = desk
        self._does: dict[str, Callable[[], None]] = {
            "language": lambda: desk.speak(preferences.settings.language),
            "zone": lambda: desk.tell_times_in(preferences.settings.zone or site_zone),
            "pulse": lambda: _pulse(strips(), preferences.settings.pulse),
            "sounds": lambda: bell.ringing.choose(preferences.settings.sounds),
        }
        preferences.changed.connect(self._put)
        desk.language_changed.connect(self._follow_language)

    def _follow_language(self) -> None:
        self._preferences.put("language", self._desk.language.code)

    def _put(self, name: str) -> None:
        if name in self._does:
            self._does[name]()


def _pulse(strips: Iterable[AlarmStrip], pulse: bool) -> None:
    for strip in strips:
        strip.set_pulse(pulse)
