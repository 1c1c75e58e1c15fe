"""The chip that says that a list is limited to an area, and shows everything again."""

from PySide6.QtGui import QColor

from paser_ui.theme.tokens import COLOURS
from paser_ui.widgets.chip import Chip
from paser_ui.widgets.plain import put_name, put_tooltip

_CROSS = "  ✕"


class AreaChip(Chip):
    """Away while there is no area. A click on it, or the space bar, wants everything again."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setCheckable(False)
        self.hide()

    def say_area(self, text: str, act: str) -> None:
        """Say what the limit comes to, and what a press does; an empty text takes the chip away."""
        self.say(f"{text}{_CROSS}")
        put_name(self, f"{text}. {act}")
        put_tooltip(self, act)
        self.setVisible(bool(text))

    def _ink(self) -> QColor:
        return COLOURS.text

    def _edge(self) -> QColor:
        return COLOURS.selection
