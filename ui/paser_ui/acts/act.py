"""An act: one thing that a person can do at the console, by key, by palette or by its id."""

from collections.abc import Callable

import msgspec
from PySide6.QtGui import QAction


def _always() -> bool:
    return True


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """A thing to do.

    `id` is "noun.verb". `words` and `group` are English, translated by `package` before our own
    catalogue. `key` is Qt's portable text ("Ctrl+K"), "" for none; the keys in `also` do the same
    until a person chooses a key of their own. An act that is not `while_typing` has no key while a
    text field has the focus. One with a `scope`, a panel's id, has its key in that panel alone, and
    `action` is what is bound there already. A person's own key is remembered by `kind`, that of all
    panels alike, and by the id where there is none.
    """

    id: str
    words: str
    group: str
    run: Callable[[], object]
    key: str = ""
    also: tuple[str, ...] = ()
    enabled: Callable[[], bool] = _always
    while_typing: bool = False
    repeats: bool = False
    package: str = ""
    scope: str = ""
    action: QAction | None = None
    kind: str = ""

    @property
    def remembered(self) -> str:
        """By which a person's own key is remembered."""
        return self.kind or self.id

    @property
    def keys(self) -> tuple[str, ...]:
        """Return the keys as delivered."""
        return (self.key, *self.also) if self.key else ()
