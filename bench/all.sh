#!/bin/sh
# All figures of speed that docs/benchmarks.md promises, in one go: sh bench/all.sh OUT [CASES...]
# Lifecycles by the API and by the engine, the staff's pages: empty (the demo) and with so many cases, on the database that
# JIEYOU_DATABASE_URL names (SQLite in JIEYOU_HOME without one). Needs a loaded demo, an idle machine (the load is written
# beside each figure) and, for a million cases on SQLite, some 12 GB of disk and about half an hour of filling.
# PostgreSQL: set JIEYOU_DATABASE_URL to a database of its own, run `jieyou setup` and `jieyou demo load`, then this again.
# The filled databases are kept and used again; remove them afterwards: HOME/bench/*.sqlite3*, or databases *_bench_*.
set -eu
out=$1
shift
cases=${*:-100000 1000000}
python=${PYTHON:-python}
mkdir -p "$out"

measure() { # name, then the words of `jieyou bench`
    name=$1
    shift
    uptime > "$out/$name.load"
    "$python" -m jieyou bench "$@" --json > "$out/$name.json"
    uptime >> "$out/$name.load"
    echo "$name: $(tail -c 300 "$out/$name.json")"
}

for n in 0 $cases; do
    measure "api-$n" lifecycle --api --cases "$n" --rounds 200
    measure "engine-$n" lifecycle --cases "$n" --rounds 20
    measure "pages-$n" pages --cases "$n" --rounds 20
done
