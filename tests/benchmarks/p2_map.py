"""P2: symbols, polygons, tiles and labels moved and zoomed, beside Leaflet in Chromium."""

import tempfile
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import numpy as np

from paser_command.maps.definition import TileSource
from paser_command.maps.tiles.service import TileService
from paser_command.records import Severity
from paser_map.areas import AreaLayer, shape_of_areas
from paser_map.points import Marker, PointLayer
from paser_map.raster import RasterLayer
from paser_map.stations import Station, StationLayer
from paser_ui.theme.tokens import DARK
from tests.benchmarks import frames
from tests.benchmarks.figures import Figure
from tests.benchmarks.peers import ask_leaflet

LON, LAT, ZOOM = 116.15, -1.85, 9.3
SYMBOLS, AREAS, VERTICES, LABELS = 10_000, 200, 500, 200
SPREAD_DEG = 0.3
STEPS = 20
GOAL_MS = 16.0
LEAST_RATIO = 20.0


class Scene:
    """What both draw: places in degrees."""

    def __init__(self, symbols: int = SYMBOLS, areas: int = AREAS, labels: int = LABELS) -> None:
        rng = np.random.default_rng(2026)
        self.points = rng.normal((LON, LAT), SPREAD_DEG, (symbols, 2))
        self.severities = rng.integers(0, 5, symbols)
        self.stations = rng.normal((LON, LAT), SPREAD_DEG, (labels, 2))
        turn = np.linspace(0, 2 * np.pi, VERTICES)
        centres = rng.normal((LON, LAT), SPREAD_DEG, (areas, 2))
        reach = rng.uniform(0.02, 0.15, (areas, 1)) * (1 + 0.2 * np.sin(7 * turn))
        round_ = np.stack((np.cos(turn), np.sin(turn)), axis=1)
        self.rings = centres[:, None, :] + reach[:, :, None] * round_

    def for_leaflet(self) -> dict[str, Any]:
        """Return the scene as JSON; Leaflet has the latitude first."""
        colours = [DARK.severity(severity).name() for severity in Severity]
        return {
            "lon": LON,
            "lat": LAT,
            "zoom": round(ZOOM),
            "steps": STEPS,
            "points": [
                (lat, lon, colours[severity])
                for (lon, lat), severity in zip(
                    self.points.tolist(), self.severities.tolist(), strict=True
                )
            ],
            "areas": self.rings[:, :, ::-1].tolist(),
            "labels": [
                (lat, lon, f"{number / 7:.2f} m")
                for number, (lon, lat) in enumerate(self.stations.tolist())
            ],
        }

    def incidents(self) -> PointLayer:
        """Return the symbols."""
        severities = self.severities.tolist()
        return PointLayer(
            "incident",
            [
                Marker(str(row), str(row), lon, lat, Severity(severities[row]), row % 2 == 0)
                for row, (lon, lat) in enumerate(self.points.tolist())
            ],
        )

    def warnings(self) -> AreaLayer:
        """Return the polygons."""
        shapes = [
            shape_of_areas(str(row), str(row), Severity(row % 5), [tuple(map(tuple, ring))], [])
            for row, ring in enumerate(self.rings.tolist())
        ]
        return AreaLayer("alert", shapes, dashed=True)

    def gauges(self) -> StationLayer:
        """Return the labels, at stations."""
        return StationLayer(
            [
                Station(
                    str(row), str(row), lon, lat, f"{row / 7:.2f} m", Severity(row % 5), stale=False
                )
                for row, (lon, lat) in enumerate(self.stations.tolist())
            ]
        )


def measure() -> dict[str, Figure]:
    """Return the median frame of the scene; the same scene is drawn by Leaflet."""
    scene = Scene()
    with ask_leaflet.Room() as room:
        ours = scene_ms(scene, f"{room.url}/tiles/{{z}}/{{x}}/{{y}}.png")
        theirs = ask_leaflet.frame_ms(room, scene.for_leaflet(), frames.WIDTH, frames.HEIGHT)
    value = median(ours)
    cuts = quantiles(ours, n=100)
    if theirs is None:
        print("Chromium is not installed: no figure beside ours")
    peers = {"Leaflet": {"ms a pan step": theirs, "ratio": theirs / value}} if theirs else {}
    return {
        "P2": Figure(
            what="a frame of 10,000 symbols, 200 polygons of 500 vertices, tiles and labels",
            value=value,
            unit="ms",
            goal=GOAL_MS,
            part="paint",
            peers=peers,
            seen={"p95 ms": cuts[94], "p99 ms": cuts[98]},
            also_holds=theirs is None or theirs / value >= LEAST_RATIO,
        )
    }


def scene_ms(scene: Scene, tiles: str) -> list[float]:
    """Return the milliseconds of frames of our map; `tiles` is an XYZ address."""
    with frames.shown_canvas() as canvas, tempfile.TemporaryDirectory() as folder:
        service = TileService(Path(folder))
        store = service.open(TileSource(service="xyz", address=tiles))
        canvas.set_layer("tiles", RasterLayer("tiles", store), ["bench"])
        canvas.set_layer("alerts", scene.warnings(), ["bench"])
        canvas.set_layer("levels", scene.gauges(), ["bench"])
        canvas.set_layer("incidents", scene.incidents(), ["bench"])
        measured = frames.frames_ms(canvas, LON, LAT, ZOOM)
        service.close()
    return measured
