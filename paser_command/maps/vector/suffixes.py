"""Which vector files can be read, by the ends of their names: known before any reader is loaded."""

SUFFIXES = (
    *(".gpkg", ".geojson", ".json", ".geojsonl", ".ndjson", ".geojsons"),
    *(".shp", ".zip", ".kml", ".kmz", ".csv", ".tsv", ".txt"),
)
