"""Play a scenario: serve its city until told to stop, and the site file that watches it."""

import threading
from collections.abc import Callable, Mapping

from paser_command.config import (
    ExerciseSettings,
    FeedSettings,
    JournalSettings,
    SiteConfig,
)
from paser_command.exercise.backends import Backends
from paser_command.exercise.bmkg import AREA
from paser_command.exercise.city import City
from paser_command.exercise.scenario import Backend, HotspotInject, Scenario, load_scenario
from paser_command.setting_kinds import SettingValue
from paser_command.times import Instant, Now
from paser_command.times import now as clock_now

_FEEDS: Mapping[Backend, tuple[str, str, float]] = {
    "gempa": ("bmkg.quakes", "/DataMKG/TEWS/gempadirasakan.json", 5.0),
    "peringatan": ("cap.alerts", "/alerts/nowcast/id", 5.0),
    "warga": ("open311.requests", "/open311/v2", 2.0),
    "panggilan-112": ("open311.requests", "/112/v2", 2.0),
    "muka-air": ("sensorthings.observations", "/sensorthings/v1.1", 1.0),
    "jalan": ("geojson.features", "/layers/jalan-tertutup.geojson", 5.0),
    "titik-panas": ("firms.hotspots", "/api/area/csv", 5.0),
    "satuan": ("geojson.positions", "/units/posisi.geojson", 1.0),
}
"""Of each backend: the type of its feed, the path, and how often it is asked in seconds."""


def site_of(scenario: Scenario, base_url: str, journal_url: str) -> SiteConfig:
    """Return the site file that watches the scenario's city."""
    feeds = tuple(
        FeedSettings(
            id=backend,
            type=feed_type,
            url=base_url + path,
            interval_s=interval_s,
            settings=_settings(scenario, backend),
        )
        for backend, (feed_type, path, interval_s) in _FEEDS.items()
        if _is_played(scenario, backend)
    )
    return SiteConfig(
        site=scenario.site,
        journal=JournalSettings(url=journal_url),
        exercise=ExerciseSettings(scenario=scenario.id),
        feeds=feeds,
    )


def serve(
    scenario_name: str,
    began: Instant,
    speed: float,
    ready: Callable[[str], None],
    until: threading.Event,
    *,
    port: int = 0,
    now: Now = clock_now,
) -> None:
    """Serve the scenario's city on loopback until told; `ready` gets its base URL.

    InputError where there is no such scenario, OSError where the port is taken.
    """
    city = City(load_scenario(scenario_name), began, speed)
    with Backends(city, now, port) as backends:
        ready(backends.base_url)
        until.wait()


def _is_played(scenario: Scenario, backend: Backend) -> bool:
    """Tell whether the city has the backend: not all have satellites, or units that speak."""
    match backend:
        case "titik-panas":
            return any(isinstance(inject, HotspotInject) for inject in scenario.injects)
        case "satuan":
            return bool(scenario.units)
        case _:
            return True


def _settings(scenario: Scenario, backend: Backend) -> dict[str, SettingValue]:
    match backend:
        case "peringatan":
            return {"area": AREA}
        case "jalan":
            return {"layer": "Jalan dan genangan"}
        case "titik-panas":
            return {"map_key": scenario.id}
        case _:
            return {}
