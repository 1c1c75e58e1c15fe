"""The features of files on the map are found by their names, as far as they were read."""

from collections import Counter

import msgspec
import numpy as np
import shapely

from paser_command.maps.definition import Style
from paser_command.maps.search import SearchIndex
from paser_command.maps.vector.building import Batch, Builder
from paser_command.maps.vector.systems import system_of, to_degrees
from paser_map.finding.file_names import MOST_NAMES, FileNames
from paser_map.shapes import ShapeLayer


class Villages:
    """A layer of a file that is still being read."""

    kind = "layer/villages"

    def __init__(self, *names):
        self.read = list(names)

    def names(self, start, most):
        return self.read[start : start + most]


def found(index, text):
    return [(one.kind, one.key, one.name) for one in index.find(text, 9)]


def test_a_village_is_found_by_its_number():
    index = SearchIndex(())
    files = FileNames(index)

    files.show([(Villages("Janju", "", "Modang"), "Desa")])

    assert files.follow()
    assert found(index, "modang") == [("layer/villages", "2", "Modang")]
    assert found(index, "desa janju") == [("layer/villages", "0", "Janju")]


def test_what_is_read_later_is_found_later():
    index, villages = SearchIndex(()), Villages("Janju")
    files = FileNames(index)
    files.show([(villages, "Desa")])
    files.follow()
    assert not files.follow()

    villages.read.append("Modang")

    assert files.follow()
    assert found(index, "modang") == [("layer/villages", "1", "Modang")]


def test_a_layer_that_is_taken_off_is_found_no_more():
    index = SearchIndex(())
    files = FileNames(index)
    files.show([(Villages("Janju"), "Desa")])
    files.follow()

    files.show([])

    assert not files.follow()
    assert found(index, "janju") == []


def test_of_a_file_with_very_many_features_some_names_are_searched():
    index = SearchIndex(())
    files = FileNames(index)
    files.show([(Villages(*(f"x{n}" for n in range(MOST_NAMES + 500))), "Desa")])

    while files.follow():
        pass

    assert len(index.find("x", MOST_NAMES * 2)) == MOST_NAMES


def test_people_are_told_what_the_layer_is_called():
    files = FileNames(SearchIndex(()))
    files.show([(Villages("Janju"), "Desa Paser")])

    assert files.word("layer/villages") == "Desa Paser"


def test_a_layers_names_run_through_the_pieces_of_its_file():
    builder = Builder(to_degrees(system_of("EPSG:4326")), Counter())

    def piece(first, *names):
        places = np.array([shapely.Point(116.0, -1.9)] * len(names), object)
        shapes = builder.build(Batch(places, {"nama": list(names)}, 1.0))
        return msgspec.structs.replace(shapes, first=first)

    layer = ShapeLayer("layer/x", Style())
    layer.add(piece(0, "a", "b", "", "d", "e"))
    layer.add(piece(5, "f", "g"))

    assert layer.names(0, 100) == ["a", "b", "", "d", "e", "f", "g"]
    assert layer.names(3, 3) == ["d", "e", "f"]
    assert layer.names(7, 3) == []
