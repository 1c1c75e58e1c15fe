"""A person's own keys go before the delivered ones; a key that two acts claim is named."""

import pytest

from paser_ui.acts.act import Act
from paser_ui.acts.key_words import key_text
from paser_ui.acts.keymap import Clash, holder_of, keymap, normal


def act(act_id, key="", **values):
    return Act(id=act_id, words=act_id, group="Test", run=lambda: None, key=key, **values)


def test_an_act_has_its_delivered_keys():
    found = keymap([act("clock.live", "Escape", also=("L",)), act("other.none")], {})

    assert found.keys == {"clock.live": ("Esc", "L"), "other.none": ()}
    assert (found.clashes, found.faults) == ((), ())


def test_an_own_key_stands_in_place_of_all_delivered_ones():
    found = keymap([act("clock.live", "Escape", also=("L",))], {"clock.live": "ctrl+b"})

    assert found.keys["clock.live"] == ("Ctrl+B",)


def test_an_empty_own_key_is_none():
    assert keymap([act("clock.live", "Escape")], {"clock.live": ""}).keys["clock.live"] == ()


def test_of_two_delivered_keys_the_first_act_has_it_and_the_clash_is_named():
    found = keymap([act("b.two", "Ctrl+K"), act("a.one", "Ctrl+K")], {})

    assert found.keys == {"a.one": ("Ctrl+K",), "b.two": ()}
    assert found.clashes == (Clash("Ctrl+K", "a.one", "b.two"),)


def test_an_own_key_wins_over_a_delivered_one():
    found = keymap([act("a.one", "Ctrl+K"), act("b.two")], {"b.two": "Ctrl+K"})

    assert found.keys == {"a.one": (), "b.two": ("Ctrl+K",)}


def test_keys_of_two_panels_never_meet_but_those_of_the_desk_meet_both():
    panels = [act("map/find", "Ctrl+F", scope="map"), act("list/find", "Ctrl+F", scope="list")]

    apart = keymap(panels, {})
    met = keymap([*panels, act("a.all", "Ctrl+F")], {})

    assert apart.clashes == ()
    assert {clash.other for clash in met.clashes} == {"map/find", "list/find"}


def test_of_panels_of_one_kind_the_one_used_last_has_the_key():
    first, second = (
        act(f"{panel}/map.search", "Ctrl+G", kind="map.search") for panel in ("a", "b")
    )

    delivered = keymap([first, second], {})
    used = keymap([first, second], {}, {"map.search": "b/map.search"})

    assert delivered.keys == {"a/map.search": ("Ctrl+G",), "b/map.search": ()}
    assert used.keys == {"a/map.search": (), "b/map.search": ("Ctrl+G",)}
    assert delivered.clashes == used.clashes == ()
    assert holder_of({one.id: one for one in (first, second)}, used.keys, "Ctrl+G", first) is None


@pytest.mark.parametrize("damaged", ["Ctrl+", "no key at all", "Ctrl+K, Ctrl+L", "x" * 5_000])
def test_a_damaged_entry_is_told_and_the_delivered_key_stays(damaged):
    found = keymap([act("a.one", "Ctrl+K")], {"a.one": damaged})

    assert found.keys["a.one"] == ("Ctrl+K",)
    assert len(found.faults) == 1
    assert "a.one" in str(found.faults[0])


def test_a_key_of_an_act_that_is_not_here_is_no_fault():
    assert keymap([act("a.one")], {"plugin.away": "Ctrl+J"}).faults == ()


@pytest.mark.parametrize(
    ("text", "key"), [("ctrl+k", "Ctrl+K"), ("F1", "F1"), ("Ctrl++", "Ctrl++"), ("", "")]
)
def test_a_key_has_one_way_to_be_written(text, key):
    assert normal(text) == key


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("Ctrl+Left", "Ctrl+←"),
        ("Ctrl++", "Ctrl++"),
        ("+", "+"),
        ("Space", "<Space>"),
        ("Shift+Return", "Shift+<Enter>"),
        ("F1", "F1"),
    ],
)
def test_a_key_is_shown_as_it_is_printed_on_the_keyboard(key, shown):
    assert key_text(key, lambda word: f"<{word}>") == shown
