"""The part of the earth that a desk looks at: a polygon that somebody has drawn round it."""

from collections.abc import Sequence

import msgspec

from paser_command.geo import Box, LonLat, Ring

LEAST_CORNERS = 3


class Region(msgspec.Struct, frozen=True):
    """The inside of a ring that need not be closed, in degrees; where it crosses itself, even-odd.

    Edges are straight in degrees. Of a border the western and southern parts are inside, so that
    regions side by side share no place. Make it by `of_ring` or `of_box`.
    """

    ring: Ring
    box: Box

    @classmethod
    def of_ring(cls, ring: Sequence[LonLat]) -> "Region":
        """Return the inside of at least three corners."""
        lons, lats = zip(*ring, strict=True)
        return cls(tuple(ring), Box(min(lons), min(lats), max(lons), max(lats)))

    @classmethod
    def of_box(cls, box: Box) -> "Region":
        """Return the inside of a box."""
        west, south, east, north = box.west, box.south, box.east, box.north
        return cls(((west, south), (east, south), (east, north), (west, north)), box)

    def contains(self, lon: float | None, lat: float | None) -> bool:
        """Tell whether a place lies inside; what has no place does not, and neither does NaN.

        Counts the edges that a ray to the east crosses.
        """
        if lon is None or lat is None or not self._is_near(lon, lat):
            return False
        inside = False
        before_lon, before_lat = self.ring[-1]
        for corner_lon, corner_lat in self.ring:
            if (corner_lat > lat) != (before_lat > lat):
                part = (lat - corner_lat) / (before_lat - corner_lat)
                if lon < corner_lon + part * (before_lon - corner_lon):
                    inside = not inside
            before_lon, before_lat = corner_lon, corner_lat
        return inside

    def _is_near(self, lon: float, lat: float) -> bool:
        box = self.box
        return box.west <= lon <= box.east and box.south <= lat <= box.north
