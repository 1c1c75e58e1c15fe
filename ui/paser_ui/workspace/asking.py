"""What is asked of a person before a workspace, a page or a panel becomes another."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from paser_ui.desk import Desk
from paser_ui.widgets.name_dialog import NameDialog
from paser_ui.widgets.question import ask
from paser_ui.workspace.workspaces import Workspaces

_FILES = "*.toml"


class Asking(QObject):
    """Opens one small dialog over the window that is worked in, and does what was answered."""

    def __init__(self, workspaces: Workspaces, desk: Desk, window: Callable[[], QWidget]) -> None:
        super().__init__()
        self._workspaces = workspaces
        self._desk = desk
        self._window = window

    def new(self) -> None:
        """Ask for the name of a new workspace."""
        self._name("Name of the new workspace", "", self._workspaces.make)

    def duplicate(self) -> None:
        """Ask for the name of the copy."""
        name = self._desk.tr("{name} (copy)", name=self._workspaces.name)
        self._name("Name of the copy", name, self._workspaces.duplicate)

    def rename(self) -> None:
        """Ask for another name."""
        self._name("Name of the workspace", self._workspaces.name, self._workspaces.rename)

    def reset(self) -> None:
        """Ask whether what was changed shall go."""
        text = "Everything that was changed in {name} goes. Reset it?"
        self._sure(text, "Reset", self._workspaces.reset)

    def remove(self) -> None:
        """Ask whether the workspace shall go."""
        self._sure("Delete the workspace {name}?", "Delete", self._workspaces.remove)

    def new_page(self) -> None:
        """Ask for the name of a new page."""
        self._name("Name of the new page", "", self._workspaces.add_page)

    def rename_page(self) -> None:
        """Ask for a page's name."""
        page = self._workspaces.page_in_hand()
        name = self._desk.translated(page.name)
        self._name("Name of the page", name, page.rename)

    def remove_page(self) -> None:
        """Ask whether a page and its panels shall go."""
        self._sure("Remove this page and the panels on it?", "Remove", self._workspaces.drop_page)

    def rename_panel(self, name: str) -> None:
        """Ask for a panel's title; empty gives it its own back."""
        host = self._workspaces.board.host(name)
        self._name("Title of the panel", host.name, host.retitle, may_be_empty=True)

    def export(self) -> None:
        """Ask where the file goes."""
        dialog = self._files("Export this workspace to a file")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.selectFile(f"{self._workspaces.id}.toml")
        dialog.fileSelected.connect(lambda path: self._workspaces.export(Path(path)))
        dialog.open()

    def take_in(self) -> None:
        """Ask which file."""
        dialog = self._files("Import a workspace from a file")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self._workspaces.take_in(Path(path)))
        dialog.open()

    def _name(
        self, question: str, name: str, do: Callable[[str], object], *, may_be_empty: bool = False
    ) -> None:
        dialog = NameDialog(self._window(), self._desk.tr, question, name, empty=may_be_empty)
        dialog.named.connect(do)
        dialog.open()

    def _sure(self, question: str, yes: str, do: Callable[[], object]) -> None:
        text = self._desk.tr(question, name=self._workspaces.name)
        ask(self._window(), text, self._desk.tr(yes), self._desk.tr("Cancel"), do)

    def _files(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self._window())
        dialog.setObjectName("workspace.file")
        dialog.setWindowTitle(self._desk.tr(title))
        dialog.setNameFilter(f"{self._desk.tr('Workspaces')} ({_FILES})")
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.finished.connect(dialog.deleteLater)
        return dialog
