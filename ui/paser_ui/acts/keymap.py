"""Which key does what: a person's own keys over the delivered ones, every clash by name."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec
from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from paser_command.errors import InputError
from paser_ui.acts.act import Act

_LONGEST = 60


class Clash(msgspec.Struct, frozen=True):
    """A key that two acts claim: which has it, and which goes without."""

    key: str
    holder: str
    other: str


class Keymap(msgspec.Struct, frozen=True, kw_only=True):
    """The keys of each act by its id, what clashes, and the entries that are no key."""

    keys: Mapping[str, tuple[str, ...]]
    clashes: tuple[Clash, ...] = ()
    faults: tuple[InputError, ...] = ()


def normal(key: str) -> str:
    """Return the key as Qt writes it, "" where the text names none: ctrl+k is Ctrl+K."""
    sequence = QKeySequence(key[:_LONGEST])
    if sequence.count() != 1 or _of(sequence).key() in (Qt.Key.Key_unknown, Qt.Key(0)):
        return ""
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)


def keymap(
    acts: Iterable[Act], own: Mapping[str, str], used: Mapping[str, str] | None = None
) -> Keymap:
    """Return which key does what. A person's own keys go first, then the delivered ones by id.

    Of several panels of one kind, the act of that which was `used` last, its id by its kind, has
    the key: the others claim nothing.
    """
    in_order = _in_order(acts, used or {})
    wanted = {act.id: _wanted(act, own) for act in in_order}
    faults = tuple(_faults(in_order, own))
    held: dict[str, list[Act]] = {}
    keys: dict[str, tuple[str, ...]] = {}
    clashes: list[Clash] = []
    for act in sorted(in_order, key=lambda act: act.remembered not in own):
        mine: list[str] = []
        for key in wanted[act.id]:
            holder = _holder(held.get(key, ()), act)
            if holder is None:
                held.setdefault(key, []).append(act)
                mine.append(key)
            elif not are_alike(holder, act):
                clashes.append(Clash(key, holder.id, act.id))
        keys[act.id] = tuple(mine)
    return Keymap(keys=keys, clashes=tuple(clashes), faults=faults)


def holder_of(
    acts: Mapping[str, Act], keys: Mapping[str, tuple[str, ...]], key: str, act: Act
) -> Act | None:
    """Return the other act that has the key where this act would have it, None where it is free."""
    holders = [acts[one] for one, has in keys.items() if key in has and one != act.id]
    return _holder((one for one in holders if not are_alike(one, act)), act)


def are_alike(one: Act, other: Act) -> bool:
    """Tell whether they are the same act of two panels of one kind."""
    return bool(one.kind) and one.kind == other.kind


def _in_order(acts: Iterable[Act], used: Mapping[str, str]) -> list[Act]:
    """Return the acts by id, the used one of each kind before the first of the others."""
    by_id = sorted(acts, key=lambda act: act.id)
    first: dict[str, str] = {}
    for act in by_id:
        first.setdefault(act.remembered, act.id)
    return sorted(
        by_id, key=lambda act: (first[act.remembered], used.get(act.kind) != act.id, act.id)
    )


def _holder(holders: Iterable[Act], act: Act) -> Act | None:
    return next((one for one in holders if _meet(one, act)), None)


def _meet(one: Act, other: Act) -> bool:
    """Tell whether both are within reach of the same press: two panels' keys never are."""
    return one.scope == other.scope or not one.scope or not other.scope


def _wanted(act: Act, own: Mapping[str, str]) -> tuple[str, ...]:
    chosen = own.get(act.remembered)
    if chosen == "":
        return ()
    key = normal(chosen) if chosen else ""
    if key:
        return (key,)
    return tuple(filter(None, map(normal, act.keys)))


def _faults(acts: Iterable[Act], own: Mapping[str, str]) -> Iterator[InputError]:
    for act in acts:
        key = own.get(act.remembered)
        if key and not normal(key):
            yield InputError(
                "the settings name {key} as the key of {act}, which is no key: it keeps its own",
                key=key[:_LONGEST],
                act=act.remembered,
            )


def _of(sequence: QKeySequence) -> QKeyCombination:
    # Qt's stubs leave the index operator out.
    return sequence[0]  # type: ignore[index, no-any-return]
