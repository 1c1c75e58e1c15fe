#!/bin/sh
# Installs or upgrades Paser Command from the folder that this script lies in, without a network.
# apt checks every package against the key that is already trusted on this machine, if there is
# one; else against the one on the medium, whose fingerprint you compare with your releaser's.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
[ "$(id -u)" = 0 ] || {
  echo "install.sh: run as root: sudo sh $0" >&2
  exit 1
}
case $here in
  *' '*)
    echo "install.sh: the path $here has a space in it; mount the medium elsewhere" >&2
    exit 1
    ;;
esac
# The key of an earlier installation counts, not the one that came with this medium.
known=/etc/apt/sources.list.d/paser-command.sources
[ -f "$known" ] || known=$here/paser-command.sources
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/parts" "$work/lists/partial"
sed -e "s|^URIs: .*|URIs: file:$here|" -e 's|^Components: .*|Components: main system|' \
  "$known" >"$work/parts/medium.sources"
from_medium() {
  program=$1
  shift
  DEBIAN_FRONTEND=noninteractive "$program" -o Dir::Etc::SourceList=/dev/null \
    -o Dir::Etc::SourceParts="$work/parts" -o Dir::State::Lists="$work/lists" \
    -o APT::Sandbox::User=root "$@"
}
from_medium apt-get update -o APT::Update::Error-Mode=any
offered=$(from_medium apt-cache madison paser-command \
  | sed -n 's/^ *paser-command | *\([^ ]*\).*/\1/p' | head -n 1)
present=$(dpkg-query -W -f '${Version}' paser-command 2>/dev/null || true)
if [ -n "$present" ] && dpkg --compare-versions "$offered" lt "$present"; then
  echo "install.sh: this medium holds version $offered, older than $present, which is installed." >&2
  echo "Nothing was changed. Did you get an old medium? For the way back: paser-command-version" >&2
  exit 1
fi
from_medium apt-get install --yes --no-install-recommends paser-command
[ -f /etc/apt/sources.list.d/paser-command.sources ] || {
  # Kept for the key; without a network there is nothing to ask.
  sed 's|^Types: deb$|Enabled: no\n&|' "$here/paser-command.sources" \
    >/etc/apt/sources.list.d/paser-command.sources
}
paser-command verify
