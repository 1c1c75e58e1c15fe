"""A style turns columns of attributes into looks, and tells its legend."""

import numpy as np
import pytest

from paser_command.maps.definition import CategoryRule, ClassRule, Style
from paser_command.maps.styles import Key, keys, looks

PEOPLE = np.array([50.0, 100.0, 4999.0, 5000.0, np.nan])
KIND = np.array(["jalan", "sungai", None, 3.0, "jalan"], object)
CLASSES = ClassRule(field="jiwa", breaks=(100.0, 5000.0), colours=("#111111", "#222222", "#333333"))
CATEGORIES = CategoryRule(
    field="jenis", colours={"jalan": "#aaaaaa", "3": "#bbbbbb"}, other="#ccc000"
)


def colours(style, fields, count=5):
    made = looks(style, fields, count)
    return [made.palette[index] for index in made.colour]


def test_a_break_belongs_to_the_class_above_it_and_no_number_to_none():
    style = Style(colour="#000000", rule=CLASSES)

    assert colours(style, {"jiwa": PEOPLE}) == [
        "#111111",
        "#222222",
        "#222222",
        "#333333",
        "#000000",
    ]


def test_numbers_in_texts_are_numbers():
    column = np.array(["50", " 100 ", "1e4", "many", None], object)

    found = colours(Style(colour="#000000", rule=CLASSES), {"jiwa": column})

    assert found == ["#111111", "#222222", "#333333", "#000000", "#000000"]


def test_each_category_has_its_colour_and_the_rest_another():
    found = colours(Style(rule=CATEGORIES), {"jenis": KIND})

    assert found == ["#aaaaaa", "#ccc000", "#ccc000", "#bbbbbb", "#aaaaaa"]


def test_a_field_that_is_not_there_styles_nothing():
    style = Style(colour="#010203", rule=CLASSES, size_field="gone", label_field="gone")

    made = looks(style, {}, 2)

    assert colours(style, {}, 2) == ["#010203", "#010203"]
    assert made.size_px.tolist() == [8.0, 8.0]
    assert made.label is None


def test_the_area_of_a_point_grows_with_its_number():
    style = Style(size_field="jiwa", size_px=4.0, most_size_px=20.0)

    size_px = looks(style, {"jiwa": np.array([0.0, 50.0, 100.0, np.nan])}, 4).size_px

    assert size_px.tolist() == pytest.approx([4.0, ((16 + 400) / 2) ** 0.5, 20.0, 4.0])


def test_numbers_that_are_all_alike_have_the_least_size():
    size_px = looks(Style(size_field="x"), {"x": np.array([7.0, 7.0])}, 2).size_px

    assert size_px.tolist() == [8.0, 8.0]


def test_labels_are_texts_without_needless_points():
    column = np.array(["Kuaro", 3.0, 2.5, None, np.nan], object)

    made = looks(Style(label_field="x"), {"x": column}, 5)

    assert made.label is not None
    assert made.label.tolist() == ["Kuaro", "3", "2.5", "", ""]


def test_the_legend_has_a_line_for_each_colour():
    assert keys(Style(colour="#010203")) == (Key("#010203"),)
    assert keys(Style(rule=CLASSES)) == (
        Key("#111111", high=100.0),
        Key("#222222", low=100.0, high=5000.0),
        Key("#333333", low=5000.0),
    )
    assert keys(Style(rule=CATEGORIES)) == (
        Key("#aaaaaa", value="jalan"),
        Key("#bbbbbb", value="3"),
        Key("#ccc000"),
    )
