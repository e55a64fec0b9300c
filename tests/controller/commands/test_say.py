"""``ringmaster say``: a device's words by hand, over a real broker."""

import json
import subprocess
import sys

from controller.exits import Exit
from tests.brokers import mosquitto
from tests.journeys.playing import DEMO, Controller, running

TOPIC = "demo/preface/entry/state"


def say(controller: Controller, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "controller", "say", *words]
    return subprocess.run(command, env=controller.environment, capture_output=True, text=True, timeout=30)


def test_what_is_said_by_hand_starts_what_the_device_would_start(tmp_path):
    with mosquitto() as broker, running(DEMO, broker, tmp_path) as (controller, ears):
        assert say(controller, "preface.entry.occupied=false").returncode == Exit.OK
        told = say(controller, "preface.entry.occupied")
        assert (told.returncode, told.stdout) == (Exit.OK, f'said on {TOPIC}: {{"occupied": true}}\n')
        assert ears.on(TOPIC) == [{"occupied": False}, {"occupied": True}]
        assert not any(retained for _, topic, _, retained in ears.heard if topic == TOPIC)
        ears.until("demo/scene/welcome/state", lambda body: body["state"] == "running")
        told = say(controller, "preface.entry.count=3", "--format", "json")
        assert json.loads(told.stdout) == {"topic": TOPIC, "body": {"count": 3}}
        for words, why in {
            ("preface.entri.occupied",): "did you mean 'preface.entry'?",
            ("preface.entry.count=many",): "count",
            ("preface.entry.occupied", "--with", "colour=red"): "colour",
        }.items():
            refused = say(controller, *words)
            assert (refused.returncode, why in refused.stderr) == (Exit.USAGE, True), refused.stderr
    gone = say(controller, "preface.entry.occupied")
    assert (gone.returncode, "no controller runs" in gone.stderr) == (Exit.UNAVAILABLE, True)
