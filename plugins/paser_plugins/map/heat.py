"""Hotspots of the feature layers: what of them is on the map, and what is said of one."""

from paser_command.api import HOUR, Feature, Frame, Instant, Language, Picture
from paser_map.api import Hotspot, HotspotLayer
from paser_plugins.map.tally import HOTSPOTS
from paser_ui.api import PanelContext

SHOWN: Instant = 48 * HOUR
"""A hotspot that is older is no longer on the map."""

_CONFIDENCE_WORDS = {
    "low": "low confidence",
    "nominal": "nominal confidence",
    "high": "high confidence",
}


def hotspots(frame: Frame, _language: Language, oldest: Instant) -> HotspotLayer:
    """Return the hotspots that are not too old."""
    since = max(oldest, frame.now - SHOWN)
    return HotspotLayer(
        [
            Hotspot(
                one.key, frame.official(one.name), *one.geometry.rings[0][0], one.severity, one.at
            )
            for one in hotspots_of(frame.picture)
            if one.geometry is not None and one.at > since
        ],
        frame.now,
    )


def hotspots_of(picture: Picture) -> list[Feature]:
    """Return all hotspots that the picture has."""
    return [
        one
        for one in picture.features.values()
        if one.layer == HOTSPOTS and one.geometry is not None and one.geometry.kind == "point"
    ]


def describe_hotspot(hotspot: Feature, frame: Frame, context: PanelContext) -> tuple[str, ...]:
    """Return what is said of a hotspot: its age, how sure it is, its power, and its district."""
    tr, told = context.tr, hotspot.properties
    confidence = told.get("confidence", "")
    if word := _CONFIDENCE_WORDS.get(confidence):
        sure = tr(word)
    else:
        sure = tr("confidence {percent} %", percent=confidence[:10])
    age = tr("seen {age} ago", age=context.language.age(frame.now - hotspot.at))
    power = tr("{mw} MW", mw=told.get("frp", "?")[:10])
    lines = (tr("Hotspot"), f"{age} · {sure}", f"{power} · {hotspot.name}")
    return (*lines, hotspot.district_name) if hotspot.district_name else lines
