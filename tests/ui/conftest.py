"""What the tests of windows share: the theme, a desk on a small city, and panels to host."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent

from paser_command.maps.services import MapServices
from paser_ui.desk import Desk
from paser_ui.theme.style import apply_theme
from tests.ui.city import FakeSession, the_picture
from tests.ui.fronts import Fronts


@pytest.fixture(autouse=True)
def _theme(qapp):
    """Dress the application once; what a test leaves to be deleted is deleted in its own time."""
    if not qapp.property("themed"):
        apply_theme(qapp)
        qapp.setProperty("themed", "yes")
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def session():
    """Return a session on the picture of a bad day."""
    return FakeSession(the_picture())


@pytest.fixture
def desk(session, tmp_path):
    """Return a desk that speaks Indonesian."""
    return Desk(session, maps=MapServices(tmp_path), language="id", zone="Asia/Makassar")


@pytest.fixture
def open_front(qapp, tmp_path):
    """Return a function that shows a console with all its windows."""
    fronts = Fronts(tmp_path)
    yield fronts
    fronts.close()
