"""What part of the map a canvas shows: a value, with the moves that make another of it."""

import math
from typing import overload

import msgspec
import numpy as np

from paser_command.geo import Box
from paser_map.projection import HALF_M, FloatArray, to_degrees, to_map

TILE_PX = 256
LEAST_ZOOM, MOST_ZOOM = 5.0, 18.0


class MapView(msgspec.Struct, frozen=True):
    """Centre in metres of EPSG:3857, zoom (a level doubles the scale), size in logical pixels."""

    x: float
    y: float
    zoom: float
    width: int
    height: int

    @property
    def metres_per_px(self) -> float:
        """Metres on the map a pixel; on the ground it is less by the cosine of the latitude."""
        return float(2 * HALF_M / (TILE_PX * 2**self.zoom))

    @property
    def ground_metres_per_px(self) -> float:
        """Metres on the ground a pixel, in the middle of the view."""
        return self.metres_per_px / math.cosh(self.y / HALF_M * math.pi)

    @property
    def place(self) -> tuple[float, float]:
        """Longitude and latitude of the centre."""
        lon, lat = to_degrees(self.x, self.y)
        return float(lon), float(lat)

    def to_screen(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return pixels from the upper left corner of positions on the map."""
        scale = 1 / self.metres_per_px
        return (x - self.x) * scale + self.width / 2, (self.y - y) * scale + self.height / 2

    @overload
    def to_map(self, px: float, py: float) -> tuple[float, float]: ...

    @overload
    def to_map(self, px: FloatArray, py: FloatArray) -> tuple[FloatArray, FloatArray]: ...

    def to_map(
        self, px: float | FloatArray, py: float | FloatArray
    ) -> tuple[float | FloatArray, float | FloatArray]:
        """Return the position on the map under a pixel."""
        scale = self.metres_per_px
        return self.x + (px - self.width / 2) * scale, self.y - (py - self.height / 2) * scale

    def to_degrees(self, px: float, py: float) -> tuple[float, float]:
        """Return longitude and latitude under a pixel."""
        lon, lat = to_degrees(*self.to_map(px, py))
        return float(lon), float(lat)

    def seen(self, px: FloatArray, py: FloatArray, margin_px: float = 0.0) -> np.ndarray:
        """Tell of each pixel position whether it is in the view; NaN is not."""
        inside: np.ndarray = (
            (px >= -margin_px)
            & (px <= self.width + margin_px)
            & (py >= -margin_px)
            & (py <= self.height + margin_px)
        )
        return inside

    def shows(self, x: float, y: float, margin_px: float = 0.0) -> bool:
        """Tell whether a position on the map is in the view."""
        px, py = self.to_screen(np.array([x]), np.array([y]))
        return bool(self.seen(px, py, margin_px)[0])

    def panned(self, dx_px: float, dy_px: float) -> "MapView":
        """Return the view after its picture was moved by so many pixels."""
        scale = self.metres_per_px
        return self.centred(self.x - dx_px * scale, self.y + dy_px * scale)

    def centred(self, x: float, y: float) -> "MapView":
        """Return the view about another centre, which stays on the map."""
        return msgspec.structs.replace(
            self, x=min(max(x, -HALF_M), HALF_M), y=min(max(y, -HALF_M), HALF_M)
        )

    def zoomed(self, zoom: float, px: float, py: float) -> "MapView":
        """Return the view at another zoom with the place under the pixel where it was."""
        x, y = self.to_map(px, py)
        closer = msgspec.structs.replace(self, zoom=min(max(zoom, LEAST_ZOOM), MOST_ZOOM))
        there_x, there_y = closer.to_map(px, py)
        return closer.centred(closer.x + x - there_x, closer.y + y - there_y)

    def resized(self, width: int, height: int) -> "MapView":
        """Return the view in another size about the same centre."""
        return msgspec.structs.replace(self, width=max(1, width), height=max(1, height))

    def fitted(self, box: Box, margin_px: int = 24) -> "MapView":
        """Return the view that shows the whole box, as large as it goes."""
        (west, east), (south, north) = to_map([box.west, box.east], [box.south, box.north])
        across = max(1.0, self.width - 2 * margin_px)
        down = max(1.0, self.height - 2 * margin_px)
        scale = max((east - west) / across, (north - south) / down, 1e-3)
        zoom = math.log2(2 * HALF_M / (TILE_PX * scale))
        zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        return msgspec.structs.replace(
            self, x=float(west + east) / 2, y=float(south + north) / 2, zoom=zoom
        )

    @classmethod
    def of_place(cls, lon: float, lat: float, zoom: float, width: int, height: int) -> "MapView":
        """Return the view about a place in degrees."""
        x, y = to_map(lon, lat)
        zoom = min(max(zoom, LEAST_ZOOM), MOST_ZOOM)
        return cls(float(x), float(y), zoom, max(1, width), max(1, height))
