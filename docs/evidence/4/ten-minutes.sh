#!/usr/bin/env bash
# Ten minutes of the demo house with every fault on, over a real broker. Afterwards: no scene stuck, every session ended
# in words, no growth. Run from the project's root: docs/evidence/4/ten-minutes.sh [MINUTES]
set -u
port=${PORT:-18944} minutes=${1:-10}
work=$(mktemp -d)
export PATH="$PWD/.venv/bin:$PATH:/usr/sbin" RINGMASTER_BROKER=mqtt://127.0.0.1:$port RINGMASTER_STATE=$work/state RINGMASTER_LOG=warning RINGMASTER_LANG=en
printf 'listener %s 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\nmax_queued_messages 0\n' "$port" >"$work/mosquitto.conf"
mosquitto -c "$work/mosquitto.conf" >"$work/broker.log" 2>&1 & broker=$!
sleep 0.5
ringmaster run config/venues/demo 2>"$work/run.log" & controller=$!
sleep 1
faults='preface.*: lies 5% and drops 2%, epilogue.*: delays 5% by 3s and repeats 3% and garbles 2%, epilogue.ring: vanishes 20s every 3min, preface.wall: freezes 15s every 2min, house.*: garbles 5%'
ringmaster simulate config/venues/demo --visitors many --faults "$faults" --seed "${SEED:-4}" >"$work/simulate.log" 2>&1 & devices=$!
memory() { awk '/VmRSS/ {print $2}' /proc/$controller/status; }
for minute in $(seq 1 "$minutes"); do sleep 60; echo "minute $minute: $(memory) KiB, $(ls /proc/$controller/fd | wc -l) descriptors"; done
kill -INT $devices; wait $devices 2>/dev/null
tail -2 "$work/simulate.log" | cut -c1-200
sleep "${REST:-200}" # longer than any session may take
python3 - "$work/state/journal.db" <<'P'
import collections, json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
count = lambda what: db.execute("SELECT count(*) FROM notes WHERE what = ?", (what,)).fetchone()[0]
started = dict(db.execute("SELECT scene, count(*) FROM notes WHERE what = 'started' GROUP BY scene"))
ended = dict(db.execute("SELECT scene, count(*) FROM notes WHERE what = 'ended' GROUP BY scene"))
for scene in started:
    print(f"{scene}: {started[scene]} runs, {ended.get(scene, 0)} ended")
last = {}
for run, details in db.execute("SELECT run, details FROM notes WHERE what = 'phase' ORDER BY number"):
    last[run] = json.loads(details)["phase"]
print("sessions and tours by their last phase:", dict(collections.Counter(f"{run.rsplit('-', 1)[0]}/{phase}" for run, phase in last.items())))
for what in ("refused", "duplicate", "late", "retried", "substituted", "failed", "drifted", "offline", "unknown"):
    print(f"{what}: {count(what)}")
P
kill -TERM $controller; wait $controller; echo "exit $?"; grep -c . "$work/run.log" | sed 's/$/ lines of log/'; grep -v '"event": "broker_up"' "$work/run.log" | head -3 | cut -c1-200
kill $broker; wait $broker 2>/dev/null; rm -r "$work"
