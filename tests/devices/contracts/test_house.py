"""What the house says of itself."""

import json

import pytest
from pydantic import ValidationError

from devices.contracts.house import BeatBody, ErrorBody, SceneBody, StatusBody


def test_what_is_absent_is_left_out():
    assert StatusBody(state="offline").payload() == b'{"state":"offline"}'
    assert json.loads(SceneBody(state="idle", band="staff").payload()) == {"state": "idle", "band": "staff"}


def test_times_are_seconds_as_they_were_given():
    assert BeatBody(at=1_642_384_800.5, epoch=3).payload() == b'{"at":1642384800.5,"epoch":3}'


def test_a_pointer_to_the_whole_is_said():
    assert json.loads(ErrorBody(topic="a/b/c/state", pointer="", reason="not JSON").payload())["pointer"] == ""


def test_a_scene_can_be_nothing_else():
    with pytest.raises(ValidationError):
        SceneBody(state="dancing", band="staff")
