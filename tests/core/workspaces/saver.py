"""A process of its own that saves a workspace without pause: python saver.py FOLDER NAME PANELS."""

import sys
from pathlib import Path

from paser_command.workspaces.definition import FORMAT, Node, Page, PanelSpec, Workspace
from paser_command.workspaces.store import WorkspaceStore


def version(writer: str, number: int, panels: int) -> Workspace:
    """Return the workspace that a writer saves as its NUMBERth: each panel tells of it."""
    names = [f"panel-{n}" for n in range(panels)]
    spec = PanelSpec(type="map.map", title=f"{writer} {number}", state={"padding": "x" * 400})
    page = Page(layout=Node(tabs=tuple(names)))
    return Workspace(
        format=FORMAT,
        name=f"{writer} {number}",
        panels=dict.fromkeys(names, spec),
        pages=(page,),
    )


def main(folder: str, writer: str, panels: str) -> None:
    """Save until we are killed; say so after the first."""
    store = WorkspaceStore(Path(folder), ())
    number = 0
    while True:
        store.save("a", version(writer, number, int(panels)))
        number += 1
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
