#!/bin/sh
# Puts in the Debian or Ubuntu packages that a machine lacks: as root or by sudo, else it prints the
# one line to run. Needs: the venv module, and the libraries that Qt's wheels do not bring along.
# More packages may be named as arguments.
set -eu

need="python3-venv libegl1 libgl1 libxkbcommon0 libxkbcommon-x11-0 libdbus-1-3 libfontconfig1
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
  libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xinerama0 libxcb-xkb1 $*"
# Ubuntu 24.04 renamed one of them for its 64-bit times.
for name in libglib2.0-0; do
  if apt-cache show "${name}t64" >/dev/null 2>&1; then need="$need ${name}t64"; else need="$need $name"; fi
done

command -v dpkg-query >/dev/null 2>&1 || exit 0
missing=
for name in $need; do
  state=$(dpkg-query -W -f '${Status}' "$name" 2>/dev/null || true)
  [ "$state" = "install ok installed" ] || missing="$missing $name"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  as=
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  as="sudo"
else
  echo "This machine lacks some packages. Run this line, then try again:" >&2
  echo "  sudo apt-get install --yes$missing" >&2
  exit 1
fi
echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
# The lists of a fresh machine are empty, and those of an old one name packages that are gone.
# shellcheck disable=SC2086
$as apt-get update --quiet=2 && $as apt-get install --yes --quiet=2 --no-install-recommends $missing >/dev/null
