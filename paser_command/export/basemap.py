"""The shipped basemap as a web page takes it: our own files as they are."""

import json
from importlib.resources import files
from typing import Any

ATTRIBUTION = ("GSHHG (LGPL)", "GeoNames (CC BY 4.0)")


def basemap() -> dict[str, Any]:
    """Return land, rivers, schematic districts and towns; rings are steps from place to place."""
    coast, districts, places = (
        json.loads(files("paser_resources").joinpath("basemap", name).read_text(encoding="utf-8"))
        for name in ("coast.json", "districts.json", "places.json")
    )
    return {
        "step": coast["step_deg"],
        "wideBox": coast["wide_box"],
        "nearBox": coast["near_box"],
        "wide": coast["wide"],
        "near": coast["near"],
        "farRivers": coast["rivers"],
        "districts": [ring for rings in districts["cells"].values() for ring in rings],
        "districtStep": districts["step_deg"],
        "rivers": [river["line"] for river in places["rivers"]],
        "towns": [[town["seat"], town["lon"], town["lat"]] for town in places["districts"]],
        "home": places["box"],
    }
