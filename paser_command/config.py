"""What a site decides: its place, its journal and its feeds, read from one checked TOML file."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from paser_command.errors import InputError
from paser_command.server_address import address_faults
from paser_command.setting_kinds import SettingKind as SettingKind
from paser_command.setting_kinds import (
    SettingValue,
    setting_faults,
    setting_values,
)
from paser_command.toml_check import Fault, unknown
from paser_command.toml_file import TomlFile, read_toml
from paser_command.toml_lines import KeyPath

JOURNAL_DRIVERS = ("sqlite+pysqlite", "postgresql+psycopg")
"""The drivers that a journal's URL may name."""

FeedId = Annotated[
    str,
    msgspec.Meta(
        pattern=r"^[a-z0-9-]{1,40}$",
        description="1 to 40 of the characters a to z, 0 to 9 and -",
    ),
]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Lon = Annotated[float, msgspec.Meta(ge=-180, le=180)]
Lat = Annotated[float, msgspec.Meta(ge=-90, le=90)]
DelayS = Annotated[float, msgspec.Meta(ge=0, le=86_400)]
IntervalS = Annotated[float, msgspec.Meta(ge=0.1, le=86_400)]

WEB = ("http", "https")
"""The schemes of the addresses that a feed may have, unless its type says otherwise."""

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")


class Site(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The place that the room cares for. `zone` is an IANA zone; degrees in WGS 84."""

    name: Name
    zone: str
    lon: Lon
    lat: Lat


class JournalSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the journal is: a SQLAlchemy URL that names one of `JOURNAL_DRIVERS`."""

    url: str


class ExerciseSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Says that all of this is an exercise, and which scenario is played."""

    scenario: Name


class AreaSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the site's official boundaries are: a file, and the fields of code and name in it.

    A relative path starts at the site file's folder. `crs` is what pyproj understands
    ("EPSG:32750"), empty for what the file says.
    """

    districts: Name
    code_field: Name
    name_field: Name
    crs: str = ""


class FixedSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the site sets of people's settings, by their names there; None is each person's own."""

    language: Literal["id", "en"] | None = None
    zone: Literal["Asia/Jakarta", "Asia/Makassar", "Asia/Jayapura", "UTC"] | None = None
    theme: Literal["dark", "light"] | None = None
    scale: Annotated[int, msgspec.Meta(ge=75, le=300)] | None = None
    pulse: bool | None = None
    sounds: Literal["none", "critical", "all"] | None = None

    def values(self) -> dict[str, str | int | float | bool]:
        """Return what is set."""
        told = msgspec.structs.asdict(self)
        return {name: value for name, value in told.items() if value is not None}


class FeedSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One feed: what the records' keys begin with, its kind, and where it asks.

    Without `interval_s` the kind's own interval counts; `settings` are as written in the file.
    `hosts` are origins (`https://HOST`) beside the address's own, where the feed may ask, too.
    """

    id: FeedId
    type: str
    url: str
    interval_s: IntervalS | None = None
    settings: Mapping[str, SettingValue] = {}
    hosts: Annotated[tuple[str, ...], msgspec.Meta(max_length=20)] = ()


class LimitSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How firmly alarms of a stream's limits come and go, where the site sets it.

    `stream` is a stream's key, with * for any characters; `name` is the limit's, "" for all of
    them. The deadband is in the stream's unit. What is not set is as the unit's quantity has it.
    """

    stream: Name
    name: Annotated[str, msgspec.Meta(max_length=200)] = ""
    deadband: Annotated[float, msgspec.Meta(ge=0, le=1_000_000_000)] | None = None
    on_delay_s: DelayS | None = None
    off_delay_s: DelayS | None = None


class SiteConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole site file."""

    site: Site
    journal: JournalSettings
    exercise: ExerciseSettings | None = None
    areas: AreaSettings | None = None
    fixed: FixedSettings = FixedSettings()
    feeds: Annotated[tuple[FeedSettings, ...], msgspec.Meta(max_length=1000)] = msgspec.field(
        name="feed", default=()
    )
    limits: Annotated[tuple[LimitSettings, ...], msgspec.Meta(max_length=1000)] = msgspec.field(
        name="limit", default=()
    )


class FeedKind(msgspec.Struct, frozen=True):
    """What the site file may say of one type of feed."""

    interval_s: float
    settings: tuple[SettingKind, ...] = ()
    schemes: tuple[str, ...] = WEB


def load_site(path: Path, known: Mapping[str, FeedKind] | None = None) -> SiteConfig:
    """Return the site file; ConfigError with every mistake in it.

    `known` are the types of feeds that plugins declare; without it types and settings are taken as
    written.
    """
    file = read_toml(path, SiteConfig)
    for check in (_zones, _journals, _double_ids, _hosts):
        file.refuse(check(file))
    file.refuse(_urls(file, known))
    if known is not None:
        file.refuse(_types(file, known))
    return _anchored(file.value(), path.parent)


def settings_of(feed: FeedSettings, kind: FeedKind) -> dict[str, Any]:
    """Return the settings that the feed's class gets: as written, else the declared default."""
    return setting_values(feed.settings, kind.settings)


def site_toml(config: SiteConfig) -> str:
    """Return the site file of the config: `load_site` of it gives the config again."""
    tables = [_table("[site]", msgspec.to_builtins(config.site))]
    tables.append(_table("[journal]", msgspec.to_builtins(config.journal)))
    if config.exercise is not None:
        tables.append(_table("[exercise]", msgspec.to_builtins(config.exercise)))
    if config.areas is not None:
        tables.append(_table("[areas]", msgspec.to_builtins(config.areas)))
    if fixed := config.fixed.values():
        tables.append(_table("[fixed]", fixed))
    for limit in config.limits:
        tables.append(_table("[[limit]]", msgspec.to_builtins(limit)))
    for feed in config.feeds:
        values = msgspec.to_builtins(feed)
        settings = values.pop("settings")
        if not values["hosts"]:
            del values["hosts"]
        tables.append(_table("[[feed]]", values))
        if settings:
            tables.append(_table("[feed.settings]", settings))
    return "\n".join(tables)


def _anchored(config: SiteConfig, folder: Path) -> SiteConfig:
    """Return the config with the boundaries' path from the site file's folder."""
    if config.areas is None:
        return config
    districts = str(folder.absolute() / config.areas.districts)
    areas = msgspec.structs.replace(config.areas, districts=districts)
    return msgspec.structs.replace(config, areas=areas)


def _table(header: str, values: Mapping[str, Any]) -> str:
    lines = [header, *(f"{_text(k)} = {_value(v)}" for k, v in values.items() if v is not None)]
    return "\n".join(lines) + "\n"


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_text(name)} = {_value(item)}' for name, item in value.items())}}}"
    return _text(value, quoted=True) if isinstance(value, str) else repr(value)


def _text(text: str, *, quoted: bool = False) -> str:
    """Return a key or a basic string; JSON's escapes are TOML's, but for DEL."""
    bare = not quoted and text.isascii() and text.replace("-", "_").isidentifier()
    return text if bare else json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _zones(file: TomlFile[SiteConfig]) -> Iterator[Fault]:
    for where, zone in _given(file, Site, "zone"):
        try:
            ZoneInfo(zone)
        # An unknown zone is a KeyError, a path that is none a ValueError, a folder an OSError.
        except (KeyError, ValueError, OSError):
            yield (
                where,
                InputError(
                    "{zone} is no time zone; write one such as Asia/Makassar", zone=zone[:80]
                ),
            )


def _journals(file: TomlFile[SiteConfig]) -> Iterator[Fault]:
    for where, url in _given(file, JournalSettings, "url"):
        scheme, colon, _ = url.partition(":")
        if scheme in JOURNAL_DRIVERS and colon:
            yield from ((where, fault) for fault in address_faults(url))
            continue
        engine = {"postgres": "postgresql"}.get(scheme, scheme.partition("+")[0])
        meant = [driver for driver in JOURNAL_DRIVERS if colon and driver.startswith(engine + "+")]
        if meant:
            error = InputError(
                "a journal's URL names its driver: write {driver}: instead of {scheme}:",
                driver=meant[0],
                scheme=scheme,
            )
        else:
            error = InputError(
                "a journal's URL is sqlite+pysqlite:///FILE or postgresql+psycopg://HOST/DATABASE"
            )
        yield where, error


def _double_ids(file: TomlFile[SiteConfig]) -> Iterator[Fault]:
    first: dict[str, KeyPath] = {}
    for where, feed_id in _given(file, FeedSettings, "id"):
        if feed_id in first:
            line = file.line(first[feed_id])
            yield (
                where,
                InputError("{id} is the id of the feed on line {line} too", id=feed_id, line=line),
            )
        first.setdefault(feed_id, where)


def _urls(file: TomlFile[SiteConfig], known: Mapping[str, FeedKind] | None) -> Iterator[Fault]:
    for where, good in file.fields(FeedSettings):
        if "url" not in good:
            continue
        kind = (known or {}).get(good.get("type", ""))
        schemes = None if known is None else kind.schemes if kind else WEB
        if not _is_address(good["url"], schemes):
            yield (*where, "url"), _no_address(schemes or WEB)


def _hosts(file: TomlFile[SiteConfig]) -> Iterator[Fault]:
    for where, good in file.fields(FeedSettings):
        for number, host in enumerate(good.get("hosts", ())):
            if not _is_address(host, WEB):
                yield (*where, "hosts", number), _no_address(WEB)


def _no_address(schemes: tuple[str, ...]) -> InputError:
    if schemes == WEB:
        return InputError("a feed's URL is http:// or https:// with a host, and has no blanks")
    return InputError(
        "the URL of a feed of this type begins with {schemes}, and has no blanks",
        schemes=", ".join(f"{scheme}:" for scheme in schemes),
    )


def _given(
    file: TomlFile[SiteConfig], kind: type[msgspec.Struct], name: str
) -> Iterator[tuple[KeyPath, str]]:
    """Give a text field of every such table where it has no mistake, even if others have."""
    for where, good in file.fields(kind):
        if name in good:
            yield (*where, name), good[name]


def _is_address(url: str, schemes: tuple[str, ...] | None) -> bool:
    """Tell whether it is an address of one of the schemes; None allows any."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return False
    clean = url.isprintable() and " " not in url
    if schemes is None:
        known = _SCHEME.fullmatch(parts.scheme) is not None
    else:
        known = parts.scheme in schemes
    return clean and known and (bool(host) or (parts.scheme not in WEB and bool(parts.path)))


def _types(file: TomlFile[SiteConfig], known: Mapping[str, FeedKind]) -> Iterator[Fault]:
    for where, good in file.fields(FeedSettings):
        if "type" not in good:
            continue
        kind = known.get(good["type"])
        if kind is None:
            yield (*where, "type"), unknown(good["type"], known)
        elif "settings" in good:
            settings = good["settings"]
            yield from setting_faults((*where, "settings"), settings, kind.settings)
