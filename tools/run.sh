#!/bin/sh
# Starts the console on the embedded exercise. Where there is no display it runs the same console
# unseen for a minute and leaves a picture of each window under out/.
set -eu
set -- --exercise banjir-kandilo --speed "${SPEED:-20}" "$@"
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  mkdir -p out
  echo "No display here: running unseen for ${SECONDS_UNSEEN:-60} s ..."
  set -- "$@" --for "${SECONDS_UNSEEN:-60}" --screenshot out
else
  # Where it cannot open a window Qt aborts, so another process tries it first.
  ulimit -c 0
  if ! { words=$(timeout 30 .venv/bin/python -c \
    "from PySide6.QtGui import QGuiApplication; QGuiApplication([])" 2>&1); } 2>/dev/null; then
    echo "$words" | head -n 1 >&2
    echo "No window can be opened on the display ${WAYLAND_DISPLAY:-$DISPLAY}. Mend the display, or" \
      "run the console unseen: env -u DISPLAY -u WAYLAND_DISPLAY make run" >&2
    exit 1
  fi
fi
exec .venv/bin/paser-command "$@"
