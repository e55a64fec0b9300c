"""Groups that are asked as one: what counts is how many of them do it.

One that fails alone is left; when more fail than the group can spare, all of them turn to the substitute.
"""

from scenes.decision import Decision
from scenes.layers import LEAD, shown_by, top_of
from scenes.stage import Layer, Output


def can_change(layer: Layer) -> bool:
    """Whether there is something else to ask for."""
    return layer.substitute is not None and not layer.substituted


def change(decision: Decision, layer: Layer) -> None:
    """From now on the layer asks for its substitute; in step, if it was in step."""
    layer.substituted = True
    if layer.starts is not None:
        layer.starts = decision.at + LEAD


def given_up(decision: Decision, layer: Layer | None) -> list[tuple[Output, Layer]]:
    """The members of a group that turn to their substitute because too many of it have failed."""
    if layer is None or layer.may_fail is None:
        return []
    members = _members(decision, layer)
    failed = sum(shown_by(decision.stage, output).state == "failed" for output, _ in members)
    return [one for one in members if can_change(one[1])] if failed > layer.may_fail else []


def _members(decision: Decision, layer: Layer) -> list[tuple[Output, Layer]]:
    """Those of whom it shows."""
    run = decision.stage.runs.get(layer.run)
    outputs = [decision.stage.outputs[key] for key in (run.outputs if run is not None else ())]
    tops = [(output, top_of(decision.stage, output)) for output in outputs]
    return [
        (output, top) for output, top in tops if top is not None and top.run == layer.run and top.group == layer.group
    ]
