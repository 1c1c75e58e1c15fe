"""What plugins add to panels of others: layers for maps, and kinds of files."""

import logging
from collections.abc import Callable, Iterable, Mapping
from functools import cache

from paser_command.errors import PluginError
from paser_command.plugin.discovery import Plugin, Plugins, load_object
from paser_command.plugin.manifest import ContributionManifest
from paser_ui.api import Contribution, Point

_log = logging.getLogger(__name__)

_Listed = Callable[[], Iterable[tuple[Plugin, ContributionManifest]]]


class Contributions:
    """What there is at each point, loaded when a panel asks first.

    What cannot be loaded is left out, and the log names it: `paser-command check` tells it, too. If
    it is what a panel can use is for the panel to judge.
    """

    def __init__(self, plugins: Plugins) -> None:
        self._listed: Mapping[Point, _Listed] = {
            "layers": plugins.layers,
            "exports": plugins.exports,
        }
        self.at = cache(self._loaded)

    def _loaded(self, point: Point) -> tuple[Contribution, ...]:
        found = []
        for plugin, manifest in self._listed[point]():
            try:
                value = load_object(plugin, manifest.object)
            except PluginError as error:
                _log.error("%s is left out: %s", manifest.id, error)
            else:
                found.append(Contribution(manifest.id, manifest.name, plugin.package, value))
        return tuple(found)
