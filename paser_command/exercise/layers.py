"""Closed roads and flooded areas as a GeoJSON layer (RFC 7946)."""

from paser_command.exercise.asked import NOT_FOUND, Asked, BadQuestion, Reply, as_json
from paser_command.exercise.city import Shape
from paser_command.times import iso


def roads(asked: Asked) -> Reply:
    """Answer `jalan-tertutup.geojson`: what is closed or under water now."""
    if asked.path != "jalan-tertutup.geojson":
        raise BadQuestion(*NOT_FOUND)
    features = [_feature(shape) for shape in asked.city.shapes(asked.now)]
    return as_json(
        {"type": "FeatureCollection", "features": features}, content_type="application/geo+json"
    )


def _feature(shape: Shape) -> dict[str, object]:
    inject = shape.inject
    return {
        "type": "Feature",
        "id": inject.id,
        "geometry": _geometry(shape),
        "properties": {
            "name": inject.name,
            "jenis": "genangan" if shape.area else "jalan ditutup",
            "severity": inject.severity,
            "keterangan": inject.notes,
            "sejak": iso(shape.began),
        },
    }


def _geometry(shape: Shape) -> dict[str, object]:
    if not shape.area:
        return {"type": "LineString", "coordinates": shape.inject.line}
    return {"type": "Polygon", "coordinates": [(*shape.area, shape.area[0])]}
