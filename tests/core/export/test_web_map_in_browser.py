"""A real browser opens the page: it shows the picture, asks nobody, and runs no text of a feed."""

import os
import re
from pathlib import Path

import pytest

from paser_command.export import page as page_module
from paser_command.export.web_map import WebMap, web_map
from paser_command.language import Language
from paser_command.records import Command, Limit, Record, Severity
from paser_command.times import MINUTE
from tests.browser import browser, listener, missing
from tests.core.export.payloads import HOST, payloads
from tests.core.export.rooms import (
    LATER,
    afternoon,
    alert,
    drawing,
    evening,
    health,
    origin,
    road,
    room,
    stream,
    unit,
)
from tests.records import START, flood

OPEN_ALL = """(async () => {
  document.querySelector('#list').open = true;
  await new Promise(done => setTimeout(done, 50));
  const ticks = [...document.querySelectorAll('#layers input')];
  const only = wanted =>
    ticks.forEach(tick => (tick.checked !== (tick === wanted)) && tick.click());
  const told = [];
  for (const tick of ticks) {
    only(tick);
    for (const button of document.querySelectorAll('#list button')) {
      button.click();
      told.push(document.querySelector('.leaflet-popup-content').textContent);
    }
  }
  return told;
})()"""

MOVE = """(number => {
  const slider = document.querySelector('#time input');
  slider.value = number;
  slider.dispatchEvent(new Event('input'));
  return document.querySelector('#time output').textContent;
})(%d)"""

LEGEND = """Object.fromEntries([...document.querySelectorAll('#layers label')].map(
  row => [row.children[2].textContent, Number(row.querySelector('.count').textContent)]))"""


@pytest.fixture(scope="module")
def wire(tmp_path_factory):
    """A browser, and all that was asked of the only network that it has."""
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    folder = tmp_path_factory.mktemp("browser")
    with listener() as (port, heard), browser(folder, port) as opened:
        yield opened, heard


@pytest.fixture
def chromium(wire):
    """The browser alone."""
    return wire[0]


def made(folder: Path, journal, *, language="id", **wanted: object) -> Path:
    """Return the file of a journal's web map."""
    asked = WebMap(**({"title": "Banjir", "start": LATER, "end": LATER} | wanted))  # type: ignore[arg-type]
    path = folder / "map.html"
    path.write_bytes(web_map(origin(journal), asked, Language(language), lambda _: None))
    return path


def hostile_room(folder: Path):
    """Return a journal in which every text of each kind of thing is hostile."""
    records: list[Record] = []
    for number, text in enumerate(payloads()):
        limit = Limit(text, 0.5, Severity.HIGH)
        records += [
            flood(f"warga/{number}", title=text, place=text, text=text, status=text),
            stream(f"{number}/a", name=text, unit=text, limits=(limit,)),
            alert(f"cap/{number}", headline=text, event=text, sender=text, area=text),
            road(f"jalan/{number}", name=text, layer=text, properties={text: text}),
            unit(f"armada/{number}", name=text, status=text),
            drawing(f"drawing/{number}", name=text[:200]),
            Command(
                feed="console",
                key=text,
                at=START,
                verb="acknowledge",
                subject=f"warga/{number}",
                who=text,
                seat=text,
            ),
            health(text),
        ]
    return room(folder, (START, records))


def test_the_page_shows_what_the_picture_has(chromium, tmp_path):
    path = made(tmp_path, room(tmp_path, (START, afternoon()), (LATER, evening())))

    chromium.open(path)

    assert chromium.run(LEGEND) == {
        "Insiden": 2,
        "Satuan": 1,
        "Muka air": 1,
        "Peringatan": 1,
        "Gambar": 1,
        "Lapisan": 1,
    }
    told = chromium.run(OPEN_ALL)
    assert any("Muka air Kandilo3,40 m" in box for box in told)
    assert (chromium.asked, chromium.complaints) == ([path.as_uri()], [])


def test_the_slider_goes_through_the_time_span_and_back(chromium, tmp_path):
    journal = room(tmp_path, (START, afternoon()), (LATER, evening()))
    chromium.open(made(tmp_path, journal, start=START, end=LATER + MINUTE))
    last = chromium.run("Number(document.querySelector('#time input').max)")

    labels, incidents = [], []
    for number in (0, last, 0):
        labels.append(chromium.run(MOVE % number))
        incidents.append(chromium.run(LEGEND)["Insiden"])

    assert [label[-13:] for label in labels] == ["11.00.00 WITA", "11.31.00 WITA", "11.00.00 WITA"]
    assert incidents == [1, 2, 1]
    assert chromium.complaints == []


def test_none_of_a_hundred_payloads_in_every_text_runs(wire, tmp_path):
    opened, heard = wire
    path = made(tmp_path, hostile_room(tmp_path), title=payloads()[6], personal=True)
    heard.clear()

    opened.open(path)
    told = opened.run(OPEN_ALL)

    assert len(told) == 6 * len(payloads())
    assert opened.run("document.title").startswith("<img src=x")
    assert opened.run("document.querySelectorAll('img, iframe, base, link, form').length") == 0
    assert opened.asked == [path.as_uri()]
    assert not [asked for asked in heard if HOST in asked]
    assert opened.complaints == []


def test_its_policy_alone_holds_where_a_text_became_html(wire, tmp_path, monkeypatch):
    opened, heard = wire
    trusted = page_module._trusted()
    careless = trusted["PAGE_JS"].replace("made.textContent = text", "made.innerHTML = text")
    monkeypatch.setattr(page_module, "_trusted", lambda: trusted | {"PAGE_JS": careless})
    path = made(tmp_path, hostile_room(tmp_path))
    heard.clear()

    opened.open(path)
    opened.run("document.querySelector('#list').open = true")
    opened.run("new Promise(done => setTimeout(done, 300))")

    assert careless != trusted["PAGE_JS"]
    assert opened.run("document.querySelectorAll('#list img').length") > 0
    assert opened.run("document.title") != "hit"
    # No policy knows of a refresh, which only goes elsewhere and takes nothing with it.
    refreshes = [text for text in payloads() if "http-equiv=refresh" in text]
    assert not [asked for asked in heard if HOST in asked and asked not in str(refreshes)]


def unsafe(html: str) -> str:
    """Return the page as one that puts texts on it as HTML, without a policy."""
    without_policy = re.sub(r"<meta http-equiv=\"Content-Security-Policy\"[^>]*>", "", html)
    return without_policy.replace("made.textContent = text", "made.innerHTML = text")


def test_the_same_payloads_run_on_a_page_that_is_not_careful(wire, tmp_path):
    """The last: what it asks for may still be on its way when it is over."""
    opened, heard = wire
    path = made(tmp_path, hostile_room(tmp_path))
    path.write_text(unsafe(path.read_text(encoding="utf-8")), encoding="utf-8")
    heard.clear()

    opened.open(path)
    opened.run("document.querySelector('#list').open = true")
    opened.run("new Promise(done => setTimeout(done, 300))")

    assert opened.run("document.title") == "hit"
    assert [asked for asked in heard if HOST in asked]
