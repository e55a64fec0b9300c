"""A scene as a row: what it does, since when, and what is left."""

from collections.abc import Mapping

from rich.text import Text

from controller.view.cells import between, clean, fitted
from controller.view.devices import Look
from controller.view.sight import SECOND
from controller.view.words import WORDS, length, say, titled
from devices.contracts.house import SceneBody
from scenes.model import Scene, While

SIGNS: Mapping[str, tuple[str, str]] = {
    "running": ("▶", "green"),
    "suspended": ("‖", ""),
    "queued": ("…", ""),
    "cooling": ("◷", ""),
    "blocked": ("✗", "red"),
    "disarmed": ("⊘", ""),
}


def urgency(look: Look, scene: Scene) -> int:
    """What comes first where there is little room: what somebody set off, then what lasts by itself, then the rest."""
    body = look.sight.scenes.get(scene.id)
    state = body.state if body is not None else "idle"
    by_itself = all(isinstance(one, While) for one in scene.starts)
    return {"running": 2 if by_itself else 0, "idle": 4 if by_itself else 3}.get(state, 1)


def scene_row(look: Look, scene: Scene, name_width: int, width: int) -> Text:
    """``▶ welcome  A visitor walks in        12 s · 2:18 left at most``."""
    body = look.sight.scenes.get(scene.id)
    state = body.state if body is not None else "idle"
    sign, style = SIGNS.get(state, (" ", "dim"))
    left = Text.assemble((f"{sign} ", style), fitted(clean(scene.id), name_width))
    if state == "idle":
        left.stylize("dim")
    title = titled(scene.title, look.language, "")
    left.append(f" {title}", "dim" if state == "idle" else "")
    word = say(look.language, state) if state in WORDS else clean(state)
    right = Text(word, style)
    if body is not None and state != "idle":
        right = Text(" · ").join([right, *_times(look, scene, body)])
    return between(left, right, width)


def _times(look: Look, scene: Scene, body: SceneBody) -> list[Text]:
    found: list[Text] = []
    if body.state == "running":
        if len(scene.phases) > 1 and body.step is not None:
            found.append(Text(clean(body.step.rpartition(".")[0])))
        elif body.since is not None:
            found.append(Text(f"{length(look.now - round(body.since * SECOND)):>4}"))
    if body.queued:
        found.append(Text(say(look.language, "waiting", body.queued)))
    if body.until is not None:
        left = f"{length(round(body.until * SECOND) - look.now):>4}"
        found.append(Text(say(look.language, "left" if body.state == "cooling" else "at most", left)))
    return found
