"""Vector files written for tests: each format by its own means, not by our readers."""

import json
import sqlite3
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import shapefile
import shapely
from pyproj import CRS

SQUARE = shapely.box(116.0, -2.0, 116.2, -1.8)
HOLED = shapely.Polygon(
    [(116.4, -2.0), (116.8, -2.0), (116.8, -1.6), (116.4, -1.6)],
    [[(116.5, -1.9), (116.5, -1.7), (116.7, -1.7), (116.7, -1.9)]],
)
LINE = shapely.LineString([(116.0, -2.1), (116.5, -2.2), (116.9, -2.1)])
POINT = shapely.Point(116.19, -1.91)

Row = Mapping[str, Any]


def geojson(path: Path, geometries: Sequence[Any], rows: Sequence[Row], **more: object) -> Path:
    """Write a collection."""
    features = [
        {"type": "Feature", "geometry": shapely.geometry.mapping(each), "properties": dict(row)}
        for each, row in zip(geometries, rows, strict=True)
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features, **more}))
    return path


def geopackage(path: Path, tables: Mapping[str, Sequence[tuple[object, str]]], srs: int) -> Path:
    """Write tables of (geometry, name); bytes instead of a geometry are put in as they are."""
    file = sqlite3.connect(path)
    file.executescript(
        "CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY,"
        " organization TEXT, organization_coordsys_id INTEGER, definition TEXT);"
        "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT,"
        " geometry_type_name TEXT, srs_id INTEGER, z TINYINT, m TINYINT);"
    )
    file.execute("INSERT INTO gpkg_spatial_ref_sys VALUES ('s', ?, 'EPSG', ?, '')", (srs, srs))
    for name, rows in tables.items():
        quoted = '"' + name.replace('"', '""') + '"'
        file.execute(
            f"CREATE TABLE {quoted} (fid INTEGER PRIMARY KEY, geom BLOB, nama TEXT, n REAL)"
        )
        file.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?, 0, 0)", (name, srs)
        )
        file.executemany(
            f"INSERT INTO {quoted} (geom, nama, n) VALUES (?, ?, ?)",
            ((_blob(each, srs), text, float(at)) for at, (each, text) in enumerate(rows)),
        )
    file.commit()
    file.close()
    return path


def _blob(geometry: object, srs: int) -> object:
    if geometry is None or isinstance(geometry, bytes):
        return geometry
    return struct.pack("<2sBBi", b"GP", 0, 1, srs) + bytes(shapely.to_wkb(geometry))


def gp(wkb: bytes) -> bytes:
    """Return a GeoPackage geometry about a body of WKB."""
    return struct.pack("<2sBBi", b"GP", 0, 1, 4326) + wkb


def shape_file(
    folder: Path,
    polygons: Sequence[Any],
    names: Sequence[str],
    *,
    epsg: int | None = 4326,
    encoding: str = "utf-8",
    cpg: bool = True,
) -> Path:
    """Write areas as a shapefile, with pyshp."""
    path = folder / "wilayah.shp"
    with shapefile.Writer(str(path), shapeType=shapefile.POLYGON, encoding=encoding) as writer:
        writer.field("nama", "C", 40)
        writer.field("luas", "N", 12, 2)
        for number, (polygon, name) in enumerate(zip(polygons, names, strict=True)):
            turned = shapely.orient_polygons(polygon, exterior_cw=True)
            parts = [turned] if turned.geom_type == "Polygon" else list(turned.geoms)
            rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
            writer.poly([list(ring.coords) for ring in rings])
            writer.record(name, number + 0.5)
    if epsg is not None:
        path.with_suffix(".prj").write_text(CRS.from_epsg(epsg).to_wkt("WKT1_ESRI"))
    if cpg:
        path.with_suffix(".cpg").write_text(encoding)
    return path


def zipped(path: Path, files: Mapping[str, bytes]) -> Path:
    """Write a zip archive."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in files.items():
            archive.writestr(name, body)
    return path


def kml(path: Path, placemarks: str, head: str = "") -> Path:
    """Write a KML document about placemarks."""
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?>{head}'
        f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{placemarks}</Document></kml>'
    )
    return path
