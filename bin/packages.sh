# The system's part of the set-up: shared libraries for PDFs; for the checks also a browser and a PostgreSQL server.
# Sourced by environment.sh. What is missing is installed by apt-get as root, else unpacked into .tools/apt, where
# it needs no rights and changes nothing outside; where neither works, the message says what to install.

APT=$TOOLS/apt
PRIVATE=$APT/root
LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"

add_system_packages() { # besides the libraries: browser, postgres
  libraries_load || install_packages "the libraries that set PDF pages" libraries_load $LIBRARIES
  for need in "$@"; do
    case $need in
      browser) find_browser || install_packages "a browser for the browser tests" find_browser chromium libatomic1 ;;
      postgres) find_postgres || install_packages "a PostgreSQL server (15 or newer) for the tests" find_postgres postgresql ;;
    esac
  done
}

install_packages() { # what for, the function that finds it, package names
  purpose=$1 found=$2
  shift 2
  say "Installing $purpose ($*) …"
  if [ "$(id -u)" = 0 ] && install_as_root "$@" && "$found"; then return; fi
  if fetch_privately "$@" && use_private_packages && "$found"; then return; fi
  fail "$purpose could not be installed here." \
    "As root on Debian or Ubuntu:  apt-get install $*" \
    "Elsewhere: the packages of the same purpose (pango and harfbuzz; chromium; postgresql 15 or newer)."
}

install_as_root() {
  command -v apt-get >/dev/null 2>&1 || return 1
  for again in no yes; do # the lists may be absent or old
    [ "$again" = yes ] && { apt-get -qq update || return 1; }
    DEBIAN_FRONTEND=noninteractive apt-get -qq --yes --no-install-recommends install "$@" >"$TOOLS/apt.log" 2>&1 </dev/null && return
  done
  cat "$TOOLS/apt.log" >&2
  return 1
}

fetch_privately() {
  command -v apt-get >/dev/null 2>&1 && command -v dpkg >/dev/null 2>&1 || return 1
  mkdir -p "$APT/lists/partial" "$APT/archives/partial" "$PRIVATE"
  [ -n "$(find "$APT/lists" -maxdepth 1 -type f -mtime -1 ! -name lock)" ] || apt_private update || return 1
  apt_private --yes --no-install-recommends --download-only install "$@" >/dev/null || return 1
  for package in "$APT"/archives/*.deb; do
    [ -f "$package" ] || continue
    dpkg -x "$package" "$PRIVATE" && rm -f -- "$package" || return 1
  done
}

apt_private() { # apt-get with lists and archives of its own
  apt-get -qq -o Dir::State::Lists="$APT/lists" -o Dir::Cache="$APT" -o Dir::Cache::Archives="$APT/archives" \
    -o Debug::NoLocking=true -o APT::Sandbox::User="$(id -un)" "$@"
}

use_private_packages() { # the browser's sound library keeps its other half in a folder of its own
  [ -d "$PRIVATE/usr/lib" ] || return 0
  for folder in "$PRIVATE"/usr/lib/*-linux-gnu* "$PRIVATE"/lib/*-linux-gnu* "$PRIVATE"/usr/lib/*-linux-gnu*/pulseaudio; do
    [ -d "$folder" ] || continue
    case ":${LD_LIBRARY_PATH:-}:" in *":$folder:"*) ;; *) LD_LIBRARY_PATH=$folder${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH} ;; esac
  done
  export LD_LIBRARY_PATH
}

write_fonts() { # for the browser: the machine's fonts, the private ones, and a Chinese one from the environment
  FONTCONFIG_FILE=$TOOLS/fonts.conf
  export FONTCONFIG_FILE
  cat >"$FONTCONFIG_FILE" <<END
<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>$PRIVATE/usr/share/fonts</dir>
  <dir>$VENV/lib</dir>
  <cachedir>$TOOLS/fonts</cachedir>
</fontconfig>
END
}

libraries_load() { # by their names, else as WeasyPrint itself finds them; it does without the last one, documents do not
  "$PYTHON" -c 'import ctypes, sys; [ctypes.CDLL(name) for name in sys.argv[1:]]' \
    libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0 2>/dev/null ||
    "$VENV/bin/python" -c 'import sys; from weasyprint.text.ffi import harfbuzz_subset as found; sys.exit(not found)' >/dev/null 2>&1
}

find_browser() { # and what drives it: the program inside the package playwright
  "$VENV"/lib/python3*/site-packages/playwright/driver/node --version >/dev/null 2>&1 || return 1
  for browser in "${SHUHENG_TEST_CHROMIUM:-}" chromium chromium-browser google-chrome "$PRIVATE/usr/lib/chromium/chromium"; do
    if [ -n "$browser" ] && "$browser" --version >/dev/null 2>&1; then
      SHUHENG_TEST_CHROMIUM=$(command -v "$browser")
      export SHUHENG_TEST_CHROMIUM
      write_fonts
      return
    fi
  done
  return 1
}

find_postgres() { # sets POSTGRES, the folder of initdb and pg_ctl; a server given by address needs none
  [ -n "${SHUHENG_TEST_DATABASE_URL:-}" ] && return
  for POSTGRES in "$(pg_config --bindir 2>/dev/null)" /usr/lib/postgresql/*/bin "$PRIVATE"/usr/lib/postgresql/*/bin; do
    version=$("$POSTGRES/postgres" --version 2>/dev/null | sed 's/[^0-9]*\([0-9]*\).*/\1/')
    [ -x "$POSTGRES/initdb" ] && [ "${version:-0}" -ge 15 ] && return
  done
  return 1
}
