"""What a scene shows that is no run: to those who wait, to one who was refused, while it is out of order.

A notice lies in the layers as a run does, in the scene's own band, and goes as softly as it came.
"""

from collections.abc import Mapping

from devices.vocabulary import NOTHING, Scalar
from scenes import layers, outputs
from scenes.decision import Decision
from scenes.model import SECOND, Micros, Scene, Want
from scenes.stage import Notice

SHOWN: Micros = 10 * SECOND  # so long one who was refused is told when to come back


def show(
    decision: Decision, scene: Scene, word: str, wants: tuple[Want, ...], params: Mapping[str, Scalar] = NOTHING
) -> None:
    """Shows these wants until ``hide``. ``params``: what ``$`` puts in; the same again changes nothing."""
    notices = decision.scene_life(scene).notices
    notice = notices.get(word)
    if not wants or (notice is not None and notice.params == params and notice.outputs):
        return
    if notice is None:
        notice = notices[word] = Notice(f"{scene.id} {word}", scene.id)
    notice.params = dict(params)
    for want in wants:
        layers.ask(decision, notice, scene.band, want)


def show_for(
    decision: Decision, scene: Scene, word: str, wants: tuple[Want, ...], params: Mapping[str, Scalar]
) -> None:
    """Shows these wants for a while, from now."""
    show(decision, scene, word, wants, params)
    notice = decision.scene_life(scene).notices.get(word)
    if notice is not None:
        decision.timers.stop(notice.timer)
        notice.timer = decision.timers.start(decision.at + SHOWN, "notice", f"{word} {scene.id}")


def hide(decision: Decision, scene: Scene, word: str) -> None:
    """The notice goes, if it is there."""
    notice = decision.scene_life(scene).notices.pop(word, None)
    if notice is not None:
        decision.timers.stop(notice.timer)
        lying = [layers.layer_of(decision, notice, key) for key in notice.outputs]
        outputs.release(decision, notice, max((one.fade for one in lying if one is not None), default=0))


def hide_all(decision: Decision, scene: Scene) -> None:
    """Every notice of the scene goes."""
    for word in list(decision.scene_life(scene).notices):
        hide(decision, scene, word)
