"""What people order, and the one answer that each gets. Absolute verbs only: the same order twice is one order."""

from collections.abc import Callable, Mapping
from difflib import get_close_matches

from devices.contracts.orders import VERBS, AnswerWord
from devices.vocabulary import DeviceId
from scenes import calendar, claims, cues, listening, notices, runs, safety, starts, variables
from scenes.decision import Decision
from scenes.effects import Answer
from scenes.inputs import Heard, Ordered
from scenes.listening import MAX_AGE
from scenes.model import ENDS, By, Place, Remote, Scene, SceneId
from scenes.params import Misfit, check_known, fitting
from scenes.reasons import held, pending_words, span, verdict_words
from scenes.stage import Answered
from scenes.verdicts import Verdict

_OUT_OF_ORDER = "it is out of order"
_REMEMBERED = 256  # answers kept for orders that come twice


def take(decision: Decision, order: Ordered) -> None:
    """Does the order and answers it."""
    order_id = order.id or f"order-{order.number}"
    answered = decision.stage.answers.get(order_id) if order.id and not order.fault else None
    if answered is None:
        answered = _answer(decision, order)
        if not order.fault:  # mended, it may come again under the same id
            _remember(decision, order_id, answered)
    _note(decision, order, order_id, answered)
    decision.effects.append(
        Answer(
            at=decision.at,
            id=order_id,
            answer=answered.answer,
            why=answered.why,
            run=answered.run,
            verdict=Verdict(answered.verdict) if answered.verdict else None,
            reply_to=order.reply_to,
            correlation=order.correlation,
            last=order.id is None,
        )
    )


def by_remote(decision: Decision, remote: Remote, heard: Heard) -> None:
    """A button was pressed or held: the order that it stands for, answered with a note."""
    pressed = (heard.fields.get("button"), heard.event)
    button = next((one for one in remote.buttons if (one.button, one.event) == pressed), None)
    if button is None:
        return
    order = Ordered(decision.at, heard.number, button.verb, button.scene, by=remote.role)
    old = listening.staleness(decision, heard)
    is_late = old and button.verb != "evacuate"  # that counts until somebody lifts it
    answered = Answered("expired", f"the press is {old}") if is_late else _do(decision, order)
    _note(decision, order, f"{remote.id}-{heard.number}", answered, button.place, remote.device)


def _note(
    decision: Decision,
    order: Ordered,
    order_id: str,
    answered: Answered,
    place: Place | None = None,
    device: DeviceId | None = None,
) -> None:
    decision.note(
        "order",
        scene=SceneId(order.target) if order.target in decision.venue.scenes else None,
        run=answered.run,
        place=place,
        device=device,
        details={
            "verb": order.verb,
            "target": order.target,
            "by": order.by,
            "id": order_id,
            "answer": answered.answer,
            "why": answered.why,
        },
    )


def _answer(decision: Decision, order: Ordered) -> Answered:
    if order.fault:
        return Answered("refused", order.fault)
    if order.source == "retained":
        return Answered("refused", "an order must not be retained: publish it again without the retain flag")
    wall = decision.at + decision.stage.offset
    if order.expires is not None and wall > order.expires:
        late = (wall - order.expires) / 1_000_000
        return Answered("expired", f"it expired {late:.1f} s before it came", verdict=Verdict.EXPIRED)
    since = decision.stage.away_since
    never_late = order.verb == "evacuate"  # it counts until somebody lifts it
    if order.source == "backlog" and not never_late and (not since or decision.at - since > MAX_AGE):
        time = f"{(decision.at - since) // 1_000_000} s" if since else "nobody knows how long"
        why = f"it waited while the controller was away ({time}); order it again"
        return Answered("expired", why, verdict=Verdict.EXPIRED)
    return _do(decision, order)


def _do(decision: Decision, order: Ordered) -> Answered:
    if order.verb in _OF_THE_HOUSE:
        return _OF_THE_HOUSE[order.verb](decision, order)
    do = _VERBS.get(order.verb)
    if do is None:
        return Answered("refused", _unknown_verb(order.verb))
    scene = _meant(decision, order)
    if scene is None:
        return Answered("refused", _unknown_scene(decision, order))
    if order.params and do is not _start:
        return Answered(
            "refused", f"{scene.id} takes no parameters; with: {', '.join(order.params)} would change nothing"
        )
    return do(decision, scene, order)


def _start(decision: Decision, scene: Scene, order: Ordered) -> Answered:
    number = next((n for n, start in enumerate(scene.starts) if isinstance(start, By)), None)
    if number is None:
        why = f"{scene.id} starts by itself, not by order ({scene.where('starts')}); write by: staff among its starts"
        return Answered("refused", why)
    try:
        check_known(scene.needs, order.params)
        params = fitting(decision.venue, scene.needs, order.params)
    except Misfit as misfit:
        return Answered("refused", f"{scene.id}: {misfit}")
    end = starts.open_candidate(decision, scene, number, "order", params=params)
    if end.verdict is None:
        waits = f"it waits, {span(claims.PATIENCE)} at most: {held(end.details)}" if "holder" in end.details else ""
        return Answered("accepted", waits or pending_words(end.details))
    said: AnswerWord = "accepted" if end.verdict in (Verdict.STARTED, Verdict.EXTENDED) else "refused"
    return Answered(said, verdict_words(end.verdict, end.details), end.run, end.verdict)


def _stop(decision: Decision, scene: Scene, order: Ordered) -> Answered:  # noqa: ARG001
    running = decision.running(scene)
    is_ending = bool(running) and all(run.phase == ENDS for run in running)
    waiting = starts.withdraw(decision, scene, "stopped by order")
    decision.scene_life(scene).again.clear()
    for run in running:
        runs.finish(decision, run, "stopped by order")
    if any(run.stopping for run in running):
        return Answered("accepted", f"{scene.id} ends when {running[0].phase} is over", running[0].id)
    if is_ending:
        return Answered("done", f"{scene.id} is ending already", running[0].id)
    if running:
        return Answered("done", f"{scene.id} was stopped", running[0].id)
    return Answered("done", f"{scene.id} was about to start" if waiting else f"{scene.id} was not running")


def _arm(decision: Decision, scene: Scene, order: Ordered) -> Answered:  # noqa: ARG001
    life = decision.scene_life(scene)
    was, life.armed, life.resting = life.armed, True, False
    notices.hide(decision, scene, "resting")
    if was:
        return Answered("done", f"{scene.id} was armed")
    decision.note("armed", scene=scene.id)
    starts.armed(decision, scene)
    return Answered("done", f"{scene.id} is armed")


def _rest(decision: Decision, scene: Scene, order: Ordered) -> Answered:  # noqa: ARG001
    """Out of order: what runs ends, nobody waits, nothing starts, and that is shown until it is armed."""
    life = decision.scene_life(scene)
    if life.resting:
        return Answered("done", f"{scene.id} is out of order already")
    life.armed, life.resting = False, True
    starts.withdraw(decision, scene, _OUT_OF_ORDER)
    life.again.clear()
    for run in decision.running(scene):
        runs.finish(decision, run, _OUT_OF_ORDER)
    notices.show(decision, scene, "resting", scene.resting)
    decision.note("disarmed", scene=scene.id, details={"why": _OUT_OF_ORDER})
    return Answered("done", f"{scene.id} is out of order until it is armed")


def _disarm(decision: Decision, scene: Scene, order: Ordered) -> Answered:  # noqa: ARG001
    life = decision.scene_life(scene)
    if life.armed:
        life.armed = False
        decision.note("disarmed", scene=scene.id)
    return Answered("done", f"{scene.id} starts no more until it is armed; what runs goes on")


_VERBS: Mapping[str, Callable[[Decision, Scene, Ordered], Answered]] = {
    "start": _start,
    "stop": _stop,
    **dict.fromkeys(cues.VERBS, cues.take),
    "arm": _arm,
    "disarm": _disarm,
    "rest": _rest,
}
_OF_THE_HOUSE: Mapping[str, Callable[[Decision, Ordered], Answered]] = {
    **dict.fromkeys(safety.VERBS, safety.take),
    "extend": calendar.extend,
    "set": variables.take,
}
_OF_A_TOUR = (*cues.VERBS, "stop")


def _meant(decision: Decision, order: Ordered) -> Scene | None:
    """The scene that is named; a remote with few buttons names none, and means the one tour that is going on."""
    if not order.target and order.verb in _OF_A_TOUR:
        running = cues.tours(decision)
        return running[0] if len(running) == 1 else None
    return decision.venue.scenes.get(SceneId(order.target))


def _unknown_verb(verb: str) -> str:
    if verb in VERBS:
        return f"nothing in this venue takes {verb!r} yet; it takes {', '.join((*_VERBS, *_OF_THE_HOUSE))}"
    near = get_close_matches(verb, VERBS, 1)
    return f"there is no order {verb!r}" + (
        f"; did you mean {near[0]!r}?" if near else f" (there is {', '.join(VERBS)})"
    )


def _unknown_scene(decision: Decision, order: Ordered) -> str:
    target = order.target
    if not target and order.verb in _OF_A_TOUR:
        running = ", ".join(scene.id for scene in cues.tours(decision))
        return f"which tour? {running} are going on" if running else "no tour is going on"
    if not target:
        return "which scene? order/{verb}/{scene}"
    scenes = list(decision.venue.scenes)
    near = get_close_matches(target, scenes, 1, 0.5)
    return f"there is no scene {target!r}" + (f"; did you mean {near[0]!r}?" if near else f" (of {len(scenes)})")


def _remember(decision: Decision, order_id: str, answered: Answered) -> None:
    answers = decision.stage.answers
    answers[order_id] = answered
    while len(answers) > _REMEMBERED:
        del answers[next(iter(answers))]
