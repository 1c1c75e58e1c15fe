#!/bin/sh
# Puts in the Debian or Ubuntu packages that a machine lacks: as root or by a sudo that asks nothing,
# else it prints the one line to run. More packages may be named as arguments. With --list it only
# says what Qt needs: the signed package depends on the same.
set -eu

# What Qt's xcb, Wayland and offscreen platforms link to and its wheels do not bring (ldd).
need="libegl1 libgl1 libdbus-1-3 libfontconfig1 libglib2.0-0 libwayland-cursor0
  libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
  libxcb-render-util0 libxcb-shape0 libxcb-sync1 libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0"
if [ "${1:-}" = --list ]; then
  echo "$need"
  exit 0
fi
command -v dpkg-query >/dev/null 2>&1 || exit 0
need="$need $*"
# Debian keeps ensurepip, without which no virtual environment has pip, in a package of its own.
python=${PYTHON:-python3}
"$python" -c "import ensurepip" 2>/dev/null || need="$need $("$python" -c \
  'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"

# Ubuntu 24.04 gave some libraries the ending t64; apt finds them by their old name too.
missing=
for name in $need; do
  case $(dpkg-query -W -f '${Status};' "$name" "${name}t64" 2>/dev/null || true) in
    *"install ok installed"*) ;;
    *) missing="$missing $name" ;;
  esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  as=
elif ! command -v sudo >/dev/null 2>&1; then
  echo "This machine lacks some packages. Let root run this line, then try again:" >&2
  echo "  apt-get update && apt-get install --yes --no-install-recommends$missing" >&2
  exit 1
elif sudo -n true 2>/dev/null; then
  as=sudo
else
  echo "This machine lacks some packages. Run this line, then try again:" >&2
  echo "  sudo apt-get update && sudo apt-get install --yes --no-install-recommends$missing" >&2
  exit 1
fi

echo "Installing:$missing"
# A new machine's lists are empty, and it may still be busy with its own first upgrade.
apt="$as env DEBIAN_FRONTEND=noninteractive apt-get --quiet=2 -o DPkg::Lock::Timeout=300"
$apt update || true
# shellcheck disable=SC2086
if ! $apt install --yes --no-install-recommends $missing >/dev/null; then
  echo "These packages could not be installed; apt's own words are above. Is the network there?" >&2
  exit 1
fi
