"""A line of a log is one line of plain ASCII JSON, whatever was logged."""

import json
import logging

from hypothesis import given, settings
from hypothesis import strategies as st

from paser_command.logs import JsonLines

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
