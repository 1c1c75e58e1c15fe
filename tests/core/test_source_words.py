"""What sources call limits and units has words of its own in both languages."""

import pytest

from paser_command.language import Language
from paser_command.picture.source_words import source_word
from paser_command.picture.values import value_text


@pytest.mark.parametrize(
    ("said", "english", "indonesian"),
    [
        ("mm/jam", "mm/h", "mm/jam"),
        ("mm/h", "mm/h", "mm/jam"),
        ("Hujan sangat lebat", "Very heavy rain", "Hujan sangat lebat"),
        ("Siaga 1", "Alert 1", "Siaga 1"),
        ("Sedang", "Moderate air", "Udara sedang"),
        ("Tingkat {0} kami", "Tingkat {0} kami", "Tingkat {0} kami"),
        ("Low", "Low", "Low"),
        ("", "", ""),
    ],
)
def test_a_word_of_a_source_is_said_in_the_screens_language(
    said: str, english: str, indonesian: str
):
    assert source_word(Language("en"), said) == english
    assert source_word(Language("id"), said) == indonesian


def test_a_class_of_the_air_is_not_called_what_a_severity_is():
    language = Language("id")

    assert source_word(language, "Sedang") != language.tr("Medium")


def test_a_value_has_its_unit_in_the_screens_language():
    assert value_text(Language("en"), 25.3, "mm/jam") == "25.3 mm/h"
    assert value_text(Language("id"), 25.3, "mm/h") == "25,3 mm/jam"
