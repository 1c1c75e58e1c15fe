"""What a console in safe mode leaves off, said in its banner, and the way back."""

from collections.abc import Callable

import msgspec

from paser_command.session.console import ConsoleOptions
from paser_ui.desk import Desk
from paser_ui.settings import Settings
from paser_ui.widgets.banner import Banner
from paser_ui.workspace.store import Loaded, SettingsStore

LINE = "safe_mode"


class SafeStore(SettingsStore):
    """The settings without what is about places and panels, which stays in the file as it is."""

    def load(self) -> Loaded:
        """Return what a person chose, with places and panels as delivered."""
        loaded = super().load()
        self._remembered = loaded.settings
        return Loaded(_placed_as(Settings(), loaded.settings), loaded.notice)

    def save(self, settings: Settings) -> None:
        """Save what a person chose; the places are for the next start in normal mode."""
        super().save(_placed_as(self._remembered, settings))


def _placed_as(places: Settings, settings: Settings) -> Settings:
    return msgspec.structs.replace(
        settings,
        selection=places.selection,
        selection_of=places.selection_of,
        workspace=places.workspace,
    )


def settings_store(options: ConsoleOptions) -> SettingsStore:
    """Return where the desk's settings are."""
    store = SafeStore if options.safe_mode else SettingsStore
    return store(options.home, options.fixed)


def tell_safe_mode(
    desk: Desk, banner: Banner, options: ConsoleOptions, leave: Callable[[], None]
) -> None:
    """Say what is left off, where anything is; a keeper's console has a button for the way back."""
    if not options.safe_mode:
        return
    heart = options.heart

    def start_normally() -> None:
        if heart is not None:
            heart.start_normally()
        leave()

    def say() -> None:
        if options.left_off:
            text = desk.tr(
                "Safe mode. Left off: the remembered layout, automation, panels of {plugins}.",
                plugins=", ".join(options.left_off),
            )
        else:
            text = desk.tr("Safe mode. Left off: the remembered layout, automation.")
        way_back = (desk.tr("Start normally"), start_normally) if heart else None
        banner.tell(LINE, text, act=way_back)

    desk.language_changed.connect(say)
    say()
