"""What waits to leave, and why. Levels go at once; one-shots leave after the commit of their cause.

What an evacuation asks waits for nothing, not even for a one-shot to the same device.

Per device first in, first out: a level decided after a one-shot to the same device waits for it. What scenes are doing
is told last, and at most twenty times a second for each.
"""

from collections import deque
from collections.abc import Callable, Iterable

from controller.outputs.letters import (
    answer_letters,
    command_letter,
    error_letter,
    named_letter,
    no_state_letter,
    safety_letter,
    state_letter,
    want_letter,
)
from devices.vocabulary import DeviceId
from link.port import Outgoing, Ticket, TicketId
from scenes.effects import Answer, Effect, NamedState, SafetyState, SceneState, Set, Tell
from scenes.model import Band, SceneId

PATIENCE = 60_000_000  # microseconds

Publish = Callable[[Outgoing], Ticket]


class Outbox:
    """``publish`` hands a message to the link and says what became of it. All methods are called on the loop."""

    def __init__(self, venue: str, publish: Publish) -> None:
        self.epoch = 0
        self.offset = 0
        self._venue = venue
        self._publish = publish
        self._held: dict[DeviceId, deque[tuple[int, Set | Tell]]] = {}
        self._answers: deque[tuple[int, Answer]] = deque()
        self._answering: dict[TicketId, Answer] = {}
        self._unanswered: list[Answer] = []  # no connection would take them
        self._states: dict[SceneId, SceneState] = {}
        self._told: dict[SceneId, bytes] = {}
        self._named: dict[tuple[str, str], NamedState] = {}  # variables, facts and modes of which to tell
        self._gone: dict[SceneId, TicketId | None] = {}  # scenes that are no more, and the message that clears them
        self._refused: dict[DeviceId | None, int] = {}  # when each was told last; None: all strangers together
        self._unsent: list[tuple[Tell, str]] = []
        self._untold: SafetyState | None = None  # no connection took it
        self._crowded_out: dict[tuple[DeviceId, str], Set] = {}  # the connection was full; only the newest counts

    def send(self, effects: list[Effect], position: int) -> None:
        """Sends what may go, keeps what waits for ``position`` to be on disk."""
        for effect in effects:
            match effect:
                case Set(band=Band.SAFETY):
                    self._overtake(effect)
                case Set():
                    queue = self._held.get(effect.device)
                    if queue:
                        queue.append((0, effect))
                    else:
                        self._want(effect)
                case Tell():
                    self._held.setdefault(effect.device, deque()).append((position, effect))
                case Answer():
                    self._answers.append((position, effect))
                case SceneState():
                    self._states[effect.scene] = effect
                case SafetyState():
                    self._mirror(effect)
                case NamedState():
                    self._named[effect.sort, effect.name] = effect
                case _:
                    pass

    def committed(self, position: int) -> None:
        """Everything up to ``position`` is on disk: what waited for it leaves."""
        for device, queue in list(self._held.items()):
            while queue and queue[0][0] <= position:
                self._let_go(queue.popleft()[1])
            if not queue:
                del self._held[device]
        while self._answers and self._answers[0][0] <= position:
            self._answer(self._answers.popleft()[1])

    def delivered(self, ticket: TicketId) -> str | None:
        """The id of the order whose answer the broker has now, if it is one."""
        if self._untold is not None:
            self._mirror(self._untold)
        if self._crowded_out:  # there is room for one more
            self._want(self._crowded_out.pop(next(iter(self._crowded_out))))
        answer = self._answering.pop(ticket, None)
        return answer.id if answer is not None else None

    def unsent(self) -> list[tuple[Tell, str]]:
        """Commands that could not be sent since the last call, with the reason."""
        found, self._unsent = self._unsent, []
        return found

    def is_answering(self, now: int) -> bool:
        """Whether an order waits for its answer to reach the broker.

        After a minute nobody waits any more: a broker may have refused the topic, and never says that it took it.
        """
        self._answering = {key: one for key, one in self._answering.items() if now - one.at <= PATIENCE}
        self._unanswered = [one for one in self._unanswered if now - one.at <= PATIENCE]
        return bool(self._answers or self._answering or self._unanswered)

    def holds(self, order_id: str) -> bool:
        """Whether the answer to this order is still on its way."""
        waiting = (answer for _, answer in self._answers)
        return any(one.id == order_id for one in (*waiting, *self._answering.values(), *self._unanswered))

    def has_states(self) -> bool:
        """Whether there is something to tell about scenes, variables, facts or modes."""
        return bool(self._states or self._named)

    def tell_states(self) -> None:
        """Tells what scenes are doing, where that is news, and the newest of what has a name."""
        self._clear_states()
        for named in list(self._named.values()):
            if self._publish(named_letter(self._venue, named, self.offset)).outcome == "sent":
                del self._named[named.sort, named.name]
        states, self._states = self._states, {}
        for scene, state in states.items():
            letter = state_letter(self._venue, state, self.offset)
            if self._told.get(scene) != letter.payload and self._publish(letter).outcome == "sent":
                self._told[scene] = letter.payload

    def link_up(self) -> None:
        """A connection stands: answers that the last one swallowed go again; what scenes do is news to everybody."""
        self._told.clear()
        self._gone = dict.fromkeys(self._gone)
        self._clear_states()
        self._crowded_out.clear()  # every level is asserted anew
        swallowed, self._answering = self._answering, {}
        unanswered, self._unanswered = self._unanswered, []
        for answer in dict.fromkeys((*swallowed.values(), *unanswered)):
            self._answer(answer)

    def forget(self, gone: Iterable[SceneId]) -> None:
        """These scenes, and no others, are no more: what they retained is cleared, now or on the next connection."""
        self._gone = {scene: self._gone.get(scene) for scene in gone}
        for scene in self._gone:
            self._states.pop(scene, None)
            self._told.pop(scene, None)
        self._clear_states()

    def cleared(self, ticket: TicketId) -> SceneId | None:
        """The scene whose state the broker has cleared now, if it is one."""
        scene = next((one for one, sent in self._gone.items() if sent == ticket), None)
        if scene is not None:
            del self._gone[scene]
        return scene

    def complain(self, device: DeviceId, topic: str, reason: str, at: int) -> None:
        """Tells a device what was wrong, at most once a second."""
        self._complain(device, device, topic, reason, at)

    def complain_to_stranger(self, device: DeviceId, topic: str, reason: str, at: int) -> None:
        """Tells a device that is none of the venue's: all together at most once a second, for they may be many."""
        self._complain(None, device, topic, reason, at)

    def _complain(self, counted: DeviceId | None, device: DeviceId, topic: str, reason: str, at: int) -> None:
        if at - self._refused.get(counted, -1_000_000) >= 1_000_000:
            self._refused[counted] = at
            self._publish(error_letter(self._venue, device, topic, reason))

    def _overtake(self, level: Set) -> None:
        """An evacuation waits for nothing, and what was decided before it does not come after it."""
        queue = self._held.get(level.device)
        if queue:
            earlier = [one for one in queue if isinstance(one[1], Tell) or one[1].property != level.property]
            self._held[level.device] = deque(earlier)
        self._want(level)

    def _mirror(self, state: SafetyState) -> None:
        """A connection that is full, or none, is told the newest when there is room."""
        letter = safety_letter(self._venue, state, self.offset)
        self._untold = None if self._publish(letter).outcome == "sent" else state

    def _clear_states(self) -> None:
        for scene in [one for one, sent in self._gone.items() if sent is None]:
            ticket = self._publish(no_state_letter(self._venue, scene))
            if ticket.outcome == "sent":
                self._gone[scene] = ticket.number

    def _want(self, level: Set) -> None:
        key = (level.device, level.property)
        self._crowded_out.pop(key, None)
        if self._publish(want_letter(self._venue, level, self.epoch, self.offset)).outcome == "full":
            first = {key: level} if level.band == Band.SAFETY else {}
            self._crowded_out = {**first, **self._crowded_out, key: level}

    def _let_go(self, effect: Set | Tell) -> None:
        if isinstance(effect, Set):
            self._want(effect)
            return
        outcome = self._publish(command_letter(self._venue, effect, self.epoch, self.offset)).outcome
        if outcome != "sent":
            self._unsent.append((effect, "no connection" if outcome == "down" else "the connection is full"))

    def _answer(self, answer: Answer) -> None:
        for letter in answer_letters(self._venue, answer):
            ticket = self._publish(letter)
            if ticket.outcome == "sent":
                self._answering[ticket.number] = answer
            else:
                self._unanswered.append(answer)
