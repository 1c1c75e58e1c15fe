"""What people told of a room's displays is kept in a readable file, and makes text readable."""

import math
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paser_command.errors import ConfigError, InputError
from paser_command.language import Language
from paser_command.workspaces.display import Display
from paser_command.workspaces.room import (
    CAP_HEIGHT,
    TEXT_PX,
    DisplaySetting,
    Room,
    Turn,
    parse,
    read_from_m,
    room_file,
    scale_of,
    text_of,
    with_room,
)
from tests.core.workspaces.generated import displays, texts

WALL = DisplaySetting(
    display=Display(maker="LG", model="55VL5", width_mm=1210, height_mm=680, connector="HDMI-1"),
    title="Dinding kiri",
    wall=True,
    distance_m=5.0,
    rotation=(Turn(workspace="dinding", dwell_s=60.0), Turn(workspace="banjir")),
)
GOOD = """\
format = 1

[[display]]
display = { maker = "LG", model = "55VL5" }
title = "Dinding kiri"
wall = true
distance_m = 5.0
scale = 0.0
rotation = [{ workspace = "dinding", dwell_s = 60.0 }]
"""

_settings = st.builds(
    DisplaySetting,
    display=displays,
    title=texts,
    wall=st.booleans(),
    distance_m=st.floats(0.3, 100),
    scale=st.just(0.0) | st.floats(0.5, 4),
    rotation=st.lists(
        st.builds(
            Turn,
            workspace=st.sampled_from(["dinding", "banjir", "a", "x" * 60]),
            dwell_s=st.floats(5, 3600),
        ),
        max_size=3,
    ).map(tuple),
)
_densities = st.floats(0.2, 20)


@given(st.lists(_settings, max_size=4, unique_by=lambda one: one.display))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_is_written_is_read_as_it_was(tmp_path_factory, known):
    folder = tmp_path_factory.getbasetemp() / "room"
    room = Room(displays=tuple(known))

    room_file(folder).save(room)

    assert room_file(folder).load() == (room, None)


def test_a_room_that_nobody_told_of_is_empty_and_nothing_is_written(tmp_path):
    assert room_file(tmp_path / "home").load() == (Room(), None)
    assert not (tmp_path / "home").exists()


def test_a_refused_file_is_told_and_the_last_good_one_is_used(tmp_path):
    file = room_file(tmp_path)
    file.save(Room(displays=(WALL,)))
    file.save(Room())
    file.path.write_text(GOOD.replace("true", "yes"))

    kept = file.load()

    assert kept.value == Room(displays=(WALL,))
    assert isinstance(kept.notice, ConfigError)


def test_without_a_last_good_one_nothing_is_known(tmp_path):
    file = room_file(tmp_path)
    file.path.write_text("format = 9")

    kept = file.load()

    assert kept.value == Room()
    assert "version 9" in str(kept.notice)


def test_a_refused_file_is_put_aside_before_another_takes_its_place(tmp_path):
    file = room_file(tmp_path)
    file.path.write_text("format = 9")

    file.save(Room(displays=(WALL,)))

    assert (tmp_path / "displays.toml.refused").read_text() == "format = 9"
    assert file.load() == (Room(displays=(WALL,)), None)


def test_what_would_be_refused_is_not_saved(tmp_path):
    file = room_file(tmp_path)
    file.save(Room())

    with pytest.raises(InputError, match="twice"):
        file.save(Room(displays=(WALL, WALL)))

    assert file.load() == (Room(), None)


@pytest.mark.parametrize(
    ("old", "new", "line", "where", "said"),
    [
        ("format = 1", "format = 0", 1, "format", "at least 1"),
        ("[[display]]", "[display]", 3, "display", "must be a list"),
        ("maker =", "makre =", 4, "display[1].display.makre", "did you mean maker?"),
        ("display = {", "dispaly = {", 4, "display[1].dispaly", "did you mean display?"),
        ("title", "titel", 5, "display[1].titel", "did you mean title?"),
        ("wall = true", "wall = 1", 6, "display[1].wall", "true or false"),
        ("5.0", "0", 7, "display[1].distance_m", "must be 0.3 to 100"),
        ("5.0", "nan", 7, "display[1].distance_m", "finite"),
        ("0.0", "0.2", 8, "display[1].scale", "must be 0 or 0.5 to 4.0, and is 0.2"),
        ("0.0", "5", 8, "display[1].scale", "must be 0 to 4"),
        ("60.0", "4", 9, "display[1].rotation[1].dwell_s", "must be 5 to 3600"),
        ("60.0", "3601", 9, "display[1].rotation[1].dwell_s", "must be 5 to 3600"),
        ('"dinding"', '"A B"', 9, "display[1].rotation[1].workspace", "an id of a workspace"),
        ('"dinding"', '"../x"', 9, "display[1].rotation[1].workspace", "an id of a workspace"),
    ],
)
def test_a_mistake_is_told_with_its_line_in_both_languages(old, new, line, where, said):
    with pytest.raises(ConfigError) as refused:
        parse(Path("displays.toml"), GOOD.replace(old, new, 1))

    told = [(one.line, one.where, str(one.error)) for one in refused.value.mistakes]
    assert any((one, key) == (line, where) and said in text for one, key, text in told), told
    assert Language("id").error(refused.value) != str(refused.value)


def test_a_display_that_is_there_twice_is_told():
    second = GOOD.partition("\n\n")[2]

    with pytest.raises(
        ConfigError, match=r"displays\.toml:11: display\[2\]: this display is there"
    ):
        parse(Path("displays.toml"), f"{GOOD}\n{second}")


def test_the_file_is_one_that_people_can_read():
    assert parse(Path("x"), GOOD).displays[0].called == "Dinding kiri"
    assert 'title = "Dinding kiri"\nwall = true\ndistance_m = 5.0\n' in text_of(
        Room(displays=(WALL,))
    )


def at(distance_m, **changes):
    return DisplaySetting(display=Display(), distance_m=distance_m, **changes)


@pytest.mark.parametrize("px_per_mm", [1.6, 3.2, 3.8, 6.4, 0.0])
def test_at_a_desk_text_is_as_it_was_designed(px_per_mm):
    assert scale_of(at(0.7), px_per_mm) == 1.0
    assert scale_of(at(0.5), px_per_mm) == 1.0


@pytest.mark.parametrize(
    ("distance_m", "px_per_mm", "scale"),
    [
        (5.0, 1920 / 1210, 4.0),  # 55 inches, full HD: 4.29 would be needed
        (3.0, 1920 / 1210, 2.75),
        (3.0, 3840 / 1210, 4.0),
        (2.0, 3840 / 1872, 2.25),  # 85 inches, 4K
        (5.0, 1280 / 3000, 1.25),  # a projector, 3 m wide
        (8.0, 0.1, 1.0),
    ],
)
def test_a_wall_is_scaled_to_where_people_stand(distance_m, px_per_mm, scale):
    assert scale_of(at(distance_m), px_per_mm) == scale


@given(st.floats(0.3, 100), _densities)
def test_a_scale_is_in_range_and_in_quarters(distance_m, px_per_mm):
    scale = scale_of(at(distance_m), px_per_mm)

    assert 1.0 <= scale <= 4.0
    assert scale * 4 == int(scale * 4)


@given(st.floats(0.71, 100), _densities)
def test_text_is_readable_unless_the_scale_is_at_its_end(distance_m, px_per_mm):
    scale = scale_of(at(distance_m), px_per_mm)

    letters_mm = TEXT_PX * CAP_HEIGHT * scale / px_per_mm
    assert scale == 4.0 or letters_mm >= distance_m * 1000 / 200 - 1e-6
    smaller_mm = letters_mm * (scale - 0.25) / scale
    assert scale == 1.0 or smaller_mm < distance_m * 1000 / 200


@pytest.mark.parametrize(
    ("pixels", "largest"),
    [
        ((1366, 768), 1.25),
        ((1920, 1080), 2.0),
        ((1920, 1200), 2.0),
        ((1080, 1920), 1.0),
        ((3840, 1080), 2.0),
        ((2560, 1440), 2.5),
        ((3840, 2160), 4.0),
        ((640, 480), 1.0),
    ],
)
def test_a_page_of_the_wall_keeps_its_room(pixels, largest):
    assert with_room(4.0, *pixels) == largest
    assert with_room(1.0, *pixels) == 1.0


@given(st.floats(0.71, 100), _densities)
def test_text_is_read_from_where_people_stand_unless_the_scale_is_at_its_end(distance_m, px_per_mm):
    scale = scale_of(at(distance_m), px_per_mm)

    assert scale == 4.0 or read_from_m(scale, px_per_mm) >= distance_m - 1e-6


@given(st.floats(0.3, 100), st.floats(0.3, 100), _densities)
def test_who_stands_farther_away_never_gets_smaller_text(one, other, px_per_mm):
    near, far = sorted((one, other))

    assert scale_of(at(near), px_per_mm) <= scale_of(at(far), px_per_mm)


@pytest.mark.parametrize("px_per_mm", [0.0, -1.0, math.nan, math.inf])
def test_a_display_that_does_not_tell_its_size_is_taken_for_an_ordinary_one(px_per_mm):
    assert scale_of(at(1.5), px_per_mm) == scale_of(at(1.5), 96 / 25.4)


def test_a_scale_that_people_gave_holds():
    assert scale_of(at(5.0, scale=1.1), 3.2) == 1.1
