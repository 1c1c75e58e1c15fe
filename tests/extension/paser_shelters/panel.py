"""A panel of shelters, made of the apis alone."""

from PySide6.QtWidgets import QVBoxLayout

from paser_command.api import Frame
from paser_ui.api import Panel, PanelContext, plain_label, put_text


class SheltersPanel(Panel):
    """Says how many people the shelters hold."""

    def __init__(self, context: PanelContext) -> None:
        super().__init__(context)
        self._said = plain_label()
        self._said.setObjectName("shelters.said")
        QVBoxLayout(self).addWidget(self._said)

    def render_frame(self, frame: Frame) -> None:
        """Show the sum of the moment."""
        shelters = frame.picture.table("shelters.shelters").values()
        put_text(self._said, str(sum(one.people for one in shelters)))
