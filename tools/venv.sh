#!/bin/sh
# Makes .venv hold what a lock file names, and this checkout: `tools/venv.sh build` or `dev`. Done
# already, it does nothing; what an interrupted run left half done, it makes anew.
set -eu
set=$1
wanted=$(cat "requirements/$set.lock" pyproject.toml | cksum)
unfinished=.venv/.unfinished
python=${PYTHON:-python3}

# False after a move of the checkout or an upgrade of Python, too.
finds_this_checkout() {
  [ "$(.venv/bin/python -I -c 'import paser_command as p; print(p.__path__[0])' 2>/dev/null)" \
    = "$(pwd -P)/paser_command" ]
}

check_python() {
  if ! version=$("$python" -c 'import platform; print(platform.python_version())'); then
    echo "Python is missing: install python3, or name one: make run PYTHON=/path/to/python3.12" >&2
    exit 1
  fi
  case $version in
    3.11.* | 3.12.* | 3.13.*) ;;
    *)
      echo "Python 3.11, 3.12 or 3.13 is needed, and $python is $version." >&2
      echo "Where another is installed, name it: make run PYTHON=python3.12" >&2
      exit 1
      ;;
  esac
}

install() {
  # A person sees how far it is; a log stays short.
  quiet=--quiet
  [ ! -t 1 ] || quiet=
  .venv/bin/python -m pip --disable-pip-version-check $quiet install "$@"
}

if [ ! -e "$unfinished" ] && finds_this_checkout; then
  [ "$(cat ".venv/.$set" 2>/dev/null)" != "$wanted" ] || exit 0
else
  check_python
  PYTHON=$python tools/system-packages.sh
  rm -rf .venv
  mkdir .venv
  touch "$unfinished"
  "$python" -m venv .venv
fi

echo "Installing $(grep -c '==' "requirements/$set.lock") locked packages into .venv: once, up to 650 MB ..."
touch "$unfinished"
if ! install --require-hashes -r "requirements/$set.lock" \
  || ! install --no-deps --no-build-isolation --editable .; then
  # Where pip failed before it changed anything, the packages of before are whole.
  for packages in .venv/lib/python*/site-packages; do
    [ "$packages" -nt "$unfinished" ] || rm -f "$unfinished"
  done
  echo "The packages could not be installed; pip's own words are above. Is the network there?" >&2
  exit 1
fi
echo "$wanted" >".venv/.$set"
# The dev lock holds the build lock's packages too.
[ "$set" != dev ] || cat requirements/build.lock pyproject.toml | cksum >.venv/.build
rm -f "$unfinished"
