"""The words and the delivered keys of what can be done with workspaces, pages and panels."""

from collections.abc import Mapping

WORKSPACES, PAGES, PANELS = "Workspaces", "Pages", "Panels"
GROUP_WORDS = (WORKSPACES, PAGES, PANELS)

ACT_WORDS: Mapping[str, str] = {
    "workspace.next": "The next workspace",
    "workspace.previous": "The workspace before",
    "workspace.new": "New workspace",
    "workspace.duplicate": "Duplicate this workspace",
    "workspace.rename": "Rename this workspace",
    "workspace.reset": "Reset this workspace",
    "workspace.lock": "Lock this workspace",
    "workspace.unlock": "Unlock this workspace",
    "workspace.export": "Export this workspace to a file",
    "workspace.import": "Import a workspace from a file",
    "workspace.remove": "Delete this workspace",
    "page.next": "The next page",
    "page.previous": "The page before",
    "page.new": "New page",
    "page.rename": "Rename this page",
    "page.remove": "Remove this page",
    "page.next_display": "Move this page to the next display",
    "window.full_screen": "A window of its own for this page, or the whole display",
    "window.own_time": "Own time for this window, or the common one",
    "window.next_time": "Another window's time for this window",
    "window.time_menu": "Choose the time of this window…",
    "panel.maximise": "Show this panel alone, or all again",
    "panel.float": "A window of its own for this panel",
    "panel.dock": "Put this panel back on its page",
    "panel.next_page": "Move this panel to the next page",
    "panel.copy": "One more of this panel",
    "panel.rename": "Rename this panel",
    "panel.close": "Close this panel",
    "panel.pin.selection": "Own selection for this panel, or the common one",
    "panel.pin.time": "Own time for this panel, or the common one",
    "panel.pin.area": "Own area for this panel, or the common one",
    "panel.menu": "Menu of this panel",
    "workspace.menu": "Menu of workspaces",
}

ACT_KEYS: Mapping[str, str] = {
    "workspace.next": "Ctrl+Alt+Right",
    "workspace.previous": "Ctrl+Alt+Left",
    "page.next": "Ctrl+PgDown",
    "page.previous": "Ctrl+PgUp",
    "page.next_display": "Ctrl+Shift+PgDown",
    "window.full_screen": "F11",
    "window.own_time": "Ctrl+T",
    "window.next_time": "Ctrl+Shift+T",
    "panel.maximise": "Ctrl+M",
    "panel.float": "Ctrl+Shift+F",
    "panel.next_page": "Ctrl+Shift+D",
    "panel.menu": "Shift+F10",
    "workspace.menu": "F10",
}

DELIVERED_WORDS = (
    "War room",
    "Flood",
    "Forest fire",
    "Leaders' meeting",
    "Wall",
    "Desk",
    "Map",
    "Charts",
    "Flood plain",
    "Rivers and rain",
    "Hotspots",
    "Stations and feeds",
    "Situation",
    "Course",
    "Hours",
    "List",
    "Town",
)
"""What delivered workspaces and their pages are called."""

ADD_WORDS = "Add a panel: {panel}"
