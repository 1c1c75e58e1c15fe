"""Takes layer definitions from files and puts them into files, without holding up the window."""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from paser_command.errors import PaserError
from paser_command.language import Language
from paser_command.maps.arrangement import Layers
from paser_command.maps.layer_files import SUFFIX
from paser_command.maps.services import MapServices

_LOOK_MS = 50


class Sharing(QObject):
    """Asks for a file's name, and says what came of it. `read` gives the definitions of a file."""

    read = Signal(tuple)
    told = Signal(str)

    def __init__(
        self, parent: QWidget, services: MapServices, language: Callable[[], Language]
    ) -> None:
        super().__init__(parent)
        self._window = parent
        self._services = services
        self._language = language
        self._waiting: list[tuple[Future[Layers] | Future[None], Path]] = []
        self._looks = QTimer(self, interval=_LOOK_MS)
        self._looks.timeout.connect(self._look)

    def ask_import(self) -> None:
        """Ask which file to read."""
        self._ask(
            QFileDialog.FileMode.ExistingFile,
            self._language().tr("Import layer definitions"),
            self.take,
        )

    def ask_export(self, layers: Layers) -> None:
        """Ask for a file's name, and write the layers into it."""
        title = self._language().tr("Export layer definitions")
        self._ask(QFileDialog.FileMode.AnyFile, title, lambda path: self.give(path, layers))

    def take(self, path: Path) -> None:
        """Read the definitions in a file."""
        self._wait(self._services.read_layers(path), path)

    def give(self, path: Path, layers: Layers) -> None:
        """Write definitions into a file."""
        named = path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)
        self._wait(self._services.write_layers(named, layers), named)

    def _ask(self, mode: QFileDialog.FileMode, title: str, act: Callable[[Path], None]) -> None:
        dialog = QFileDialog(self._window, title, str(Path.home()))
        dialog.setNameFilter(self._language().tr("Layer definitions") + f" (*{SUFFIX})")
        dialog.setFileMode(mode)
        if mode is QFileDialog.FileMode.AnyFile:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.setDefaultSuffix(SUFFIX.removeprefix("."))
        dialog.fileSelected.connect(lambda name: act(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _wait(self, future: Future[Layers] | Future[None], path: Path) -> None:
        self._waiting.append((future, path))
        self._looks.start()

    def _look(self) -> None:
        for future, path in [one for one in self._waiting if one[0].done()]:
            self._waiting.remove((future, path))
            self._settle(future, path)
        if not self._waiting:
            self._looks.stop()

    def _settle(self, future: Future[Layers] | Future[None], path: Path) -> None:
        language, fault = self._language(), future.exception()
        if isinstance(fault, PaserError):
            self.told.emit(language.error(fault))
            return
        if (layers := future.result()) is None:
            self.told.emit(language.tr("Written: {file}", file=path.name))
        else:
            self.read.emit(layers)
            self.told.emit(
                language.counted(
                    "Read from {file}: {n} layer",
                    "Read from {file}: {n} layers",
                    len(layers),
                    file=path.name,
                )
            )
