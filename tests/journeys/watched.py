"""The console as a user starts it, which tells what its widgets show.

Run as a process: the arguments are those of paser-command. It prints a line of JSON five times a
second; a line "shot PATH" on its standard input saves a picture of the screen.
"""

import json
import sys
import threading
from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QListView,
    QPlainTextEdit,
    QWidget,
)

from paser_command.cli.main import main
from paser_ui import app

EVERY_MS = 200


class WatchedConsole(app.Console):
    """Tells what is on the screen."""

    def start(self) -> None:
        """Start, and begin to tell."""
        super().start()
        self._shots: list[str] = []
        threading.Thread(target=self._listen, daemon=True).start()
        self._telling = QTimer(interval=EVERY_MS)
        self._telling.timeout.connect(self._tell)
        self._telling.start()

    def stop(self) -> None:
        """Tell no more: a window that closes shows nothing."""
        self._telling.stop()
        super().stop()

    def _listen(self) -> None:
        for line in sys.stdin:
            if line.startswith("shot "):
                self._shots.append(line[5:].strip())

    def _tell(self) -> None:
        while self._shots:
            path = Path(self._shots.pop())
            QGuiApplication.primaryScreen().grabWindow(0).save(str(path.with_suffix(".part.png")))
            path.with_suffix(".part.png").rename(path)
        told = {"texts": {}, "rows": {}, "title": self.window.windowTitle()}
        for widget in QApplication.allWidgets():
            if widget.isVisible():
                _take(told, widget)
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def _take(told: dict[str, Any], widget: QWidget) -> None:
    name = widget.objectName()
    if isinstance(widget, QLabel | QAbstractButton):
        told["texts"][name or f"{type(widget).__name__} {id(widget)}"] = widget.text()
    elif isinstance(widget, QPlainTextEdit):
        told["texts"][name] = widget.toPlainText()
    elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
        # A list has one column, and PySide6 keeps its model's own count private.
        columns = 1 if isinstance(widget, QListView) else widget.model().columnCount()
        told["rows"][name] = _rows(widget.model(), columns)


def _rows(model: QAbstractItemModel, columns: int) -> list[str]:
    rows = []
    for row in range(min(model.rowCount(), 100)):
        cells = [model.index(row, column, QModelIndex()) for column in range(columns)]
        heard = [
            model.data(cell, Qt.ItemDataRole.AccessibleTextRole)
            or model.data(cell, Qt.ItemDataRole.DisplayRole)
            for cell in cells
        ]
        rows.append(" | ".join(str(text) for text in heard if text))
    return rows


if __name__ == "__main__":
    app.Console = WatchedConsole  # type: ignore[misc]
    sys.exit(main())
