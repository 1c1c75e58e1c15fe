"""What is asked of a person before a workspace, a page or a panel becomes another."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QPushButton

from paser_ui.desk import Desk
from paser_ui.widgets.giving_back import give_back
from paser_ui.widgets.name_dialog import NameDialog
from paser_ui.widgets.plain import put_title
from paser_ui.widgets.question import ask
from paser_ui.workspace.arranging import Arranging
from paser_ui.workspace.workspaces import Workspaces

_FILES = "*.toml"
NEW_WORDS = "Name of the new workspace"
COPY_WORDS = "Name of the copy"
NAME_WORDS = "Name of the workspace"
NEW_PAGE_WORDS = "Name of the new page"
PAGE_WORDS = "Name of the page"
PANEL_WORDS = "Title of the panel"
RESET_WORDS = ("Everything that was changed in {name} goes. Reset it?", "Reset")
DELETE_WORDS = ("Delete the workspace {name}?", "Delete")
REMOVE_WORDS = ("Remove this page and the panels on it?", "Remove")
EXPORT_WORDS = "Export this workspace to a file"
IMPORT_WORDS = "Import a workspace from a file"


class Asking(QObject):
    """Opens one small dialog over the window that is worked in, and does what was answered."""

    def __init__(self, workspaces: Workspaces, arranging: Arranging, desk: Desk) -> None:
        super().__init__()
        self._workspaces = workspaces
        self._arranging = arranging
        self._desk = desk

    def new(self) -> None:
        """Ask for the name of a new workspace."""
        self._name(NEW_WORDS, "", self._workspaces.make)

    def duplicate(self) -> None:
        """Ask for the name of the copy."""
        name = self._desk.tr("{name} (copy)", name=self._workspaces.name)
        self._name(COPY_WORDS, name, self._workspaces.duplicate)

    def rename(self) -> None:
        """Ask for another name."""
        self._name(NAME_WORDS, self._workspaces.name, self._workspaces.rename)

    def reset(self) -> None:
        """Ask whether what was changed shall go."""
        self._sure(*RESET_WORDS, self._workspaces.reset)

    def remove(self) -> None:
        """Ask whether the workspace shall go."""
        self._sure(*DELETE_WORDS, self._workspaces.remove)

    def new_page(self) -> None:
        """Ask for the name of a new page."""
        self._name(NEW_PAGE_WORDS, "", self._arranging.add_page)

    def rename_page(self) -> None:
        """Ask for a page's name."""
        page = self._arranging.page_in_hand()
        name = self._desk.translated(page.name)
        self._name(PAGE_WORDS, name, page.rename)

    def remove_page(self) -> None:
        """Ask whether a page and its panels shall go."""
        self._sure(*REMOVE_WORDS, self._arranging.drop_page)

    def rename_panel(self, name: str) -> None:
        """Ask for a panel's title; empty gives it its own back."""
        host = self._workspaces.board.host(name)
        self._name(PANEL_WORDS, host.name, host.retitle, may_be_empty=True)

    def export(self) -> None:
        """Ask where the file goes."""
        dialog = self._files(EXPORT_WORDS)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile(f"{self._workspaces.id}.toml")
        dialog.fileSelected.connect(lambda path: self._workspaces.export(Path(path)))
        _open(dialog)

    def take_in(self) -> None:
        """Ask which file."""
        dialog = self._files(IMPORT_WORDS)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self._workspaces.take_in(Path(path)))
        _open(dialog)

    def _name(
        self, question: str, name: str, do: Callable[[str], object], *, may_be_empty: bool = False
    ) -> None:
        dialog = NameDialog(
            self._arranging.hand.window, self._desk.tr, question, name, empty=may_be_empty
        )
        dialog.named.connect(do)
        dialog.open()

    def _sure(self, question: str, yes: str, do: Callable[[], object]) -> None:
        text = self._desk.tr(question, name=self._workspaces.name)
        ask(self._arranging.hand.window, text, self._desk.tr(yes), self._desk.tr("Cancel"), do)

    def _files(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._arranging.hand.window)
        dialog.setObjectName("workspace.file")
        put_title(dialog, self._desk.tr(title))
        dialog.setNameFilter(f"{self._desk.tr('Workspaces')} ({_FILES})")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.finished.connect(dialog.deleteLater)
        give_back(dialog, self._arranging.hand.window)
        return dialog


def _open(dialog: QFileDialog) -> None:
    """Open it, with names on Qt's own buttons: they are made anew with each option."""
    for number, button in enumerate(dialog.findChildren(QPushButton)):
        button.setObjectName(f"workspace.file.{number}")
    dialog.open()
