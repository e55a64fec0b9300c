"""``ringmaster export``: what others build against, written from the code. Each document is a command of its own."""

import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import yaml

from controller.commands.complaints import complain_of
from controller.commands.shipped import demo_venue
from controller.commands.venues import NoVenue, find_venue
from controller.exits import Exit
from controller.export import asyncapi as document
from controller.export.devices import device_page
from controller.export.diagram import diagram as drawn
from controller.export.gates import gates as table_of_gates
from controller.venue.findings import VenueError, near
from controller.venue.load import load, load_venue
from controller.venue.schema import schema_of
from controller.venue.source.files import read_folder
from devices.registry import all_kinds
from scenes.model import SceneId


def asyncapi(
    venue: Path | None = None,
    *,
    format: Literal["json", "yaml"] = "json",  # noqa: A002 - the option's name
) -> Exit:
    """Print every topic and body as an AsyncAPI 3.0.0 document, for all kinds of devices or for one venue.

    Parameters
    ----------
    venue
        A venue's folder: its devices by name, and only the kinds that it has.
    format
        JSON or YAML.
    """
    if venue is None:
        found = document.asyncapi(all_kinds(), version("ringmaster"))
    else:
        try:
            found = document.asyncapi_of(load_venue(read_folder(venue)), version("ringmaster"))
        except VenueError as error:
            return complain_of(error, "human", venue)
    text = json.dumps(found, ensure_ascii=False, indent=2)
    # Through JSON, so that YAML gets no anchors for what stands twice.
    print(text if format == "json" else yaml.safe_dump(json.loads(text), allow_unicode=True, sort_keys=False).rstrip())
    return Exit.OK


def devices(venue: Path | None = None) -> Exit:
    """Print the page for device makers, in Markdown.

    Parameters
    ----------
    venue
        The folder of a venue whose devices the examples name; without it the demo venue.
    """
    folder = venue or demo_venue()
    try:
        example = load_venue(read_folder(folder))
    except VenueError as error:
        return complain_of(error, "human", folder)
    print(device_page(all_kinds(), example), end="")
    return Exit.OK


def diagram(scene: str, *, in_: Path | None = None) -> Exit:
    """Print how a scene goes from phase to phase, as a Mermaid state diagram for a page in Markdown.

    Parameters
    ----------
    scene
        The scene's id.
    in_
        The venue's folder; without it, the venue that is here.
    """
    try:
        folder = in_ or find_venue(f"ringmaster export diagram {scene} --in")
    except NoVenue as error:
        print(error, file=sys.stderr)
        return Exit.USAGE
    try:
        scenes = load_venue(read_folder(folder)).scenes
    except VenueError as error:
        return complain_of(error, "human", folder)
    found = scenes.get(SceneId(scene))
    if found is None:
        print(f"{scene}: there is no such scene; {near(scene, scenes).text()}", file=sys.stderr)
        return Exit.NO
    print(drawn(found), end="")
    return Exit.OK


def gates() -> Exit:
    """Print the gates that a start must pass, in their order, as a table in Markdown."""
    print(table_of_gates(), end="")
    return Exit.OK


SCHEMA = "venue.schema.json"  # beside the files that name it in their first line


def schema(venue: Path | None = None, *, write: bool = False) -> Exit:
    """Print the JSON Schema that lets an editor complete, explain and check a venue's files, with that venue's names.

    An editor with the YAML language server finds it by the first line of a file:
    # yaml-language-server: $schema=venue.schema.json

    Parameters
    ----------
    venue
        The venue's folder; without it, the venue that is here.
    write
        Write it into the venue's folder, as venue.schema.json, in place of printing it.
    """
    try:
        folder = venue or find_venue("ringmaster export schema")
    except NoVenue as error:
        print(error, file=sys.stderr)
        return Exit.USAGE
    try:
        found = schema_of(load(read_folder(folder)))
    except VenueError as error:
        return complain_of(error, "human", folder)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if not write:
        print(text)
        return Exit.OK
    try:
        (folder / SCHEMA).write_text(f"{text}\n", "utf-8")
    except OSError as error:
        print(f"{folder / SCHEMA} cannot be written: {error.strerror}", file=sys.stderr)
        return Exit.UNAVAILABLE
    print(f"written: {folder / SCHEMA}")
    return Exit.OK
