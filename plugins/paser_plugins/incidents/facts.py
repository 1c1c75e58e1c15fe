"""Labels and values side by side, in two columns where there is room."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from paser_plugins.incidents.description import Fact
from paser_ui.api import HELP_PX, LABEL_PX, font, plain_label, put_name, put_text

WIDE_PX = 520
"""From this width on there are two columns of facts."""

_LABEL_PX = 80
_LONGEST = 400


class FactsGrid(QWidget):
    """Shows facts; labels are made once and used again."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("incidents.facts")
        self._labels: list[QLabel] = []
        self._values: list[QLabel] = []
        self._count = 0
        self._columns = 1
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts in place of the last ones."""
        while len(self._labels) < len(facts):
            self._add()
        for number, fact in enumerate(facts):
            put_text(self._labels[number], fact.label)
            put_text(self._values[number], fact.value[:_LONGEST])
            put_name(self._values[number], f"{fact.label}: {fact.value[:_LONGEST]}")
        if len(facts) != self._count:
            self._count = len(facts)
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        columns = 2 if self.width() >= WIDE_PX else 1
        if columns != self._columns:
            self._columns = columns
            self._arrange()

    def _add(self) -> None:
        label = plain_label(font=font(LABEL_PX), role="3")
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        label.setMinimumWidth(_LABEL_PX)
        value = plain_label(font=font(HELP_PX), role="2")
        value.setWordWrap(True)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        value.setAlignment(Qt.AlignmentFlag.AlignTop)
        value.setObjectName(f"incidents.fact{len(self._values)}")
        self._labels.append(label)
        self._values.append(value)

    def _arrange(self) -> None:
        for number, (label, value) in enumerate(zip(self._labels, self._values, strict=True)):
            self._grid.removeWidget(label)
            self._grid.removeWidget(value)
            shown = number < self._count
            if shown:
                row, column = divmod(number, self._columns)
                self._grid.addWidget(label, row, column * 2)
                self._grid.addWidget(value, row, column * 2 + 1)
            label.setVisible(shown)
            value.setVisible(shown)
        self._grid.setColumnStretch(1, 3)
        self._grid.setColumnStretch(3, 2 if self._columns == 2 else 0)
