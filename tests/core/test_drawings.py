"""Drawings are a fold of acts: the last one holds, one's own are undone, none is lost."""

import msgspec
import pytest

from paser_command.errors import InputError
from paser_command.geo import Circle, Geometry
from paser_command.picture.drawing_change import (
    MOST_PLACES,
    Change,
    DrawnColour,
    DrawnShape,
    Purpose,
    arguments_of,
    change_of,
)
from paser_command.picture.drawings import (
    DRAW,
    ERASE,
    MOST_ACTS,
    REDO,
    REDRAW,
    UNDO,
    Step,
    drawing_geometry,
)
from paser_command.picture.model import model
from paser_command.picture.picture import Picture
from paser_command.records import Command
from paser_command.times import DAY, MINUTE, SECOND
from paser_command.verbs.drawing import new_drawing
from tests.acts import command_of
from tests.pictures import body_of, picture_of
from tests.records import START, flood

KEY = "drawing/1"
CORNERS = ((116.1, -2.0), (116.3, -2.0), (116.3, -1.8))
FENCE = Change(
    shape=DrawnShape.AREA, places=CORNERS, name="Zona evakuasi", purpose=Purpose.GEOFENCE
)


def act(verb, change=None, *, who="sari", key="", at=START, subject=KEY, undoes=""):
    arguments = arguments_of(change) if change else {"act": undoes} if undoes else {}
    return Command(
        feed="console",
        key=key or f"{verb}-{who}-{at}",
        at=at,
        received=at,
        verb=verb,
        subject=subject,
        arguments=arguments,
        who=who,
        seat="meja 2",
    )


def named(name, shape=DrawnShape.AREA):
    return Change(shape=shape, name=name)


def moved(by):
    places = tuple((round(lon + by, 4), lat) for lon, lat in CORNERS)
    return Change(shape=DrawnShape.AREA, places=places)


def folded(*acts):
    picture = Picture()
    picture.apply_all(acts)
    return picture


def door(verb, subject=KEY, **arguments):
    return command_of(verb, subject, arguments)


def test_what_is_drawn_stands_with_who_drew_it():
    drawing = folded(act(DRAW, FENCE)).drawings[KEY]

    assert drawing.places == CORNERS
    assert (drawing.name, drawing.purpose) == ("Zona evakuasi", Purpose.GEOFENCE)
    assert (drawing.drawn_by, drawing.drawn_at) == ("sari", START)


def test_a_change_leaves_what_it_does_not_name():
    picture = folded(act(DRAW, FENCE), act(REDRAW, moved(0.1), who="budi", at=START + 1))

    drawing = picture.drawings[KEY]
    assert drawing.places == moved(0.1).places
    assert drawing.name == "Zona evakuasi"
    assert (drawing.drawn_by, drawing.changed_by) == ("sari", "budi")


def test_of_two_who_change_the_same_the_later_in_the_journal_holds():
    picture = folded(act(DRAW, FENCE), act(REDRAW, named("A")), act(REDRAW, named("B"), who="budi"))

    assert picture.drawings[KEY].name == "B"


def test_undoing_ones_own_act_leaves_what_others_did():
    picture = folded(
        act(DRAW, FENCE),
        act(REDRAW, moved(0.1), key="move"),
        act(REDRAW, named("Zona B"), who="budi"),
        act(UNDO, undoes="move"),
    )

    assert picture.drawings[KEY].places == CORNERS
    assert picture.drawings[KEY].name == "Zona B"


def test_nobody_undoes_what_another_did():
    picture = folded(act(DRAW, FENCE, key="draw"), act(UNDO, who="budi", undoes="draw"))

    assert KEY in picture.drawings
    assert picture.undoable("budi", "meja 2") is None


def test_what_is_erased_is_gone_and_comes_back_undone():
    picture = folded(act(DRAW, FENCE), act(ERASE, key="erase"))
    assert not picture.drawings

    picture.apply(act(UNDO, undoes="erase"))
    assert picture.drawings[KEY].name == "Zona evakuasi"

    picture.apply(act(REDO, undoes="erase"))
    assert not picture.drawings


def test_a_change_that_meets_an_erased_drawing_shows_when_it_comes_back():
    picture = folded(
        act(DRAW, FENCE), act(ERASE, key="erase"), act(REDRAW, named("Zona B"), who="budi")
    )
    assert not picture.drawings

    picture.apply(act(UNDO, undoes="erase"))

    assert picture.drawings[KEY].name == "Zona B"


def test_undo_goes_back_through_ones_own_acts_and_redo_forward_again():
    picture = folded(
        act(DRAW, FENCE, key="1"),
        act(DRAW, FENCE, key="2", subject="drawing/2"),
        act(REDRAW, named("x"), key="3"),
        act(REDRAW, named("y"), key="4", who="budi"),
    )
    undone = []

    while step := picture.undoable("sari", "meja 2"):
        undone.append(step)
        picture.apply(act(UNDO, subject=step.drawing, undoes=step.act, key=f"u{step.act}"))
    redone = []
    while step := picture.redoable("sari", "meja 2"):
        redone.append(step)
        picture.apply(act(REDO, subject=step.drawing, undoes=step.act, key=f"r{step.act}"))

    assert undone == [Step(KEY, "3"), Step("drawing/2", "2"), Step(KEY, "1")]
    assert redone == undone[::-1]


def test_a_new_act_ends_what_could_be_done_again():
    picture = folded(
        act(DRAW, FENCE, key="1"), act(REDRAW, named("x"), key="2"), act(UNDO, undoes="2")
    )
    assert picture.redoable("sari", "meja 2") == Step(KEY, "2")

    picture.apply(act(REDRAW, named("y"), key="3"))

    assert picture.redoable("sari", "meja 2") is None


def test_an_act_that_comes_twice_counts_once():
    erase, undo = act(ERASE, key="erase"), act(UNDO, undoes="erase")

    assert folded(act(DRAW, FENCE), erase, undo, undo, erase).drawings


def test_a_day_later_what_was_erased_is_let_go_and_what_stands_stays():
    picture = folded(
        act(DRAW, FENCE),
        act(REDRAW, named("Zona B"), at=START + SECOND),
        act(DRAW, FENCE, subject="drawing/2"),
        act(ERASE, subject="drawing/2", key="erase"),
    )

    late = START + 2 * DAY
    picture.apply(flood(at=late, received=late))
    picture.apply(act(UNDO, subject="drawing/2", undoes="erase", at=late))

    assert list(picture.drawings) == [KEY]
    assert b"drawing/2" not in body_of(picture)
    assert picture.drawings[KEY].name == "Zona B"
    assert picture.undoable("sari", "meja 2") is None
    assert picture == picture_of(body_of(picture), model())


def test_acts_that_are_too_many_are_one():
    changes = [act(REDRAW, named(str(n)), at=START + n) for n in range(MOST_ACTS + 20)]
    picture = folded(act(DRAW, FENCE), *changes)
    undone = 0

    while step := picture.undoable("sari", "meja 2"):
        picture.apply(act(UNDO, subject=step.drawing, undoes=step.act, key=f"u{undone}"))
        undone += 1

    assert undone == MOST_ACTS
    assert picture.drawings[KEY].name == "19"
    assert len(body_of(picture)) < 20_000


def test_which_drawings_changed_is_told():
    picture = folded(act(DRAW, FENCE))
    before = picture.revision["drawings"]

    picture.apply(act(ERASE, at=START + MINUTE))
    picture.apply(act(UNDO, undoes="nothing"))

    assert picture.changes("drawings", before) == {KEY}
    assert picture.revision["drawings"] == before + 1


def test_a_drawing_stays_the_shape_that_it_is():
    line = Change(shape=DrawnShape.LINE, places=CORNERS[:2])

    picture = folded(act(DRAW, FENCE), act(REDRAW, line))

    assert picture.drawings[KEY].shape is DrawnShape.AREA
    assert picture.drawings[KEY].places == CORNERS


def test_what_this_program_cannot_read_is_left_aside():
    newer = msgspec.structs.replace(act(DRAW), arguments={"shape": "spiral"})

    assert not folded(newer, act(REDRAW, named("x"))).drawings


@pytest.mark.parametrize(
    ("change", "covered"),
    [
        (FENCE, Geometry("area", ((*CORNERS, CORNERS[0]),))),
        (Change(shape=DrawnShape.LINE, places=CORNERS), Geometry("line", (CORNERS,))),
        (Change(shape=DrawnShape.POINT, places=CORNERS[:1]), Geometry("point", (CORNERS[:1],))),
        (
            Change(shape=DrawnShape.CIRCLE, places=CORNERS[:1], radius_m=750.0),
            Circle(116.1, -2.0, 750.0),
        ),
        (
            Change(shape=DrawnShape.TEXT, places=CORNERS[:1], name="Posko"),
            Geometry("point", (CORNERS[:1],)),
        ),
    ],
)
def test_a_drawing_covers_what_was_drawn(change, covered):
    command = door(DRAW, **arguments_of(change))

    assert drawing_geometry(folded(command).drawings[KEY]) == covered


def test_a_change_comes_through_its_arguments_unharmed():
    whole = Change(
        shape=DrawnShape.CIRCLE,
        places=((116.1234567, -1.9),),
        radius_m=1234.5,
        name="Radius 1,2 km",
        note='<b>"jangan"</b>',
        colour=DrawnColour.MAUVE,
        purpose=Purpose.GEOFENCE,
    )

    assert change_of(arguments_of(whole), whole=True) == whole


def test_every_new_drawing_has_a_key_of_its_own():
    assert new_drawing() != new_drawing()


def geojson(kind, coordinates):
    return f'{{"type":"{kind}","coordinates":{coordinates}}}'


POINT = geojson("Point", "[116.1,-2.0]")


@pytest.mark.parametrize(
    ("shape", "geometry", "said"),
    [
        ("point", "", "GeoJSON"),
        ("point", "{", "GeoJSON"),
        ("point", "[" * 100_000, "GeoJSON"),
        ("point", '{"a":' + "[" * 100_000, "GeoJSON"),
        ("point", geojson("Point", "[NaN,1]"), "GeoJSON"),
        ("point", geojson("Point", "[1e999,1]"), "GeoJSON"),
        ("point", geojson("Point", "[1]"), "GeoJSON"),
        ("point", geojson("Point", "[1,2,3]"), "GeoJSON"),
        ("point", geojson("Point", '["1","2"]'), "GeoJSON"),
        ("point", geojson("Point", "[true,false]"), "GeoJSON"),
        ("point", geojson("GeometryCollection", "[]"), "GeoJSON"),
        ("line", POINT, "GeoJSON"),
        ("area", geojson("LineString", "[[1,1],[2,2],[3,3]]"), "GeoJSON"),
        ("point", geojson("Point", "[180.1,0]"), "not on the earth"),
        ("point", geojson("Point", "[0,-90.5]"), "not on the earth"),
        ("line", geojson("LineString", "[]"), "at least 2"),
        ("line", geojson("LineString", "[[1,1],[1,1]]"), "at least 2"),
        ("area", geojson("Polygon", "[[[1,1],[2,2],[1,1]]]"), "at least 3"),
        ("area", geojson("Polygon", "[[]]"), "at least 3"),
        ("area", geojson("Polygon", "[]"), "without holes"),
        ("area", geojson("Polygon", "[[[1,1],[2,2],[3,1]],[[1,1],[2,2],[3,1]]]"), "without holes"),
        ("line", geojson("LineString", [[n / 100, 1] for n in range(MOST_PLACES + 1)]), "at most"),
        ("line", " " * 10_000_000, "at most"),
    ],
)
def test_geometry_that_is_none_is_refused_with_what_to_do(shape, geometry, said):
    with pytest.raises(InputError, match=said):
        door(DRAW, shape=shape, geometry=geometry)


@pytest.mark.parametrize(
    ("verb", "arguments", "said"),
    [
        (DRAW, {}, "none of these"),
        (DRAW, {"shape": "spiral", "geometry": POINT}, "none of these"),
        (DRAW, {"shape": "point"}, "no place"),
        (DRAW, {"shape": "circle", "geometry": POINT}, "no place"),
        (DRAW, {"shape": "circle", "geometry": POINT, "radius_m": "nan"}, "radius"),
        (DRAW, {"shape": "circle", "geometry": POINT, "radius_m": "0.5"}, "radius"),
        (DRAW, {"shape": "circle", "geometry": POINT, "radius_m": "1e9"}, "radius"),
        (DRAW, {"shape": "point", "geometry": POINT, "radius_m": "5"}, "radius"),
        (DRAW, {"shape": "text", "geometry": POINT}, "empty"),
        (REDRAW, {"shape": "text", "name": "  "}, "empty"),
        (DRAW, {"shape": "point", "geometry": POINT, "name": "x" * 201}, "shorten"),
        (REDRAW, {"shape": "point", "note": "x" * 4_001}, "shorten"),
        (REDRAW, {"shape": "point", "name": "\ud800"}, "characters"),
        (REDRAW, {"shape": "point", "colour": "red"}, "none of these"),
        (REDRAW, {"shape": "line", "purpose": "geofence"}, "geofence"),
        (REDRAW, {"shape": "point"}, "not complete"),
        (REDRAW, {"shape": "point", "script": "x"}, "has no script"),
        (ERASE, {"shape": "point"}, "not complete"),
        (UNDO, {}, "not complete"),
        (REDO, {"act": "1", "more": "2"}, "not complete"),
    ],
)
def test_a_drawing_that_is_none_is_refused_with_what_to_do(verb, arguments, said):
    with pytest.raises(InputError, match=said):
        door(verb, **arguments)


@pytest.mark.parametrize("subject", ["", "warga/1", "drawing/" + "x" * 200])
def test_only_drawings_are_drawn(subject):
    with pytest.raises(InputError, match="not complete"):
        door(DRAW, subject, shape="point", geometry=POINT)
