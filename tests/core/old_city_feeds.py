"""What the feeds and rules of the kept city told in its 30 hours (see old_city.py)."""

import math
from collections.abc import Iterator

from paser_command.geo import Circle, Geometry
from paser_command.records import (
    HOTSPOT,
    Alarm,
    AnyRecord,
    Feature,
    FeedHealth,
    FeedState,
    Limit,
    Observation,
    Position,
    Quality,
    Severity,
    Stream,
)
from paser_command.times import MINUTE, SECOND, Instant
from tests.records import START, flood, level, warning

Came = Iterator[tuple[Instant, AnyRecord]]

LEVEL, LOWER, RAIN = "muka-air/kandilo", "muka-air/pasir", "hujan/1"
LEVEL_ALARM = f"rules/limit:{LEVEL}"
SIAGA_2 = Limit("Siaga 2", 2.6, Severity.HIGH)
SIAGA_1 = Limit("Siaga 1", 3.2, Severity.CRITICAL)
SQUARE = ((116.0, -2.0), (116.1, -2.0), (116.1, -1.9), (116.0, -1.9), (116.0, -2.0))
HOLE = ((116.04, -1.96), (116.06, -1.96), (116.06, -1.94), (116.04, -1.96))
HOURS = 30


def feeds() -> Came:
    """Give each record with the instant at which it was received."""
    yield from _streams()
    yield from _numbers()
    yield from _units()
    yield from _reports()
    yield from _warnings()
    yield from _features()
    yield from _alarms()
    yield from _health()


def after(hours: float) -> Instant:
    """Return the instant so many hours after the beginning."""
    return START + round(hours * 60) * MINUTE


def _streams() -> Came:
    gauge = Stream(
        feed="muka-air",
        key=LEVEL,
        at=START,
        name="Kandilo",
        unit="m",
        lon=116.19,
        lat=-1.9,
        interval_s=900.0,
        limits=(SIAGA_2, SIAGA_1),
        district="64.01.04",
        district_name="Tanah Grogot",
        schematic=True,
        fences=("drawing/hilir",),
    )
    yield START, gauge
    yield START, Stream(feed="hujan", key=RAIN, at=START, name="Curah hujan", unit="mm")
    yield (
        after(11),
        Stream(feed="hujan", key=RAIN, at=after(11), name="Curah hujan Kuaro", unit="mm/jam"),
    )


def _numbers() -> Came:
    """A wave of nine hours in two gauges, one of them undescribed; rain with doubtful numbers."""
    for quarter in range(HOURS * 4):
        at = after(quarter / 4)
        wave = math.sin(quarter / 36 * math.tau)
        yield at + 5 * SECOND, level(round(2.4 + wave, 3), at)
        yield at + 5 * SECOND, level(round(1.1 - wave / 3, 3), at, LOWER)
        quality = (Quality.GOOD, Quality.UNCERTAIN, Quality.BAD)[quarter % 3]
        rain = Observation(feed="hujan", key=RAIN, at=at, value=quarter % 7 * 2.5, quality=quality)
        yield at + 5 * SECOND, rain
    # What was measured earlier and came later does not take the place of the newest number.
    yield after(20.1), level(9.9, after(12.6))


def _units() -> Came:
    for half in range(HOURS * 2):
        at = after(half / 2)
        lon = round(116.19 + half * 0.001, 4)
        boat = Position(
            feed="unit",
            key="unit/perahu-2",
            at=at,
            lon=lon,
            lat=-1.9,
            speed_m_s=4.0 if half % 2 else None,
            course_deg=90.0,
            name="Perahu 2",
            status="berangkat" if half % 2 else "",
        )
        yield at + SECOND, boat
        if half < 30:
            yield at + SECOND, Position(feed="unit", key="unit/truk-7", at=at, lon=lon, lat=-1.8)


def _reports() -> Came:
    """Incidents open, closed, opened again, swept, joined; a report that is linked to none."""
    yield after(0.2), flood("warga/1", after(0.1), text="Air setinggi lutut.", status="open")
    yield after(0.4), flood("warga/2", after(0.3), incident="warga/1", severity=Severity.CRITICAL)
    yield after(0.5), flood("warga/3", after(0.5), severity=Severity.LOW, title="Genangan")
    yield after(2), flood("warga/3", after(2), severity=Severity.LOW, closed=True, status="selesai")
    yield after(0.7), flood("warga/4", after(0.6), incident="", title="Pohon tumbang", lon=None)
    yield after(8), flood("warga/1", after(8), text="Air surut.", fences=("drawing/hilir",))
    # An older version that comes later is passed over.
    yield after(9), flood("warga/1", after(7.5), title="Kata lama")
    # The link is taken over to another incident, and the one before is empty then.
    yield after(10), flood("warga/5", after(10), title="Tanggul retak")
    yield after(10.5), flood("warga/5", after(10.5), title="Tanggul retak", incident="warga/1")
    yield (
        after(12),
        flood("warga/6", after(12), closed=True, title="Jalan \u201cputus\u201d \U0001f6a7"),
    )
    yield after(14), flood("warga/6", after(14), title="Jalan putus lagi", district="64.01.04")
    yield after(29), flood("gempa/9", after(28.9), category="earthquake", place="Selat Makassar")
    for number in range(10, 40):
        at = after(number * 0.7)
        closed = number % 3 == 0
        yield at, flood(f"warga/{number}", at, severity=Severity(number % 5), closed=closed)


def _warnings() -> Came:
    yield (
        after(1),
        warning(
            "peringatan/1",
            after(1),
            polygons=(SQUARE, HOLE),
            circles=(Circle(116.3, -2.0, 5_000.0),),
            description="Hujan lebat disertai petir.",
            instruction="Jauhi sungai.",
            area="Paser",
            sender="stamet",
            web="https://example.invalid/1",
        ),
    )
    update = warning("peringatan/2", after(3), msg_type="Update", references=("peringatan/1",))
    yield after(3), update
    yield after(20), warning("peringatan/3", after(20), expires=after(40), urgency="Immediate")
    yield after(20.5), warning("peringatan/4", after(20.5), expires=after(40), status="Exercise")
    cancel = warning("peringatan/5", after(22), msg_type="Cancel", references=("peringatan/3",))
    yield after(22), cancel
    yield after(24.5), warning("peringatan/6", after(24.5), expires=after(35), certainty="Likely")
    yield after(29.5), warning("peringatan/7", after(29.5), effective=after(31), expires=after(36))


def _features() -> Came:
    def feature(key: str, hours: float, **more: object) -> tuple[Instant, Feature]:
        feed, layer = key.partition("/")[0], str(more.pop("layer", "jalan"))
        told = {"feed": feed, "key": key, "at": after(hours), "layer": layer, **more}
        return after(hours), Feature(**told)  # type: ignore[arg-type]

    point = Geometry("point", (((116.2, -1.9),),))
    line = Geometry("line", (((116.2, -1.9), (116.25, -1.95)), ((116.3, -1.9), (116.31, -1.9))))
    holed = Geometry("area", (SQUARE, HOLE))
    yield feature("jalan/1", 1, name="Jl. Sudirman", geometry=line, properties={"sebab": "banjir"})
    yield feature("jalan/2", 1, geometry=holed, severity=Severity.MEDIUM)
    yield feature("jalan/3", 1, geometry=point)
    yield feature("jalan/3", 6, gone=True)
    yield feature("jalan/4", 6, name="tanpa tempat")
    yield feature("jalan/5", 28, gone=True)
    heat = {"layer": HOTSPOT, "geometry": point, "severity": Severity.HIGH}
    yield feature("titik-api/1", 2, until=after(8), **heat)
    yield feature("titik-api/2", 27, until=after(29.8), **heat)
    yield feature("titik-api/3", 29, until=after(50), **heat)


def _alarms() -> Came:
    def judged(
        hours: float, limit: Limit, *, raised: bool, key: str = LEVEL_ALARM
    ) -> tuple[Instant, Alarm]:
        alarm = Alarm(
            feed="rules",
            key=key,
            at=after(hours),
            rule="limit",
            subject=key.partition(":")[2],
            raised=raised,
            severity=limit.severity if raised else Severity.NONE,
            value=limit.value + 0.01,
            limit=limit,
        )
        return after(hours) + 6 * SECOND, alarm

    yield judged(0.5, SIAGA_2, raised=True)
    yield judged(1.5, SIAGA_1, raised=True)
    yield judged(4, SIAGA_2, raised=False)
    yield judged(9.5, SIAGA_2, raised=True)
    yield judged(13, SIAGA_2, raised=False)
    yield judged(27.5, SIAGA_1, raised=True)
    # One that is back to normal and that nobody has acknowledged; one that stands unacknowledged.
    yield judged(5, SIAGA_2, raised=True, key=f"rules/limit:{LOWER}")
    yield judged(6, SIAGA_2, raised=False, key=f"rules/limit:{LOWER}")
    yield judged(12, SIAGA_1, raised=True, key=f"rules/limit:{RAIN}")


def _health() -> Came:
    courses = {
        "muka-air": [(0.0, FeedState.STARTING), (0.1, FeedState.LIVE)],
        "hujan": [(0.0, FeedState.STARTING), (0.2, FeedState.LIVE), (18.0, FeedState.LATE)],
        "gempa": [(0.0, FeedState.STARTING), (1.0, FeedState.FAILING), (29.0, FeedState.LIVE)],
        "peringatan": [(0.0, FeedState.LIVE), (25.5, FeedState.FAILING)],
        "titik-api": [(29.9, FeedState.STARTING)],
    }
    for feed, course in courses.items():
        for hour in range(HOURS + 1):
            passed = [step for step in course if step[0] <= hour]
            if not passed and hour < HOURS:
                continue
            since, state = passed[-1] if passed else course[0]
            failing = state is FeedState.FAILING
            yield (
                after(hour),
                FeedHealth(
                    feed=feed,
                    key=feed,
                    at=after(hour),
                    state=state,
                    since=after(since),
                    source=f"http://127.0.0.1:9/{feed}",
                    interval_s=900.0,
                    reason="http_status" if failing else "",
                    facts={"status": 503} if failing else {},
                ),
            )
