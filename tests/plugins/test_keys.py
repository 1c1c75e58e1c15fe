"""The keys of the desk and of all panels of ours stand beside each other."""

from importlib.resources import files
from pathlib import Path

import pytest

from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import discover
from paser_ui.desk import Desk
from paser_ui.front import Front, Place
from paser_ui.settings import Settings
from tests.plugins.panel_kit import theme
from tests.ui.city import FakeSession, the_picture
from tests.ui.frames import frame_of

__all__ = ["theme"]


@pytest.fixture
def front(tmp_path):
    """The windows as they are delivered, with the panels of ours."""
    session = FakeSession(the_picture())
    desk = Desk(
        session,  # type: ignore[arg-type]
        maps=MapServices(tmp_path),
        language="id",
        zone="Asia/Makassar",
    )
    place = Place(
        home=tmp_path / "home",
        site_name="Kabupaten Paser",
        zone="Asia/Makassar",
        who="Sari",
        seat="meja 2",
        delivered=(Path(str(files("paser_resources") / "workspaces")),),
    )
    front = Front(desk, discover(), place, Settings(), now=lambda: session.wall)
    front.show()
    for host in front.panels.all():
        if host.isVisible():
            host.draw(frame_of(host))
    yield front
    front.close()


def test_no_two_acts_claim_one_key(front, qtbot):
    def ends() -> set[str]:
        return {act.id.rpartition("/")[2] for act in front.acts}

    qtbot.waitUntil(lambda: {"map.layers", "incidents.acknowledge"} <= ends())

    assert {"clock.live", "palette.open", "settings.open", "manual.open"} <= ends()
    assert front.acts.clashes == ()
