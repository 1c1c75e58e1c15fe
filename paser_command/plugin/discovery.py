"""Plugins found by their entry points, and their parts loaded when they are wanted.

Finding runs no plugin's code: the entry point names a package and its plugin.toml, and the folder
of the top package is asked of the import system without importing it.
"""

import importlib
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from paser_command.errors import PaserError, PluginError
from paser_command.plugin.manifest import (
    ContributionManifest,
    FeedManifest,
    Manifest,
    PanelManifest,
    read_manifest,
)

GROUP = "paser_command.plugins"
OURS = "paser-command"
"""The distribution whose plugins are ours; those of any other are strangers'."""


class Plugin(msgspec.Struct, frozen=True):
    """A plugin that was found: the package its classes are in, and what its manifest says."""

    package: str
    manifest: Manifest
    ours: bool = True


class Plugins(msgspec.Struct, frozen=True):
    """All plugins, and the errors of those whose manifest could not be taken."""

    found: tuple[Plugin, ...]
    faults: tuple[PaserError, ...] = ()

    def feeds(self) -> Iterator[tuple[Plugin, FeedManifest]]:
        """Give every kind of feed."""
        for plugin in self.found:
            for feed in plugin.manifest.feeds:
                yield plugin, feed

    def panels(self) -> Iterator[tuple[Plugin, PanelManifest]]:
        """Give every panel."""
        for plugin in self.found:
            for panel in plugin.manifest.panels:
                yield plugin, panel

    def layers(self) -> Iterator[tuple[Plugin, ContributionManifest]]:
        """Give every layer that plugins add to maps."""
        for plugin in self.found:
            for layer in plugin.manifest.layers:
                yield plugin, layer

    def exports(self) -> Iterator[tuple[Plugin, ContributionManifest]]:
        """Give every kind of file that plugins make."""
        for plugin in self.found:
            for export in plugin.manifest.exports:
                yield plugin, export

    def feed(self, type_id: str) -> tuple[Plugin, FeedManifest]:
        """Return the kind of feed by its id; PluginError where no plugin has it."""
        for plugin, feed in self.feeds():
            if feed.id == type_id:
                return plugin, feed
        raise PluginError("no plugin has a feed of the type {type}", type=type_id)


def discover(points: Iterable[EntryPoint] | None = None) -> Plugins:
    """Return the plugins that are installed, by name; a broken one stops no other.

    Of two with one id the first by name counts, and the other is a fault.
    """
    found: dict[str, Plugin] = {}
    faults: list[PaserError] = []
    for point in sorted(entry_points(group=GROUP) if points is None else points):
        try:
            plugin = _plugin(point)
            _refuse_foreign(plugin, point, found)
        except PaserError as error:
            faults.append(error)
        else:
            found[plugin.manifest.plugin.id] = plugin
    return Plugins(tuple(found.values()), tuple(faults))


def without_strangers_panels(plugins: Plugins) -> tuple[Plugins, tuple[str, ...]]:
    """Return the plugins with no panel and layer but ours, and the names of those that lost theirs.

    Their feeds stay: those run in the collector, and no window depends on them. So do exports,
    which run when somebody asks for one.
    """
    found, left_off = [], []
    for plugin in plugins.found:
        if plugin.ours or not (plugin.manifest.panels or plugin.manifest.layers):
            found.append(plugin)
            continue
        bare = msgspec.structs.replace(plugin.manifest, panels=(), layers=())
        found.append(msgspec.structs.replace(plugin, manifest=bare))
        left_off.append(plugin.manifest.plugin.name)
    return Plugins(tuple(found), plugins.faults), tuple(left_off)


def load_object(plugin: Plugin, path: str) -> Any:
    """Import and return a class or a value of a plugin, by its module and its name in it.

    PluginError where it is not there or its module raises.
    """
    module_name, name = path.split(":")
    try:
        module = importlib.import_module(f"{plugin.package}.{module_name}")
        return getattr(module, name)
    # A stranger's module may raise anything, and may even ask the program to exit.
    except (Exception, SystemExit) as cause:
        raise PluginError(
            "the plugin {plugin} could not be loaded: {cause}",
            plugin=plugin.manifest.plugin.id,
            cause=f"{type(cause).__name__}: {cause}",
        ) from cause


def _plugin(point: EntryPoint) -> Plugin:
    package, _, name = point.value.partition(":")
    for place in _places(package):
        path = place / name
        if name and path.is_file():
            ours = point.dist is not None and point.dist.name == OURS
            return Plugin(package, read_manifest(path), ours)
    raise PluginError("the plugin {plugin} has no file {name}", plugin=package, name=name)


def _places(package: str) -> Iterator[Path]:
    """Give the folders that the package may be in; only its top package is asked for."""
    top, *rest = package.split(".")
    try:
        spec = find_spec(top)
    except (ImportError, ValueError):
        return
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield Path(place, *rest)


def _refuse_foreign(plugin: Plugin, point: EntryPoint, found: Mapping[str, Plugin]) -> None:
    """Refuse a plugin under another's name: the entry point and the manifest give it the same."""
    own_id = plugin.manifest.plugin.id
    if own_id != point.name:
        raise PluginError(
            "the plugin {plugin} has the id {id}, and its entry point is named {name}",
            plugin=plugin.package,
            id=own_id,
            name=point.name,
        )
    if own_id in found:
        raise PluginError(
            "the plugin {plugin} is left out: {other} has the id {id} already",
            plugin=plugin.package,
            other=found[own_id].package,
            id=own_id,
        )
