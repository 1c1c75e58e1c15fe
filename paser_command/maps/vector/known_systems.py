"""Coordinate systems of files about Indonesia, to choose from; pyproj knows thousands more.

Names and codes are those of the EPSG registry.
"""

from typing import NamedTuple


class KnownSystem(NamedTuple):
    """A coordinate system by its code and its registered name."""

    code: str
    name: str


KNOWN_SYSTEMS = (
    KnownSystem("EPSG:4326", "WGS 84"),
    KnownSystem("EPSG:32750", "WGS 84 / UTM zone 50S"),
    KnownSystem("EPSG:4755", "DGN95"),
    KnownSystem("EPSG:23880", "DGN95 / UTM zone 50S"),
    KnownSystem("EPSG:23837", "DGN95 / Indonesia TM-3 zone 50.1"),
    KnownSystem("EPSG:23838", "DGN95 / Indonesia TM-3 zone 50.2"),
    KnownSystem("EPSG:3857", "WGS 84 / Pseudo-Mercator"),
    KnownSystem("EPSG:32646", "WGS 84 / UTM zone 46N"),
    KnownSystem("EPSG:32647", "WGS 84 / UTM zone 47N"),
    KnownSystem("EPSG:32648", "WGS 84 / UTM zone 48N"),
    KnownSystem("EPSG:32649", "WGS 84 / UTM zone 49N"),
    KnownSystem("EPSG:32650", "WGS 84 / UTM zone 50N"),
    KnownSystem("EPSG:32651", "WGS 84 / UTM zone 51N"),
    KnownSystem("EPSG:32652", "WGS 84 / UTM zone 52N"),
    KnownSystem("EPSG:32653", "WGS 84 / UTM zone 53N"),
    KnownSystem("EPSG:32654", "WGS 84 / UTM zone 54N"),
    KnownSystem("EPSG:32746", "WGS 84 / UTM zone 46S"),
    KnownSystem("EPSG:32747", "WGS 84 / UTM zone 47S"),
    KnownSystem("EPSG:32748", "WGS 84 / UTM zone 48S"),
    KnownSystem("EPSG:32749", "WGS 84 / UTM zone 49S"),
    KnownSystem("EPSG:32751", "WGS 84 / UTM zone 51S"),
    KnownSystem("EPSG:32752", "WGS 84 / UTM zone 52S"),
    KnownSystem("EPSG:32753", "WGS 84 / UTM zone 53S"),
    KnownSystem("EPSG:32754", "WGS 84 / UTM zone 54S"),
    KnownSystem("EPSG:23830", "DGN95 / Indonesia TM-3 zone 46.2"),
    KnownSystem("EPSG:23831", "DGN95 / Indonesia TM-3 zone 47.1"),
    KnownSystem("EPSG:23832", "DGN95 / Indonesia TM-3 zone 47.2"),
    KnownSystem("EPSG:23833", "DGN95 / Indonesia TM-3 zone 48.1"),
    KnownSystem("EPSG:23834", "DGN95 / Indonesia TM-3 zone 48.2"),
    KnownSystem("EPSG:23835", "DGN95 / Indonesia TM-3 zone 49.1"),
    KnownSystem("EPSG:23836", "DGN95 / Indonesia TM-3 zone 49.2"),
    KnownSystem("EPSG:23839", "DGN95 / Indonesia TM-3 zone 51.1"),
    KnownSystem("EPSG:23840", "DGN95 / Indonesia TM-3 zone 51.2"),
    KnownSystem("EPSG:23841", "DGN95 / Indonesia TM-3 zone 52.1"),
    KnownSystem("EPSG:23842", "DGN95 / Indonesia TM-3 zone 52.2"),
    KnownSystem("EPSG:23843", "DGN95 / Indonesia TM-3 zone 53.1"),
    KnownSystem("EPSG:23844", "DGN95 / Indonesia TM-3 zone 53.2"),
    KnownSystem("EPSG:23845", "DGN95 / Indonesia TM-3 zone 54.1"),
    KnownSystem("EPSG:23866", "DGN95 / UTM zone 46N"),
    KnownSystem("EPSG:23867", "DGN95 / UTM zone 47N"),
    KnownSystem("EPSG:23868", "DGN95 / UTM zone 48N"),
    KnownSystem("EPSG:23869", "DGN95 / UTM zone 49N"),
    KnownSystem("EPSG:23870", "DGN95 / UTM zone 50N"),
    KnownSystem("EPSG:23871", "DGN95 / UTM zone 51N"),
    KnownSystem("EPSG:23872", "DGN95 / UTM zone 52N"),
    KnownSystem("EPSG:23877", "DGN95 / UTM zone 47S"),
    KnownSystem("EPSG:23878", "DGN95 / UTM zone 48S"),
    KnownSystem("EPSG:23879", "DGN95 / UTM zone 49S"),
    KnownSystem("EPSG:23881", "DGN95 / UTM zone 51S"),
    KnownSystem("EPSG:23882", "DGN95 / UTM zone 52S"),
    KnownSystem("EPSG:23883", "DGN95 / UTM zone 53S"),
    KnownSystem("EPSG:23884", "DGN95 / UTM zone 54S"),
    KnownSystem("EPSG:9470", "SRGI2013"),
    KnownSystem("EPSG:9476", "SRGI2013 / UTM zone 46N"),
    KnownSystem("EPSG:9477", "SRGI2013 / UTM zone 47N"),
    KnownSystem("EPSG:9478", "SRGI2013 / UTM zone 48N"),
    KnownSystem("EPSG:9479", "SRGI2013 / UTM zone 49N"),
    KnownSystem("EPSG:9480", "SRGI2013 / UTM zone 50N"),
    KnownSystem("EPSG:9481", "SRGI2013 / UTM zone 51N"),
    KnownSystem("EPSG:9482", "SRGI2013 / UTM zone 52N"),
    KnownSystem("EPSG:9487", "SRGI2013 / UTM zone 47S"),
    KnownSystem("EPSG:9488", "SRGI2013 / UTM zone 48S"),
    KnownSystem("EPSG:9489", "SRGI2013 / UTM zone 49S"),
    KnownSystem("EPSG:9490", "SRGI2013 / UTM zone 50S"),
    KnownSystem("EPSG:9491", "SRGI2013 / UTM zone 51S"),
    KnownSystem("EPSG:9492", "SRGI2013 / UTM zone 52S"),
    KnownSystem("EPSG:9493", "SRGI2013 / UTM zone 53S"),
    KnownSystem("EPSG:9494", "SRGI2013 / UTM zone 54S"),
    KnownSystem("EPSG:4238", "ID74"),
    KnownSystem("EPSG:23846", "ID74 / UTM zone 46N"),
    KnownSystem("EPSG:23847", "ID74 / UTM zone 47N"),
    KnownSystem("EPSG:23848", "ID74 / UTM zone 48N"),
    KnownSystem("EPSG:23849", "ID74 / UTM zone 49N"),
    KnownSystem("EPSG:23850", "ID74 / UTM zone 50N"),
    KnownSystem("EPSG:23851", "ID74 / UTM zone 51N"),
    KnownSystem("EPSG:23852", "ID74 / UTM zone 52N"),
    KnownSystem("EPSG:23887", "ID74 / UTM zone 47S"),
    KnownSystem("EPSG:23888", "ID74 / UTM zone 48S"),
    KnownSystem("EPSG:23889", "ID74 / UTM zone 49S"),
    KnownSystem("EPSG:23890", "ID74 / UTM zone 50S"),
    KnownSystem("EPSG:23891", "ID74 / UTM zone 51S"),
    KnownSystem("EPSG:23892", "ID74 / UTM zone 52S"),
    KnownSystem("EPSG:23893", "ID74 / UTM zone 53S"),
    KnownSystem("EPSG:23894", "ID74 / UTM zone 54S"),
    KnownSystem("EPSG:4613", "Segara"),
    KnownSystem("EPSG:4820", "Segara (Jakarta)"),
    KnownSystem("EPSG:2933", "Segara / UTM zone 50S"),
    KnownSystem("EPSG:3000", "Segara / NEIEZ"),
    KnownSystem("EPSG:5329", "Segara (Jakarta) / NEIEZ"),
    KnownSystem("EPSG:4211", "Batavia"),
    KnownSystem("EPSG:4813", "Batavia (Jakarta)"),
    KnownSystem("EPSG:2308", "Batavia / TM 109 SE"),
    KnownSystem("EPSG:3001", "Batavia / NEIEZ"),
    KnownSystem("EPSG:5330", "Batavia (Jakarta) / NEIEZ"),
    KnownSystem("EPSG:21148", "Batavia / UTM zone 48S"),
    KnownSystem("EPSG:21149", "Batavia / UTM zone 49S"),
    KnownSystem("EPSG:21150", "Batavia / UTM zone 50S"),
)
"""Those of East Kalimantan come first."""


def code_in(text: str) -> str:
    """Return the system that a typed or chosen text means: its code, or the text as it is."""
    typed = text.strip()
    for system in KNOWN_SYSTEMS:
        known = (system.code, system.name, label(system))
        if typed.casefold() in (name.casefold() for name in known):
            return system.code
    return f"EPSG:{typed}" if typed.isdecimal() else typed


def label(system: KnownSystem) -> str:
    """Return the line that stands for a system in a list."""
    return f"{system.name} · {system.code}"
