"""On the wall the list has no word of whoever reported, and nothing to press."""

import msgspec

from paser_plugins.incidents.words import public_line
from tests.plugins.panel_kit import frame, picture_of, report


def on_wall(picture):
    return msgspec.structs.replace(frame(picture), wall=True)


def test_a_row_tells_the_category_and_no_word_of_the_report(panel):
    picture = picture_of(report("one"))
    (incident,) = picture.incidents.values()

    panel.render_frame(on_wall(picture))

    assert panel._rows.public
    assert incident.title not in public_line(lambda text: text, incident)


def test_search_detail_and_notes_are_away_on_the_wall_and_back_at_the_desk(panel):
    picture = picture_of(report("one"))

    panel.render_frame(on_wall(picture))
    hidden = (panel._head.isHidden(), panel._detail.isHidden())
    panel.render_frame(frame(picture))

    assert hidden == (True, True)
    assert not panel._head.isHidden()
    assert not panel._rows.public
