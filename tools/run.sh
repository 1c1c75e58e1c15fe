#!/bin/sh
# Starts the console on the embedded exercise. Where there is no display it runs the same console
# unseen for a minute and leaves a picture of each window under out/.
set -eu
set -- --exercise banjir-kandilo --speed "${SPEED:-20}" "$@"
if [ -z "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  mkdir -p out
  echo "No display here: running unseen for ${SECONDS_UNSEEN:-60} s ..."
  set -- "$@" --for "${SECONDS_UNSEEN:-60}" --screenshot out
fi
exec .venv/bin/paser-command "$@"
