#!/usr/bin/env bash
# A venue written by hand, seen from outside: checked, run, driven with mosquitto_pub, reloaded in mid-dwell, broken and
# mended. Run from the project's root after `make test`: docs/evidence/3/outside.sh
set -u
port=${PORT:-18933}
work=$(mktemp -d)
export PATH="$PWD/.venv/bin:$PATH:/usr/sbin" RINGMASTER_BROKER=mqtt://127.0.0.1:$port RINGMASTER_STATE=$work/state RINGMASTER_LOG=warning RINGMASTER_LANG=en
title() { printf '\n## %s\n' "$*"; }
say() { mosquitto_pub -p "$port" -q 1 "$@"; }
heard() { timeout "$1" mosquitto_sub -p "$port" -v -t "$2" | cut -c1-150 | sed 's/^/   /'; }
mkdir "$work/venue"; cd "$work"
cat >venue/venue.yaml <<'Y'
venue: pier
title: {zh: 码头, en: The pier}
places:
  dock: {zh: 船坞, en: The dock, sections: [east, west]}
catalogues:
  boats: {file: boats.csv, columns: [id, title, mat, lamp]}
devices:
  dock.mat_1: {kind: presence, at: dock.east}
  dock.mat_2: {kind: presence, at: dock.west}
  dock.lamp_1: {kind: light, at: dock.east, title: {zh: 东灯, en: the east lamp}}
  dock.lamp_2: {kind: light, at: dock.west, title: {zh: 西灯, en: the west lamp}}
  dock.exit: {kind: light, emergency: true}
looks: {dim: {level: 10%}, bright: {level: 90%}}
Y
printf 'id,title,mat,lamp\njunk,"船, 一号",dock.mat_1,dock.lamp_1\nsloop,二号,dock.mat_2,dock.lamp_2\n' >venue/boats.csv
cat >venue/scenes.yaml <<'Y'
night:
  band: ambient
  starts: {while: venue.open}
  does: [{ask: {lights in dock: dim over 1s}}]
boat:
  title: $boat.title
  for_each: boat in boats
  starts: {when: $boat.mat.occupied, for: 1500ms}
  cools: 1s
  does:
    - ask: {$boat.lamp: bright over 500ms}
    - stay: {until: $boat.mat.empty, at_most: 20s}
Y
printf 'listener %s 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n' "$port" >mosquitto.conf
mosquitto -c mosquitto.conf >broker.log 2>&1 & broker=$!
sleep 0.5

title 'check; the same as JSON; a row removed'
ringmaster check venue
ringmaster check venue --format json
sed -i '/sloop/d' venue/boats.csv; ringmaster check venue | head -1; printf 'sloop,二号,dock.mat_2,dock.lamp_2\n' >>venue/boats.csv
title 'one row names a lamp that is not there, and a title is missing its quote: both at once'
cp -r venue broken; sed -i 's/dock.lamp_2$/dock.lamp_3/' broken/boats.csv; sed -i 's/at_most: 20s/at_most: 20/' broken/scenes.yaml
ringmaster check broken; echo "exit $?"; ringmaster check broken --lang zh; ringmaster check broken --format github
title 'run on findings'; ringmaster run broken 2>&1 | tail -1; ringmaster run broken >/dev/null 2>&1; echo "exit $?"
title 'a template, a row of it, in both languages'
ringmaster read boat boat.sloop --in venue --lang both

title 'it runs: a row starts by its own sensor; the emergency light is never told, from the start on'
heard 6 'pier/dock/+/set' & listener=$!
ringmaster run venue 2>run.log & controller=$!
sleep 1.5
sleep 0.3; say -t pier/dock/mat_2/event/presence -m '{"occupied": true}'
wait $listener; ringmaster why boat.sloop --last 2
say -t pier/dock/mat_2/event/presence -m '{"occupied": false}'; sleep 2

title 'reload in the middle of another scene'"'"'s dwell of 1500 ms: it still starts on time'
say -t pier/dock/mat_1/event/presence -m '{"occupied": true}'; sleep 0.4
sed -i 's/dim over 1s/dim over 2s/' venue/scenes.yaml; ringmaster reload
sleep 1.6; ringmaster why boat.junk --last 2

title 'a broken reload: refused, shown, and nothing changes'
sed -i 's/bright over 500ms/brigth over 500ms/' venue/scenes.yaml; ringmaster reload; echo "exit $?"
ringmaster watch --all --for 100ms | grep -a 'refused' | tail -1 | cut -c1-180
timeout 1 mosquitto_sub -p "$port" -t pier/controller/house/status -C 1 | cut -c1-330
ringmaster order start boat.sloop
sed -i 's/brigth/bright/' venue/scenes.yaml; ringmaster reload; timeout 1 mosquitto_sub -p "$port" -t pier/controller/house/status -C 1 | cut -c1-330
kill -TERM $controller; wait $controller; echo "exit $?"
kill $broker; wait $broker 2>/dev/null; rm -r "$work"
