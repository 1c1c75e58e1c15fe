"""What a site file cannot show by itself: a doubtful zone, a closed folder, a lost class."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import entry_points
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy.engine import make_url

from paser_command.config import Site
from paser_command.errors import InputError, PaserError, PluginError
from paser_command.export.plan import ExportPlan
from paser_command.geo import distance_m
from paser_command.plugin.discovery import Plugin, Plugins, load_object
from paser_command.stand.gazetteer import Gazetteer

_DEGREES_AN_HOUR = 15.0
_MOST_HOURS_APART = 2.5
"""No zone's standard time is farther from the sun's, but in the west of China and its like."""

_WINTER = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC))


def zone_doubt(site: Site) -> Iterator[PaserError]:
    """Give what speaks against a site's zone: the nearest town's, else its longitude."""
    hours = _standard_hours(site.zone)
    town = Gazetteer.shipped().nearest(site.lon, site.lat)
    if town is not None:
        if _standard_hours(town.zone) != hours:
            yield InputError(
                "[site] zone {zone} is {hours} from UTC, but {town}, {km} km from the site's "
                'lon and lat, has {other}: write zone = "{other}", or mend lon and lat',
                zone=site.zone,
                hours=_shown(hours),
                town=town.name,
                km=round(distance_m(site.lon, site.lat, town.lon, town.lat) / 1000),
                other=town.zone,
            )
    elif abs((hours - site.lon / _DEGREES_AN_HOUR + 12) % 24 - 12) > _MOST_HOURS_APART:
        yield InputError(
            "[site] zone {zone} is {hours} from UTC, but at lon {lon} the sun is {sun} from it: "
            "mend zone, or lon and lat",
            zone=site.zone,
            hours=_shown(hours),
            lon=site.lon,
            sun=_shown(site.lon / _DEGREES_AN_HOUR),
        )


def folder_fault(url: str) -> Iterator[PaserError]:
    """Give why the folder of a journal's file cannot be made or written; a server has none.

    What is made for the test is taken away again.
    """
    path = make_url(url).database
    if not url.startswith("sqlite") or not path or path == ":memory:":
        return
    folder = Path(path).absolute().parent
    made = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as cause:
        yield PaserError(
            "[journal] url: the folder {folder} cannot be made or written: {cause}; make it, "
            "give it to whoever runs the collector, or name another one",
            folder=folder,
            cause=cause.strerror or str(cause),
        )
    finally:
        for one in made:
            if one.is_dir() and not os.listdir(one):
                one.rmdir()


def class_faults(plugins: Plugins) -> Iterator[PaserError]:
    """Give each feed, panel, layer or export that its plugin does not have.

    Panels and layers are left out where no windows are installed, as on a server that collects.
    """
    parts: list[tuple[Plugin, str, str, type]] = [
        *((plugin, feed.id, feed.class_path, type) for plugin, feed in plugins.feeds()),
        *((plugin, export.id, export.object, ExportPlan) for plugin, export in plugins.exports()),
    ]
    if _has_windows():
        parts += [(plugin, panel.id, panel.class_path, type) for plugin, panel in plugins.panels()]
        parts += [(plugin, layer.id, layer.object, object) for plugin, layer in plugins.layers()]
    for plugin, part, path, wanted in parts:
        try:
            if not isinstance(load_object(plugin, path), wanted):
                raise PluginError("{path} is not what it must be", path=path)
        except PluginError as error:
            yield PluginError(
                "{part} of the plugin {plugin} cannot be used, as {path} is not there or fails "
                "({cause}): install the plugin anew, or take it away",
                part=part,
                plugin=plugin.manifest.plugin.id,
                path=path,
                cause=error.facts.get("cause", str(error)),
            )


def _has_windows() -> bool:
    """Tell whether windows can be loaded: Qt's own libraries may be away."""
    found = list(entry_points(group="paser_command.console"))
    try:
        return bool(found and found[0].load())
    except ImportError:
        return False


def _standard_hours(zone: str) -> float:
    """Return how far a zone is from UTC where no summer time is added."""
    offsets = [moment.astimezone(ZoneInfo(zone)).utcoffset() for moment in _WINTER]
    return min(offset.total_seconds() / 3600 for offset in offsets if offset is not None)


def _shown(hours: float) -> str:
    minutes = round(abs(hours) * 60)
    return f"{'-' if hours < 0 else '+'}{minutes // 60:02d}:{minutes % 60:02d}"
