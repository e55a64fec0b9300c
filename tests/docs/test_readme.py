"""The README in both languages: its scene is the demo's, its commands are there, its links lead somewhere."""

import re
from pathlib import Path

import pytest

from controller.commands.shipped import demo_venue
from controller.venue.source.nodes import Table, read_yaml
from tests.controller.commands.test_exits import ringmaster
from tests.test_packaging import ROOT

PAGES = ("README.md", "README.zh.md")
every_page = pytest.mark.parametrize("page", PAGES)


def text(page: str) -> str:
    return (ROOT / page).read_text("utf-8")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", text(page), re.DOTALL)


def keys(node: object) -> object:
    """A tree without places and titles."""
    if isinstance(node, Table):
        return {name: keys(one) for name, one in node if name != "title"}
    return getattr(node, "text", None) or [keys(one) for one in getattr(node, "items", ())]


@every_page
def test_the_scene_is_the_demos(page):
    (scene,) = blocks(page, "yaml")
    shown, played = (read_yaml("x", one) for one in (scene, (demo_venue() / "scenes.yaml").read_text("utf-8")))
    assert isinstance(shown, Table)
    assert isinstance(played, Table)
    assert keys(shown.entries["welcome"]) == keys(played.entries["welcome"])


def test_both_pages_have_the_same_commands():
    commands = [
        [
            line.split("#")[0].replace(" --lang zh", "").strip()
            for block in blocks(page, "sh")
            for line in block.splitlines()
        ]
        for page in PAGES
    ]
    assert commands[0] == commands[1]


@every_page
def test_every_link_leads_somewhere(page):
    links = [link for link in re.findall(r"\]\(([^)#]+)", text(page)) if not link.startswith("http")]
    assert [link for link in links if not (ROOT / link).exists()] == []
    assert len(links) >= 8


@every_page
def test_it_is_at_most_two_screens(page):
    assert len(text(page).splitlines()) <= 100


@every_page
def test_its_commands_are_there(page):
    commands = {word for block in blocks(page, "sh") for word in re.findall(r"ringmaster ([a-z]+)", block)}
    help_text = ringmaster("--help").stdout
    assert commands >= {"why", "order", "check", "rehearse"}
    assert [word for word in commands if word not in help_text] == []


def test_what_it_says_of_the_venue_runs():
    assert ringmaster("check", str(demo_venue())).returncode == 0
    assert ringmaster("rehearse", str(demo_venue()), "--days", "0.02").returncode == 0
    assert Path(demo_venue()).name == "demo"
