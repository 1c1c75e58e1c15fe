"""Every reason code is told as a sentence in both languages, whatever its facts are."""

import pytest

from paser_command.api import FeedState
from paser_plugins.feeds.words import REASON_WORDS, clock_text, reason_text
from tests.plugins.panel_kit import HOSTILE, FakeContext, health

CODES = (
    "timeout refused unreachable http_status redirect too_large tls broken_transfer bad_encoding "
    "empty not_json not_xml dtd html too_deep wrong_shape bad_value not_utf8 no_answer "
    "plugin_fault process_ended process_hung rule_fault"
    " no_secret not_from_feeds foreign_record too_large_record judging_fault refused_record"
)


def told(code, language, **facts):
    context = FakeContext("feeds", language)
    feed = health("lapor", FeedState.FAILING, reason=code, facts=facts)
    return reason_text(context.tr, context.language, feed)


@pytest.mark.parametrize("code", CODES.split())
def test_each_code_has_a_sentence_in_both_languages(code):
    english, indonesian = told(code, "en"), told(code, "id")

    assert english != indonesian
    assert len(english) > 10
    assert "{" not in english + indonesian


def test_there_is_no_sentence_without_a_code():
    assert set(REASON_WORDS) == set(CODES.split())


def test_facts_are_told_with_their_numbers():
    assert told("timeout", "id", deadline_s=2.5) == "Tidak ada jawaban utuh dalam 2,5 dtk"
    assert told("timeout", "id", deadline_s=10.0) == "Tidak ada jawaban utuh dalam 10 dtk"
    assert told("http_status", "en", status=503) == "The server answers with error 503"


def test_what_was_passed_over_is_told_with_its_reason():
    facts = {"why": "bad_value", "where": "polygon", "count": 1, "of": 99, "item": 13}

    assert told("passed_over", "en", **facts) == (
        "1 of 99 passed over: item 13: The answer contains an impossible value: polygon"
    )
    assert told("passed_over", "id", **facts).startswith("1 dari 99 dilewati: butir 13: ")


def test_a_clock_that_is_ahead_is_told_with_its_station():
    facts = {"ahead_s": 3540.0, "ahead_key": "muka-air/3"}

    assert told("clock_ahead", "en", **facts) == (
        "muka-air/3 is 59 min ahead of the time: its clock is wrong"
    )


@pytest.mark.parametrize(("error_s", "words"), [(1.4, "jamnya 1,4 dtk"), (-30.0, ""), (0.1, "")])
def test_a_clock_that_is_seconds_ahead_is_told_and_age_is_not(error_s, words):
    context = FakeContext("feeds", "id")
    feed = health("lapor", facts={"clock_s": error_s})

    told = clock_text(context.tr, context.language, feed)

    assert told.startswith(words) if words else told == ""


def test_a_new_code_stands_as_it_is():
    assert told("quantum_noise", "id") == "Sebab: quantum_noise"


def test_facts_in_braces_are_only_text():
    assert HOSTILE[:40] in told("redirect", "en", host=HOSTILE)
