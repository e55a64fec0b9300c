"""Rehearsal: the same seed the same hash, in every process; another dwell or another seed another one."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.playing import DEMO, venue_folder


def rehearse(
    venue: Path, seed: int = 5, days: str = "0.2", hash_seed: str = "0", more: tuple[str, ...] = ()
) -> dict[str, object]:
    found = subprocess.run(
        [
            sys.executable,
            "-m",
            "controller",
            "rehearse",
            str(venue),
            "--days",
            days,
            "--seed",
            str(seed),
            "--format",
            "json",
            *more,
        ],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
    )
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


@pytest.fixture(scope="module")
def once() -> dict[str, object]:
    return rehearse(DEMO)


@pytest.mark.parametrize("hash_seed", ["1", "77"])
def test_the_same_seed_gives_the_same_hash_in_every_process(once, hash_seed, record_property):
    assert rehearse(DEMO, hash_seed=hash_seed)["hash"] == once["hash"]
    record_property("F8", f"rehearsed twice in two processes: {once['hash']}")


FAULTY = ("--visitors", "school", "--faults", "preface.*: lies 5% and vanishes 30s every 5min and garbles 2%")


def test_visitors_and_faults_follow_from_the_seed_too(once):
    first, second = (rehearse(DEMO, hash_seed=hash_seed, more=FAULTY) for hash_seed in ("1", "77"))
    assert first["hash"] == second["hash"] != once["hash"]
    assert first["hash"] != rehearse(DEMO, seed=6, more=FAULTY)["hash"]
    assert first["failed"]


def test_another_seed_gives_another_hash(once):
    assert rehearse(DEMO, seed=6)["hash"] != once["hash"]


def test_a_dwell_changed_by_a_millisecond_gives_another_hash(once, tmp_path):
    changed = venue_folder(tmp_path, dwell=("for: 800ms", "for: 801ms"))
    assert rehearse(changed)["hash"] != once["hash"]


def test_a_comment_changes_no_decision_and_so_no_hash(once, tmp_path):
    commented = venue_folder(tmp_path, comment=("welcome:\n", "# a visitor comes in\nwelcome:\n"))
    assert rehearse(commented)["hash"] == once["hash"]


def test_every_candidate_ended_or_waits(once):
    stopped = sum(count for scene in once["stopped"].values() for count in scene.values())
    assert sum(once["started"].values()) + stopped + once["pending"] == once["candidates"]
    assert once["started"]["welcome"] > 50
    assert once["failed"] == {}


def test_it_says_what_ran_and_what_was_refused_and_why():
    found = subprocess.run(
        [sys.executable, "-m", "controller", "rehearse", str(DEMO), "--days", "0.2"],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "welcome started" in found.stdout
    assert "times not (dwell_broken), such as: it lasted" in found.stdout
    assert "[scenes.yaml:" in found.stdout
