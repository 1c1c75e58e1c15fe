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
apt() {
  DEBIAN_FRONTEND=noninteractive apt-get -o Dir::Etc::SourceList=/dev/null \
    -o Dir::Etc::SourceParts="$work/parts" -o Dir::State::Lists="$work/lists" \
    -o APT::Sandbox::User=root "$@"
}
apt update -o APT::Update::Error-Mode=any
apt install --yes --no-install-recommends paser-command
[ -f /etc/apt/sources.list.d/paser-command.sources ] || {
  # Kept for the key; without a network there is nothing to ask.
  sed 's|^Types: deb$|Enabled: no\n&|' "$here/paser-command.sources" \
    >/etc/apt/sources.list.d/paser-command.sources
}
paser-command verify
