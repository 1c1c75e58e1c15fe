"""Which format a file has: by its first bytes and its name."""

from collections.abc import Callable
from pathlib import Path

from paser_command.errors import InputError
from paser_command.maps.definition import FileSource
from paser_command.maps.vector.building import Tally
from paser_command.maps.vector.formats import Opened

_Open = Callable[[Path, FileSource, Tally], Opened]


def open_file(source: FileSource, tally: Tally) -> Opened:
    """Open a vector file; InputError says why it cannot be."""
    path = Path(source.path)
    try:
        if path.is_dir():
            return _shapefile()(path, source, tally)
        if not path.is_file():
            raise InputError("there is no file {path}", path=path)
        with path.open("rb") as file:
            head = file.read(1024)
        if not head:
            raise InputError("{file} is empty", file=path.name)
        return _reader(path, head)(path, source, tally)
    except OSError as cause:
        raise InputError(
            "{path} cannot be read: {cause}", path=path, cause=cause.strerror or str(cause)
        ) from cause


def _reader(path: Path, head: bytes) -> _Open:
    # Each format loads its own libraries only.
    suffix = path.suffix.casefold()
    begin = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith(b"SQLite format 3\0"):
        from paser_command.maps.vector.geopackage import open_geopackage

        return open_geopackage
    if suffix in (".shp", ".zip"):
        return _shapefile()
    if suffix in (".kml", ".kmz"):
        from paser_command.maps.vector.kml import open_kml

        return open_kml
    if begin.startswith((b"{", b"\x1e{")):
        from paser_command.maps.vector.geojson import open_geojson

        return open_geojson
    if suffix in (".csv", ".tsv", ".txt"):
        from paser_command.maps.vector.delimited import open_delimited

        return open_delimited
    raise InputError(
        "{file} is of no format that is known here: GeoPackage, GeoJSON, Shapefile, KML or CSV",
        file=path.name,
    )


def _shapefile() -> _Open:
    from paser_command.maps.vector.esri import open_shapefile

    return open_shapefile
