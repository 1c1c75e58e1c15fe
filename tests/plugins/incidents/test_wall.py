"""On the wall the list has no word of whoever reported, and nothing to press."""

import msgspec
from PySide6.QtCore import Qt

from paser_plugins.incidents.words import public_headline
from tests.plugins.panel_kit import frame, picture_of, report


def on_wall(picture):
    return msgspec.structs.replace(frame(picture), wall=True)


def told(panel):
    """Return what the first row is called, and what a screen reader says of it."""
    index = panel._view.model().index(0, 0)
    roles = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
    return [index.data(role) for role in roles]


def test_a_row_tells_the_category_and_the_district_and_no_word_of_the_report(panel, context):
    picture = picture_of(report("one", district="64.01.06", district_name="Long Ikis"))
    (incident,) = picture.incidents.values()

    panel.render_frame(on_wall(picture))

    assert public_headline(context.tr, incident).line == "Banjir · Long Ikis"
    assert all("Banjir · Long Ikis" in words for words in told(panel))
    assert not any(incident.title in words or incident.place in words for words in told(panel))


def test_search_detail_and_notes_are_away_on_the_wall_and_back_at_the_desk(panel):
    picture = picture_of(report("one"))

    panel.render_frame(on_wall(picture))
    hidden = (panel._head.isHidden(), panel._detail.isHidden())
    panel.render_frame(frame(picture))

    assert hidden == (True, True)
    assert not panel._head.isHidden()
    assert "Banjir one" in told(panel)[0]


def test_the_wall_lists_all_that_is_open_whatever_somebody_searched_for(panel):
    panel.restore_state({"words": "Kuaro"})

    panel.render_frame(on_wall(picture_of(report("one"), report("two"))))

    assert panel._view.model().rowCount() == 2
