"""F7: what a broker kept sets what is known, and starts nothing: 10,000 retained topics, a restart of the broker."""

import json
import sqlite3
from pathlib import Path

import pytest

from tests.brokers import mosquitto
from tests.journeys.playing import Ears, eventually, running

HALLS, SENSORS = 100, 100


def venue(folder: Path) -> Path:
    """A hundred halls with a hundred sensors each, every one of which would start its hall's scene."""
    made = folder / "venue"
    made.mkdir()
    lines = ["venue: many", "devices:"]
    lines += [f"  h{hall}.s{n}: {{kind: presence}}" for hall in range(HALLS) for n in range(SENSORS)]
    lines += [f"  h{hall}.lamp: {{kind: light}}" for hall in range(HALLS)]
    for hall in range(HALLS):
        several = ", ".join(f"h{hall}.s{n}.occupied" for n in range(SENSORS))
        lines += [f"scene_{hall}:", f"  starts: {{when: [{several}]}}", f"  does: [{{ask: {{h{hall}.lamp: 80%}}}}]"]
    (made / "venue.yaml").write_text("\n".join((*lines, "")), "utf-8")
    return made


def verdicts(state: Path) -> dict[str, int]:
    with sqlite3.connect(f"file:{state / 'journal.db'}?mode=ro", uri=True) as journal:
        rows = journal.execute("SELECT verdict, count(*) FROM notes WHERE what = 'verdict' GROUP BY verdict")
        return {str(verdict): count for verdict, count in rows}


@pytest.mark.interop
@pytest.mark.timeout(180)
def test_ten_thousand_retained_topics_start_nothing_at_boot_or_when_the_broker_comes_back(tmp_path, record_property):
    kept = f"persistence true\npersistence_location {tmp_path}/\nmax_inflight_messages 0\n"
    with mosquitto(lines=kept) as broker:
        sensors = Ears(broker, "nothing/at/all")
        for hall in range(HALLS):
            for n in range(SENSORS):
                sensors.says_soon(f"many/h{hall}/s{n}/state", {"occupied": True}, retain=True)
        sensors.says("many/all/said/state", {})
        sensors.close()
        with running(venue(tmp_path), broker, tmp_path, venue_id="many", seconds=60) as (controller, ears):
            state = controller.state
            eventually(lambda: verdicts(state).get("retained", 0) >= HALLS * SENSORS, "all are heard", seconds=60)
            broker.stop()
            broker.start()
            status = "many/controller/house/status"
            again = Ears(broker, status, "many/reply/#")
            eventually(lambda: any(one["state"] == "online" for one in again.on(status)), "the controller is back")
            again.says("many/order/start/scene_1", {"id": "asked"})
            answer = again.until("many/reply/asked")
            again.close()
            found = verdicts(state)
            ears.close()
    assert answer["answer"] == "refused"
    assert set(found) == {"retained"}, json.dumps(found)
    record_property(
        "F7", f"{HALLS * SENSORS} retained topics and a broker restart: {found['retained']} verdicts retained, 0 starts"
    )
