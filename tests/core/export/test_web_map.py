"""A web map is one file that names what it shows, and nothing on it needs or gives an address."""

import json
import re
from html.parser import HTMLParser

import pytest

from paser_command.errors import InputError
from paser_command.export import page as page_module
from paser_command.export.exports import Exports
from paser_command.export.page import inert_json
from paser_command.export.web_map import WebMap, web_map
from paser_command.language import Language
from paser_command.times import HOUR
from paser_map.drawing.ink import COLOURS
from paser_ui.theme.tokens import DARK
from tests.core.export.rooms import LATER, afternoon, evening, origin, room
from tests.records import START


class Reading(HTMLParser):
    """Reads a page: tags with their attributes, the title, and the picture's JSON."""

    def __init__(self, html):
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, str] = {}
        self._within = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self._within = dict(attrs).get("id") or tag

    def handle_endtag(self, _tag):
        self._within = ""

    def handle_data(self, data):
        self.texts[self._within] = self.texts.get(self._within, "") + data

    @property
    def picture(self):
        return json.loads(self.texts["picture"])


@pytest.fixture
def journal(tmp_path):
    made = room(tmp_path, (START, afternoon()), (LATER, evening()))
    yield made
    made.close()


def made(journal, code="id", **wanted):
    """Return the page, read."""
    asked = WebMap(**({"title": "Banjir Kandilo", "start": LATER, "end": LATER} | wanted))  # type: ignore[arg-type]
    return Reading(web_map(origin(journal), asked, Language(code), lambda _: None).decode())


def test_no_tag_names_an_address(journal):
    page = made(journal)

    named = {name for _, attributes in page.tags for name in attributes}
    assert not named & {"src", "href", "action", "data", "background", "style", "onload"}
    assert "url(" not in page.texts["style"]
    assert "@import" not in page.texts["style"]


def test_its_policy_stands_before_all_that_could_run_and_lets_nothing_load(journal):
    page = made(journal)

    names = [tag for tag, _ in page.tags]
    policies = [
        (index, attributes["content"])
        for index, (_, attributes) in enumerate(page.tags)
        if attributes.get("http-equiv") == "Content-Security-Policy"
    ]
    [(index, policy)] = policies
    assert index < min(names.index("script"), names.index("style"))
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_it_says_what_it_is_where_when_and_whose_data_it_has(journal):
    picture = made(journal).picture

    assert picture["title"] == "Banjir Kandilo"
    assert picture["about"].startswith("Kabupaten Paser · keadaan 20 Nov 11.30.00 WITA · dibuat ")
    assert picture["sources"] == (
        "Sumber muka-air · GSHHG (LGPL) · GeoNames (CC BY 4.0) · batas kecamatan: skematis · "
        "Leaflet 1.9.3 (BSD-2-Clause)"
    )
    assert picture["exercise"] == ""


def test_an_exercise_is_marked_as_one(tmp_path):
    drill = room(tmp_path, (START, afternoon()), purpose="banjir-kandilo")

    assert made(drill).picture["exercise"] == "LATIHAN"
    drill.close()


def test_a_time_span_has_its_moments_in_words(journal):
    picture = made(journal, "en", start=START, end=LATER).picture

    labels = [moment["label"] for moment in picture["moments"]]
    assert labels[0] == "Friday, 20 November 2026 · 11:00:00 WITA"
    assert labels[-1] == "Friday, 20 November 2026 · 11:30:00 WITA"
    assert "20 Nov 11:00:00 to 20 Nov 11:30:00 WITA" in picture["about"]


def test_a_span_without_an_end_in_order_is_refused(journal):
    with pytest.raises(InputError, match="choose a later end"):
        made(journal, start=LATER + HOUR)


def test_nothing_can_end_the_script_that_holds_the_picture():
    value = {"text": "</script><!--\u2028\u2029&<>]]>"}

    told = inert_json(value)

    assert not set("<>&\u2028\u2029") & set(told)
    assert json.loads(told) == value


@pytest.mark.parametrize("text", ["{{ 7 * 7 }}", "{% raw %}", "{# #}", "@@POLICY@@", "@@PAGE_JS@@"])
def test_a_text_is_no_template(tmp_path, text):
    hostile = room(tmp_path, (START, afternoon()))

    page = made(hostile, title=text)

    assert page.picture["title"] == text
    assert page.texts["title"].startswith(text)
    hostile.close()


def test_the_page_has_the_console_s_colours():
    program = page_module._trusted()["PAGE_JS"]
    scale = [DARK.data_point, DARK.low, DARK.medium, DARK.high, DARK.critical]

    inks = re.search(r"const INK = \[(.*)\]", program)
    drawn = re.search(r"const DRAWN = \[null, (.*)\]", program)

    assert inks is not None
    assert json.loads(f"[{inks[1]}]") == [colour.name() for colour in scale]
    assert drawn is not None
    assert json.loads(f"[{drawn[1]}]") == [colour.name() for colour in COLOURS.values()]


def test_a_cancelled_export_writes_nothing_and_is_no_error(journal, tmp_path):
    exports = Exports(origin(journal))
    asked = WebMap(title="x", start=START, end=LATER)

    export = exports.web_map(asked, Language("id"), tmp_path / "map.html")
    export.cancel()
    exports.close()

    assert (export.done, export.written, export.error) == (True, False, None)
    assert not (tmp_path / "map.html").exists()


def test_why_an_export_failed_can_be_told(journal, tmp_path):
    exports = Exports(origin(journal))

    export = exports.file(b"body", tmp_path / "nowhere" / "map.png")
    exports.close()

    assert isinstance(export.error, InputError)
    assert not export.written


def test_an_export_that_was_written_says_so(journal, tmp_path):
    exports = Exports(origin(journal))
    path = tmp_path / "map.html"

    export = exports.web_map(WebMap(title="x", start=LATER, end=LATER), Language("id"), path)
    while not export.done:
        assert export.share <= 1.0
    exports.close()

    assert (export.written, export.share) == (True, 1.0)
    assert path.read_bytes().startswith(b"<!DOCTYPE html>")
