"""The engine: the one place that changes the stage.

``take(input)`` first advances to the input's time, then decides. ``advance(to)`` fires every timer due by then, each at
its own due time. ``due()`` says when there is something to advance to. However late the caller wakes, the decisions
are the same.
"""

from dataclasses import replace
from typing import assert_never

from devices.vocabulary import DeviceId
from scenes import (
    calendar,
    calls,
    commands,
    covering,
    facts,
    layers,
    listening,
    modes,
    naming,
    notices,
    outputs,
    phases,
    playing,
    restart,
    runs,
    safety,
    silences,
    spares,
    starts,
    strands,
    variables,
)
from scenes.decision import Decision
from scenes.effects import Effect, SceneState
from scenes.index import Index
from scenes.inputs import (
    Acked,
    ClockStepped,
    Heard,
    Input,
    LinkDown,
    LinkUp,
    NotSent,
    Ordered,
    Refused,
    Reloaded,
    Restarted,
    Seen,
)
from scenes.model import Scene, SceneId, Venue
from scenes.orders import by_remote
from scenes.orders import take as take_order
from scenes.reading import scene_state
from scenes.stage import Stage, Timer
from scenes.timers import Timers

_REMEMBERED_IDS = 256  # event ids kept for each device


class TimerFault(Exception):  # noqa: N818 - wraps whatever was raised, to name the timer
    """Firing a timer raised. ``timer`` is its number; set aside, it is never fired again."""

    def __init__(self, timer: int) -> None:
        super().__init__(f"timer {timer}")
        self.timer = timer


class Engine:
    """Decides. Owns the stage; asks no clock; does no input or output."""

    def __init__(self, venue: Venue, stage: Stage | None = None, set_aside: frozenset[int] = frozenset()) -> None:
        """``set_aside``: timers that are never fired, because firing them raised twice."""
        self.venue = venue
        self._set_aside = set_aside
        self.stage = stage if stage is not None else Stage()
        self._adopt(venue)

    def _adopt(self, venue: Venue) -> None:
        self.venue = venue
        self._index = Index(venue)
        self._timers = Timers(self.stage)
        waiting = [(run, strand) for run in self.stage.runs.values() for strand in strands.waiting(run)]
        for run, strand in sorted(waiting, key=lambda one: one[1].waiting.order if one[1].waiting is not None else 0):
            self._index.watch(run.id, strand.name, strands.waits_for(venue.scenes[run.scene], run, strand))

    def due(self) -> int | None:
        """Engine time of the next timer; None when nothing waits."""
        return self._timers.due()

    def advance(self, to: int) -> list[Effect]:
        """Fires what is due by ``to``. What is due at one instant is one decision. Raises ``TimerFault``."""
        effects: list[Effect] = []
        while (due := self._timers.due()) is not None and due <= to:
            effects += self._fire_all(due)
        self.stage.now = max(self.stage.now, to)
        return effects

    def take(self, one: Input) -> list[Effect]:
        """Decides what ``one`` means. ``one.at`` never runs backwards."""
        if isinstance(one, Restarted):  # what was due in the outage is due now, after what the restart decides
            effects = self.advance(one.died_at if one.died_at is not None else self.stage.now)
            self.stage.now = one.at
        else:
            effects = self.advance(one.at)
        decision = self._decision(self.stage.now)
        if isinstance(one, Reloaded):
            former = self.venue
            ending = restart.reload(decision, former, one)
            self._spread(decision)
            self._adopt(one.venue)
            decision.venue, decision.index, decision.timers = self.venue, self._index, self._timers
            restart.forget_gone(decision, former)
            restart.begin_anew(decision, ending)
        else:
            self._decide(decision, one)
        self._spread(decision)
        return effects + self._settled(decision)

    def scene_states(self) -> list[SceneState]:
        """What every scene that ever did something is doing."""
        return [scene_state(self.stage, scene) for scene in self.venue.scenes.values() if scene.id in self.stage.scenes]

    def _decision(self, at: int) -> Decision:
        return Decision(self.venue, self._index, self.stage, self._timers, at)

    def _decide(self, decision: Decision, one: Input) -> None:
        match one:
            case Heard():
                self._hear(decision, one)
            case Ordered():
                take_order(decision, one)
            case Acked():
                self._ack(decision, one)
            case Seen():
                self._see(decision, one)
            case Refused():
                self._refuse(decision, one)
            case LinkUp():
                self._link_up(decision)
            case LinkDown():
                self._link_down(decision, one)
            case NotSent():
                commands.not_sent(decision, one.id, one.reason)
            case ClockStepped():
                decision.note("clock", details={"by_us": one.offset - self.stage.offset})
                self.stage.offset = one.offset
                variables.clock_stepped(decision)
                calendar.due(decision)
            case Restarted():
                restart.take(decision, one)
            case Reloaded():
                raise TypeError("a reload swaps the venue and is taken before this")
            case _ as never:
                assert_never(never)

    def _hear(self, decision: Decision, heard: Heard) -> None:
        life = decision.device_life(heard.device)
        if heard.id is not None:
            if heard.id in life.ids:
                life.duplicates += 1
                decision.note("duplicate", device=heard.device, details={"id": heard.id})
                return
            life.ids[heard.id] = decision.at
            if len(life.ids) > _REMEMBERED_IDS:
                del life.ids[next(iter(life.ids))]
        if heard.session in life.closed:
            life.late += 1
            decision.note("late", device=heard.device, details={"session": heard.session, "event": heard.event})
            return
        if heard.session:
            decision.sessions[heard.device] = heard.session
        life.heard_at = decision.at
        meant = (heard, replace(heard, device=life.stands_for)) if life.stands_for else (heard,)
        for one in meant:  # what it says counts for what it stands in for, too
            self._believe(decision, one)
        if heard.source == "live":
            outputs.reported(decision, heard.device, heard.states)
        for one in meant:
            if one.event and not listening.staleness(decision, one):
                decision.news[f"{one.device}.{one.event}"] = None

    def _believe(self, decision: Decision, heard: Heard) -> None:
        """What a device says becomes known, and starts what it starts."""
        before = listening.truths(decision, heard.states, heard.device)
        for name, value in heard.states.items():
            decision.set_value(f"{heard.device}.{name}", value)
        safety.look(decision)
        playing.heard(decision, heard, fresh=not listening.staleness(decision, heard))
        listening.heard(decision, heard, before)
        variables.heard(decision, heard)
        remote = self.venue.remotes.get(heard.device)
        if remote is not None and heard.event:
            by_remote(decision, remote, heard)

    def _ack(self, decision: Decision, ack: Acked) -> None:
        if ack.id in self.stage.commands:
            commands.acked(decision, ack.id, ok=ack.ok, reason=ack.reason)
        elif not ack.ok:
            outputs.refused(decision, ack.device, ack.id, ack.reason)

    def _see(self, decision: Decision, seen: Seen) -> None:
        life = decision.device_life(seen.device)
        was, life.online = life.online, seen.online
        decision.standing[seen.device] = None
        if was != seen.online:
            decision.note("online" if seen.online else "offline", device=seen.device)
        if seen.online and (was is False or seen.source == "live"):
            mine = [one for one in self.stage.outputs.values() if one.device == seen.device]
            outputs.asserted(decision, mine)

    def _refuse(self, decision: Decision, refused: Refused) -> None:
        self.stage.refused += 1
        if refused.device is not None:
            decision.device_life(refused.device).refused += 1
        decision.note("refused", device=refused.device, details={"topic": refused.topic, "reason": refused.reason})

    def _link_up(self, decision: Decision) -> None:
        self.stage.link_up = True
        decision.note("link", details={"state": "there"})
        outputs.asserted(decision, list(self.stage.outputs.values()))
        commands.link_up(decision)
        decision.touched.update(dict.fromkeys(self.stage.scenes))
        decision.named.update(dict.fromkeys(naming.names(self.venue)))
        decision.safety = True

    def _link_down(self, decision: Decision, down: LinkDown) -> None:
        if self.stage.link_up:
            self.stage.away_since = decision.at
        self.stage.link_up = False
        decision.note("link", details={"state": "gone", "why": down.reason})
        outputs.link_lost(decision)
        commands.link_lost(decision)

    def _fire_all(self, due: int) -> list[Effect]:
        """One decision for everything that is due at one instant."""
        self.stage.now = due
        decision = self._decision(due)
        number = 0
        try:
            while self._timers.due() == due:
                timer = self._timers.pop()
                number = timer.number
                if number not in self._set_aside:
                    self._fire(decision, timer)
                self._spread(decision)
            return self._settled(decision)
        except Exception as error:
            raise TimerFault(number) from error

    def _fire(self, decision: Decision, timer: Timer) -> None:
        match timer.action:
            case "dwell" | "gap" | "queue" | "claim" | "silence" | "notice":
                what, _, scene = timer.subject.partition(" ")
                self._fire_for(decision, self.venue.scenes[SceneId(scene)], what, timer)
            case "step" | "lasting" | "moment" | "phase":
                run, _, strand = timer.subject.partition(" ")
                runs.due(decision, self.stage.runs[run], strand, timer.action)
            case "limit":
                runs.finish(decision, self.stage.runs[timer.subject], "it ran as long as it may")
            case "confirm":
                outputs.due(decision, timer.subject)
            case "turn":
                layers.turn(decision, timer.subject, timer.number)
            case "spare":
                spares.due(decision, DeviceId(timer.subject))
            case "command":
                commands.due(decision, timer.subject)
            case "calendar":
                calendar.due(decision)
            case "safety":
                safety.due(decision, timer.subject)
            case "reset" | "fact":
                naming.due(decision, timer)
            case "cooled":
                self._cooled(decision, timer)

    def _fire_for(self, decision: Decision, scene: Scene, what: str, timer: Timer) -> None:
        """For a scene: ``what`` is the number of a candidate or of a start, or the word of a notice."""
        match timer.action:
            case "claim":
                starts.given_up(decision, scene, int(what))
            case "silence":
                starts.open_candidate(decision, scene, int(what), "event")
            case "notice":
                notices.hide(decision, scene, what)
            case _:
                starts.due(decision, scene, int(what), timer.action)

    def _cooled(self, decision: Decision, timer: Timer) -> None:
        scene = self.venue.scenes.get(SceneId(timer.subject))
        if scene is not None:
            life = decision.scene_life(scene)
            life.cooling = {key: until for key, until in life.cooling.items() if until > decision.at}

    def _spread(self, decision: Decision) -> None:
        """News make news: what changed wakes what waits for it, until nothing is left."""
        while self._is_open(decision):
            if decision.former:
                listening.changed(decision)
            for scene in list(decision.closed):
                del decision.closed[scene]
                if scene in self.venue.scenes:
                    starts.closed(decision, self.venue.scenes[scene])
            if decision.claimed:
                covering.look(decision)
            for (run_id, visit), why in list(decision.failed.items()):
                del decision.failed[run_id, visit]
                run = self.stage.runs.get(run_id)
                if run is not None and phases.visit(run) == visit:  # what was left needs it no more
                    runs.failed(decision, run, why)
            for caller in list(decision.calls):
                del decision.calls[caller]
                calls.take(decision, caller)
            for key in list(decision.news):
                del decision.news[key]
                self._tell(decision, key)

    def _tell(self, decision: Decision, key: str) -> None:
        """What changed or happened, to everything that it concerns."""
        for fact in self._index.facts.get(key, ()):
            facts.look(decision, fact)
        variables.news(decision, key)
        starts.lasting(decision, self._index.lasting.get(key, []))
        silences.news(decision, self._index.silent.get(key, []))
        for run_id, strand in self._index.waiting_for(key):
            run = self.stage.runs.get(run_id)
            if run is not None:
                runs.news(decision, run, strand, key)

    def _is_open(self, decision: Decision) -> bool:
        """Whether something waits to be told to those whom it concerns."""
        waiting = (decision.news, decision.former, decision.failed, decision.closed, decision.claimed, decision.calls)
        return any(waiting)

    def _settled(self, decision: Decision) -> list[Effect]:
        """The decision is made: one message a property, and what each touched scene is doing now."""
        variables.visits(decision)
        modes.look(decision)
        while decision.unsettled or decision.doubts or decision.news or decision.failed or decision.former:
            outputs.settle(decision)
            self._spread(decision)
            modes.look(decision)
        spares.look(decision)
        effects = decision.effects
        if decision.safety and (self.venue.evacuation is not None or self.stage.safety.since):
            effects.append(safety.mirror(self.stage))
        effects += naming.states(decision)
        effects += [scene_state(self.stage, self.venue.scenes[one]) for one in decision.touched]
        return effects
