"""What journeys over several monitors share: a server without a screen, and monitors on it."""

import os
import shutil

import pytest

from tests.journeys.asking import asked_console
from tests.journeys.hands import Hands
from tests.journeys.monitors import SIZE, THREE, Monitors
from tests.journeys.room import display, managed


@pytest.fixture
def server():
    """A display of room for several monitors."""
    if missing := [name for name in ("Xvfb", "xrandr") if shutil.which(name) is None]:
        if os.environ.get("CI"):
            pytest.fail(f"{missing} missing")
        pytest.skip(f"{missing} missing (Debian: xvfb x11-xserver-utils)")
    with display(SIZE) as number:
        yield number


@pytest.fixture
def monitors(server):
    """Three monitors side by side."""
    plugged = Monitors(server)
    plugged.plug(*THREE)
    return plugged


@pytest.fixture(params=["without a window manager", "with one"])
def manager(request, server):
    """A kiosk that has no window manager, and a desktop that has one."""
    if request.param != "with one":
        yield
        return
    if shutil.which("openbox") is None:
        if os.environ.get("CI"):
            pytest.fail("openbox missing")
        pytest.skip("openbox missing (Debian: openbox)")
    with managed(server):
        yield


@pytest.fixture
def hands(server):
    """A person's hands in this room."""
    if shutil.which("xdotool") is None:
        if os.environ.get("CI"):
            pytest.fail("xdotool missing")
        pytest.skip("xdotool missing (Debian: xdotool)")
    return Hands(server)


@pytest.fixture
def room(server, monitors, tmp_path):
    """Return a function that starts a console in this room, as `asked_console` does."""
    return lambda *arguments, **more: asked_console(server, tmp_path, *arguments, **more)
