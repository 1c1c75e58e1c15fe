"""All panels of a console: made when a workspace wants them, and alive until the console ends."""

import contextlib
from collections.abc import Iterable, Mapping

from PySide6.QtCore import QObject, Signal

from paser_command.errors import PaserError, PluginError
from paser_command.plugin.discovery import Plugin, Plugins, load_object
from paser_command.plugin.manifest import PanelManifest
from paser_command.workspaces.definition import PanelSpec
from paser_ui.api import Panel, PanelContext
from paser_ui.desk import Desk
from paser_ui.docking import Docking
from paser_ui.faults import Faults
from paser_ui.panel_host import Build, PanelHost
from paser_ui.view import Pin


class Panels(QObject):
    """Panels by key. A panel whose plugin is away has a place that says so and keeps its settings.

    A panel is built when it is seen first, and then stays: a workspace that is shown again shows
    just what it showed.
    """

    made = Signal(str)
    leaving = Signal(str)
    """Tells of a panel before it is let go."""

    built = Signal()
    grew = Signal(str, str, int)
    """Tells of a panel by its key and title that has made the console so many MiB larger."""

    def __init__(
        self, plugins: Plugins, desk: Desk, docking: Docking, faults: Faults | None = None
    ) -> None:
        super().__init__()
        self._types: Mapping[str, tuple[Plugin, PanelManifest]] = {
            manifest.id: (plugin, manifest) for plugin, manifest in plugins.panels()
        }
        self._desk = desk
        self._docking = docking
        self._faults = faults
        self._hosts: dict[str, PanelHost] = {}
        self._list: list[PanelHost] = []

    def types(self) -> list[str]:
        """Return the ids of the types of panels that there are."""
        return list(self._types)

    def type_name(self, type_id: str) -> str:
        """Return what a type of panels is called on the screen; its id where no plugin has it."""
        known = self._types.get(type_id)
        if known is None:
            return type_id
        plugin, manifest = known
        return self._desk.language_of(plugin.package).tr(manifest.name)

    def all(self) -> list[PanelHost]:
        """Return all panels, the same list until one comes or goes."""
        return self._list

    def get(self, key: str) -> PanelHost | None:
        """Return a panel; None where there is none of that key."""
        return self._hosts.get(key)

    def host(self, key: str, spec: PanelSpec) -> PanelHost:
        """Return the panel of a key, made after its definition where it is not there yet."""
        if key not in self._hosts:
            self._hosts[key] = self._made(key, spec)
            self._list = list(self._hosts.values())
            self.made.emit(key)
        return self._hosts[key]

    def drop(self, keys: Iterable[str]) -> None:
        """Let panels go for good."""
        for key in keys:
            if key in self._hosts:
                self.leaving.emit(key)
                host = self._hosts.pop(key)
                host.close_panel()
                self._docking.drop(key)
        self._list = list(self._hosts.values())

    def retranslate(self) -> None:
        """Put the words on all panels again."""
        for host in self._list:
            host.retranslate()

    def load_seen(self) -> None:
        """Import what the panels in view need: in the window's loop that would be a gap of it."""
        for host in self._list:
            known = self._types.get(host.type_id)
            if known is not None and host.isVisible():
                # What is wrong with it is told where it is built.
                with contextlib.suppress(PaserError):
                    load_object(known[0], known[1].class_path)

    def _made(self, key: str, spec: PanelSpec) -> PanelHost:
        known = self._types.get(spec.type)
        host = PanelHost(
            key,
            known[1].name if known else spec.type,
            _builder(*known) if known else _absent(spec.type),
            self._desk,
            package=known[0].package if known else "",
            faults=self._faults,
            lazy=True,
            type_id=spec.type,
        )
        host.restore_state(dict(spec.state))
        if spec.title:
            host.retitle(spec.title)
        for pin in spec.pinned:
            host.pin(Pin(pin), True)
        self._docking.add(key, host.title, host)
        host.titled.connect(lambda: self._retitle(key))
        host.built.connect(self.built)
        host.grew.connect(lambda mib: self.grew.emit(key, host.title, mib))
        return host

    def _retitle(self, key: str) -> None:
        host = self._hosts.get(key)
        if host is not None:
            self._docking.set_title(key, host.title)


def _builder(plugin: Plugin, manifest: PanelManifest) -> Build:
    def build(context: PanelContext) -> Panel:
        panel: Panel = load_object(plugin, manifest.class_path)(context)
        return panel

    return build


def _absent(type_id: str) -> Build:
    def build(_context: PanelContext) -> Panel:
        raise PluginError("no plugin has the panel {panel}", panel=type_id)

    return build
