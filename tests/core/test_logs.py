"""A line of a log is one line of plain ASCII JSON, whatever was logged."""

import json
import logging

from hypothesis import given, settings
from hypothesis import strategies as st

from paser_command.logs import HELD_S, MOST_KNOWN, JsonLines, Repeats

_HOSTILE = st.sampled_from(
    ["\n", "\r\n", "\x1b[2J", "\x9b31m", "\u202e", "\ud800", '"', "\\", "\0"]
)
_TEXTS = st.lists(st.text(max_size=40) | _HOSTILE, max_size=12).map("".join)


@settings(max_examples=1_000, deadline=None)
@given(_TEXTS)
def test_each_line_is_one_object_of_printable_ascii(text):
    record = logging.LogRecord("feed", logging.ERROR, "path", 1, "%s", (text,), None)

    line = JsonLines().format(record)

    assert all(0x20 <= byte <= 0x7E for byte in line.encode("ascii"))
    assert json.loads(line)["level"] == "ERROR"


def record(text, *facts):
    return logging.LogRecord("feed", logging.ERROR, "path", 1, text, facts, None)


def test_what_repeats_is_written_once_a_minute_with_how_often():
    seconds = [0.0]
    repeats = Repeats(lambda: seconds[0])
    written = []
    for second in (0.0, 1.0, 2.0, HELD_S - 1, HELD_S, HELD_S + 1, 2 * HELD_S):
        seconds[0] = second
        line = record("%s is away", "the server")
        if repeats.filter(line):
            written.append((second, json.loads(JsonLines().format(line)).get("repeated")))

    assert written == [(0.0, None), (HELD_S, 3), (2 * HELD_S, 1)]


def test_other_words_are_other_lines_and_few_are_remembered():
    repeats = Repeats(lambda: 0.0)

    assert all(repeats.filter(record("%s", number)) for number in range(3 * MOST_KNOWN))
    assert len(repeats._told) == MOST_KNOWN
    assert not repeats.filter(record("%s", 3 * MOST_KNOWN - 1))
