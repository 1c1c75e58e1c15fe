"""KML 2.3 (OGC 12-007r2) and KMZ: placemarks with their names and data. No DTD, no links."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import IO
from xml.etree.ElementTree import Element, ParseError

import numpy as np
import shapely
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from paser_command.errors import InputError
from paser_command.maps.definition import FileSource
from paser_command.maps.vector.archive import Archive
from paser_command.maps.vector.building import Batch, Tally
from paser_command.maps.vector.formats import (
    MOST_DEPTH,
    Opened,
    columns_of,
    in_batches,
    objects,
    short,
)
from paser_command.maps.vector.messages import Understood
from paser_command.maps.vector.shapes import Skip
from paser_command.maps.vector.systems import DEGREES, system_of

DEEPEST = 64
"""Levels of elements."""

MOST_FIELDS = 200

_COLLECTION = "MultiGeometry"
_GEOMETRIES = ("Point", "LineString", "LinearRing", "Polygon", _COLLECTION)

_Placemark = tuple[object, dict[str, object], int]


def open_kml(path: Path, source: FileSource, tally: Tally) -> Opened:
    """Open a KML document, or the first one in a KMZ; what it links to is left alone."""
    if path.suffix.casefold() == ".kmz":
        archive = Archive(path)
        names = archive.named(".kml")
        if not names:
            raise InputError("{file} holds no KML document", file=path.name)
        file = archive.read("doc.kml" if "doc.kml" in names else names[0])
        size = file.seek(0, 2)
        file.seek(0)
    else:
        file, size = path.open("rb"), path.stat().st_size
    understood = Understood(format="KML", encoding="utf-8")
    return Opened(understood, system_of(DEGREES), _batches(file, size, path.name, tally))


def _batches(file: IO[bytes], size: int, name: str, tally: Tally) -> Iterator[Batch]:
    with closing(file):
        placemarks = _placemarks(file, name, tally)
        for batch in in_batches(placemarks, lambda placemark: placemark[2]):
            geometries = objects(geometry for geometry, _, _ in batch)
            columns = columns_of(row for _, row, _ in batch)
            yield Batch(geometries, columns, min(1.0, file.tell() / max(1, size)))


def _placemarks(file: IO[bytes], name: str, tally: Tally) -> Iterator[_Placemark]:
    """Give the placemarks; each is forgotten once it is given."""
    above: list[Element] = []
    try:
        for event, element in iterparse(file, ("start", "end"), forbid_dtd=True):
            if event == "start":
                if not above and not element.tag.endswith("kml"):
                    raise InputError("{file} is XML, and no KML", file=name)
                above.append(element)
                if len(above) > DEEPEST:
                    raise InputError("{file} is nested too deeply", file=name)
                continue
            above.pop()
            if _tag(element) == "Placemark":
                yield _placemark(element, tally)
            if _tag(element) in ("Placemark", "Folder", "Style", "Schema") and above:
                above[-1].remove(element)
    except DefusedXmlException as cause:
        raise InputError(
            "{file} has a DTD, which no map needs: it is not read", file=name
        ) from cause
    except (ParseError, ValueError, LookupError) as cause:
        raise InputError("{file} is no whole XML document", file=name) from cause


def _placemark(element: Element, tally: Tally) -> _Placemark:
    row: dict[str, object] = {"name": "", "description": ""}
    geometry: object = None
    weight = 0
    for part in element:
        tag = _tag(part)
        if tag in row:
            row[tag] = short((part.text or "").strip())
        elif tag == "ExtendedData":
            row |= _data(part)
        elif tag in _GEOMETRIES:
            geometry = _checked(part, tally)
            weight = sum(len(each.text or "") for each in part.iter())
    return geometry, row, weight


def _data(extended: Element) -> dict[str, object]:
    """Return the values of Data and SimpleData by name."""
    found: dict[str, object] = {}
    for part in extended.iter():
        tag, name = _tag(part), part.get("name", "")[:80]
        if tag == "SimpleData":
            found[name] = short((part.text or "").strip())
        elif tag == "Data":
            value = next((each for each in part if _tag(each) == "value"), None)
            found[name] = short((value.text or "").strip()) if value is not None else ""
        if len(found) >= MOST_FIELDS:
            break
    return found


def _checked(element: Element, tally: Tally) -> object:
    try:
        return _geometry(element, 0)
    except RecursionError:
        tally[Skip.TOO_DEEP] += 1
    except (ValueError, shapely.GEOSException):
        tally[Skip.BROKEN] += 1
    return None


def _geometry(element: Element, depth: int) -> object:
    if depth > MOST_DEPTH:
        raise RecursionError
    tag = _tag(element)
    if tag == _COLLECTION:
        parts = [_geometry(part, depth + 1) for part in element if _tag(part) in _GEOMETRIES]
        return shapely.geometrycollections([part for part in parts if part is not None])
    if tag == "Point":
        places = _places(element)
        return shapely.Point(places[0]) if len(places) else None
    if tag != "Polygon":
        return shapely.linestrings(_places(element))
    outer = _rings(element, "outerBoundaryIs")
    inner = _rings(element, "innerBoundaryIs")
    return shapely.polygons(outer[0], holes=inner or None) if outer else None


def _rings(polygon: Element, boundary: str) -> list[object]:
    return [
        shapely.linearrings(_places(ring))
        for part in polygon
        if _tag(part) == boundary
        for ring in part
        if _tag(ring) == "LinearRing"
    ]


def _places(element: Element) -> np.ndarray:
    """Return the positions of the element's own `coordinates`; ValueError where they are none."""
    told = next((part.text for part in element if _tag(part) == "coordinates"), None) or ""
    triples = [position.split(",") for position in told.split()]
    return np.array([(float(triple[0]), float(triple[1])) for triple in triples if len(triple) > 1])


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]
