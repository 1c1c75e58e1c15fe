"""All acts of one console: taken in and out, run by id, bound to their keys."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from paser_command.errors import InputError, Words
from paser_ui.acts.act import Act
from paser_ui.acts.focus import presses, takes_text
from paser_ui.acts.keymap import Clash, Keymap, holder_of, keymap, normal

_PRESSES = ("Space", "Return", "Enter")
"""Keys that press a button which has the focus."""
_LONGEST = 60


class Acts(QObject):
    """One for the console. `changed` tells that acts or keys are others, `ran` the id of one done.

    Keys are the whole program's: they work in every window, while the one that they are bound to is
    visible and no dialog holds it up. Where several panels of one kind have a key for anywhere, it
    is that of the panel which had the focus last.
    """

    changed = Signal()
    ran = Signal(str)

    def __init__(self, own: Mapping[str, str] | None = None) -> None:
        """Take a person's own keys by the acts' ids, "" for none."""
        super().__init__()
        self._own = dict(own or {})
        self._acts: dict[str, Act] = {}
        self._map = Keymap(keys={})
        self._window: QWidget | None = None
        self._shortcuts: dict[str, list[QShortcut]] = {}
        self._used: dict[str, str] = {}
        self._held = 0
        self._stale = False
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow_focus)

    def __iter__(self) -> Iterator[Act]:
        """Give all acts in the order of their ids."""
        return iter(sorted(self._acts.values(), key=lambda act: act.id))

    def __contains__(self, act_id: str) -> bool:
        return act_id in self._acts

    def __getitem__(self, act_id: str) -> Act:
        return self._acts[act_id]

    @property
    def own(self) -> Mapping[str, str]:
        """The keys that a person chose, by act; those of acts that are not here now too."""
        return dict(self._own)

    @property
    def clashes(self) -> tuple[Clash, ...]:
        """Keys that two acts claim, which the first of them has."""
        return self._map.clashes

    @property
    def faults(self) -> tuple[InputError, ...]:
        """What is wrong with the person's own keys."""
        return self._map.faults

    def bind(self, window: QWidget) -> None:
        """Let the keys work as long as this window is visible; it takes over from another one."""
        self._window = window
        self._bind()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Bind keys once, after all that is taken in and out meanwhile."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            if self._stale and not self._held:
                self._bind()

    def add(self, *acts: Act) -> None:
        """Take acts in, in place of those with the same ids."""
        self._acts |= {act.id: act for act in acts}
        self._bind()

    def drop(self, prefix: str) -> None:
        """Take out the acts whose ids begin with the prefix."""
        self._acts = {one: act for one, act in self._acts.items() if not one.startswith(prefix)}
        self._bind()

    def run(self, act_id: str) -> bool:
        """Do it; False where it is not there, or cannot be done now."""
        act = self._acts.get(act_id)
        if act is None or not act.enabled():
            return False
        act.run()
        self.ran.emit(act_id)
        return True

    def keys(self, act_id: str) -> tuple[str, ...]:
        """Return the keys that do it now, in Qt's portable text."""
        return self._map.keys.get(act_id, ())

    def key(self, act_id: str) -> str:
        """Return the first of its keys, "" where it has none."""
        return next(iter(self.keys(act_id)), "")

    def works(self, key: str) -> bool:
        """Tell whether the key does something now, where the focus is."""
        bound = [one for shortcuts in self._shortcuts.values() for one in shortcuts]
        return any(one.isEnabled() and one.key() == QKeySequence(key) for one in bound)

    def holder(self, act_id: str, key: str) -> Act | None:
        """Return the other act that has the key where this one would, None where it is free."""
        return holder_of(self._acts, self._map.keys, normal(key), self._acts[act_id])

    def change(self, act_id: str, key: str, *, take: bool = False) -> None:
        """Give the act a key of the person's own, "" for none.

        InputError where it is no key, or names whose it is already; with `take` that one goes
        without.
        """
        wanted = normal(key)
        if key and not wanted:
            raise InputError("{key} is no key", key=key[:_LONGEST])
        holder = self.holder(act_id, wanted)
        if holder is not None and not take:
            raise InputError("{key} is already that of {act}", key=wanted, act=Words(holder.words))
        if holder is not None:
            self._own[holder.remembered] = ""
        self._own[self._acts[act_id].remembered] = wanted
        self._bind()

    def is_changed(self, act_id: str) -> bool:
        """Tell whether a person gave the act a key, or none."""
        act = self._acts.get(act_id)
        return act is not None and act.remembered in self._own

    def reset(self, act_id: str | None = None) -> None:
        """Give an act its delivered key back, without an id all of them."""
        if act_id is None:
            self._own.clear()
        else:
            self._own.pop(self._acts[act_id].remembered, None)
        self._bind()

    def _bind(self) -> None:
        """Bind every key anew: there are some tens, and it happens when a person changes them."""
        self._stale = self._held > 0
        if self._stale:
            return
        self._map = keymap(self._acts.values(), self._own, self._used)
        for shortcuts in self._shortcuts.values():
            for shortcut in filter(isValid, shortcuts):
                shortcut.setEnabled(False)
                shortcut.deleteLater()
        self._shortcuts = {}
        for act in self._acts.values():
            keys = self._map.keys[act.id]
            if act.action is not None:
                # A panel may have let go of its action, and says so later.
                if isValid(act.action):
                    act.action.setShortcuts([QKeySequence(key) for key in keys])
            elif self._window is not None:
                self._shortcuts[act.id] = [self._shortcut(self._window, act, key) for key in keys]
        self._follow_focus(None, QApplication.focusWidget())
        self.changed.emit()

    def _shortcut(self, window: QWidget, act: Act, key: str) -> QShortcut:
        shortcut = QShortcut(QKeySequence(key), window)
        # Floating panels are windows of their own, and the keys are the desk's.
        shortcut.setContext(Qt.ShortcutContext.ApplicationShortcut)
        shortcut.setAutoRepeat(act.repeats)
        shortcut.activated.connect(lambda: self.run(act.id))
        return shortcut

    def _follow_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._stale:
            return
        if self._take_used(now):
            self._bind()
            return
        typing, pressing = takes_text(now), presses(now)
        for act_id, shortcuts in self._shortcuts.items():
            act = self._acts[act_id]
            # Those of a window that has gone went with it.
            for shortcut in filter(isValid, shortcuts):
                held = pressing and shortcut.key().toString() in _PRESSES
                shortcut.setEnabled(not (held or (typing and not act.while_typing)))

    def _take_used(self, focus: QWidget | None) -> bool:
        """Note whose acts are those of the panel with the focus; False where that was known."""
        before = dict(self._used)
        for act in self._acts.values():
            if act.kind and not act.scope and _is_on(act.action, focus):
                self._used[act.kind] = act.id
        return self._used != before


def _is_on(action: QAction | None, focus: QWidget | None) -> bool:
    """Tell whether the focus is in a widget that has the action."""
    if action is None or focus is None or not isValid(action):
        return False
    owners = [one for one in action.associatedObjects() if isinstance(one, QWidget)]
    return any(one is focus or one.isAncestorOf(focus) for one in owners)
