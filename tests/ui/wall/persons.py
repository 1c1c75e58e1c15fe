"""A picture, a file and a workspace full of words that visitors must not read.

Each word is there once, so that who finds one knows where it came from.
"""

import json

import msgspec

from paser_command.geo import Geometry
from paser_command.maps.definition import CategoryRule, FileSource, LayerDefinition, Style
from paser_command.maps.layer_files import encode
from paser_command.picture.drawing_change import Change, DrawnShape, Purpose, arguments_of
from paser_command.picture.picture import Picture
from paser_command.records import (
    Alert,
    Command,
    Feature,
    FeedHealth,
    FeedState,
    Limit,
    Observation,
    Position,
    Report,
    Severity,
    Stream,
)
from paser_command.session.frames import Selection
from paser_command.times import HOUR, MINUTE
from paser_command.workspaces.definition import FORMAT, Node, Page, PanelSpec, Workspace
from paser_plugins.map.definitions import DELIVERED
from tests.ui.city import NOON

PHONE, MAIL = "0812-3456-7890", "zq@b.id"

NEVER = {
    "a report's title": "Zqjudul",
    "a report's text": "Zqisi",
    "a report's street": "Zqjalan",
    "a report's key": "zqlaporan",
    "an incident's key": "zqinsiden",
    "a note": "Zqcatatan",
    "who noted": "Zqpetugas",
    "a seat": "Zqmeja",
    "who acknowledged": "Zqpengaku",
    "a unit's name": "Zqregu",
    "a unit's call sign": "zqsandi",
    "a unit's status": "Zqtugas",
    "a marked place": "Zqtitik",
    "a drawn line": "Zqgaris",
    "a drawn area": "Zqbidang",
    "a geofence": "Zqpagar",
    "a text on the map": "Zqteks",
    "a drawing's note": "Zqnota",
    "who drew": "Zqjuru",
    "a thing in a file": "Zqrumah",
    "a value in a file": "Zqhuni",
    "a field of a file": "Zqkolom",
    "a layer's name": "Zqlapisan",
    "a feature's property": "Zqsifat",
    "a server": "zqserver",
    "a search": "Zqcari",
    "a panel's title": "Zqpanel",
    "a page's name": "Zqhalaman",
    "a workspace's name": "Zqruang",
    "a telephone number": PHONE,
    "a mail address": MAIL,
}

SELECTIONS = (
    Selection(),
    Selection("incident", "zqinsiden"),
    Selection("unit", "unit/zqsandi"),
    Selection("unit", "unit/damkar"),
    *(Selection("drawing", f"drawing/{shape}") for shape in DrawnShape),
    Selection("layer/zq", "0"),
    Selection("layer/zq", "1"),
    Selection("stream", "sungai/muara"),
    Selection("alert", "bmkg/1"),
    Selection("feature", "jembatan/1"),
    Selection("feature", "titik/1"),
    Selection("feed", "kamera"),
)

_HOME = {"lon": 116.2, "lat": -1.9, "zoom": 10.6}


def picture() -> Picture:
    """Return the picture of now."""
    made = Picture()
    for record in (*_incident(), *_units(), *_drawings(), *_offices()):
        made.apply(record)
    return made


def workspace(type_id, folder) -> Workspace:
    """Return a workspace of one panel that a person made, with a file of theirs on its map."""
    state: dict[str, str | int | float | bool] = {
        "words": "Zqcari",
        "legend": True,
        "sheet": "layers",
        **_HOME,
    }
    if type_id == "map.map":
        state["layers"] = encode((_layer(folder), *DELIVERED)).decode()
    spec = PanelSpec(type=type_id, title="Zqpanel", state=state)
    page = Page(name="Zqhalaman", layout=Node(tabs=("zq",)))
    return Workspace(format=FORMAT, name="Zqruang", panels={"zq": spec}, pages=(page,))


def _incident():
    yield Report(
        feed="warga",
        key="warga/zqlaporan",
        at=NOON - MINUTE,
        received=NOON - MINUTE,
        category="flood",
        severity=Severity.HIGH,
        title=f"Zqjudul {PHONE}",
        text=f"Zqisi {MAIL}",
        place="Zqjalan",
        began=NOON - MINUTE,
        lon=116.45,
        lat=-1.68,
        incident="zqinsiden",
    )
    yield _act("acknowledge", "zqinsiden", 1, who="Zqpengaku")
    yield _act("note", "zqinsiden", 2, who="Zqpetugas", text="Zqcatatan")


def _units():
    heard = Position(
        feed="unit",
        key="unit/damkar",
        at=NOON,
        received=NOON,
        lon=116.0,
        lat=-2.05,
        name="Zqregu",
        status="Zqtugas",
    )
    yield heard
    nameless = {"key": "unit/zqsandi", "name": "", "lon": 116.4, "at": NOON - 10 * MINUTE}
    yield msgspec.structs.replace(heard, **nameless)


def _drawings():
    drawn = {
        DrawnShape.POINT: ("Zqtitik", ((116.2, -1.7),)),
        DrawnShape.LINE: ("Zqgaris", ((116.35, -1.75), (116.4, -1.75), (116.45, -1.75))),
        DrawnShape.AREA: ("Zqbidang", ((116.35, -1.9), (116.45, -1.9), (116.45, -1.85))),
        DrawnShape.CIRCLE: ("Zqpagar", ((116.38, -1.95),)),
        DrawnShape.TEXT: ("Zqteks", ((116.2, -2.1),)),
    }
    for number, (shape, (name, places)) in enumerate(drawn.items(), start=10):
        change = Change(
            shape=shape,
            places=places,
            radius_m=5_000.0 if shape is DrawnShape.CIRCLE else None,
            name=name,
            note="Zqnota",
            purpose=Purpose.GEOFENCE if shape is DrawnShape.CIRCLE else None,
        )
        yield _act("draw", f"drawing/{shape}", number, who="Zqjuru", **arguments_of(change))


def _offices():
    """Give what offices say, where persons stand beside it."""
    yield Stream(
        feed="sungai",
        key="sungai/muara",
        at=NOON - HOUR,
        received=NOON - HOUR,
        name=f"Pos Muara {PHONE}",
        unit="m",
        lon=116.2,
        lat=-1.9,
        limits=(Limit(f"Siaga Satu {MAIL}", 3.2, Severity.CRITICAL),),
    )
    yield Observation(feed="sungai", key="sungai/muara", at=NOON, received=NOON, value=3.4)
    yield Alert(
        feed="bmkg",
        key="bmkg/1",
        at=NOON - MINUTE,
        received=NOON - MINUTE,
        event="Hujan",
        headline=f"Hujan lebat {PHONE}",
        severity=Severity.MEDIUM,
        effective=NOON - MINUTE,
        expires=NOON + HOUR,
        sender=MAIL,
        polygons=(((116.3, -2.15), (116.5, -2.15), (116.5, -2.0), (116.3, -2.15)),),
    )
    yield Feature(
        feed="jembatan",
        key="jembatan/1",
        at=NOON,
        received=NOON,
        layer="jembatan",
        name=f"Jembatan Kandilo {PHONE}",
        geometry=Geometry("line", (((116.2, -1.81), (116.3, -1.81)),)),
        properties={"penjaga": "Zqsifat"},
    )
    yield Feature(
        feed="titik",
        key="titik/1",
        at=NOON,
        received=NOON,
        layer="hotspot",
        name=f"VIIRS {PHONE}",
        geometry=Geometry("point", (((116.1, -1.68),),)),
        severity=Severity.HIGH,
        properties={"confidence": "high", "frp": "12"},
    )
    yield FeedHealth(
        feed="kamera",
        key="kamera",
        at=NOON,
        received=NOON,
        state=FeedState.FAILING,
        since=NOON - HOUR,
        reason="redirect",
        facts={"host": "zqserver.contoh.id"},
    )


def _act(verb, subject, number, *, who, **arguments):
    return Command(
        feed="console",
        key=f"act/{number}",
        at=NOON - MINUTE + number,
        received=NOON - MINUTE + number,
        verb=verb,
        subject=subject,
        arguments=arguments,
        who=who,
        seat="Zqmeja",
    )


def _layer(folder):
    path = folder / "rumah.geojson"
    features = [
        {
            "type": "Feature",
            "properties": {"nama": name, "Zqkolom": value},
            "geometry": {"type": "Point", "coordinates": [lon, -1.98]},
        }
        for name, value, lon in (("Zqrumah", "Zqhuni", 116.1), ("Zqrumah", "kosong", 116.3))
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    rule = CategoryRule(field="Zqkolom", colours={"Zqhuni": "#8fa3b5", "kosong": "#b58f8f"})
    style = Style(label_field="nama", label_from_zoom=0.0, rule=rule)
    return LayerDefinition(
        id="zq", name="Zqlapisan", source=FileSource(path=str(path)), style=style
    )
