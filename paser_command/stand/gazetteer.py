"""The shipped gazetteer of the world's towns: found by name, by nearness, or within a box."""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import islice

import msgspec

from paser_command.geo import Box, distance_m

_MOST_FOUND = 50
_NEAR_DEG = 3.0


class Town(msgspec.Struct, frozen=True):
    """A town of GeoNames: country (ISO 3166), region (GeoNames' admin1), degrees, time zone."""

    name: str
    country: str
    region: str
    lon: float
    lat: float
    people: int
    zone: str


class Gazetteer:
    """The towns, those with the most people first: all of Indonesia's, others from 5,000 people."""

    def __init__(self, lines: list[str]) -> None:
        self._rows = [line.split("\t") for line in lines]

    @staticmethod
    @cache
    def shipped() -> "Gazetteer":
        """Return the one that the program ships. Reads 4 MB, a tenth of a second."""
        path = files("paser_resources") / "basemap" / "towns.tsv"
        return Gazetteer(path.read_text(encoding="utf-8").splitlines())

    def find(self, words: str) -> tuple[Town, ...]:
        """Return towns whose name is or begins with the words, then those that hold them."""
        asked = " ".join(words.casefold().split())
        if not asked:
            return ()
        ranks: tuple[list[Town], ...] = ([], [], [])
        for row in self._rows:
            name = row[0].casefold()
            if asked in name:
                rank = 0 if name == asked else 1 if name.startswith(asked) else 2
                ranks[rank].append(_town(row))
        return tuple(islice((town for rank in ranks for town in rank), _MOST_FOUND))

    def within(self, box: Box) -> Iterator[Town]:
        """Give the towns in a box that have people."""
        for row in self._rows:
            lon, lat = float(row[3]), float(row[4])
            if box.west <= lon <= box.east and box.south <= lat <= box.north and row[5] != "0":
                yield _town(row)

    def nearest(self, lon: float, lat: float) -> Town | None:
        """Return the nearest town to a place in degrees; None where none is within 330 km."""
        near = (row for row in self._rows if abs(float(row[4]) - lat) < _NEAR_DEG)
        towns = ((distance_m(lon, lat, float(row[3]), float(row[4])), row) for row in near)
        far_m, row = min(towns, default=(float("inf"), None), key=lambda found: found[0])
        return _town(row) if row is not None and far_m < _NEAR_DEG * 111_000 else None


def _town(row: list[str]) -> Town:
    name, country, region, lon, lat, people, zone = row
    return Town(name, country, region, float(lon), float(lat), int(people), zone)
