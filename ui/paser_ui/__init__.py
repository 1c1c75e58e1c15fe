"""The windows: Qt, and no input or output of their own."""

from paser_ui.plain_imports import read_no_source

read_no_source()
