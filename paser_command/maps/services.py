"""What the map gets of this machine: files, and a thread to read and write them in."""

from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from weakref import WeakSet

from paser_command.export.exports import Exports
from paser_command.maps.definition import FileSource, LayerDefinition
from paser_command.maps.layer_files import load, save
from paser_command.maps.tiles.service import FOLDER, TileService
from paser_command.maps.vector.reading import Reading
from paser_command.maps.whereabouts import Borders, District
from paser_command.stand.stand import Stand, paser_stand


class MapServices:
    """The map panel's way to the disk and the network, made once for a console.

    What takes time gives a `Future`: ask it, never wait for it. `home` is this person's folder
    (`paser_command/home.py`), `stand` is the site's, Paser's where there is none, `program` is the
    command line that starts this program again, to read files in a process of its own. `exports`
    puts maps into files; there is none where no journal stands behind the map.
    """

    def __init__(
        self,
        home: Path,
        stand: Stand | None = None,
        program: Sequence[str] = (),
        exports: Exports | None = None,
    ) -> None:
        self.home = home
        self.exports = exports
        self.tiles = TileService(home / FOLDER)
        self._program = program
        self._readings: WeakSet[Reading] = WeakSet()
        self.stand = stand or paser_stand()
        self._borders: Future[Borders] | None = None
        self._files = ThreadPoolExecutor(1, thread_name_prefix="layer-files")

    def read_layers(self, path: Path) -> Future[tuple[LayerDefinition, ...]]:
        """Read definitions that somebody sent; a PaserError names every mistake in them."""
        return self._files.submit(load, path)

    def write_layers(self, path: Path, layers: tuple[LayerDefinition, ...]) -> Future[None]:
        """Write definitions into a file, whole or not at all; PaserError says why not."""
        return self._files.submit(save, path, layers)

    def read(self, source: FileSource) -> Reading:
        """Begin to read a vector file; ask what comes of it."""
        reading = Reading(source, self._program)
        self._readings.add(reading)
        return reading

    def district_at(self, lon: float, lat: float) -> District | None:
        """Return the district of a place in degrees; None while the borders are still read."""
        if self._borders is None:
            self._borders = self._files.submit(Borders, self.stand)
        return self._borders.result().district_at(lon, lat) if self._borders.done() else None

    def close(self) -> None:
        """End the threads; files of layers under way are finished first, nothing else is."""
        for reading in list(self._readings):
            reading.cancel()
        if self.exports is not None:
            self.exports.close()
        self.tiles.close()
        self._files.shutdown()
