"""The words of measuring and drawing: lengths, areas and courses as people read them."""

from collections.abc import Sequence

from paser_command.geo import LonLat
from paser_command.geodesy import Course, area_m2, circle, length_m
from paser_command.language import Language
from paser_command.picture.drawing_change import DrawnColour, DrawnShape, Purpose
from paser_command.picture.drawings import Drawing

SHAPE_WORDS = {
    DrawnShape.POINT: "Point",
    DrawnShape.LINE: "Line",
    DrawnShape.AREA: "Polygon",
    DrawnShape.CIRCLE: "Circle",
    DrawnShape.TEXT: "Text",
}
PURPOSE_WORDS = {Purpose.ANNOTATION: "Annotation", Purpose.GEOFENCE: "Geofence"}
COLOUR_WORDS = {
    DrawnColour.GREY: "Grey",
    DrawnColour.GREEN: "Green",
    DrawnColour.SAND: "Sand",
    DrawnColour.MAUVE: "Mauve",
}

_KM, _HA, _KM2 = 1_000.0, 10_000.0, 1_000_000.0


def length_text(language: Language, metres: float) -> str:
    """Return a length in m, from one kilometre on in km."""
    if metres < _KM:
        return language.tr("{n} m", n=language.number(metres, 1 if metres < 100 else 0))
    km = metres / _KM
    return language.tr("{n} km", n=language.number(km, 2 if km < 100 else 1))


def area_text(language: Language, square_metres: float) -> str:
    """Return an area in m², from one hectare on in ha, from one square kilometre on in km²."""
    if square_metres < _HA:
        return language.tr("{n} m²", n=language.number(square_metres))
    if square_metres < _KM2:
        return language.tr("{n} ha", n=language.number(square_metres / _HA, 2))
    return language.tr("{n} km²", n=language.number(square_metres / _KM2, 2))


def course_text(language: Language, course: Course) -> str:
    """Return how far and where to: 1,24 km · 087°."""
    return f"{length_text(language, course.metres)} · {round(course.azimuth_deg) % 360:03d}°"


def size_text(
    language: Language, shape: DrawnShape, places: Sequence[LonLat], radius_m: float
) -> str:
    """Return how long or how large a shape is; "" where it is neither."""
    if shape is DrawnShape.LINE:
        return length_text(language, length_m(places))
    if shape is DrawnShape.AREA:
        area, around = area_m2(places), length_m([*places, places[0]])
        facts = {"area": area_text(language, area), "around": length_text(language, around)}
        return language.tr("{area}, {around} around", **facts)
    if shape is DrawnShape.CIRCLE:
        area = area_m2(circle(places[0], radius_m))
        facts = {"area": area_text(language, area), "radius": length_text(language, radius_m)}
        return language.tr("{area}, radius {radius}", **facts)
    return ""


def title_of(language: Language, drawing: Drawing) -> str:
    """Return the drawing's name, or what it is."""
    return drawing.name or language.tr(SHAPE_WORDS[drawing.shape])


def purpose_word(language: Language, drawing: Drawing) -> str:
    """Return what the drawing is for, in a word."""
    return language.tr(PURPOSE_WORDS[drawing.purpose])


def drawing_lines(language: Language, drawing: Drawing) -> tuple[str, ...]:
    """Return what is to be said of a drawing, its title first."""
    what, by = drawing_facts(language, drawing)
    note = (drawing.note,) if drawing.note else ()
    return (title_of(language, drawing), what, *note, by)


def drawing_facts(language: Language, drawing: Drawing) -> tuple[str, str]:
    """Return what a drawing is for and how large it is, and who changed it last and when."""
    purpose = purpose_word(language, drawing)
    size = size_text(language, drawing.shape, drawing.places, drawing.radius_m)
    moment = language.moment(drawing.changed_at)
    by = language.tr("by {who}, {moment}", who=drawing.changed_by, moment=moment)
    return f"{purpose} · {size}" if size else purpose, by
