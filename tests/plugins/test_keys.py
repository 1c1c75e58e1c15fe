"""The keys of the desk and of all panels of ours stand beside each other."""

from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import discover, load_class
from paser_ui.acts.acts import Acts
from paser_ui.console_acts import add_console_acts
from paser_ui.desk import Desk
from paser_ui.manual.opening import ManualOpening
from paser_ui.palette.palette import Palette
from paser_ui.panel_host import PanelHost
from paser_ui.preferences.opening import PreferencesOpening
from paser_ui.preferences.preferences import Preferences
from paser_ui.settings import Settings
from paser_ui.window import Window
from tests.plugins.panel_kit import theme
from tests.ui.city import FakeSession, the_picture

__all__ = ["theme"]


def test_no_two_acts_claim_one_key(qtbot, tmp_path):
    desk = Desk(
        FakeSession(the_picture()),  # type: ignore[arg-type]
        maps=MapServices(tmp_path),
        language="id",
        zone="Asia/Makassar",
    )
    hosts = [
        PanelHost(
            panel.id,
            panel.name,
            load_class(plugin, panel.class_path),
            desk,
            package=plugin.package,
        )
        for plugin, panel in discover().panels()
    ]
    window = Window(desk, hosts, site_name="Paser", who="Sari", seat="meja 2")
    qtbot.addWidget(window)
    acts = Acts()
    PreferencesOpening(Preferences(Settings()), acts, desk, lambda: window)
    ManualOpening(acts, desk, lambda: window)

    add_console_acts(acts, window, desk, Palette(acts, desk, lambda: window))

    assert acts.clashes == ()
    assert {"map.map/map.layers", "incidents.incidents/incidents.acknowledge"} <= {
        act.id for act in acts
    }
