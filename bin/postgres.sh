# A PostgreSQL server of the tests' own: fresh, on the loopback interface, gone afterwards. Sourced by bin/test.

cluster=''

as_postgres_user() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" != 0 ]; then
    "$@"
  elif command -v setpriv >/dev/null 2>&1; then
    setpriv --reuid="$(id -u "$owner")" --regid="$(id -g "$owner")" --clear-groups "$@"
  else
    runuser -u "$owner" -- "$@"
  fi
}

start_postgres() { # sets database, its address
  cluster=$(mktemp -d)
  owner=$(id -un)
  if [ "$owner" = root ]; then
    if id postgres >/dev/null 2>&1; then owner=postgres; else owner=nobody; fi
  fi
  port=$(python -c 'import socket; print(socket.create_server(("127.0.0.1", 0)).getsockname()[1])')
  password=$(python -c 'import secrets; print(secrets.token_hex(16))')
  printf '%s\n' "$password" >"$cluster/password"
  [ "$(id -u)" != 0 ] || chown -R "$owner" "$cluster"
  (
    cd "$cluster"
    as_postgres_user "$POSTGRES/initdb" --pgdata=data --username=shuheng --auth=scram-sha-256 --pwfile=password \
      --encoding=UTF8 --locale=C --no-sync >log 2>&1 &&
      as_postgres_user "$POSTGRES/pg_ctl" --pgdata=data --log=server.log --wait --silent start -o \
        "-p $port -k $cluster -c listen_addresses=127.0.0.1 -c fsync=off -c full_page_writes=off -c synchronous_commit=off" &&
      PGPASSWORD=$password "$POSTGRES/createdb" --host="$cluster" --port="$port" --username=shuheng shuheng
  ) || {
    cat "$cluster/log" "$cluster/server.log" >&2 2>/dev/null || :
    fail "the private PostgreSQL server did not start (the reason is above)." \
      "Give the address of one in its place: SHUHENG_TEST_DATABASE_URL=postgresql+psycopg://user:password@host/database bin/test"
  }
  database=postgresql+psycopg://shuheng:$password@127.0.0.1:$port/shuheng
}

stop_postgres() {
  [ -n "$cluster" ] || return 0
  (cd "$cluster" && as_postgres_user "$POSTGRES/pg_ctl" --pgdata=data --mode=immediate --silent stop) >/dev/null 2>&1 || :
  rm -rf -- "$cluster"
  cluster=''
}
