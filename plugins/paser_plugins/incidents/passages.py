"""The texts of a thing in one read-only, selectable text view that lays out only what is seen."""

from collections.abc import Iterator, Sequence
from itertools import islice

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QPlainTextEdit

from paser_plugins.incidents.description import Passage
from paser_ui.api import COLOURS, HELP_PX, LABEL_PX, cleaned, font

BLOCK = 800
"""A line longer than this is laid out in parts: one endless line would hold up the window."""

_LONGEST = 70_000
_CLEANED = 3_000
_MOST_BLOCKS = 2_000
_LEAST_PX = 56


class PassagesView(QPlainTextEdit):
    """Shows passages as they are, never as HTML; what is new does not move what is being read."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Passage, ...] | None = None
        self._follow = False
        self.setObjectName("incidents.texts")
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QPlainTextEdit { border: 0; padding: 0; background: transparent; }")
        self.setFont(font(HELP_PX))
        self.document().setDocumentMargin(0)
        self.setMinimumHeight(_LEAST_PX)

    def sizeHint(self) -> QSize:
        # Asks for little and takes what is left, so that nothing scrolls inside a scrolled view.
        return QSize(200, _LEAST_PX)

    def follow(self) -> None:
        """Show the newest with the next change: the person here has just written it."""
        self._follow = True

    def show_passages(self, passages: tuple[Passage, ...], *, anew: bool) -> None:
        """Show the texts; `anew` for another thing, which is read from its top."""
        if passages == self._shown and not anew:
            return
        bar = self.verticalScrollBar()
        place = 0 if anew else bar.value()
        self._shown = passages
        self.clear()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for number, (head, lines) in enumerate(_within_budget(passages)):
            if number:
                cursor.insertBlock()
            _insert(cursor, head, lines)
        cursor.endEditBlock()
        if self._follow and not anew:
            place = bar.maximum()
        self._follow = False
        bar.setValue(place)


def blocks(text: str) -> Iterator[str]:
    """Return the text's lines, cleaned, cut into parts of at most BLOCK characters."""
    told = text[:_LONGEST]
    pieces = (told[at : at + _CLEANED] for at in range(0, len(told), _CLEANED))
    # Cleaned in pieces: `cleaned` cuts at a label's length.
    for line in "".join(map(cleaned, pieces)).splitlines():
        rest = line
        while len(rest) > BLOCK:
            cut = rest.rfind(" ", BLOCK // 2, BLOCK) + 1 or BLOCK
            yield rest[:cut]
            rest = rest[cut:]
        yield rest


def _within_budget(passages: Sequence[Passage]) -> list[tuple[str, list[str]]]:
    """Return heads and blocks, from the newest on as much as can be laid out at once."""
    chosen: list[tuple[str, list[str]]] = []
    left = _MOST_BLOCKS
    for passage in reversed(passages):
        lines = list(islice(blocks(passage.text), left + 1))
        if len(lines) > left:
            lines[left:] = ["…"]
        left = max(0, left - len(lines))
        chosen.append((passage.head, lines))
    return chosen[::-1]


def _insert(cursor: QTextCursor, head: str, lines: Sequence[str]) -> None:
    cursor.insertText(cleaned(head).replace("\n", " "), _HEAD)
    for block in lines:
        cursor.insertBlock()
        cursor.insertText(block, _TEXT)


def _format(ink_of: str, size_px: int) -> QTextCharFormat:
    made = QTextCharFormat()
    made.setForeground(getattr(COLOURS, ink_of))
    made.setProperty(QTextCharFormat.Property.FontPixelSize, size_px)
    made.setFontWeight(QFont.Weight.Normal)
    return made


_HEAD = _format("text_3", LABEL_PX)
_TEXT = _format("text", HELP_PX)
