"""Layers keep a row, groups stay together, and what comes from elsewhere overwrites nothing."""

import pytest

from paser_command.maps.arrangement import (
    fresh_id,
    gathered,
    group_moved,
    group_shifted,
    merged,
    moved,
    replaced,
    shifted,
)
from paser_command.maps.definition import FileSource, LayerDefinition


def layer(layer_id, group="", path="/a"):
    return LayerDefinition(id=layer_id, name=layer_id, group=group, source=FileSource(path=path))


def row(text):
    """Return layers from "a b g:c g:d"."""
    parts = [part.rpartition(":") for part in text.split()]
    return tuple(layer(name, group) for group, _, name in parts)


def told(layers):
    return " ".join(f"{one.group}:{one.id}" if one.group else one.id for one in layers)


ROW = row("a b g:c g:d e")


def test_a_group_stands_where_its_first_layer_stood():
    assert told(gathered(row("a g:b c g:d e"))) == "a g:b g:d c e"


@pytest.mark.parametrize(
    ("layer_id", "before", "group", "after"),
    [
        ("e", "a", "", "e a b g:c g:d"),
        ("a", None, "", "b g:c g:d e a"),
        ("a", "away", "", "b g:c g:d e a"),
        ("a", "d", "g", "b g:c g:a g:d e"),
        ("e", None, "g", "a b g:c g:d g:e"),
        ("c", "a", "", "c a b g:d e"),
        ("a", None, "new", "b g:c g:d e new:a"),
        ("d", "c", "g", "a b g:d g:c e"),
    ],
)
def test_a_layer_moves_to_where_it_is_put(layer_id, before, group, after):
    assert told(moved(ROW, layer_id, before, group)) == after


def test_a_group_moves_as_one():
    assert told(group_moved(ROW, "g", "a")) == "g:c g:d a b e"
    assert told(group_moved(ROW, "g", None)) == "a b e g:c g:d"
    assert told(group_shifted(ROW, "g", -1)) == "a g:c g:d b e"
    assert told(group_shifted(ROW, "g", 1)) == "a b e g:c g:d"


@pytest.mark.parametrize(
    ("layer_id", "steps", "after"),
    [
        ("a", 1, "b a g:c g:d e"),
        ("a", -1, "a b g:c g:d e"),
        ("b", 1, "a g:c g:d b e"),
        ("e", -1, "a b e g:c g:d"),
        ("e", 1, "a b g:c g:d e"),
        ("c", 1, "a b g:d g:c e"),
        ("c", -1, "a b g:c g:d e"),
    ],
)
def test_a_step_passes_a_neighbour_or_a_whole_group(layer_id, steps, after):
    assert told(shifted(ROW, layer_id, steps)) == after


def test_a_new_definition_takes_the_place_of_the_old():
    assert told(replaced(ROW, layer("b", "g"))) == "a g:b g:c g:d e"


def test_what_comes_replaces_the_same_layer_and_spares_another():
    same, other, new = layer("a", "x"), layer("b", path="/other"), layer("n")

    after = merged(row("a b"), (same, other, new))

    assert told(after) == "b-2 n x:a b"
    assert after[0].source == FileSource(path="/other")


def test_an_id_is_made_of_the_name():
    assert fresh_id("Batas Désa (2026)", ()) == "batas-d-sa-2026"
    assert fresh_id("村", ()) == "layer"
    assert fresh_id("a", {"a", "a-2"}) == "a-3"
    assert len(fresh_id("x" * 200, {"x" * 55})) <= 60
