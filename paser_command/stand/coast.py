"""The shipped coast: the whole world coarse, and the cells about a site as fine as they are."""

from importlib.resources import files

import msgspec

from paser_command.geo import Box

SOURCES = ("GSHHG (LGPL)", "GeoNames (CC BY 4.0)")
"""Whose data the basemap is, with their licences."""

_WIDEST_DEG = 15.0
"""A home that is wider or higher is shown on the coarse coast alone."""

_REACH_DEG = 2.0
"""The fine coast is shown so far around home, and to the end of its cells."""

Steps = list[int]
"""A ring or a line: longitude and latitude in whole steps, then the way to each next place."""


class _World(msgspec.Struct, frozen=True):
    step_deg: float
    cell_deg: int
    wide_box: tuple[float, float, float, float]
    wide: list[Steps]


class Coast(msgspec.Struct, frozen=True, eq=False):
    """Land as rings, rivers as lines. `near` covers the whole of its box, cut along its cells.

    Without cells there is the coarse coast alone.
    """

    step_deg: float
    wide_box: Box
    wide: list[Steps]
    near_box: Box
    cells: tuple[Box, ...]
    near: list[Steps]
    rivers: list[Steps]


def coast_about(home: Box) -> Coast:
    """Return the coast for a site whose home this is. Reads two files, for a tenth of a second."""
    folder = files("paser_resources") / "basemap"
    world = msgspec.json.decode(folder.joinpath("coast.json").read_bytes(), type=_World)
    near_box = _near_box(home, world.cell_deg)
    cells, near, rivers = [], [], []
    for line in folder.joinpath("near.jsonl").read_bytes().splitlines():
        west, south = (int(part) for part in line[1:16].split(b",", 2)[:2])
        if near_box.west <= west < near_box.east and near_box.south <= south < near_box.north:
            _, _, land, streams = msgspec.json.decode(
                line, type=tuple[int, int, list[Steps], list[Steps]]
            )
            cells.append(Box(west, south, west + world.cell_deg, south + world.cell_deg))
            near += land
            rivers += streams
    box = Box(*world.wide_box)
    return Coast(world.step_deg, box, world.wide, near_box, tuple(cells), near, rivers)


def _near_box(home: Box, cell_deg: int) -> Box:
    """Return the whole cells that reach around home, none about a home that is too large."""
    if max(home.east - home.west, home.north - home.south) > _WIDEST_DEG:
        return Box(home.west, home.south, home.west, home.south)
    return Box(
        (home.west - _REACH_DEG) // cell_deg * cell_deg,
        (home.south - _REACH_DEG) // cell_deg * cell_deg,
        -(-(home.east + _REACH_DEG) // cell_deg) * cell_deg,
        -(-(home.north + _REACH_DEG) // cell_deg) * cell_deg,
    )
