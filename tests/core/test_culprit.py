"""After a fall the plugin of others is named, and its panel only where that is certain."""

import pytest

from paser_command.plugin.culprit import Culprit, culprit
from paser_command.plugin.discovery import Plugin, Plugins
from paser_command.plugin.manifest import About, Manifest, PanelManifest

STACKS = """Fatal Python error: Segmentation fault

Thread 0x00007f01 (most recent call first):
  File "/opt/wild/tail.py", line 9 in run

Current thread 0x00007f02 (most recent call first):
  File "/usr/lib/python3.11/ctypes/__init__.py", line 519 in string_at
  File "{file}", line 12 in act
  File "/opt/paser_ui/app.py", line 60 in main
"""


def plugin(*panels: str, ours: bool = False) -> Plugins:
    """Return a plugin with these panels, each by its name and its class."""
    manifests = tuple(PanelManifest(f"wild.{n}", f"P{n}", path) for n, path in enumerate(panels))
    about = About(id="wild", name="Wild", version="1", api=1)
    return Plugins((Plugin("wild", Manifest(about, panels=manifests), ours),))


@pytest.mark.parametrize(
    ("file", "panels", "named"),
    [
        ("/opt/wild/panel.py", ("panel:One",), Culprit("Wild", "P0")),
        ("/opt/wild/panel.py", ("panel:One", "panel:Two"), Culprit("Wild")),
        ("/opt/wild/helper.py", ("panel:One",), Culprit("Wild")),
        ("/opt/other/panel.py", ("panel:One",), None),
    ],
    ids=["one panel", "two in a module", "a helper", "not a plugin's"],
)
def test_a_panel_is_named_only_where_it_is_certain(
    file: str, panels: tuple[str, ...], named: Culprit | None
):
    assert culprit(STACKS.format(file=file), plugin(*panels)) == named


def test_ours_are_not_named_and_neither_is_anybody_without_stacks():
    stacks = STACKS.format(file="/opt/wild/panel.py")

    assert culprit(stacks, plugin("panel:One", ours=True)) is None
    assert culprit("It left no stacks.\n", plugin("panel:One")) is None
