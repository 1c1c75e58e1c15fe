"""What people and automation did in the kept city's 30 hours: each verb (see old_city.py)."""

from collections.abc import Iterator

from paser_command.picture.drawing_change import (
    Change,
    DrawnColour,
    DrawnShape,
    Purpose,
    arguments_of,
)
from paser_command.picture.screens import Screen, screens_text
from paser_command.records import Command
from paser_command.times import SECOND, Instant
from tests.core.old_city_feeds import LEVEL_ALARM, LOWER, after

Acts = Iterator[tuple[Instant, Command]]

SARI, BUDI = ("sari", "meja 1"), ("budi", "meja 2")
RIVER = ((116.15, -1.88), (116.19, -1.9), (116.22, -1.93))
FIELD = ((116.1, -1.9), (116.2, -1.9), (116.2, -1.8), (116.1, -1.8))


def acts() -> Acts:
    """Give each act with the instant at which it was received."""
    yield from _acknowledged()
    yield from _noted()
    yield from _drawn()
    yield from _shown()
    yield from _automated()


def _act(
    hours: float, verb: str, subject: str, by: tuple[str, str] = SARI, **arguments: str
) -> tuple[Instant, Command]:
    who, seat = by
    key = f"{verb}-{hours:g}"
    made = Command(
        feed="console",
        key=key,
        at=after(hours),
        verb=verb,
        subject=subject,
        arguments=arguments,
        who=who,
        seat=seat,
    )
    return after(hours) + 2 * SECOND, made


def _acknowledged() -> Acts:
    yield _act(1.1, "acknowledge", "warga/1")
    yield _act(1.2, "acknowledge", "warga/1", BUDI)
    yield _act(1.3, "acknowledge", LEVEL_ALARM, BUDI)
    # It rose since, and has to be acknowledged anew; the later one is back to normal by then.
    yield _act(1.8, "acknowledge", LEVEL_ALARM)
    yield _act(5.5, "acknowledge", f"rules/limit:{LOWER}")
    yield _act(16.1, "acknowledge", "warga/20", BUDI)
    yield _act(28.1, "acknowledge", LEVEL_ALARM)
    # Sent again after a doubtful end: one act.
    received, again = _act(16.1, "acknowledge", "warga/20", BUDI)
    yield received + 60 * SECOND, again
    yield _act(16.2, "acknowledge", "warga/not-there")


def _noted() -> Acts:
    yield _act(2.5, "note", "warga/1", text="Perahu 2 berangkat.")
    yield _act(3.5, "note", "warga/3", BUDI, text="Selesai \u2014 dicek ulang.")
    yield _act(19, "note", LEVEL_ALARM, text="Pintu air dibuka.\nTinggal 20 cm.")
    yield _act(29.2, "note", "gempa/9", BUDI, text="Tidak terasa di \U0001f3d9.")


def _drawing(
    hours: float, verb: str, own: str, change: Change, by: tuple[str, str] = SARI
) -> tuple[Instant, Command]:
    return _act(hours, verb, f"drawing/{own}", by, **arguments_of(change))


def _drawn() -> Acts:
    """Every shape; changed by two, erased, undone and done again, within a day and before it."""
    hilir = Change(
        shape=DrawnShape.AREA, places=FIELD, name="Hilir", purpose=Purpose.GEOFENCE, note="Evakuasi"
    )
    yield _drawing(0.6, "draw", "hilir", hilir)
    river = Change(shape=DrawnShape.LINE, places=RIVER, colour=DrawnColour.SAND, name="Tanggul")
    yield _drawing(1.6, "draw", "tanggul", river, BUDI)
    circle = Change(shape=DrawnShape.CIRCLE, places=RIVER[:1], radius_m=750.0)
    yield _drawing(3.1, "draw", "lingkaran", circle)
    text = Change(shape=DrawnShape.TEXT, places=RIVER[1:2], name="Posko")
    yield _drawing(3.2, "draw", "posko", text)
    yield _drawing(3.3, "draw", "titik", Change(shape=DrawnShape.POINT, places=RIVER[2:]), BUDI)
    name = Change(shape=DrawnShape.LINE, name="Tanggul Kandilo")
    yield _drawing(4.1, "redraw", "tanggul", name)
    yield _drawing(11.1, "redraw", "hilir", Change(shape=DrawnShape.AREA, places=FIELD[:3]), BUDI)
    yield _act(11.2, "undo", "drawing/hilir", BUDI, act="redraw-11.1")
    yield _act(11.3, "redo", "drawing/hilir", BUDI, act="redraw-11.1")
    yield _act(11.4, "erase", "drawing/titik", BUDI)
    yield _act(27.1, "erase", "drawing/posko")
    yield _act(27.2, "undo", "drawing/posko", act="erase-27.1")
    # Not one's own: nothing is undone.
    yield _act(27.3, "undo", "drawing/hilir", act="redraw-11.1")
    yield _drawing(
        27.4, "redraw", "lingkaran", Change(shape=DrawnShape.CIRCLE, radius_m=900.0), BUDI
    )
    yield _act(27.5, "undo", "drawing/lingkaran", BUDI, act="redraw-27.4")
    # A day later what was drawn in the beginning can no longer be undone.
    yield _act(28.5, "undo", "drawing/hilir", act="draw-0.6")


def _shown() -> Acts:
    pair = (
        Screen("DP-1", "Peta", ("map.map",)),
        Screen("HDMI-1", "Grafik", ("charts.series", "feeds.health")),
    )
    yield _act(
        0.1, "workspace", "meja 1", id="banjir", name="Banjir", reason="start",
        screens=screens_text(pair),
    )  # fmt: skip
    yield _act(0.3, "workspace", "meja 2", BUDI, id="dinding", name="Dinding", reason="person")
    yield _act(
        15, "workspace", "meja 1", id="gempa", name="Gempa", reason="rule gempa",
        screens=screens_text(pair[:1]),
    )  # fmt: skip
    yield _act(26.5, "workspace", "dinding", ("", "dinding"), id="d", name="D", reason="rotation")


def _automated() -> Acts:
    did = {"rule": "gempa", "thing": "warga/20", "did": "workspace gempa"}
    yield _act(14.9, "automation", "meja 1", ("", "meja 1"), **did)
    yield _act(15.5, "automation", "meja 1", undone="automation-14.9")
    yield _act(28.95, "automation", "meja 2", ("", "meja 2"), **(did | {"thing": "gempa/9"}))
