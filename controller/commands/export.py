"""``ringmaster export``: what others build against, written from the code. Each document is a command of its own."""

import json
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import yaml

from controller.commands.complaints import complain_of
from controller.commands.shipped import demo_venue
from controller.exits import Exit
from controller.export import asyncapi as document
from controller.export.devices import device_page
from controller.venue.findings import VenueError
from controller.venue.load import load_venue
from controller.venue.source.files import read_folder
from devices.registry import all_kinds


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
    try:
        found = (
            document.asyncapi(all_kinds(), version("ringmaster"))
            if venue is None
            else document.asyncapi_of(load_venue(read_folder(venue)), version("ringmaster"))
        )
    except VenueError as error:
        return complain_of(error, "human")
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
    try:
        example = load_venue(read_folder(venue or demo_venue()))
    except VenueError as error:
        return complain_of(error, "human")
    print(device_page(all_kinds(), example), end="")
    return Exit.OK
