"""What can be done with workspaces, pages and panels, by key, palette and menu."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject

from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.view import Pin
from paser_ui.workspace.act_words import ACT_KEYS, ACT_WORDS, PAGES, PANELS, WORKSPACES
from paser_ui.workspace.arranging import Arranging
from paser_ui.workspace.asking import Asking
from paser_ui.workspace.menus import Menus
from paser_ui.workspace.workspaces import Workspaces

_NUMBERED = 9


class WorkspaceActs(QObject):
    """Keeps the acts in step with the workspaces that there are.

    Acts on a panel are done to the one that has the focus, or had it last.
    """

    def __init__(
        self, acts: Acts, workspaces: Workspaces, arranging: Arranging, asking: Asking
    ) -> None:
        super().__init__()
        self._acts = acts
        self._workspaces = workspaces
        self._arranging = arranging
        self._asking = asking
        acts.add(*self._own(), *self._page_acts(), *self._panel_acts())
        workspaces.listed.connect(self._list)
        self._list()

    def _list(self) -> None:
        """Offer each workspace by its name, the first nine by number."""
        self._acts.drop("workspace.show.")
        self._acts.drop("panel.add.")
        self._acts.add(*self._shows(), *self._adds())

    def _shows(self) -> Iterator[Act]:
        for number, listed in enumerate(self._workspaces.catalogue(), start=1):
            yield Act(
                id=f"workspace.show.{listed.id}",
                words=listed.name,
                group=WORKSPACES,
                key=f"Ctrl+{number}" if number <= _NUMBERED else "",
                while_typing=True,
                run=partial(self._workspaces.show, listed.id),
            )

    def _adds(self) -> Iterator[Act]:
        for type_id in self._arranging.panels.types():
            yield Act(
                id=f"panel.add.{type_id}",
                words=self._arranging.add_words(type_id),
                group=PANELS,
                run=partial(self._arranging.add_panel, type_id),
                enabled=self._unlocked,
            )

    def _own(self) -> Iterator[Act]:
        ours, ask = self._workspaces, self._asking
        yield _act("workspace.next", ours.next)
        yield _act("workspace.previous", ours.previous)
        yield _act("workspace.new", ask.new)
        yield _act("workspace.duplicate", ask.duplicate)
        yield _act("workspace.rename", ask.rename, self._unlocked)
        yield _act("workspace.reset", ask.reset)
        yield _act("workspace.lock", partial(ours.lock, True), self._unlocked)
        yield _act("workspace.unlock", partial(ours.lock, False), self._locked)
        yield _act("workspace.export", ask.export)
        yield _act("workspace.import", ask.take_in)
        yield _act("workspace.remove", ask.remove, self._own_one)

    def _page_acts(self) -> Iterator[Act]:
        ours, ask = self._arranging, self._asking
        yield _act("page.next", ours.next_page, ours.window_has_several_pages, group=PAGES)
        yield _act("page.previous", ours.page_before, ours.window_has_several_pages, group=PAGES)
        yield _act("page.new", ask.new_page, self._unlocked, group=PAGES)
        yield _act("page.rename", ask.rename_page, self._unlocked, group=PAGES)
        yield _act("page.remove", ask.remove_page, self._can_drop_page, group=PAGES)
        yield _act(
            "page.next_display", ours.page_to_next_display, ours.has_next_display, group=PAGES
        )
        yield _act("window.full_screen", ours.toggle_full, group=PAGES)
        yield _act("window.own_time", ours.toggle_own_time, ours.can_have_own_time, group=PAGES)
        yield _act("window.next_time", ours.next_time, ours.has_times, group=PAGES)

    def _panel_acts(self) -> Iterator[Act]:
        ours, ask = self._arranging, self._asking
        yield self._on_panel("panel.maximise", ours.maximise, self._stands)
        yield self._on_panel("panel.float", ours.float, self._stands)
        yield self._on_panel("panel.dock", ours.dock, ours.floats)
        yield self._on_panel("panel.next_page", ours.to_next_page, self._has_next_page)
        yield self._on_panel("panel.copy", ours.copy)
        yield self._on_panel("panel.rename", ask.rename_panel)
        yield self._on_panel("panel.close", ours.close_panel)
        for pin in Pin:
            yield self._on_panel(f"panel.pin.{pin.value}", partial(ours.toggle_pin, pin))

    def _on_panel(
        self,
        id: str,
        do: Callable[[str], object],
        on: Callable[[str], bool] = lambda _name: True,
    ) -> Act:
        """Return an act on the panel in hand, where it is one that the act can be done to."""

        def run() -> None:
            name = self._arranging.panel_in_hand()
            if name is not None:
                key = self._arranging.hand.panel
                do(name)
                # Panels that go from beneath the focus hand it on, which takes nobody's hand there.
                self._arranging.hand.panel = key

        def enabled() -> bool:
            name = self._arranging.panel_in_hand()
            return name is not None and (free or self._unlocked()) and on(name)

        free = id.startswith("panel.pin") or id == "panel.maximise"
        return _act(id, run, enabled, group=PANELS)

    def _stands(self, name: str) -> bool:
        """Tell whether a panel is on a page."""
        return not self._arranging.floats(name)

    def _has_next_page(self, name: str) -> bool:
        """Tell whether a panel has a page to go to: one that floats has every one."""
        return self._arranging.has_several_pages() or self._arranging.floats(name)

    def _can_drop_page(self) -> bool:
        return self._unlocked() and self._arranging.has_several_pages()

    def _unlocked(self) -> bool:
        return bool(self._workspaces.id) and not self._workspaces.board.locked

    def _locked(self) -> bool:
        return bool(self._workspaces.id) and self._workspaces.board.locked

    def _own_one(self) -> bool:
        shown = self._workspaces.id
        return any(
            listed.id == shown and listed.own and not listed.delivered
            for listed in self._workspaces.catalogue()
        )


def menu_acts(menus: Menus) -> Iterator[Act]:
    """Give the acts that open menus by key."""
    yield _act("panel.menu", menus.open_panel_in_hand, group=PANELS)
    yield _act("workspace.menu", menus.open_workspaces)
    yield _act("window.time_menu", menus.open_times, menus.can_open_times, group=PAGES)


def _always() -> bool:
    return True


def _act(
    id: str,
    run: Callable[[], object],
    enabled: Callable[[], bool] = _always,
    *,
    group: str = WORKSPACES,
) -> Act:
    key = ACT_KEYS.get(id, "")
    return Act(
        id=id,
        words=ACT_WORDS[id],
        group=group,
        key=key,
        run=run,
        enabled=enabled,
        while_typing="Alt+" in key or key.startswith("F"),
    )
