#!/usr/bin/env bash
# The thin path seen from outside: mosquitto_pub and mosquitto_sub against `ringmaster run` on a copy of the demo venue
# with a device renamed and the dwell changed. Run from the project's root after `make test`: docs/evidence/2/outside.sh
set -u
port=${PORT:-18899}
work=$(mktemp -d)
export PATH="$PWD/.venv/bin:$PATH:/usr/sbin" RINGMASTER_BROKER=mqtt://127.0.0.1:$port RINGMASTER_STATE=$work/state RINGMASTER_LOG=warning
cp -r config/venues/demo "$work/venue"
sed -i 's/preface\.entry/preface.porch/g; s/for: 800ms/for: 1300ms/' "$work"/venue/*.yaml
printf 'listener %s 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n' "$port" >"$work/mosquitto.conf"
mosquitto -c "$work/mosquitto.conf" >"$work/broker.log" 2>&1 & broker=$!
sleep 0.5
say() { mosquitto_pub -p "$port" -q 1 "$@"; }
title() { printf '\n## %s\n' "$*"; }
heard() { timeout "$1" mosquitto_sub -p "$port" -v -t "$2" | sed 's/^/   /'; }
sensor=demo/preface/porch/event/presence

title 'retained "occupied" before the start: sets the baseline, starts nothing'
say -r -t demo/preface/porch/state -m '{"occupied": true}'
ringmaster run "$work/venue" 2>"$work/run.log" & controller=$!
sleep 2; ringmaster why welcome
say -t $sensor -m '{"occupied": false}'

title 'a shadow of 500 ms'
say -t $sensor -m '{"occupied": true}'; sleep 0.5; say -t $sensor -m '{"occupied": false}'; sleep 1.5
ringmaster why welcome --last 1; grep -n 'for: 1300ms' "$work/venue/scenes.yaml"

title 'occupied, one id twice: the scene starts once, after 1300 ms'
heard 3 'demo/preface/+/set' & listener=$!
sleep 0.3; say -t $sensor -m '{"occupied": true, "id": "v1"}'; say -t $sensor -m '{"occupied": true, "id": "v1"}'
wait $listener; ringmaster why welcome --last 2

title 'orders: without a body, with an id, an unknown scene'
heard 3 'demo/reply/#' & listener=$!
sleep 0.3; say -t demo/order/start/hello -n; sleep 0.2; say -t demo/order/start/hello -m '{"id": "desk-1"}'; say -t demo/order/start/helo -m '{"id": "desk-2"}'
wait $listener

title 'garbage, NaN, 70 kB, 1 MiB, not UTF-8: counted and shown, and the house goes on'
say -t $sensor -m 'garbage'; say -t $sensor -m '{"occupied": NaN}'
head -c 70000 /dev/zero | tr '\0' x | say -t $sensor -s; head -c 1048576 /dev/zero | tr '\0' x | say -t $sensor -s
printf '{"occupied": "\xff\xfe"}' | say -t $sensor -s
sleep 0.5; ringmaster watch --all --for 100ms | grep refused | cut -c1-150
ringmaster order arm hello

title 'the broker killed and started empty: asserted again'
mosquitto_pub -p "$port" -r -q 1 -t demo/preface/wash/status -m online; sleep 0.2
kill -9 $broker; wait $broker 2>/dev/null; mosquitto -c "$work/mosquitto.conf" >>"$work/broker.log" 2>&1 & broker=$!
sleep 0.05; for _ in 1 2 3 4 5 6 7 8 9 10; do mosquitto_pub -p "$port" -q 1 -t demo/preface/wash/status -m online 2>/dev/null && break; sleep 0.05; done
heard 3 'demo/+/+/+' | cut -c1-150

title 'kill -9, start again, SIGTERM'
kill -9 $controller; wait $controller 2>/dev/null; ringmaster run "$work/venue" 2>>"$work/run.log" & controller=$!
sleep 1.5; ringmaster watch --all --for 100ms | grep 'the controller started'
began=$(date +%s%N); kill -TERM $controller; wait $controller; echo "exit $? after $((($(date +%s%N) - began) / 1000000)) ms"
kill $broker; wait $broker 2>/dev/null; rm -r "$work"
