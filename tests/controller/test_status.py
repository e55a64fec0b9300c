"""What the controller says of itself."""

import json

from controller.status import Refusal, Status
from tests.controller.fakes import FakeLink


def told(refusal: Refusal | None = None) -> dict[str, object]:
    link = FakeLink()
    status = Status("demo", "house", link.publish, since=2_000_000)
    status.refusal = refusal
    status.online(config="abc", epoch=3)
    assert (link.topics(), link.published[0].retain) == (["demo/controller/house/status"], True)
    return json.loads(link.published[0].payload)


def test_it_names_the_configuration_and_the_start():
    found = told()
    assert (found["state"], found["config"], found["epoch"], found["since"]) == ("online", "abc", 3, 2.0)


def test_all_is_well_when_nothing_is_said_of_a_reload():
    assert "reload" not in told()


def test_a_refused_reload_is_told_until_it_is_taken_back():
    assert told(Refusal(2, 5_000_000, "a.yaml:1:2: no"))["reload"] == {
        "refused": 2,
        "at": 5.0,
        "why": "a.yaml:1:2: no",
    }


def test_its_will_and_its_goodbye_say_the_same():
    link = FakeLink()
    status = Status("demo", "house", link.publish, since=0)
    status.offline()
    assert link.published[0].payload == status.will().payload
    assert link.published[0].topic == status.will().topic
