"""What plugins add to the core: kinds of records, parts of the picture, verbs and rules.

Built once by whoever starts a process, and handed to what needs it: nobody looks anything up by
itself. A piece that cannot be loaded is left out and named; records of its kind are carried unread.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from paser_command.errors import PaserError, PluginError
from paser_command.picture.model import Model, model
from paser_command.picture.part import Part
from paser_command.plugin.discovery import Plugin, Plugins, load_object
from paser_command.plugin.manifest import Manifest, PieceManifest
from paser_command.records import Kind
from paser_command.rules.rule import RulePlan
from paser_command.verbs.verb import Verb
from paser_command.verbs.verbs import BUILT_IN_VERBS, Verbs


class Extensions(msgspec.Struct, frozen=True, kw_only=True):
    """The pieces of all plugins, and the errors of those that were left out."""

    kinds: tuple[Kind, ...] = ()
    parts: tuple[type[Part], ...] = ()
    verbs: tuple[Verb, ...] = ()
    rules: tuple[RulePlan, ...] = ()
    faults: tuple[PaserError, ...] = ()

    def model(self) -> Model:
        """Return what the program and its plugins understand of a journal."""
        return model(self.kinds, self.parts)

    def all_verbs(self) -> Verbs:
        """Return the program's own verbs, and what plugins add to them."""
        return Verbs((*BUILT_IN_VERBS, *self.verbs))


def extensions(plugins: Plugins) -> Extensions:
    """Load the pieces that the plugins' manifests name."""
    faults: list[PaserError] = []
    kinds = _loaded(plugins, lambda manifest: manifest.kinds, _kind, faults)
    parts = _loaded(plugins, lambda manifest: manifest.parts, _part, faults)
    verbs = _loaded(plugins, lambda manifest: manifest.verbs, _verb, faults)
    rules = _loaded(plugins, lambda manifest: manifest.rules, _rule, faults)
    return Extensions(kinds=kinds, parts=parts, verbs=verbs, rules=rules, faults=tuple(faults))


def _loaded(
    plugins: Plugins,
    pieces_of: Callable[[Manifest], Sequence[PieceManifest]],
    check: Callable[[PieceManifest, Any], Any],
    faults: list[PaserError],
) -> tuple[Any, ...]:
    loaded = []
    for plugin, piece in _pieces(plugins, pieces_of):
        try:
            loaded.append(check(piece, load_object(plugin, piece.object)))
        except PaserError as error:
            faults.append(error)
    return tuple(loaded)


def _pieces(
    plugins: Plugins, pieces_of: Callable[[Manifest], Sequence[PieceManifest]]
) -> Iterable[tuple[Plugin, PieceManifest]]:
    for plugin in plugins.found:
        for piece in pieces_of(plugin.manifest):
            yield plugin, piece


def _kind(piece: PieceManifest, found: Any) -> Kind:
    """Return the kind; its name is the id in the manifest, so that no plugin speaks for another."""
    if not isinstance(found, Kind) or found.name != piece.id:
        raise PluginError("{object} is not a kind of record named {id}", **_named(piece))
    return found


def _part(piece: PieceManifest, found: Any) -> type[Part]:
    named = isinstance(found, type) and issubclass(found, Part) and found.name == piece.id
    if not named or any(not _is_own(piece, table) for table in found.tables):
        raise PluginError(
            "{object} is not a part of the picture named {id}, with tables whose names begin so",
            **_named(piece),
        )
    part: type[Part] = found
    return part


def _verb(piece: PieceManifest, found: Any) -> Verb:
    if not isinstance(found, Verb) or found.name != piece.id:
        raise PluginError("{object} is not a verb named {id}", **_named(piece))
    return found


def _rule(piece: PieceManifest, found: Any) -> RulePlan:
    """Return how the rule is built: the object is its class."""
    if not callable(found):
        raise PluginError("{object} is not a rule", **_named(piece))
    return RulePlan(piece.id.replace(".", "_"), found)


def _is_own(piece: PieceManifest, name: str) -> bool:
    return name.startswith(piece.id.partition(".")[0] + ".")


def _named(piece: PieceManifest) -> dict[str, object]:
    return {"object": piece.object, "id": piece.id}
