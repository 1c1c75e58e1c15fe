"""Says that another version is installed, with a button that starts it in this console's place."""

from collections.abc import Callable

from paser_command.errors import PaserError
from paser_command.installed.watch import VERSION
from paser_ui.desk import Desk
from paser_ui.widgets.banner import Banner


def offer_version(
    desk: Desk, banner: Banner, told: PaserError, start_anew: Callable[[], None]
) -> None:
    """Put the line into the banner, in the language of the screen."""

    def say() -> None:
        banner.tell(VERSION, desk.language.error(told), act=(desk.tr("Start anew"), start_anew))

    desk.language_changed.connect(say)
    say()
