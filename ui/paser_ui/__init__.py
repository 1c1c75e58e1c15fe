"""The windows: Qt, and no input or output of their own."""
