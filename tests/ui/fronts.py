"""Consoles for tests: all windows on a session that no journal stands behind, with test panels."""

import itertools

from paser_command.maps.services import MapServices
from paser_command.plugin.discovery import Plugin, Plugins
from paser_command.plugin.manifest import About, Manifest, PanelManifest
from paser_command.workspaces.definition import FORMAT, Node, Page, PanelSpec, Workspace
from paser_command.workspaces.files import text_of
from paser_ui.desk import Desk
from paser_ui.front import Front, Place
from paser_ui.settings import Settings
from tests.ui.city import FakeSession, the_picture
from tests.ui.frames import frame_of

PANELS = ("map.map", "incidents.incidents", "charts.chart", "feeds.health", "other.thing")
HOME = "ruang-siaga"


def plugins(types):
    """Return plugins that have these types of panels: a class of tests.ui.panels each."""
    panels = tuple(PanelManifest(type_id, type_id, f"panels:{name}") for type_id, name in types)
    about = About(id="test", name="Test", version="1", api=1)
    return Plugins((Plugin("tests.ui", Manifest(about, panels=panels)),))


def tabs(*names):
    return Node(tabs=names)


def workspace(name, *pages, types):
    """Return a workspace; a panel's name is that of its type behind the point, or `type-2`."""
    known = {type_id.partition(".")[2]: type_id for type_id in types}
    names = {panel for page in pages for panel in page.panels()}
    specs = {panel: PanelSpec(type=known[panel.partition("-")[0]]) for panel in names}
    return Workspace(format=FORMAT, name=name, panels=specs, pages=pages)


def home_page(types):
    """Return the page that has the panels as they are delivered: two rows of two, more as tabs."""
    names = [type_id.partition(".")[2] for type_id in types]
    rows = [names[:2], names[2:4]]
    rows[-1 if rows[1] else 0] += names[4:]
    first = tuple(tabs(name) for name in rows[0])
    last = rows[1]
    second = (
        (tabs(last[0]), Node(tabs=tuple(last[1:]))) if len(last) > 1 else tuple(map(tabs, last))
    )
    parts = (_row(first), *([_row(second)] if second else []))
    layout = Node(down=parts, shares=(65.0, 35.0)) if len(parts) > 1 else parts[0]
    return Page(name="Desk", layout=layout)


def _row(parts):
    return Node(across=parts, shares=(56.0, 44.0)) if len(parts) > 1 else parts[0]


class Fronts:
    """Opens consoles, and closes them at the end of the test."""

    def __init__(self, folder):
        self._folder = folder
        self._open = []

    def __call__(
        self,
        session=None,
        settings=None,
        *,
        language="id",
        panel="Good",
        panels=PANELS,
        workspaces=(),
        home=None,
        fixed=(),
    ):
        session = session or FakeSession(the_picture())
        delivered = self._folder / "delivered"
        delivered.mkdir(exist_ok=True)
        first = workspace("War room", home_page(panels), types=panels)
        for number, one in enumerate((first, *workspaces), start=1):
            id = HOME if one is first else one.name.lower()
            (delivered / f"{number}-{id}.toml").write_text(text_of(one))
        desk = Desk(
            session, maps=MapServices(self._folder), language=language, zone="Asia/Makassar"
        )
        seconds = itertools.count()
        front = Front(
            desk,
            plugins([(type_id, panel) for type_id in panels]),
            Place(
                home=home or self._folder / "home",
                site_name="Kabupaten Paser",
                zone="Asia/Makassar",
                delivered=(delivered,),
                fixed=frozenset(fixed),
            ),
            settings or Settings(),
            now=session.wall_now,
            now_s=lambda: float(next(seconds)),
        )
        front.show()
        if isinstance(session, FakeSession):
            session.commands.clear()
        for host in front.panels.all():
            if host.isVisible():
                host.draw(frame_of(host))
        self._open.append(front)
        return front

    def close(self):
        for front in self._open:
            front.close()
