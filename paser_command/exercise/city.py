"""The city of an exercise: what is true in it at an instant, as a pure function of its scenario.

Nothing is kept: a city process that dies and is started again with the same scenario, beginning
and speed tells the same past. Scenario minutes run `speed` times as fast as the clock, and
instants are the clock's.
"""

import math
from collections.abc import Iterator
from datetime import timedelta, timezone
from typing import TypeVar

import msgspec

from paser_command.exercise.curves import chance, curve_at, noise
from paser_command.exercise.scenario import (
    Backend,
    FeatureInject,
    HotspotInject,
    Inject,
    OutageInject,
    Place,
    QuakeInject,
    ReportInject,
    Scenario,
    Service,
    Station,
    WarningInject,
)
from paser_command.geo import EARTH_RADIUS_M
from paser_command.times import HOUR, MINUTE, SECOND, Instant, floor, to_datetime

HISTORY = 6 * HOUR
"""Stations have measured this long before the exercise began."""

WIB = timezone(timedelta(hours=7))
WITA = timezone(timedelta(hours=8))

_GROWTH_STEP_MIN = 2.0
_IDS_PER_STATION = 10**9

Of = TypeVar(
    "Of", ReportInject, QuakeInject, WarningInject, FeatureInject, HotspotInject, OutageInject
)


class Sample(msgspec.Struct, frozen=True, order=True):
    """One sample of a station, numbered from its beginning; negative ones are its history."""

    at: Instant
    station: int
    number: int

    @property
    def id(self) -> int:
        """Return the observation's id: unique over all stations, the same in every run."""
        return self.station * _IDS_PER_STATION + self.number + _IDS_PER_STATION // 2


class Ticket(msgspec.Struct, frozen=True):
    """A report or call as its backend knows it now."""

    id: str
    service: Service
    text: str
    address: str
    lon: float
    lat: float
    requested: Instant
    updated: Instant
    status: str
    notes: str


class Warned(msgspec.Struct, frozen=True):
    """A weather warning that was sent; `replaces` are the identifier and sent time of another."""

    inject: WarningInject
    code: str
    identifier: str
    sent: Instant
    expires: Instant
    replaces: "Warned | None" = None


class Shape(msgspec.Struct, frozen=True):
    """A feature as it lies now."""

    inject: FeatureInject
    began: Instant
    area: tuple[Place, ...]


class Detection(msgspec.Struct, frozen=True):
    """What a satellite saw in one pixel. `at` is a whole minute, as satellites' tables have it."""

    inject: HotspotInject
    at: Instant
    lon: float
    lat: float
    frp_mw: float


class City(msgspec.Struct, frozen=True):
    """A scenario that began at an instant and runs at a speed."""

    scenario: Scenario
    began: Instant
    speed: float = 1.0

    def minute(self, now: Instant) -> float:
        """Return the scenario minute; before the beginning a minute is a real one."""
        since = (now - self.began) / MINUTE
        return since * self.speed if since > 0 else since

    def instant(self, minute: float) -> Instant:
        """Return the clock's instant of a scenario minute."""
        speed = self.speed if minute > 0 else 1.0
        return self.began + round(minute * MINUTE / speed)

    def second(self, minute: float) -> Instant:
        """Return the instant of a scenario minute as the backends write it: in whole seconds."""
        return floor(self.instant(minute), SECOND)

    def interval(self, station: Station) -> Instant:
        """Return the real time between two samples: never less than a second."""
        return max(SECOND, round(station.interval_s * SECOND / self.speed))

    def samples(self, station: int, start: Instant, end: Instant) -> Iterator[Sample]:
        """Give the samples of a station from `start` to `end`, both included, in order."""
        part = self.scenario.stations[station]
        before, after = round(part.interval_s * SECOND), self.interval(part)
        start = max(start, self.began - HISTORY)
        for number in range(_ceil(start - self.began, before), 0):
            at = self.began + number * before
            if at > end:
                return
            yield Sample(at, station, number)
        first = max(0, _ceil(start - self.began, after))
        for number in range(first, (end - self.began) // after + 1):
            yield Sample(self.began + number * after, station, number)

    def value(self, sample: Sample) -> float:
        """Return what the station measured: the same whenever it is asked."""
        station = self.scenario.stations[sample.station]
        truth = curve_at(station.curve, self.minute(sample.at))
        spread = station.noise + station.noise_share * abs(truth)
        value = truth + spread * noise(self.scenario.seed, station.id, sample=sample.number)
        return round(max(station.minimum, value), station.decimals)

    def tickets(self, backend: Backend, now: Instant) -> list[Ticket]:
        """Return the reports or calls that the backend has, oldest first."""
        services = {service.code: service for service in self.scenario.services}
        tickets = [
            ticket
            for number, inject in self._injects(ReportInject)
            if inject.to == backend
            for call in range(inject.calls)
            if (ticket := self._ticket(inject, number, call, services, now)) is not None
        ]
        return sorted(tickets, key=lambda ticket: (ticket.requested, ticket.id))

    def quakes(self, now: Instant) -> list[tuple[Instant, QuakeInject]]:
        """Return the earthquakes up to now, newest first."""
        quakes = [(self.second(inject.minute), inject) for _, inject in self._injects(QuakeInject)]
        past = [quake for quake in quakes if quake[0] <= now]
        return sorted(past, key=lambda quake: quake[0], reverse=True)

    def warnings(self, now: Instant) -> list[Warned]:
        """Return the warnings sent up to now, oldest first; many of them have expired."""
        found: dict[str, Warned] = {}
        injects = sorted(self._injects(WarningInject), key=lambda pair: pair[1].minute)
        for number, (_, inject) in enumerate(injects, start=1):
            sent = self.second(inject.minute)
            if sent > now:
                break
            local = to_datetime(sent).astimezone(WIB)
            found[inject.id] = Warned(
                inject=inject,
                code=f"CKT{local:%Y%m%d}{number:03d}",
                identifier=f"2.49.0.1.360.0.{local:%Y.%m.%d.%H.%M}.{number:03d}",
                sent=sent,
                expires=self.second(inject.until_min),
                replaces=found.get(inject.updates),
            )
        return list(found.values())

    def shapes(self, now: Instant) -> list[Shape]:
        """Return the closed roads and flooded areas of now."""
        minute = self.minute(now)
        return [
            Shape(inject, self.second(inject.minute), _grown(inject, minute))
            for _, inject in self._injects(FeatureInject)
            if inject.minute <= minute < inject.until_min
        ]

    def detections(self, now: Instant) -> list[Detection]:
        """Return what satellites saw up to now, oldest first."""
        found = [
            self._detection(inject, number, pixel)
            for number, inject in self._injects(HotspotInject)
            if self.second(inject.minute) <= now
            for pixel in range(inject.count)
        ]
        return sorted(found, key=lambda one: one.at)

    def outage(self, backend: Backend, now: Instant) -> OutageInject | None:
        """Return the outage that the backend is in, if it is in one."""
        minute = self.minute(now)
        for _, inject in self._injects(OutageInject):
            if inject.backend == backend and inject.minute <= minute < inject.until_min:
                return inject
        return None

    def _injects(self, kind: type[Of]) -> Iterator[tuple[int, Of]]:
        injects: tuple[Inject, ...] = self.scenario.injects
        for number, inject in enumerate(injects, start=1):
            if isinstance(inject, kind):
                yield number, inject

    def _ticket(
        self,
        inject: ReportInject,
        number: int,
        call: int,
        services: dict[str, Service],
        now: Instant,
    ) -> Ticket | None:
        minute, lon, lat = self._call(inject, number, call)
        requested = self.second(minute)
        if requested > now:
            return None
        ticket = Ticket(
            id=self._ticket_id(inject, number, call),
            service=services[inject.service],
            text=inject.texts[call % len(inject.texts)],
            address=inject.address,
            lon=lon,
            lat=lat,
            requested=requested,
            updated=requested,
            status="open",
            notes="",
        )
        for update in inject.updates:
            at = self.second(update.minute)
            if requested <= at <= now:
                ticket = msgspec.structs.replace(
                    ticket, updated=at, status=update.status, notes=update.notes
                )
        return ticket

    def _call(self, inject: ReportInject, number: int, call: int) -> tuple[float, float, float]:
        """Return minute, longitude and latitude of one of the calls."""
        if call == 0:
            return inject.minute, inject.lon, inject.lat
        seed = (self.scenario.seed, "call", number, call)
        late = inject.spread_min * (call - 1 + chance(*seed, "late")) / (inject.calls - 1)
        return inject.minute + late, *_near(inject, *seed)

    def _detection(self, inject: HotspotInject, number: int, pixel: int) -> Detection:
        """Return one pixel: the first in the fire's middle, the hottest."""
        at, seed = floor(self.instant(inject.minute), MINUTE), (self.scenario.seed, number, pixel)
        if pixel == 0:
            return Detection(inject, at, inject.lon, inject.lat, inject.frp_mw)
        power = inject.frp_mw * (0.2 + 0.7 * chance(*seed, "power"))
        return Detection(inject, at, *_near(inject, *seed), round(power, 2))

    def _ticket_id(self, inject: ReportInject, number: int, call: int) -> str:
        """Return an id that no other exercise has: it holds when this one began."""
        stamp = f"{to_datetime(self.began).astimezone(WITA):%y%m%d%H%M%S}"
        desk = "112" if inject.to == "panggilan-112" else "PSR"
        return f"{desk}-{stamp}-{number:03d}" + (f"-{call + 1}" if inject.calls > 1 else "")


def _near(inject: ReportInject | HotspotInject, *seed: object) -> Place:
    """Return the place within the inject's spread that belongs to the seed."""
    away = math.degrees(inject.spread_m * math.sqrt(chance(*seed, "away")) / EARTH_RADIUS_M)
    bearing = math.tau * chance(*seed, "bearing")
    lat = inject.lat + away * math.cos(bearing)
    lon = inject.lon + away * math.sin(bearing) / math.cos(math.radians(inject.lat))
    return round(lon, 6), round(lat, 6)


def _grown(inject: FeatureInject, minute: float) -> tuple[Place, ...]:
    """Return the area at its size of the minute, in steps, so that it is not new at each look."""
    if not inject.area:
        return ()
    size = curve_at(inject.growth, minute - minute % _GROWTH_STEP_MIN)
    lons, lats = zip(*inject.area, strict=True)
    lon, lat = sum(lons) / len(lons), sum(lats) / len(lats)
    return tuple(
        (round(lon + (x - lon) * size, 6), round(lat + (y - lat) * size, 6)) for x, y in inject.area
    )


def _ceil(span: Instant, step: Instant) -> int:
    return -(-span // step)
