#!/bin/bash
# A stranger's devices: every kind of the page docs/devices.md, by shell lines, against a house of its own. PASS/FAIL by what came over MQTT.
# Written by somebody who read that page and no code. Run from the project's root: docs/evidence/4/every-kind-by-hand.sh
ROOT=$PWD; export PATH=$ROOT/.venv/bin:$PATH:/usr/sbin
T=$(mktemp -d); mkdir -p $T/out; cd $T || exit 2
T0=$SECONDS
free(){ local p=$1; while (exec 3<>/dev/tcp/127.0.0.1/$p) 2>/dev/null; do p=$((p+1)); done; echo $p; }
pids=()
bg(){ setsid "$@" & pids+=($!); }
trap 'for p in "${pids[@]}" $(cat $T/kids 2>/dev/null); do kill -TERM -- -$p 2>/dev/null || kill -TERM $p 2>/dev/null; done; wait 2>/dev/null; rm -r $T' EXIT

# ---- two houses: A as it is, B with three devices renamed
house(){ # name port
  mkdir -p $T/$1; printf 'listener %s 127.0.0.1\nallow_anonymous true\n' $2 >$T/$1/m.conf
  bg mosquitto -c $T/$1/m.conf >$T/$1/m.log 2>&1; sleep .4
  bg mosquitto_sub -h 127.0.0.1 -p $2 -q 1 -t 'demo/#' -T 'demo/controller/+/beat' -T 'demo/controller/+/canary' -F '%t %p' >$T/$1/mqtt.log 2>/dev/null; sleep .2
  RINGMASTER_BROKER=mqtt://127.0.0.1:$2 RINGMASTER_STATE=$T/$1/state bg ringmaster run $T/$1/venue >$T/$1/run.log 2>&1
}
mkdir -p A B; cp -r $ROOT/config/venues/demo A/venue; cp -r A/venue B/venue
sed -i 's/preface\.doorbell/preface.gong/g; s/epilogue\.easel/epilogue.canvas/g; s/epilogue\.ring\b/epilogue.circle/g' B/venue/*.yaml
ringmaster check B/venue >out/check 2>&1; CHECK=$?
PA=$(free 24100); house A $PA; PB=$(free $((PA+1))); house B $PB
for h in A B; do for i in {1..50}; do grep -qs '"broker_up"' $h/run.log && break; sleep .1; done
  RINGMASTER_STATE=$T/$h/state bg ringmaster watch --all >$T/$h/watch.log 2>&1; done
sleep 1

# ---- tools
use(){ X=$1; [ $X = A ] && P=$PA || P=$PB; LOG=$T/$X/mqtt.log; WATCH=$T/$X/watch.log; H="-h 127.0.0.1 -p $P -q 1"; }
pub(){ mosquitto_pub $H -t "demo/$1" -m "$2"; }
ret(){ mosquitto_pub $H -r -t "demo/$1" -m "$2"; }
mark(){ M=$(wc -l <$LOG); }
ok(){ printf '  %-4s %-58s %s\n' "$1" "$2" "${3:0:110}"; }
see(){ # what seconds regex : over MQTT since the mark
  local i l; for ((i=0;i<$2*20;i++)); do l=$(tail -n +$((M+1)) $LOG | grep -aE -m1 -- "$3") && { ok PASS "$1" "$l"; SAW=$l; return 0; }; sleep .05; done; ok FAIL "$1" "nothing like $3 in $2 s"; SAW=; return 1; }
not(){ # what seconds regex : must not come
  sleep $2; local l; l=$(tail -n +$((M+1)) $LOG | grep -aE -m1 -- "$3") && ok FAIL "$1" "$l" || ok PASS "$1" "(did not come)"; }
said(){ # what seconds regex : ringmaster watch
  local i l; for ((i=0;i<$2*20;i++)); do l=$(grep -aE -- "$3" $WATCH | tail -1); [ "$l" ] && { ok PASS "watch: $1" "$l"; return; }; sleep .05; done; ok FAIL "watch: $1" "no line like $3"; }
once(){ # dev : the last want of this device was asked once only
  local id n; id=$(tail -n +$((M+1)) $LOG | grep -a "^demo/$1/set" | tail -1 | grep -o '"id":"[^"]*"'); [ "$id" ] || { ok FAIL "$1: a want came" none; return; }
  sleep 2.3; n=$(tail -n +$((M+1)) $LOG | grep -ac -- "^demo/$1/set.*$id"); [ $n = 1 ] && ok PASS "$1: its report was believed: asked once" "$id" || ok FAIL "$1: asked $n times" "$id"; }
refused(){ mark; if [ "$2" = state ]; then ret $1/state '{"surprise": 1}'; else pub $1/$2 "$3"; fi; see "$1: a wrong payload is told on error" 2 "^demo/$1/error .*/surprise"; }
# a device: hears set and do, reports, acknowledges; its will says that it went
device(){ # id kind
  local d=$1 k=$2
  setsid bash -c '
   d=$1; k=$2; H="$3"; ret(){ mosquitto_pub $H -r -t "demo/$d/state" -m "$1"; }
   mosquitto_sub $H -t "demo/$d/set" -t "demo/$d/do/+" -t "demo/$d/error" -F "%t %p" --will-topic demo/$d/status --will-payload offline --will-qos 1 --will-retain |
   while read -r t p; do
     case $t in
     */set) v=; for f in look level colour play page power volume source; do
         [[ $p =~ \"$f\":(null|true|false|[0-9.]+|\"[^\"]*\") ]] && { eval "V_$f=\${BASH_REMATCH[1]}"; v="$v $f"; }; done
       case $k in
       light) ret "{$( [ "$V_look" ] && [[ $v == *look* ]] && echo "\"look\":$V_look,")\"level\":${V_level:-0}}";;
       relay) ret "{\"power\":$V_power}";;
       player) ret "{\"play\":${V_play:-null},\"playing\":$([ "${V_play:-null}" = null ] && echo false || echo true),\"power\":${V_power:-true},\"volume\":${V_volume:-0.5}}";;
       speaker) ret "{\"play\":${V_play:-null},\"playing\":$([ "${V_play:-null}" = null ] && echo false || echo true),\"volume\":${V_volume:-0.5}}";;
       screen) [[ $v == *play* ]] && V_page=null; [[ $v == *page* ]] && V_play=null
          ret "{\"ready\":true,\"play\":${V_play:-null},\"page\":${V_page:-null},\"playing\":$([ "${V_play:-null}" = null ] && echo false || echo true),\"power\":${V_power:-true},\"volume\":${V_volume:-0.5}}";;
       projector) if [ "$V_power" = true ]; then [ "$on" ] || { ret "{\"power\":true,\"warming\":true,\"ready\":false,\"cooling\":false}"; sleep 1; on=1; }
             ret "{\"power\":true,\"warming\":false,\"ready\":true,\"cooling\":false,\"source\":${V_source:-null}}"
          else ret "{\"power\":false,\"warming\":false,\"ready\":false,\"cooling\":true}"; sleep 1; on=; ret "{\"power\":false,\"warming\":false,\"ready\":false,\"cooling\":false}"; fi;;
       rig) ret "{\"able\":true,\"cameras\":24,\"page\":$V_page}";;
       painting) ret "{\"able\":true,\"progress\":0,\"page\":$V_page}";;
       quiz) ret "{\"score\":0,\"players\":0,\"page\":$V_page}";;
       esac;;
     */do/*) [[ $p =~ \"id\":\ ?\"([^\"]*)\" ]] && mosquitto_pub $H -t demo/$d/ack -m "{\"id\":\"${BASH_REMATCH[1]}\",\"ok\":true}";;
     esac
   done' _ $d $k "$H" & DEV=$!; echo $DEV >>$T/kids
  sleep .4; ret $d/status online; }
inputdev(){ ret $1/status online; }

# ---- stations
ses(){ pub $D/session/$1 "{\"session\":\"$S\",\"seq\":$((++Q))${2:+,$2}}"; }
begin(){ S="v-$RANDOM-$RANDOM-x"; Q=0; RUN=; echo "  -- $1"; }
turn(){ mark; ses $1 "$3"; see "says $1 -> asks page $2" 3 "^demo/$D/set .*\"page\":\"$2\""
  [ "$RUN" ] || for i in {1..20}; do RUN=$(tail -n +$((M+1)) $LOG | grep -aoE '"run":"[a-z]*(_session|quiz)[^"]*"|"run":"quiz-[^"]*"' | grep -E "$RUNS" | head -1 | cut -d'"' -f4); [ "$RUN" ] && break; sleep .05; done; }
told(){ mark; ses $1 "$3"; see "says $1 -> told $2" 3 "^demo/$D/do/$2 "; }
finish(){ # reason scene
  see "the scene ends: page attract" 8 "^demo/$D/set .*\"page\":\"attract\""
  ses gone "\"reason\":\"$1\""; said "the session ended in words" 3 "$RUN ended"
  see "scene/$2/state idle again" 6 "^demo/scene/$2/state .*\"idle\"" >/dev/null; sleep .2; }
camera(){ # dev kind scene ready
  use $5; D=$1; local sc=$3 rdy=$4; RUNS=$3; device $D $2; sleep .8
  begin "a whole visit"; turn touched consent '"language":"en"'; turn agreed floor '"notice":"2022-01"'; turn placed countdown; told done shoot; turn shot developing '"frames":1'
    turn $rdy review '"share":"0f83bb21d6"'; turn keep qr; turn done goodbye; mark; see "told safe_stop" 8 "^demo/$D/do/safe_stop"; finish finished $sc
  begin "one who declines"; turn touched consent; turn declined goodbye; finish finished $sc
  begin "one who leaves while placing, and is gone at once"; turn touched consent; turn agreed floor; turn gone goodbye '"reason":"left"'; see "the scene ends: page attract" 8 "^demo/$D/set .*\"page\":\"attract\""; see "idle" 6 "^demo/scene/$sc/state .*\"idle\""; said "the session ended in words" 3 "$RUN ended"; sleep .2
  if [ $5 = B ]; then
    [ $2 = rig ] && { echo "  -- the page's last line: 'The page is taken away: ... page null'"; mark; ret $D/state '{"able": true, "cameras": 24, "page": null}'; not "null is believed, not asked again" 3 "^demo/$D/set "
      echo "  -- a touch right after a visit (within the 3 s of cooling)"; begin "again at once"; mark; sleep .1; turn touched consent; turn declined goodbye; see attract 8 "^demo/$D/set .*\"page\":\"attract\""; S=v-at-once-1; Q=0; mark; ses touched; not "not taken while it cools: no page is asked, so it says gone" 2 "^demo/$D/set .*consent"; ses gone '"reason":"left"'; }
    [ $2 = painting ] && { begin "one who leaves while the painting is made (page: 'A visit can end at any turn: by gone')"; turn touched consent; turn agreed floor; turn placed countdown; told done shoot; turn shot developing; mark; ses gone '"reason":"left"'; see "gone ends it within 3 s: goodbye, attract or purge" 3 "^demo/$D/(set .*\"page\":\"(goodbye|attract)\"|do/purge)"; }
    return; fi
  begin "one that fails, tries again, fails, gives up"; turn touched consent; turn agreed floor; turn placed countdown; told done shoot; turn failed sorry '"reason":"17 of 24 cameras delivered"'
    mark; ses again; see "says again -> asks a page anew" 3 "^demo/$D/set .*\"page\":\"(floor|countdown)\""; [[ $SAW == *floor* ]] && turn placed countdown; told done shoot; turn failed sorry
    mark; see "told purge" 11 "^demo/$D/do/purge"; turn done goodbye; finish finished $sc
  refused $D session/touched "{\"session\":\"wrong-0001\",\"seq\":1,\"surprise\":1}"
}
quiz(){ use A; D=epilogue/quiz; RUNS=quiz; device $D quiz; sleep .8
  begin "a whole game"; M0=$(wc -l <$LOG); turn joined countdown '"player":"panda-7","players":1'; turn done question; turn right right '"player":"panda-7","score":100'; turn more question; turn wrong wrong '"score":100'; turn over result '"score":100'; turn done goodbye
    finish finished quiz
  begin "a game that fails: nobody answers, twice"; turn joined countdown '"players":1'; turn done question; turn wrong wrong; turn more question; turn wrong wrong; turn over result; turn done goodbye; finish finished quiz
  begin "players leave during a question"; turn joined countdown; turn done question; turn gone goodbye '"reason":"left"'; see attract 8 "^demo/$D/set .*\"page\":\"attract\""; said "the session ended in words" 3 "$RUN ended"; see idle 6 "^demo/scene/quiz/state .*\"idle\""; sleep .2
  begin "players leave during the countdown (page: 'A visit can end at any turn: by gone')"; turn joined countdown; mark; ses gone '"reason":"left"'; see "gone ends it within 3 s" 3 "^demo/$D/set .*\"page\":\"(goodbye|attract)\""; not "no result page for nobody" 5 "^demo/$D/set .*\"page\":\"result\""
  refused $D session/joined "{\"session\":\"wrong-0001\",\"seq\":1,\"surprise\":1}"
}
camera epilogue/ring rig ring_session clip_ready A >out/rig 2>&1 & K1=$!
camera epilogue/easel painting painting_session painted A >out/painting 2>&1 & K2=$!
quiz >out/quiz 2>&1 & K3=$!
( camera epilogue/canvas painting painting_session painted B >out/renamed_painting 2>&1 ) & K4=$!
( camera epilogue/circle rig ring_session clip_ready B >out/renamed_rig 2>&1 ) & K5=$!
( use B; { ok "$([ $CHECK = 0 ] && echo PASS || echo FAIL)" "ringmaster check of the renamed copy" "$(head -1 $T/out/check)"; inputdev preface/gong; mark; pub preface/gong/event/pressed '{"id":"g1"}'; see "gong pressed -> scene bell runs" 2 '^demo/scene/bell/state .*"running"'; mark; pub preface/doorbell/event/pressed '{"id":"g2"}'; said "the old name is refused" 2 "refused on demo/preface/doorbell"; } >$T/out/renamed_button 2>&1 ) & K6=$!

use A
{ sleep 5; mark; device epilogue/banner player; see "banner online -> asked for its film" 3 '^demo/epilogue/banner/set .*"play":"goodbye.mp4"'; once epilogue/banner; said "confirmed" 2 'epilogue.banner confirms'
  mark; pub epilogue/banner/event/ended '{"play":"goodbye.mp4","id":"e1"}'; said "ended is heard" 2 'epilogue.banner says ended'
  mark; pub epilogue/banner/do/caption '{"text": "Hello", "seconds": 3.0, "id": "c21b7e90aa4f6d13", "epoch": 3, "expires": 4102444800.0}'; see "caption (told by hand) -> my ack" 2 '^demo/epilogue/banner/ack .*c21b7'; refused epilogue/banner state; } >out/player 2>&1 &
( sleep 5; mark; device epilogue/projector projector; see "power on is asked" 3 '^demo/epilogue/projector/set .*"power":true'; see "source is asked" 3 '^demo/epilogue/projector/set .*"source":"hdmi1"'; see "it warms" 3 '^demo/epilogue/projector/state .*"warming":true'; see "ready early" 4 '^demo/epilogue/projector/state .*"ready":true'; once epilogue/projector; said "confirmed" 2 'epilogue.projector confirms'
  mark; pub order/stop/house_day '{"id":"off-1"}'; see "order answered" 3 '^demo/reply/off-1'; not "stopped: nothing more is asked (watch says: shall show dark)" 2 '^demo/epilogue/projector/set '; refused epilogue/projector state ) >out/projector 2>&1 &
( M=0; device epilogue/fog relay; see "off is asked at rest" 3 '^demo/epilogue/fog/set .*"power":false'; mark; see "on is asked while a painting develops" 20 '^demo/epilogue/fog/set .*"power":true'; see "I report it" 2 '^demo/epilogue/fog/state .*"power":true'; see "off again" 20 '^demo/epilogue/fog/set .*"power":false'; once epilogue/fog; refused epilogue/fog state ) >out/relay 2>&1 &
( inputdev preface/cabinet; ret preface/cabinet/state '{"alarm": false}'; sleep .5; mark; ret preface/cabinet/state '{"alarm": true}'; see "alarm for 2 s -> scene cabinet ran" 4 '^demo/scene/cabinet/state .*"since"'; said "the staff is told" 1 'to staff:'; ret preface/cabinet/state '{"alarm": false}'; refused preface/cabinet state ) >out/contact 2>&1 &
( inputdev house/weather; ret house/weather/state '{"raining": false, "lux": 12500.0, "wind": 2.4}'; sleep .5; mark; ret house/weather/state '{"raining": true, "lux": 500.0, "wind": 2.4}'; see "rain -> scene rain runs" 2 '^demo/scene/rain/state .*"running"'; see "rain -> the doormat light is asked for 1.0" 2 '^demo/preface/doormat/set .*"level":1.0'; mark; ret house/weather/state '{"raining": false, "lux": 12500.0, "wind": 2.4}'; see "dry -> scene rain ends" 12 '^demo/scene/rain/state .*"(idle|cooling)"'; refused house/weather state; touch $T/weather.done ) >out/weather 2>&1 &

# the preface hall, one after the other
device preface/wash light >/dev/null; L=$DEV; device preface/wall screen >/dev/null; device preface/speaker speaker >/dev/null; sleep .5
( inputdev preface/entry; ret preface/entry/state '{"occupied": false}'; sleep .3; mark; pub preface/entry/event/presence '{"occupied": true, "count": 2, "id": "a7"}'; see "somebody comes -> scene welcome runs" 2 '^demo/scene/welcome/state .*"running"'; ret preface/entry/state '{"occupied": true, "count": 2}'; refused preface/entry state ) >out/presence 2>&1
{ M=0; see "welcome asks for look warm" 3 '^demo/preface/wash/set .*"look":"warm","level":0.8'; once preface/wash; mark; pub preface/wash/do/flash '{"times": 2, "id": "c21b7e90aa4f6d14", "epoch": 3, "expires": 4102444800.0}'; see "flash (told by hand) -> my ack" 2 '^demo/preface/wash/ack .*c21b7'; refused preface/wash state
  mark; mosquitto_sub $H -v -t demo/preface/doormat/set --will-topic demo/preface/doormat/status --will-payload offline --will-qos 1 --will-retain >/dev/null & k=$!; sleep .3; ret preface/doormat/status online; sleep .2; kill -KILL $k; see "the page's third line, its plug pulled: its will says that it went" 2 '^demo/preface/doormat/status offline'
  mark; k=$(pgrep -g $L mosquitto_sub); kill -9 $k; see "plug pulled -> will offline" 3 '^demo/preface/wash/status offline'; said "it is gone" 2 'preface.wash is gone'; mark; device preface/wash light; see "back online -> asked anew" 2 '^demo/preface/wash/set .*"look"'; } >out/light 2>&1
( M=0; see "welcome asks for the film" 3 '^demo/preface/wall/set .*"play":"opening-zh.mp4"'; once preface/wall; mark; pub preface/wall/event/touched '{"id":"s2"}'; said touched 2 'preface.wall says touched'; pub preface/wall/event/chosen '{"word": "en", "id": "s3"}'; said chosen 2 'preface.wall says chosen'; mark; pub preface/wall/event/ended '{"play":"opening-zh.mp4","id":"s1"}'; said "ended is heard" 2 'preface.wall says ended'; refused preface/wall state ) >out/screen 2>&1
( for i in {1..300}; do [ -e $T/weather.done ] && break; sleep .1; done
  inputdev preface/door; mark; pub preface/door/event/entered '{"id": "c118"}'; see "entered -> scene counted runs" 2 '^demo/scene/counted/state .*"running"'; see "entered -> the doormat light" 2 '^demo/preface/doormat/set .*"level":0.6'; pub preface/door/event/left '{"id": "c119"}'; said "left is heard" 2 'preface.door says left'
  mark; pub preface/door/event/left '{"id": "c119"}'; said "the same id is taken once" 2 'preface.door repeated c119'; refused preface/door event/entered '{"surprise":1}' ) >out/counter 2>&1 & KC=$!
( inputdev preface/doorbell; mark; pub preface/doorbell/event/pressed '{"id": "p41"}'; see "pressed -> scene bell runs" 2 '^demo/scene/bell/state .*"running"'; pub preface/doorbell/event/held '{"id": "p42"}'; said "held is heard" 2 'preface.doorbell says held'; refused preface/doorbell event/pressed '{"surprise":1}' ) >out/button 2>&1
( M=0; see "bell asks for the chime" 2 '^demo/preface/speaker/set .*"play":"chime.wav"'; see "bell asks for volume" 2 '^demo/preface/speaker/set .*"volume":0.7'; mark; pub preface/speaker/event/ended '{"play":"chime.wav","id":"e9"}'; see "ended -> the scene goes on: silence asked" 2 '^demo/preface/speaker/set .*"play":null'; once preface/speaker; refused preface/speaker state ) >out/speaker 2>&1
( inputdev house/remote_1; mark; pub house/remote_1/event/pressed '{"button": 5, "id": "r7"}'; see "button 5 -> scene short_tour runs" 2 '^demo/scene/short_tour/state .*"running"'; see "the wall is asked for the tour's film" 2 '^demo/preface/wall/set .*"play":"tour.mp4"'; mark; pub house/remote_1/event/held '{"button": 4, "id": "r8"}'; see "button 4 held -> short_tour stops" 2 '^demo/scene/short_tour/state .*"(idle|cooling)"'; refused house/remote_1 event/pressed '{"button":1,"surprise":1}' ) >out/remote 2>&1

wait $K1 $K2 $K3 $K4 $K5 $K6 $KC
for k in presence counter button remote light player screen speaker relay projector weather contact rig painting quiz renamed_button renamed_painting renamed_rig; do
  f=$(grep -c '^  FAIL' out/$k); p=$(grep -c '^  PASS' out/$k)
  echo "== $k: $([ $f = 0 ] && [ $p -gt 0 ] && echo PASS || echo FAIL) ($p passed, $f failed)"; cat out/$k; done | tee $T/report
echo "== ringmaster why"; for s in welcome bell ring_session painting_session quiz; do echo "-- $s"; RINGMASTER_STATE=$T/A/state ringmaster why $s --last 3; done
echo "== errors on any …/error that nobody provoked:"; grep -ah '/error ' A/mqtt.log B/mqtt.log | grep -v surprise
echo "== house's words in the journal that are failures:"; grep -ahE 'not doing|asked again|nobody knows|repeated|refused' A/watch.log B/watch.log | grep -v surprise | sort | head -40
echo "took $((SECONDS-T0)) s; $(grep -c '^  PASS' report) PASS, $(grep -c '^  FAIL' report) FAIL"
