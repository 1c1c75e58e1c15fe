"""Cities far from Paser: two zones of Indonesia and its two ends, and two abroad."""

import msgspec

from paser_command.config import JournalSettings, Site, SiteConfig


class CityFar(msgspec.Struct, frozen=True):
    """A city: degrees, its zone, and a neighbour that its map names."""

    name: str
    lon: float
    lat: float
    zone: str
    named: str
    country: str = "ID"

    def config(self, journal: str = "sqlite+pysqlite:///x.sqlite") -> SiteConfig:
        """Return its site file."""
        site = Site(name=self.name, zone=self.zone, lon=self.lon, lat=self.lat)
        return SiteConfig(site=site, journal=JournalSettings(url=journal))


CITIES = (
    CityFar("Surabaya", 112.7508, -7.2492, "Asia/Jakarta", "Sidoarjo"),
    CityFar("Jayapura", 140.7181, -2.5337, "Asia/Jayapura", "Sentani"),
    CityFar("Sabang", 95.3164, 5.8897, "Asia/Jakarta", "Sabang"),
    CityFar("Kuching", 110.3333, 1.55, "Asia/Kuching", "Kota Samarahan", "MY"),
    CityFar("Lisbon", -9.1498, 38.7251, "Europe/Lisbon", "Almada", "PT"),
)
