"""When to come back to a broker that let us go, and when to stay away because another client holds our id.

Rules
- After a connection that lasted, or that the broker closed without a reason, the next attempt is made at once. A broker
  that died cannot answer it, one that threw us out can: the attempt is also the question "are you still there?".
- Otherwise there is a pause. It doubles from 0.05 s to 0.8 s and is jittered to 50-100 % of itself, so that a hall is
  back within a second of its broker, and not all halls in the same instant. A connection that lasted sets it back.
- Two clients with one id throw each other out for ever. MQTT 5 has a reason for it that not every broker gives
  (Mosquitto 2.0.11 does not), MQTT 3.1.1 has none. It is taken for that when the broker closed three connections within
  10 s without a reason, and in between took us back at the first attempt and knew our session. A restarted broker does
  not look like this: it refuses the first attempt, or has forgotten the session.
- Who was thrown out first comes to three first and stays away. The newcomer has counted two by then and keeps the
  session.
"""

from collections import deque
from collections.abc import Callable

FIRST_PAUSE_SECONDS = 0.05
LAST_PAUSE_SECONDS = 0.8
LASTED_SECONDS = 5.0
WAR_DROPS = 3
WAR_SECONDS = 10.0


class Comeback:
    """What one link remembers of its connections. ``chance()`` draws from 0-1; times are seconds of one steady
    clock."""

    def __init__(self, chance: Callable[[], float]) -> None:
        self._chance = chance
        self._pause_seconds = FIRST_PAUSE_SECONDS
        self._drops: deque[float] = deque()
        self._forgotten = False

    @property
    def at_war(self) -> bool:
        """Does another client use our id?"""
        return len(self._drops) >= WAR_DROPS

    def failed(self) -> float:
        """An attempt failed, and not because we were thrown out. Seconds to wait before the next."""
        self._drops.clear()
        return self._pause()

    def accepted(self, *, session_forgotten: bool) -> None:
        """The broker took our CONNECT. ``session_forgotten``: it was to keep our session and does not know it."""
        self._forgotten = session_forgotten
        if session_forgotten:
            self._drops.clear()

    def lost(self, *, at: float, lived_seconds: float, dropped: bool) -> float:
        """A connection that was accepted is gone; ``dropped``: closed by the broker without a reason. Seconds to wait.

        It may have been thrown out before it had subscribed: that is as much a sign of another client as later.
        """
        if not dropped:
            self._drops.clear()
        while self._drops and self._drops[0] < at - WAR_SECONDS:
            self._drops.popleft()
        if dropped:
            self._drops.append(at)
        lasted = lived_seconds >= LASTED_SECONDS
        if lasted:
            self._pause_seconds = FIRST_PAUSE_SECONDS
        return 0.0 if lasted or (dropped and not self._forgotten) else self._pause()

    def _pause(self) -> float:
        pause = self._pause_seconds
        self._pause_seconds = min(LAST_PAUSE_SECONDS, 2 * pause)
        return pause * (0.5 + 0.5 * self._chance())
