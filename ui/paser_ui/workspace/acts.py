"""What can be done with workspaces, pages and panels, by key, palette and menu."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject

from paser_ui.acts.act import Act
from paser_ui.acts.acts import Acts
from paser_ui.view import Pin
from paser_ui.workspace.asking import Asking
from paser_ui.workspace.workspaces import Workspaces

WORKSPACES, PAGES, PANELS = "Workspaces", "Pages", "Panels"
_NUMBERED = 9
_PIN_WORDS = {
    Pin.SELECTION: "Own selection for this panel, or the common one",
    Pin.TIME: "Own time for this panel, or the common one",
    Pin.AREA: "Own area for this panel, or the common one",
}


class WorkspaceActs(QObject):
    """Keeps the acts in step with the workspaces that there are.

    Acts on a panel are done to the one that has the focus, or had it last.
    """

    def __init__(self, acts: Acts, workspaces: Workspaces, asking: Asking) -> None:
        super().__init__()
        self._acts = acts
        self._workspaces = workspaces
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
        for type_id in self._workspaces.panels.types():
            yield Act(
                id=f"panel.add.{type_id}",
                words=self._workspaces.add_words(type_id),
                group=PANELS,
                run=partial(self._workspaces.add_panel, type_id),
                enabled=self._unlocked,
            )

    def _own(self) -> Iterator[Act]:
        ours, ask = self._workspaces, self._asking
        yield _act("workspace.next", "The next workspace", ours.next, key="Ctrl+Alt+Right")
        yield _act("workspace.previous", "The workspace before", ours.previous, key="Ctrl+Alt+Left")
        yield _act("workspace.new", "New workspace", ask.new)
        yield _act("workspace.duplicate", "Duplicate this workspace", ask.duplicate)
        yield _act("workspace.rename", "Rename this workspace", ask.rename, self._unlocked)
        yield _act("workspace.reset", "Reset this workspace", ask.reset)
        yield _act(
            "workspace.lock", "Lock this workspace", partial(ours.lock, True), self._unlocked
        )
        yield _act(
            "workspace.unlock", "Unlock this workspace", partial(ours.lock, False), self._locked
        )
        yield _act("workspace.export", "Export this workspace to a file", ask.export)
        yield _act("workspace.import", "Import a workspace from a file", ask.take_in)
        yield _act("workspace.remove", "Delete this workspace", ask.remove, self._own_one)

    def _page_acts(self) -> Iterator[Act]:
        ours, ask = self._workspaces, self._asking
        group = PAGES
        yield _act("page.next", "The next page", ours.next_page, key="Ctrl+PgDown", group=group)
        yield _act(
            "page.previous", "The page before", ours.page_before, key="Ctrl+PgUp", group=group
        )
        yield _act("page.new", "New page", ask.new_page, self._unlocked, group=group)
        yield _act("page.rename", "Rename this page", ask.rename_page, self._unlocked, group=group)
        yield _act("page.remove", "Remove this page", ask.remove_page, self._unlocked, group=group)
        yield _act(
            "page.next_display",
            "Move this page to the next display",
            ours.page_to_next_display,
            key="Ctrl+Shift+PgDown",
            group=group,
        )
        yield _act(
            "window.full_screen",
            "A window of its own for this page, or the whole display",
            ours.toggle_full,
            key="F11",
            group=group,
        )
        yield _act(
            "window.own_time",
            "Own time for this window, or the common one",
            ours.toggle_own_time,
            key="Ctrl+T",
            group=group,
        )

    def _panel_acts(self) -> Iterator[Act]:
        ours, ask = self._workspaces, self._asking
        on = self._on_panel
        yield on("panel.maximise", "Show this panel alone, or all again", ours.maximise, "Ctrl+M")
        yield on("panel.float", "A window of its own for this panel", ours.float, "Ctrl+Shift+F")
        yield on("panel.dock", "Put this panel back on its page", ours.dock)
        yield on(
            "panel.next_page", "Move this panel to the next page", ours.to_next_page, "Ctrl+Shift+D"
        )
        yield on("panel.copy", "One more of this panel", ours.copy)
        yield on("panel.rename", "Rename this panel", ask.rename_panel)
        yield on("panel.close", "Close this panel", ours.close_panel)
        for pin, words in _PIN_WORDS.items():
            yield on(f"panel.pin.{pin.value}", words, partial(ours.toggle_pin, pin))

    def _on_panel(self, id: str, words: str, do: Callable[[str], object], key: str = "") -> Act:
        def run() -> None:
            name = self._workspaces.panel_in_hand()
            if name is not None:
                do(name)

        free = id.startswith("panel.pin") or id == "panel.maximise"
        return Act(
            id=id,
            words=words,
            group=PANELS,
            key=key,
            run=run,
            enabled=self._has_panel if free else self._may_change,
        )

    def _has_panel(self) -> bool:
        return self._workspaces.panel_in_hand() is not None

    def _may_change(self) -> bool:
        return self._has_panel() and self._unlocked()

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


def _always() -> bool:
    return True


def _act(
    id: str,
    words: str,
    run: Callable[[], object],
    enabled: Callable[[], bool] = _always,
    *,
    key: str = "",
    group: str = WORKSPACES,
) -> Act:
    return Act(
        id=id,
        words=words,
        group=group,
        key=key,
        run=run,
        enabled=enabled,
        while_typing=key.startswith("Ctrl+Alt") or key.startswith("F"),
    )
