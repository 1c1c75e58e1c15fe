"""The basemap about a site as a web page takes it."""

from typing import Any

import msgspec

from paser_command.geo import Box
from paser_command.stand.coast import coast_about
from paser_command.stand.stand import TOWN, Stand


def basemap(stand: Stand) -> dict[str, Any]:
    """Return land, rivers, districts, towns; the coast's rings are steps from place to place."""
    coast = coast_about(stand.home)
    return {
        "step": coast.step_deg,
        "wideBox": _corners(coast.wide_box),
        "nearBox": _corners(coast.near_box),
        "cells": [_corners(cell) for cell in coast.cells],
        "wide": coast.wide,
        "near": coast.near,
        "farRivers": coast.rivers,
        "districts": [
            [[round(x, 5), round(y, 5)] for x, y in ring]
            for area in stand.districts
            for ring in area.geometry.rings
        ],
        "rivers": stand.rivers,
        "towns": [[one.name, one.lon, one.lat] for one in stand.places if one.kind == TOWN],
        "home": _corners(stand.home),
    }


def _corners(box: Box) -> list[float]:
    return list(msgspec.structs.astuple(box))
