"""The wall shows what it was told, to everybody, until somebody takes it back."""

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from paser_command.picture.picture import Picture
from paser_command.session.frames import Mode
from paser_command.times import HOUR
from paser_command.workspaces.definition import Floating, Page
from paser_command.workspaces.display import Display
from paser_command.workspaces.room import Turn
from paser_ui.view import Pin
from paser_ui.wall.walls import HOME
from tests.ui.city import NOON, a_report, the_picture
from tests.ui.frames import frame_of
from tests.ui.fronts import PANELS, tabs, workspace
from tests.ui.wall.plugged import DESK, WALL, WALL_2, Plugged


def on(walls):
    return [screen.page for screen in walls.shown()]


def the_host(walls, present=WALL):
    ((_, host),) = walls.hosts_on(present.display).hosts()
    return host


def kind_of(widget):
    return widget.metaObject().className()


def test_a_display_of_the_wall_shows_its_own_workspace(shown, walls_of):
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL))

    assert on(walls) == ["Dinding"]
    (window,) = walls.windows()
    assert window.isVisible()
    assert window.property("wall") is True


def test_the_only_display_is_never_a_wall(shown, walls_of):
    walls = walls_of(shown(Picture()), Plugged(WALL))

    assert walls.windows() == []


def test_what_was_sent_stays_until_it_is_taken_back(shown, walls_of, clock):
    front = shown(Picture())
    walls = walls_of(front, Plugged(DESK, WALL))

    walls.send_workspace(WALL.display, "banjir")
    clock.seconds += 10_000
    walls.look()
    sent = on(walls)
    walls.take_back(WALL.display)

    assert sent == ["Banjir"]
    assert on(walls) == ["Dinding"]


def test_what_a_rule_sent_goes_back_by_itself(shown, walls_of, clock):
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL))
    walls.send_workspace(WALL.display, "banjir", stay_s=60.0)

    clock.seconds = 59.0
    walls.look()
    before = on(walls)
    clock.seconds = 61.0
    walls.look()

    assert (before, on(walls)) == (["Banjir"], ["Dinding"])


def test_it_rotates_by_its_dwell_times(shown, walls_of, clock):
    turns = (Turn(workspace=HOME, dwell_s=10), Turn(workspace="banjir", dwell_s=30))
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL), *turns)
    seen = []

    for seconds in (0, 9, 10, 39, 40):
        clock.seconds = float(seconds)
        walls.look()
        seen += on(walls)

    assert seen == ["Dinding", "Dinding", "Banjir", "Banjir", "Dinding"]


def test_rotation_waits_while_a_critical_alarm_waits_for_a_person(shown, walls_of, clock):
    turns = (Turn(workspace=HOME, dwell_s=10), Turn(workspace="banjir", dwell_s=10))
    walls = walls_of(shown(the_picture()), Plugged(DESK, WALL), *turns)

    clock.seconds = 100.0
    walls.look()

    assert on(walls) == ["Dinding"]
    assert "belum diakui" in walls.windows()[0].site.text()


def in_the_past(front, walls):
    front.desk.session.seek(NOON - HOUR)
    walls.look()
    (window,) = walls.windows()
    window.refresh()
    window.show_tick(True)
    return window


def test_the_worst_that_waits_is_named(shown, walls_of):
    walls = walls_of(shown(the_picture()), Plugged(DESK, WALL))
    (window,) = walls.windows()

    window.show_tick(True)

    assert window.strip.isVisible()
    assert window.strip.line.text() == (
        "KRITIS · Muka air Kandilo 3,42 m mencapai Siaga 1 (3,20 m) · belum diakui · 3 lagi"
    )


def test_a_calm_wall_has_no_strip(shown, walls_of):
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL))
    (window,) = walls.windows()

    window.show_tick(True)

    assert not window.strip.isVisible()


def test_what_somebody_wrote_of_an_incident_is_not_named(shown, walls_of):
    picture = Picture()
    picture.apply(a_report(0, title="Bu Rina 0812", place="Rumah Bu Rina"))
    walls = walls_of(shown(picture), Plugged(DESK, WALL))
    (window,) = walls.windows()

    window.show_tick(True)

    assert window.strip.line.text() == "KRITIS · Banjir · belum diakui"


def test_the_desk_s_replay_leaves_the_wall_live(shown, walls_of):
    front = shown(the_picture())
    walls = walls_of(front, Plugged(DESK, WALL))

    window = in_the_past(front, walls)

    assert not window.past
    assert window.desk.session.mode is Mode.LIVE


def test_a_replay_that_is_sent_carries_the_live_strip(shown, walls_of):
    front = shown(the_picture())
    walls = walls_of(front, Plugged(DESK, WALL))
    walls.send_replay(WALL.display)

    window = in_the_past(front, walls)

    assert window.past
    assert window.strip.line.text().startswith("LANGSUNG · KRITIS · Muka air Kandilo")


def test_a_replay_that_was_sent_is_taken_back_or_ends_with_that_of_the_desk(shown, walls_of):
    front = shown(the_picture())
    walls = walls_of(front, Plugged(DESK, WALL))
    front.desk.session.seek(NOON - HOUR)
    desk = walls.windows()[0].desk
    seen = []

    walls.send_replay(WALL.display)
    walls.take_back(WALL.display)
    seen.append(desk.session.mode)
    walls.send_replay(WALL.display)
    walls.look()
    seen.append(desk.session.mode)
    front.desk.session.live()
    walls.look()
    front.desk.session.seek(NOON - HOUR)
    walls.look()
    seen.append(desk.session.mode)

    assert seen == [Mode.LIVE, Mode.PAUSED, Mode.LIVE]


def test_a_panel_of_the_desk_is_shown_alone_and_stays_on_the_desk(shown, walls_of):
    front = shown(Picture())
    walls = walls_of(front, Plugged(DESK, WALL))

    walls.send_panel(WALL.display, "incidents", front.workspaces.board)

    assert walls.shown()[0].panels == ("incidents.incidents",)
    assert front.workspaces.board.page_of("incidents") is not None


def test_panels_on_the_wall_are_told_so(shown, walls_of):
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL))

    board = walls.hosts_on(WALL.display)

    assert [host.on_wall for _, host in board.hosts()] == [True]


def test_a_wall_that_is_unplugged_leaves_nothing_behind(shown, walls_of):
    front = shown(Picture())
    plugged = Plugged(DESK, WALL)
    walls = walls_of(front, plugged)
    before = len(front.panels.all())

    plugged.now = [DESK]
    walls.arrange()

    assert walls.windows() == []
    assert len(front.panels.all()) == before - 1


def test_a_workspace_that_is_none_is_told_and_changes_nothing(shown, walls_of):
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL))
    told = []
    walls.told.connect(lambda name, error: told.append(str(error)))

    sent = walls.send_workspace(WALL.display, "tidak-ada")

    assert (sent, on(walls)) == (False, ["Dinding"])
    assert "tidak-ada" in told[0]


def test_what_was_sent_does_not_rotate_away(shown, walls_of, clock):
    turns = (Turn(workspace=HOME, dwell_s=10), Turn(workspace="banjir", dwell_s=10))
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL), *turns)
    walls.send_workspace(WALL.display, "karhutla")

    clock.seconds = 1_000.0
    walls.look()

    assert on(walls) == ["Karhutla"]


def test_rotation_does_not_wait_for_less_than_a_critical_alarm(shown, walls_of, clock):
    picture = Picture()
    picture.apply(a_report(1))
    turns = (Turn(workspace=HOME, dwell_s=10), Turn(workspace="banjir", dwell_s=10))
    walls = walls_of(shown(picture), Plugged(DESK, WALL), *turns)

    clock.seconds = 10.0
    walls.look()

    assert on(walls) == ["Banjir"]
    assert walls.windows()[0].site.text() == "Paser"


def test_taking_back_what_nobody_sent_changes_nothing(shown, walls_of, clock):
    turns = (Turn(workspace=HOME, dwell_s=10), Turn(workspace="banjir", dwell_s=10))
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL), *turns)
    clock.seconds = 10.0
    walls.look()

    walls.take_back(WALL.display)

    assert on(walls) == ["Banjir"]


def test_a_panel_that_was_sent_stays_though_a_rule_s_workspace_would_have_gone(
    shown, walls_of, clock
):
    front = shown(Picture())
    walls = walls_of(front, Plugged(DESK, WALL))
    walls.send_workspace(WALL.display, "banjir", stay_s=60.0)
    walls.send_panel(WALL.display, "incidents", front.workspaces.board)

    clock.seconds = 100.0
    walls.look()

    assert walls.shown()[0].panels == ("incidents.incidents",)


def test_a_panel_that_was_sent_follows_the_room_though_that_of_the_desk_is_pinned(shown, walls_of):
    front = shown(Picture())
    walls = walls_of(front, Plugged(DESK, WALL))
    front.workspaces.board.host("incidents").pin(Pin.AREA, True)

    walls.send_panel(WALL.display, "incidents", front.workspaces.board)

    assert the_host(walls).view.pins == ()


def test_each_display_of_the_wall_shows_another_page(shown, walls_of):
    pages = (Page(name="Satu", layout=tabs("map")), Page(name="Dua", layout=tabs("incidents")))
    front = shown(Picture(), workspace("Halaman", *pages, types=PANELS))
    walls = walls_of(front, Plugged(DESK, WALL, WALL_2))

    for one in (WALL, WALL_2):
        walls.send_workspace(one.display, "halaman")

    assert [screen.panels for screen in walls.shown()] == [("map.map",), ("incidents.incidents",)]


def test_what_is_shown_is_locked_has_no_title_bars_and_is_in_the_wall_s_window(shown, walls_of):
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL))

    board, (window,) = walls.hosts_on(WALL.display), walls.windows()

    bars = [one for one in window.findChildren(QWidget) if "TitleBar" in kind_of(one)]
    assert board.locked
    assert bars
    assert not any(bar.isVisible() for bar in bars)
    assert the_host(walls).view.desk is window.desk


def test_no_window_of_a_single_panel_comes_with_a_page(shown, walls_of):
    alone = Floating(at=(0, 0, 200, 200), layout=tabs("incidents"))
    page = Page(layout=tabs("map"), floating=(alone,))
    front = shown(Picture(), workspace("Melayang", page, types=PANELS))
    walls = walls_of(front, Plugged(DESK, WALL))

    walls.send_workspace(WALL.display, "melayang")

    assert walls.hosts_on(WALL.display).read(lambda _page: QPoint()).pages[0].floating == ()


def test_a_place_is_shown_by_the_maps_of_one_display(shown, walls_of):
    walls = walls_of(shown(Picture(), panel="Placed"), Plugged(DESK, WALL, WALL_2))
    hosts = [the_host(walls, one) for one in (WALL, WALL_2)]
    for host in hosts:
        host.draw(frame_of(host))

    walls.go_to(WALL.display, 116.1, -1.8, 12.0)

    assert [host.panel.places for host in hosts] == [[(116.1, -1.8, 12.0)], []]


def test_a_display_that_has_only_the_connector_of_a_wall_is_none(shown, walls_of):
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL))

    assert not walls.is_wall(Display(connector="WALL", width_mm=300, height_mm=200))
    assert walls.is_wall(Display(connector="OTHER", width_mm=1210, height_mm=680))


def test_it_looks_by_itself_until_it_is_stopped_and_takes_its_windows_away(shown, walls_of):
    walls = walls_of(shown(Picture()), Plugged(DESK, WALL))

    walls.start()
    runs, (window,) = walls._timer.isActive(), walls.windows()
    walls.stop()

    assert runs
    assert not walls._timer.isActive()
    assert not window.isVisible()
    assert walls.windows() == []


def test_a_wall_that_is_plugged_in_is_filled(shown, walls_of):
    plugged = Plugged(DESK)
    walls = walls_of(shown(Picture()), plugged)

    plugged.now = [DESK, WALL]
    plugged.changed.emit()

    assert on(walls) == ["Dinding"]


def test_it_says_the_name_of_a_delivered_workspace_in_the_language_of_the_screen(shown, walls_of):
    front = shown(Picture(), workspace("Flood", Page(layout=tabs("map")), types=PANELS))
    walls = walls_of(front, Plugged(DESK, WALL))
    walls.send_workspace(WALL.display, "flood")

    before = walls.windows()[0].said.text()
    front.desk.speak("en")
    walls.speak()

    assert (before, walls.windows()[0].said.text()) == ("Banjir", "Flood")


def test_it_does_not_say_what_people_call_their_own(shown, walls_of):
    front = shown(Picture())
    own = workspace("Regu Pak Budi", Page(layout=tabs("map")), types=PANELS)
    id = front.workspaces.store.duplicate(own, own.name)
    walls = walls_of(front, Plugged(DESK, WALL))

    walls.send_workspace(WALL.display, id)

    assert on(walls) == ["Regu Pak Budi"]
    assert walls.windows()[0].said.text() == ""


def test_of_a_panel_it_says_the_type_and_not_what_people_call_it(shown, walls_of):
    front = shown(Picture())
    front.workspaces.board.host("incidents").retitle("Regu Pak Budi")
    walls = walls_of(front, Plugged(DESK, WALL))

    walls.send_panel(WALL.display, "incidents", front.workspaces.board)

    assert walls.windows()[0].said.text() == "incidents.incidents"
    assert the_host(walls).name == "incidents.incidents"
