"""Whose code a console was in when it fell or hung: read from the stacks that it left."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from paser_command.errors import PaserError
from paser_command.plugin.discovery import Plugin, Plugins

_FRAME = re.compile(r'^  File "([^"\n]{1,1000})", line \d+ in ', re.MULTILINE)
_CURRENT = re.compile(r"^Current thread 0x[0-9a-f]+[^\n]*\n((?:  File [^\n]*\n?)+)", re.MULTILINE)


class Culprit(msgspec.Struct, frozen=True):
    """The plugin, by its name, and the name of the panel whose module it was; "" for none."""

    plugin: str
    panel: str = ""


def culprit(stacks: str, plugins: Plugins) -> Culprit | None:
    """Return the plugin of others whose code was the innermost, None where it was ours alone.

    `stacks` are those of faulthandler: the thread that fell is the current one.
    """
    found = _CURRENT.search(stacks)
    if found is None:
        return None
    for file in _FRAME.findall(found[1]):
        for plugin in plugins.found:
            if not plugin.ours and _is_of(file, plugin.package):
                # Of two panels in one module nobody can tell which it was.
                names = tuple(_panels(file, plugin))
                return Culprit(plugin.manifest.plugin.name, names[0] if len(names) == 1 else "")
    return None


def named(fall: PaserError | None, plugins: Plugins) -> PaserError | None:
    """Return what is said of a console's fall, with whose code it was in where that is known."""
    file = str(fall.facts.get("file", "")) if fall is not None else ""
    if fall is None or not file:
        return fall
    try:
        found = culprit(Path(file).read_text(encoding="utf-8", errors="replace"), plugins)
    except OSError:
        return fall
    if found is None:
        return fall
    facts = {"plugin": found.plugin, "how": fall.facts["how"], "file": file}
    if not found.panel:
        return PaserError(
            "the plugin {plugin} made the console fall ({how}), which was started again; what is "
            "known of it stands in {file}",
            **facts,
        )
    return PaserError(
        "the panel {panel} of the plugin {plugin} made the console fall ({how}), which was started "
        "again; what is known of it stands in {file}",
        panel=found.panel,
        **facts,
    )


def _is_of(file: str, package: str) -> bool:
    return f"/{package.replace('.', '/')}/" in f"/{file}".replace("\\", "/")


def _panels(file: str, plugin: Plugin) -> Iterator[str]:
    for panel in plugin.manifest.panels:
        module = panel.class_path.partition(":")[0]
        if file.endswith(f"/{module}.py"):
            yield panel.name
