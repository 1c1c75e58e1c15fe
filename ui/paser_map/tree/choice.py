"""A box of choices that shows words and gives values."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy

from paser_ui.widgets.plain import cleaned


class Choice(QComboBox):
    """`chosen` gives the value that a person picked; what the program shows is not told."""

    chosen = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda _: self.chosen.emit(self.value))

    @property
    def value(self) -> str:
        """The value that is picked, "" where there is none."""
        return str(self.currentData() or "")

    def offer(self, choices: Sequence[tuple[str, str]], value: str) -> None:
        """Show the choices, each a value and its words, with one of them picked.

        A value that is not among them is added by its own name: what a layer says is never lost.
        """
        self.clear()
        for one, words in choices:
            self.addItem(cleaned(words), one)
        if value not in (one for one, _ in choices):
            self.addItem(cleaned(value), value)
        self.setCurrentIndex(self.findData(value))
