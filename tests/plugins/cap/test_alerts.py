"""Promise: every warning in force that concerns the area comes once, with its areas apart."""

import pytest

from paser_command.api import (
    HOUR,
    Alert,
    Circle,
    FeedError,
    Severity,
    decode_xml,
    parse_time,
)
from paser_plugins.cap.alert import parse_alert
from paser_plugins.cap.index import parse_index
from tests.hostile.feeds import context_for, feed_of, passed_by, polled
from tests.hostile.samples import ALERT, INDEX
from tests.hostile.server import HostileServer, Reply

ITEM = "<item><title>{0}</title><link>/{0}.xml</link></item>"


def alerts_in(body: bytes, **kwargs) -> list[Alert]:
    return list(parse_alert(decode_xml(body), context_for("cap", **kwargs)))


def numbered(number: int) -> bytes:
    return ALERT.replace(b"2.49.0.1.360.0.2026.02.16.16.36.004", b"alert-%d" % number)


def index_of(*names: str) -> bytes:
    return f"<rss><channel>{''.join(map(ITEM.format, names))}</channel></rss>".encode()


def test_a_warning_comes_whole():
    (alert,) = alerts_in(ALERT)

    assert alert.key == "f/2.49.0.1.360.0.2026.02.16.16.36.004"
    assert alert.at == alert.effective == parse_time("2026-02-16T15:50:00Z")
    assert alert.expires == alert.at + 3 * HOUR
    assert (alert.event, alert.severity) == ("Hujan Lebat dan Petir", Severity.MEDIUM)
    assert (alert.urgency, alert.certainty) == ("Immediate", "Observed")
    assert (alert.sender, alert.area) == ("BMKG", "Kalimantan Timur")
    assert alert.description == "Potensi hujan lebat di Tanah Grogot & Kuaro."
    assert alert.web.startswith("https://nowcasting.bmkg.go.id/")
    assert alert.circles == (Circle(116.19, -1.91, 12_500.0),)


def test_unnamed_polygons_stay_apart_longitude_first():
    (alert,) = alerts_in(ALERT)

    first, second = alert.polygons
    assert first == ((116.1, -1.8), (116.3, -1.9), (116.1, -2.0), (116.1, -1.8))
    assert second[0] == second[-1] == (116.2, -1.4)


def test_a_bad_polygon_takes_no_warning_away():
    root = decode_xml(ALERT.replace(b"-1.900,116.300", b"116.300,-1.900"))

    context = context_for("cap")

    (alert,) = parse_alert(root, context)

    assert passed_by(context)[0][0].codes_facts == {"where": "polygon", "item": 1}
    assert len(alert.polygons) == 1


def test_an_empty_polygon_is_none_and_no_fault():
    context = context_for("cap")
    start = ALERT.index(b"<polygon>")
    empty = ALERT[:start] + b"<polygon/><polygon> </polygon>" + ALERT[ALERT.index(b"<circle>") :]

    (alert,) = parse_alert(decode_xml(empty), context)

    assert (alert.polygons, passed_by(context)) == ((), [])


def test_a_pair_that_is_written_wrong_is_passed_over_and_the_others_make_the_polygon():
    context = context_for("cap")
    pair = b"-1.800,116.100 -1.900,116.300"

    (alert,) = parse_alert(decode_xml(ALERT.replace(pair, b"-1.85,116.05, " + pair)), context)

    assert [len(ring) for ring in alert.polygons] == [4, 4]
    ((error, count, of),) = passed_by(context)
    assert (error.codes_facts["item"], count, of) == (1, 1, 5)


def test_an_index_none_of_whose_alerts_can_be_had_is_a_fault():
    with HostileServer() as server:
        context = context_for("cap", server.put("/rss", index_of("a", "b")))

        with pytest.raises(FeedError, match="404"):
            list(feed_of("cap", context).poll())

        context.http.close()


@pytest.mark.parametrize(
    ("word", "severity"),
    [
        (b"Extreme", Severity.CRITICAL),
        (b"Severe", Severity.HIGH),
        (b"Minor", Severity.LOW),
        (b"Unknown", Severity.LOW),
    ],
)
def test_the_words_of_cap_are_our_severities(word, severity):
    assert alerts_in(ALERT.replace(b"Moderate", word))[0].severity == severity


def test_exercises_are_taken_only_in_an_exercise_and_tests_never():
    drill, trial = (ALERT.replace(b">Actual<", b">%s<" % word) for word in (b"Exercise", b"Test"))

    assert alerts_in(drill) == alerts_in(trial) == alerts_in(trial, exercise=True) == []
    assert alerts_in(drill, exercise=True)[0].status == "Exercise"
    assert alerts_in(ALERT, exercise=True)[0].status == "Actual"


def test_an_alert_without_an_end_is_in_force_for_three_hours():
    start = ALERT.index(b"<expires>")
    endless = ALERT[:start] + ALERT[ALERT.index(b"<senderName>") :]

    assert alerts_in(endless)[0].expires == parse_time("2026-02-16T18:50:00Z")


def test_the_language_of_the_site_is_chosen_else_the_first():
    english = ALERT[ALERT.index(b"<info>") : ALERT.index(b"</alert>")]
    english = english.replace(b">id<", b">en-GB<").replace(b"Hujan Lebat dan Petir", b"Heavy Rain")
    both = ALERT.replace(b"<info>", english + b"<info>", 1)

    assert alerts_in(both)[0].event == "Hujan Lebat dan Petir"
    assert alerts_in(both, settings={"language": "en"})[0].event == "Heavy Rain"
    assert alerts_in(both, settings={"language": "ms"})[0].event == "Heavy Rain"


def test_references_are_the_keys_of_the_alerts_they_name():
    update = ALERT.replace(b">Alert<", b">Update<").replace(
        b"<info>", b"<references>s,alert-1,2026-02-16T22:50:00+07:00 s,alert-2,x</references><info>"
    )

    (alert,) = alerts_in(update)

    assert (alert.msg_type, alert.references) == ("Update", ("f/alert-1", "f/alert-2"))


def test_a_bare_cancel_is_taken_whatever_the_area():
    head = ALERT[: ALERT.index(b"<info>")].replace(b">Alert<", b">Cancel<")
    cancel = head + b"<references>s,alert-1,x</references></alert>"

    assert alerts_in(cancel, settings={"area": "Paser"})[0].references == ("f/alert-1",)


def test_the_area_is_found_in_the_title_or_the_area():
    def found(area, title=""):
        context = context_for("cap", settings={"area": area})
        return len(list(parse_alert(decode_xml(ALERT), context, title)))

    assert found("kalimantan TIMUR") == 1
    assert found("Banten") == 0
    assert found("Banten", "Hujan di Banten") == 1


def test_an_index_leads_to_its_alerts_and_each_is_read_once():
    with HostileServer() as server:
        server.put("/alert.xml", ALERT)
        context = context_for("cap", server.put("/rss.xml", INDEX))
        feed = feed_of("cap", context)

        first, second = polled(feed), polled(feed)

        context.http.close()
    assert [alert.event for alert in first[0]] == ["Hujan Lebat dan Petir"]
    assert second == ([], None)
    assert [asked.path for asked in server.asked] == ["/rss.xml", "/alert.xml", "/rss.xml"]


def test_an_atom_index_leads_to_its_alerts():
    atom = b"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Hujan</title>
      <id>1</id><updated>2026-02-16T22:50:00+07:00</updated><link rel="self" href="/wrong"/>
      <link href="page.html"/><link type="application/cap+xml" href="a.xml"/></entry>
      <entry><link href="/b.xml"/></entry></feed>"""

    context = context_for("cap")

    entries = parse_index(decode_xml(atom), "http://h/caps/index", context.passed_over)

    assert passed_by(context) == []
    assert [entry.url for entry in entries] == ["http://h/caps/a.xml", "http://h/b.xml"]


def test_one_alert_may_be_the_whole_feed():
    with HostileServer() as server:
        context = context_for("cap", server.put("/alert.xml", ALERT))

        records, fault = polled(feed_of("cap", context))

        context.http.close()
    assert (len(records), fault) == (1, None)


def test_an_alert_that_fails_stops_no_other_and_is_tried_again():
    with HostileServer() as server:
        server.put("/a.xml", Reply(status=404), Reply(numbered(1)))
        server.put("/b.xml", b"<html></html>", numbered(2))
        server.put("/c.xml", numbered(3))
        context = context_for("cap", server.put("/rss", index_of("a", "b", "c")))
        feed = feed_of("cap", context)

        first, second, third = polled(feed), polled(feed), polled(feed)

        context.http.close()
    assert [alert.key for alert in first[0]] == ["f/alert-3"]
    assert isinstance(first[1], FeedError)
    assert first[1].codes_facts == {"status": 404}
    assert ([alert.key for alert in second[0]], second[1]) == (["f/alert-1", "f/alert-2"], None)
    assert third == ([], None)


def test_failed_alerts_are_fetched_though_the_index_is_unchanged():
    with HostileServer() as server:
        server.put("/a.xml", Reply(status=500), Reply(numbered(1)))
        index = Reply(index_of("a"), headers=(("ETag", '"1"'),))
        context = context_for("cap", server.put("/rss", index, Reply(status=304)))
        feed = feed_of("cap", context)

        first, second = polled(feed), polled(feed)

        context.http.close()
    assert first[0] == []
    assert [alert.key for alert in second[0]] == ["f/alert-1"]


def test_a_long_index_is_read_in_several_polls_the_untried_first():
    names = [f"bad{n}" for n in range(60)] + [f"good{n}" for n in range(40)]
    with HostileServer() as server:
        for n in range(40):
            server.put(f"/good{n}.xml", numbered(n))
        context = context_for("cap", server.put("/rss", index_of(*names)))
        feed = feed_of("cap", context)

        first, second = polled(feed), polled(feed)

        context.http.close()
    assert (len(first[0]), len(second[0])) == (0, 40)


def test_alerts_of_another_host_are_not_fetched():
    with HostileServer() as server, HostileServer() as other:
        index = index_of("a").replace(b"/a.xml", other.put("/a.xml", ALERT).encode())
        context = context_for("cap", server.put("/rss", index))

        records, fault = polled(feed_of("cap", context))

        context.http.close()
    assert (records, fault.code, other.asked) == ([], "redirect", [])
