"""The way back to the first start: the next one asks how to begin."""

from collections.abc import Callable

from paser_command.errors import PaserError
from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.desk import Desk
from paser_ui.windows.main_window import MainWindow

_NOTICE = "start"


def add_choosing_again(
    acts: Acts, window: MainWindow, desk: Desk, choose_again: Callable[[], None]
) -> None:
    """Take in the act that forgets what was chosen, and says so."""

    def run() -> None:
        try:
            choose_again()
        except PaserError as error:
            window.notice(_NOTICE, error)
        else:
            window.tell(_NOTICE, desk.tr("The next start asks how to begin."))

    acts.add(
        Act(
            id="start.choose_again",
            words="Choose at the next start how to begin",
            group="Console",
            run=run,
        )
    )
