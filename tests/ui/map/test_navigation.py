"""The view goes where it is sent, smoothly, and finds back and forth."""

import pytest

from paser_command.geo import Box
from paser_map.navigation import Navigation
from paser_map.view import MOST_ZOOM

HOME = Box(115.6, -2.5, 116.7, -0.8)


@pytest.fixture
def navigation():
    navigation = Navigation(HOME)
    navigation.resize(800, 600)
    return navigation


def settle(navigation):
    views = []
    while navigation.moving:
        navigation.step()
        views.append(navigation.view)
    return views


def test_a_zoom_goes_in_steps_to_its_goal_about_the_pointer(navigation):
    before, zoom = navigation.view.to_degrees(200, 100), navigation.view.zoom
    navigation.zoom(1.0, 200, 100)
    goal = navigation.goal

    views = settle(navigation)

    assert len(views) > 4
    assert navigation.view.zoom == pytest.approx(zoom + 1.0)
    assert (navigation.view.x, navigation.view.y) == pytest.approx((goal.x, goal.y), abs=1e-3)
    for view in views:
        assert view.to_degrees(200, 100) == pytest.approx(before, abs=1e-9)


def test_turns_of_the_wheel_add_up_and_end_at_the_closest(navigation):
    zoom = navigation.view.zoom
    navigation.zoom(0.5, 0, 0)
    navigation.step()
    navigation.zoom(0.5, 0, 0)
    settle(navigation)
    assert navigation.view.zoom == pytest.approx(zoom + 1.0)

    navigation.zoom(99.0, 0, 0)
    settle(navigation)

    assert navigation.view.zoom == MOST_ZOOM


def test_a_glide_ends_where_it_was_sent(navigation):
    wanted = navigation.view.panned(80, -40)

    navigation.glide(80, -40)
    settle(navigation)

    assert (navigation.view.x, navigation.view.y) == pytest.approx((wanted.x, wanted.y))


def test_back_and_forward_lead_through_the_views(navigation):
    first = navigation.view
    navigation.jump(first.panned(100, 0))
    second = navigation.view
    navigation.jump(second.panned(100, 0))
    third = navigation.view

    navigation.back()
    assert navigation.view == second
    navigation.back()
    assert navigation.view == first
    navigation.back()
    assert navigation.view == first
    navigation.forward()
    navigation.forward()
    assert navigation.view == third
    navigation.forward()
    assert navigation.view == third


def test_a_move_from_an_earlier_view_ends_the_way_forward(navigation):
    first = navigation.view
    navigation.jump(first.panned(100, 0))
    navigation.back()
    navigation.jump(first.panned(0, 50))
    there = navigation.view

    navigation.forward()

    assert navigation.view == there
