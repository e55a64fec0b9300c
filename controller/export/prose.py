"""What the page for device makers says in sentences, where no declaration can say it."""

INTRODUCTION = """
# For device makers

<!-- Written by `make docs` from devices/kinds/*.py; a test holds it fresh. Edit the declarations, not this page. -->

Your device speaks MQTT (3.1.1 or 5) to the exhibition's broker. It says what it sees and does; the house, which is \
Ringmaster, tells it what it shall show and do. You write no line of the house: a device is one line in the venue's \
files, with an id and a *kind*. The id `preface.entry` in the venue `demo` has the topics `demo/preface/entry/…`.

Kinds are added as exhibitions need them, and fields to kinds; this page grows with them. If yours is missing, it is \
one file in `devices/kinds/`. For programs there is the same as an AsyncAPI document: `ringmaster export asyncapi`, \
or `ringmaster export asyncapi VENUE` for one venue with its own devices.
"""

ALL_ALIKE = """
## Every device

**Try it by hand first.** A broker and a house on your own machine are two lines (`make demo` is one, but has \
simulated devices that answer before you do). `HOST` below is then `127.0.0.1`. Play the device with the third line: \
it hears what it is told. Ctrl-C ends it without a word, for it leaves on purpose; to pull the plug, `kill -9` its \
process: then its will says that it went.

```sh
mosquitto -p 1883 &
RINGMASTER_BROKER=mqtt://127.0.0.1:1883 ringmaster run config/venues/demo &
mosquitto_sub -h HOST -q 1 -v -t 'demo/preface/wash/set' -t 'demo/preface/wash/do/+' -t 'demo/preface/wash/error' \\
  --will-topic 'demo/preface/wash/status' --will-payload offline --will-qos 1 --will-retain
```

In another terminal, say something with a line from below; those marked *the house says* are what your device hears, \
for a try without a house. `ringmaster watch` shows everything that is said and decided, as it happens, and refused \
payloads in red with the reason.

**In this order.** Connect with the will `offline` (QoS 1, retained) on your `status`; subscribe; publish `online`, \
retained; publish your `state`, retained. Then you are asked for whatever you shall show now. `set` is not retained, \
so subscribe before you say `online`; what is asked before may be ignored. Publish `offline` yourself when you \
leave on \
purpose: then no will comes.

**Payloads** are JSON objects in UTF-8, at most 64 KiB. Numbers are numbers, not texts; fields that are not in the \
table are refused, and so is the whole payload: it changes nothing, and `…/error` tells you what was wrong. A retained \
one that was refused stays at the broker: say a right one after it. An empty body is `{}`. In what the house says, \
leave out the fields that you do not know.

**Names.** A name that the venue does not have gets no answer at all: look in `watch`. To rename a device, change it \
in all files of the venue, say `ringmaster reload`, and clear what the old name has retained: \
`mosquitto_pub -r -n -t VENUE/OLD/status`, and the same for `state`.

**Events** happen, states last. An event is never retained. Give it an `id` of its own, and the same again when you \
repeat it: it is taken once (so change the `id` of a line below when you paste it again). With `ts` an event counts \
up to 5 s after it happened; what waited longer than that sets states and starts nothing.

**Sessions.** A station has visitors. What happens in front of it is said on `session/…`, not on `event/…`: each such \
event says whose it is (`session`, a name that you make up for this visit alone) and its number in it (`seq`: 1, 2, 3 \
…). The same pair is the same event, so say it again when you are not sure; an `id` is not needed. Nothing that you \
say tells who the visitor is: no name, no picture, no address of a picture. Say `gone` at the end, always.

**State.** Publish it whenever it changes, also when an event has just said the same: it is what the house finds \
when it comes back, and an old one would undo the event. Publish it again at least every 30 s when nothing has \
changed: that mends what was lost. Today `status` alone decides whether a device counts as there; the age of its last \
word will, too. Do not repeat `online` as a heartbeat: after each one everything is asked anew.

**Wants** (`set`) are levels: a want holds until the next one for the same property, and the same want may come \
twice. Each is about one property. Report in `state` what you are doing, within the time below (a scene may set \
another): that is the confirmation. Answer on `ack` only to say no; it may be asked once more then.

**Commands** (`do/…`) happen once. Remember the ids of the last hundred: a command that comes again under a known id \
is not done again, but answered again. What comes after `expires` is not done. Use a clean session, so that nothing \
old waits for you; if your clock is wrong, leave `expires` out of account and rely on that.

Who speaks, QoS and whether it is retained stand in each kind's table. These three are alike for all:
"""

AFTER = """
**Is it right?** With the device in `venue.yaml` and the controller running (`ringmaster run VENUE`), `ringmaster \
watch` shows what your device *says* and nothing in red; `mosquitto_sub -h HOST -v -t 'VENUE/HALL/NAME/error'` stays \
silent; pull its plug: `watch` says that it is gone. `ringmaster why SCENE` tells what a scene made of it; `watch` \
names \
the scenes.
"""

VISIT = """
A visit that goes well, from the first touch to the end: paste it line by line. It takes a scene that runs the \
station; without one nothing is shown and told, but what you say is heard all the same (`ringmaster watch`). A visit \
can end at any turn: by `gone`, or because the scene waits no longer and takes its page away. The names of pages are \
the venue's: show what `set` says, not what stands here. Where the venue gives the station a page that invites \
(`idle: attract`), that is asked at the end; else `null`. For the next visit make up another `session`.

If no page is asked within 2 s of your first event, nobody takes this visit (another one goes on, or the station cools \
down): say `gone` and invite again. What nobody waits for is heard and dropped. After `failed` the visitor may say \
`again`, and the countdown is shown once more; else `purge` is told: acknowledge it, delete, say `done`.
"""

HOUSE = """
## The house itself

A remote gives orders, and anybody may listen to what the house does. A button that can send nothing but an empty \
body is enough: the order stands in the topic.
"""
