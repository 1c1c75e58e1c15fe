"""A scenario file is taken whole, and its mistakes are told with their lines."""

from itertools import pairwise
from pathlib import Path

import pytest

from paser_command.errors import ConfigError, InputError
from paser_command.exercise.scenario import (
    HotspotInject,
    QuakeInject,
    ReportInject,
    Scenario,
    WarningInject,
    load_scenario,
    read_scenario,
    scenario_names,
)
from paser_command.geo import distance_m

SMALL = """\
id = "kecil"
name = "Kecil"
summary = ""
seed = 1
duration_min = 10
[site]
name = "Paser"
zone = "Asia/Makassar"
lon = 116.19
lat = -1.91
[[service]]
code = "flood"
name = "Banjir"
agency = "BPBD"
"""
STATION = """\
[[station]]
id = "a"
name = "A"
property = "Tinggi muka air"
unit = "m"
unit_name = "meter"
lon = 116.2
lat = -1.9
curve = [[0, 1.0], [10, 2.0]]
"""
REPORT = """\
[[inject]]
type = "report"
minute = 1
to = "warga"
service = "flood"
texts = ["Banjir"]
address = "Tanah Grogot"
lon = 116.2
lat = -1.9
"""
WARNING = """\
[[inject]]
type = "warning"
minute = 1
until_min = 5
id = "hujan"
event = "Hujan"
headline = "Hujan"
description = ""
severity = "Severe"
polygons = [[[116.0, -1.0], [116.1, -1.0], [116.0, -1.1]]]
"""
ROAD = """\
[[inject]]
type = "feature"
minute = 1
until_min = 5
id = "jalan"
name = "Jalan"
notes = ""
severity = "HIGH"
line = [[116.0, -1.0], [116.1, -1.0]]
"""
UNIT = """\
[[unit]]
id = "perahu"
name = "Perahu"
track = [{ minute = 0, lon = 116.2, lat = -1.9, status = "siaga" }]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "kecil.toml"
    path.write_text(text)
    return path


@pytest.fixture(scope="module")
def flood() -> Scenario:
    return load_scenario("banjir-kandilo")


@pytest.mark.parametrize(
    ("good", "old", "new", "words"),
    [
        (STATION, "[[0, 1.0], [10, 2.0]]", "[[0, 1.0], [0, 2.0]]", "the minutes of a curve must"),
        (STATION, "[[0, 1.0], [10, 2.0]]", "[]", "needs at least 1, and has 0"),
        (STATION, "lon = 116.2", "lon = 190.0", "must be -180 to 180"),
        (STATION, 'id = "a"', 'id = "A b"', "must be 1 to 40 of the characters"),
        (REPORT, '"report"', '"raport"', "did you mean report?"),
        (REPORT, '"flood"', '"floods"', "did you mean flood?"),
        (REPORT, '"warga"', '"wargo"', "did you mean warga?"),
        (REPORT, "minute = 1", "minut = 1", "did you mean minute?"),
        (WARNING, "until_min = 5", "until_min = 1", "must be later than its minute"),
        (WARNING, 'description = ""', 'description = ""\nupdates = "x"', "x is not known"),
        (WARNING, ", [116.1, -1.0]", "", "needs at least 3, and has 2"),
        (ROAD, "line = [[116.0, -1.0], [116.1, -1.0]]", "line = []", "needs a line of 2 places"),
        (UNIT, "}]", "}, { minute = 0, lon = 1, lat = 1, status = 'x' }]", "of a track must rise"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, good, old, new, words):
    read_scenario(written(tmp_path, SMALL + STATION + REPORT + WARNING + ROAD + UNIT))
    text = SMALL + STATION + REPORT + WARNING + ROAD + UNIT
    bad = text.replace(good, good.replace(old, new))
    lines = bad.splitlines()
    first = bad[: bad.index(good.replace(old, new))].count("\n") + 1

    with pytest.raises(ConfigError) as caught:
        read_scenario(written(tmp_path, bad))

    told = [one for one in caught.value.mistakes if words in str(one.error)]
    assert told
    assert first <= told[0].line <= min(len(lines), first + good.count("\n"))


def test_doubled_ids_are_told(tmp_path: Path):
    with pytest.raises(ConfigError, match="a is the id on line 16 too"):
        read_scenario(written(tmp_path, SMALL + STATION + STATION + REPORT))


def test_a_scenario_that_is_not_there_is_told_with_those_that_are():
    with pytest.raises(InputError, match="did you mean banjir-kandilo"):
        load_scenario("banjir-kandila")
    assert "banjir-kandilo" in scenario_names()


def test_the_flood_keeps_the_room_busy(flood: Scenario):
    minutes = [0.0]
    for inject in flood.injects:
        minutes.append(inject.minute)
        if isinstance(inject, ReportInject):
            minutes += [update.minute for update in inject.updates]
        elif not isinstance(inject, QuakeInject | HotspotInject):
            minutes.append(inject.until_min)
    minutes = sorted(minute for minute in minutes if 0 <= minute <= flood.duration_min)

    gaps = [later - earlier for earlier, later in pairwise(minutes)]

    assert max(gaps) <= 3
    assert flood.duration_min - minutes[-1] <= 3


def test_the_flood_happens_in_paser(flood: Scenario):
    places = [(station.lon, station.lat) for station in flood.stations]
    places += [(one.lon, one.lat) for one in flood.injects if isinstance(one, ReportInject)]

    assert all(115.6 < lon < 116.6 and -2.42 < lat < -0.95 for lon, lat in places)
    towns = {"Tanah Grogot": (116.1913, -1.9051), "Long Kali": (116.3205, -1.5218)}
    for town, (lon, lat) in towns.items():
        near = [
            distance_m(one.lon, one.lat, lon, lat)
            for one in flood.injects
            if isinstance(one, ReportInject) and one.address.endswith(town)
        ]
        assert len(near) >= 5
        assert max(near) < 6000


def test_the_flood_has_all_that_a_room_must_learn_to_read(flood: Scenario):
    tags = [inject.__struct_config__.tag for inject in flood.injects]
    services = {one.service for one in flood.injects if isinstance(one, ReportInject)}

    assert set(tags) == {"report", "quake", "warning", "feature", "outage"}
    assert {"flood", "landslide", "accident", "tree", "streetlight"} <= services
    assert 8 <= len(flood.stations) <= 10
    assert any(one.updates for one in flood.injects if isinstance(one, WarningInject))
    assert flood.duration_min == 240
