"""What the map gets of this machine: files, and a thread to read and write them in."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from paser_command.config import AreaSettings
from paser_command.maps.definition import LayerDefinition
from paser_command.maps.layer_files import load, save
from paser_command.maps.whereabouts import Borders, District


class MapServices:
    """The map panel's way to the disk and the network, made once for a console.

    What takes time gives a `Future`: ask it, never wait for it. `home` is this person's folder
    (`paser_command/home.py`), `areas` says where the site's district borders are.
    """

    def __init__(self, home: Path, areas: AreaSettings | None = None) -> None:
        self.home = home
        self._areas = areas
        self._borders: Future[Borders] | None = None
        self._files = ThreadPoolExecutor(1, thread_name_prefix="layer-files")

    def read_layers(self, path: Path) -> Future[tuple[LayerDefinition, ...]]:
        """Read definitions that somebody sent; a PaserError names every mistake in them."""
        return self._files.submit(load, path)

    def write_layers(self, path: Path, layers: tuple[LayerDefinition, ...]) -> Future[None]:
        """Write definitions into a file, whole or not at all; PaserError says why not."""
        return self._files.submit(save, path, layers)

    def district_at(self, lon: float, lat: float) -> District | None:
        """Return the district of a place in degrees; None while the borders are still read."""
        if self._borders is None:
            self._borders = self._files.submit(Borders, self._areas)
        return self._borders.result().district_at(lon, lat) if self._borders.done() else None

    def close(self) -> None:
        """End the threads; what is under way is finished first."""
        self._files.shutdown()
