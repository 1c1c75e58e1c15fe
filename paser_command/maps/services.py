"""What the map gets of this machine: files, and a thread to read and write them in."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from paser_command.maps.definition import LayerDefinition
from paser_command.maps.layer_files import load, save


class MapServices:
    """The map panel's way to the disk and the network, made once for a console.

    What takes time gives a `Future`: ask it, never wait for it. `home` is this person's folder
    (`paser_command/home.py`).
    """

    def __init__(self, home: Path) -> None:
        self.home = home
        self._files = ThreadPoolExecutor(1, thread_name_prefix="layer-files")

    def read_layers(self, path: Path) -> Future[tuple[LayerDefinition, ...]]:
        """Read definitions that somebody sent; a PaserError names every mistake in them."""
        return self._files.submit(load, path)

    def write_layers(self, path: Path, layers: tuple[LayerDefinition, ...]) -> Future[None]:
        """Write definitions into a file, whole or not at all; PaserError says why not."""
        return self._files.submit(save, path, layers)

    def close(self) -> None:
        """End the threads; what is under way is finished first."""
        self._files.shutdown()
