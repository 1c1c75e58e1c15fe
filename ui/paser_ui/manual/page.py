"""The manual's text: our own Markdown and nothing else, no images, no way out of it."""

from typing import Any

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import (
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from paser_ui.manual.sections import anchor_of, without_outside_links
from paser_ui.theme.tokens import COLOURS

_FEATURES = (
    QTextDocument.MarkdownFeature.MarkdownDialectGitHub
    | QTextDocument.MarkdownFeature.MarkdownNoHTML
)
_MARGIN_PX = 24
_CELL_PX = 6
_HEAD_PX = 18


class ManualPage(QTextBrowser):
    """Shows the manual. `moved` gives the anchor of the section that is at the top."""

    moved = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("manual.page")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.anchorClicked.connect(self._follow)
        self.verticalScrollBar().valueChanged.connect(lambda _at: self.moved.emit(self.section))

    def show_manual(self, markdown: str) -> None:
        """Show the text, from its top."""
        self.document().setMarkdown(without_outside_links(markdown), _FEATURES)
        self.document().setDocumentMargin(_MARGIN_PX)
        self._dress()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    @property
    def section(self) -> str:
        """Return the anchor of the section that is at the top, "" before the first."""
        top, found = self.verticalScrollBar().value() + _MARGIN_PX, ""
        for block in self._headings():
            if self._top_of(block) > top:
                break
            found = anchor_of(block.text())
        return found

    def go_to(self, anchor: str) -> bool:
        """Bring a section to the top; False where there is none of that name."""
        for block in self._headings():
            if anchor_of(block.text()) == anchor:
                self.setTextCursor(QTextCursor(block))
                self.verticalScrollBar().setValue(round(self._top_of(block)) - _CELL_PX)
                return True
        return False

    def find_next(self, text: str, *, back: bool = False) -> bool:
        """Mark the next place that has the text, from the other end where there is none left."""
        flags = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
        if self.find(text, flags):
            return True
        end = QTextCursor.MoveOperation.End if back else QTextCursor.MoveOperation.Start
        before = self.textCursor()
        self.moveCursor(end)
        if self.find(text, flags):
            return True
        self.setTextCursor(before)
        return False

    def loadResource(self, _kind: int, _name: QUrl | str) -> Any:
        # There is nothing beside the text: whatever it names is not looked for.
        return None

    def _follow(self, link: QUrl) -> None:
        if link.hasFragment() and not link.path() and not link.host():
            self.go_to(link.fragment())

    def _headings(self) -> list[QTextBlock]:
        found, block = [], self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() > 0:
                found.append(block)
            block = block.next()
        return found

    def _top_of(self, block: QTextBlock) -> float:
        return self.document().documentLayout().blockBoundingRect(block).top()

    def _dress(self) -> None:
        """Give headings, paragraphs and tables the lines and the room that the screen has."""
        block = self.document().begin()
        while block.isValid():
            cursor = QTextCursor(block)
            if cursor.currentTable() is None:
                form = block.blockFormat()
                heading = form.headingLevel() > 0
                form.setTopMargin(_HEAD_PX if heading else 0)
                form.setBottomMargin(_CELL_PX if cursor.currentList() is None else 2)
                cursor.setBlockFormat(form)
            block = block.next()
        self._dress_tables()

    def _dress_tables(self) -> None:
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                form = frame.format()
                form.setBorder(1)
                form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                form.setBorderBrush(COLOURS.edge)
                form.setBorderCollapse(True)
                form.setCellPadding(_CELL_PX)
                form.setTopMargin(_CELL_PX)
                form.setBottomMargin(2 * _CELL_PX)
                form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(form)
