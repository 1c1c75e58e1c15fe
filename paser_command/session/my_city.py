"""A person's own city: its site file, made of a few answers and the feeds that make sense there."""

import re
from importlib.resources import as_file, files
from pathlib import Path

import msgspec

from paser_command.config import (
    AreaSettings,
    FeedSettings,
    JournalSettings,
    Site,
    SiteConfig,
    load_site,
    site_toml,
)
from paser_command.journal.engine import sqlite_url
from paser_command.stand.gazetteer import Town
from paser_command.whole_file import write_whole

INDONESIA = "ID"
"""The country whose public feeds are known."""

_BY_AREA = "cap.alerts"

_PROVINCES = {
    "01": "Aceh",
    "02": "Bali",
    "03": "Bengkulu",
    "04": "DKI Jakarta",
    "05": "Jambi",
    "07": "Jawa Tengah",
    "08": "Jawa Timur",
    "10": "DI Yogyakarta",
    "11": "Kalimantan Barat",
    "12": "Kalimantan Selatan",
    "13": "Kalimantan Tengah",
    "14": "Kalimantan Timur",
    "15": "Lampung",
    "17": "Nusa Tenggara Barat",
    "18": "Nusa Tenggara Timur",
    "21": "Sulawesi Tengah",
    "22": "Sulawesi Tenggara",
    "24": "Sumatera Barat",
    "26": "Sumatera Utara",
    "28": "Maluku",
    "29": "Maluku Utara",
    "30": "Jawa Barat",
    "31": "Sulawesi Utara",
    "32": "Sumatera Selatan",
    "33": "Banten",
    "34": "Gorontalo",
    "35": "Bangka Belitung",
    "36": "Papua",
    "37": "Riau",
    "38": "Sulawesi Selatan",
    "39": "Papua Barat",
    "40": "Kepulauan Riau",
    "41": "Sulawesi Barat",
    "42": "Kalimantan Utara",
}
"""What BMKG's warnings call the provinces, by GeoNames' admin1."""


class City(msgspec.Struct, frozen=True, kw_only=True):
    """What a person answered. `feeds` wants BMKG's, its warnings with `province` in their area."""

    name: str
    lon: float
    lat: float
    zone: str
    areas: AreaSettings | None = None
    feeds: bool = False
    province: str = ""


def province_of(town: Town | None) -> str:
    """Return what BMKG's warnings call a town's province, "" elsewhere."""
    if town is None or town.country != INDONESIA:
        return ""
    return _PROVINCES.get(town.region, "")


def make_city(folder: Path, city: City) -> Path:
    """Write the site file of a city into the folder, beside any other; PaserError says why not."""
    stem = _free_stem(folder, city.name)
    config = SiteConfig(
        site=Site(name=city.name, zone=city.zone, lon=city.lon, lat=city.lat),
        journal=JournalSettings(url=sqlite_url(folder / f"{stem}.sqlite")),
        areas=city.areas,
        feeds=tuple(_feeds(city)) if city.feeds else (),
    )
    path = folder / f"{stem}.site.toml"
    write_whole(path, site_toml(config).encode("utf-8"))
    return path


def _feeds(city: City) -> list[FeedSettings]:
    with as_file(files("paser_resources") / "sites" / "paser.toml") as delivered:
        feeds = load_site(delivered).feeds
    settings = {"area": city.province} if city.province else {}
    return [
        msgspec.structs.replace(feed, settings=settings) if feed.type == _BY_AREA else feed
        for feed in feeds
    ]


def _free_stem(folder: Path, name: str) -> str:
    """Return a file's name that is not taken, made of the city's."""
    stem = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:40] or "kota"
    taken = {path.name for path in folder.iterdir()}
    names = [stem, *(f"{stem}-{number}" for number in range(2, 1000))]
    return next(
        one for one in names if not {f"{one}.site.toml", f"{one}.sqlite"} & taken and one != "paser"
    )
