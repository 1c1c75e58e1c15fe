"""Tagging: in which district, and in which geofences, a record's place lies."""

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from paser_command.areas import NOWHERE, Area, Areas
from paser_command.geo import Circle, Geometry, LonLat, is_place
from paser_command.geodesy import circle
from paser_command.picture.drawing_change import Purpose
from paser_command.picture.drawings import Drawing, drawing_geometry
from paser_command.picture.picture import Picture
from paser_command.records import AnyRecord, Feature, Report, Stream, Tagged


class Tagging:
    """Tags reports, streams and features that are points. Used by one thread.

    `schematic` marks districts that follow no official boundary.
    """

    def __init__(self, districts: Iterable[Area], *, schematic: bool) -> None:
        self._areas = Areas(districts)
        self._drawings: int | None = None
        self._schematic = schematic

    def follow(self, picture: Picture) -> None:
        """Take the picture's geofences from now on; what is recorded keeps its tags."""
        if self._drawings != picture.revision["drawings"]:
            self._drawings = picture.revision["drawings"]
            self._areas.fence(_fences(picture.drawings.values()))

    def tagged(self, records: Sequence[AnyRecord]) -> list[AnyRecord]:
        """Return the records, those that have a place with their tags."""
        placed = [
            (number, place)
            for number, record in enumerate(records)
            if isinstance(record, Tagged) and (place := _place(record))
        ]
        if not placed:
            return list(records)
        lons, lats = zip(*(place for _, place in placed), strict=True)
        tagged = list(records)
        for (number, _), tag in zip(placed, self._areas.of_all(lons, lats), strict=True):
            if tag != NOWHERE:
                tagged[number] = msgspec.structs.replace(
                    records[number],
                    district=tag.district,
                    district_name=tag.district_name,
                    schematic=self._schematic and bool(tag.district),
                    fences=tag.fences,
                )
        return tagged


def _fences(drawings: Iterable[Drawing]) -> Iterator[Area]:
    for drawing in drawings:
        if drawing.purpose is Purpose.GEOFENCE:
            shape = drawing_geometry(drawing)
            if isinstance(shape, Circle):
                shape = Geometry("area", (circle((shape.lon, shape.lat), shape.radius_m),))
            yield Area(drawing.key, drawing.name, shape)


def _place(record: Tagged) -> LonLat | None:
    """Return the record's place, None where it has none on the earth or is no point."""
    if isinstance(record, Feature):
        geometry = record.geometry
        single = geometry is not None and geometry.kind == "point" and len(geometry.rings) == 1
        return geometry.rings[0][0] if geometry and single else None
    if not isinstance(record, Report | Stream) or record.lon is None or record.lat is None:
        return None
    if not is_place(record.lon, record.lat):
        return None
    return record.lon, record.lat
