"""Timers of the stage: fired in the order (due, number), each at its own due time."""

import heapq

from scenes.stage import Stage, Timer, TimerAction


class Timers:
    """The stage's timers with a heap over them. The heap is derived: the stage alone is kept."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._heap: list[tuple[int, int, int]] = []
        self._build()

    def start(self, due: int, action: TimerAction, subject: str) -> int:
        """A new timer; returns its number."""
        number = self._stage.next_number()
        self._stage.timers[number] = Timer(due, number, action, subject, due)
        heapq.heappush(self._heap, (due, due, number))
        return number

    def stop(self, number: int | None) -> None:
        """Forgets a timer; one that has fired, or None, is fine."""
        if number is not None:
            self._stage.timers.pop(number, None)

    def freeze(self, subject: str, at: int) -> list[Timer]:
        """Takes out all timers of one subject; from now on each is due after what is left of it."""
        found = [timer for timer in self._stage.timers.values() if timer.subject.partition(" ")[0] == subject]
        for timer in found:
            del self._stage.timers[timer.number]
            timer.due -= at
            timer.was_due -= at
        return found

    def thaw(self, frozen: list[Timer], at: int) -> None:
        """They count again, under their numbers."""
        for timer in frozen:
            timer.due += at
            timer.was_due += at
            self._stage.timers[timer.number] = timer
            heapq.heappush(self._heap, (timer.due, timer.was_due, timer.number))

    def due(self) -> int | None:
        """When the next timer is due."""
        while self._heap:
            due, _, number = self._heap[0]
            timer = self._stage.timers.get(number)
            if timer is not None and timer.due == due:  # a timer that was frozen and thawed stands here twice
                return due
            heapq.heappop(self._heap)
        return None

    def pop(self) -> Timer:
        """The next timer, which is then no more. Call ``due`` first; raises ``IndexError`` when there is none."""
        _, _, number = heapq.heappop(self._heap)
        return self._stage.timers.pop(number)

    def skip_outage(self, until: int) -> None:
        """What was due while nobody ran is due at ``until``, in the same order: nothing fires inside an outage."""
        for timer in self._stage.timers.values():
            timer.due = max(timer.due, until)
        self._build()

    def _build(self) -> None:
        self._heap = [(timer.due, timer.was_due, number) for number, timer in self._stage.timers.items()]
        heapq.heapify(self._heap)
