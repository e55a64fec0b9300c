#!/usr/bin/env bash
# One screen of each: a scene, its reading, its picture, a finding, a calendar, a rehearsal, a why, a what-if, a replay.
# Run from the project's root: bash docs/evidence/5/screens.sh
set -u
export PATH="$PWD/.venv/bin:$PATH:/usr/sbin" RINGMASTER_LANG=en
work=$(mktemp -d) house=tests/venues/reform
ring() { python -m controller "$@"; }
title() { printf '\n=== %s\n' "$*"; }
title "a scene: $house/scenes.yaml, cities_wave"
sed -n '/^cities_wave:/,/^$/p' $house/scenes.yaml
title "ringmaster read cities_wave.ningbo evening_tour --lang both"
ring read cities_wave.ningbo evening_tour --in $house --lang both
title "ringmaster export diagram quiz"
ring export diagram quiz --in $house
title "findings: a queue that is too short, a cue that does not exist, a fact that flickers, a call of nothing"
cp -r $house "$work/broken"
sed -i 's/wait: 25min/wait: 5min/; s/short: epilogue/short: epilog/' "$work/broken/scenes.yaml"
sed -i 's/until: inside < 160/until: inside < 190/' "$work/broken/parts.yaml"
ring check "$work/broken" 2>&1 | sed "s#$work/##"
title "ringmaster calendar $house --from 2022-01-17 --days 2"
ring calendar $house --from 2022-01-17 --days 2
title "ringmaster rehearse $house --visitors many --days 0.5 --seed 5 (its last 40 lines)"
ring rehearse $house --visitors many --days 0.5 --seed 5 | tail -40
title "ringmaster test config/venues/demo"
ring test config/venues/demo
title "forty seconds of the demo; then why, what-if, and a replay against an edited dwell"
export RINGMASTER_STATE=$work/state
ring demo --for 40s --plain >/dev/null 2>&1
ring why welcome
ring why welcome --what-if preface.entry.occupied=false
ring why welcome --what-if preface.entry.occupied
cp -r config/venues/demo "$work/edited"
sed -i 's/for: 800ms, gap: 300ms/for: 20s, gap: 300ms/' "$work/edited/scenes.yaml"
ring replay "$work/state" --against "$work/edited"
rm -r "$work"
