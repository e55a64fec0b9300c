"""The command ``ringmaster``. Commands are registered by import string: asking for help loads none of them."""

import sys

from cyclopts import App, CycloptsError

from controller.exits import Exit
from devices.mistakes import KindError

app = App(
    name="ringmaster",
    help="Runs an interactive exhibition: sensors and stations speak over MQTT, scenes decide, light and film answer.",
    version_flags=["--version"],
)
COMMANDS = (
    "run", "check", "read", "demo", "order", "say", "reload", "why", "watch", "calendar", "rehearse",
    "simulate", "replay",
)  # fmt: skip
for name in COMMANDS:
    app.command(f"controller.commands.{name}:{name}", name=name)
app.command("controller.commands.trial:trial", name="test")

export = App(name="export", help="Writes what others build against: documents from the code.")
for name in ("asyncapi", "devices", "diagram", "gates", "schema"):
    export.command(f"controller.commands.export:{name}", name=name)
app.command(export)


def main() -> None:
    """The entry point. Every command returns an ``Exit``."""
    try:
        code = app(result_action="return_value", exit_on_error=False)
    except CycloptsError:  # said already: what is wrong, and what it may have meant
        code = Exit.USAGE
    except KindError as error:
        sys.stderr.write(f"{error}\nnothing was started: mend that file, or take it out of devices/kinds\n")
        code = Exit.CONFIG
    except KeyboardInterrupt:
        code = Exit.OK
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        sys.stderr.close()
        code = Exit.OK
    sys.exit(int(code) if isinstance(code, int) else Exit.OK)


if __name__ == "__main__":
    main()
