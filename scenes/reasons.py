"""Why something happened or did not, in words: a note as a sentence. Used by ``why``, ``watch``, demo and answers."""

from collections.abc import Callable, Mapping

from devices.vocabulary import NOTHING, Fields, Scalar
from scenes.effects import Note
from scenes.verdicts import Verdict


def span(micros: Scalar) -> str:
    """A length of time as a person writes it: ``800 ms``, ``1.5 s``, ``25 min``."""
    if not isinstance(micros, int):
        return "some time"
    if micros < 1_000_000:
        return f"{round(micros / 1000)} ms" if micros >= 10_000 else f"{micros / 1000:g} ms"
    if micros < 120_000_000:
        return f"{round(micros / 1_000_000, 1):g} s"
    return f"{round(micros / 60_000_000, 1):g} min"


def count(number: Scalar, noun: str) -> str:
    """``1 scene``, ``2 scenes``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _fields(details: Fields, *left_out: str) -> str:
    shown = {key: value for key, value in details.items() if key not in left_out and value is not None}
    return ", ".join(f"{key} {_plain(value)}" for key, value in shown.items())


def _plain(value: Scalar) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _asked(details: Fields) -> str:
    value = _fields(
        details, "fade_us", "property", "why", "file", "loop", *(("level", "colour") if "look" in details else ())
    )
    fade = details.get("fade_us")
    return (value or "dark") + (f" over {span(fade)}" if fade else "")


def held(details: Fields) -> str:
    """Who holds what."""
    return f"{details.get('holder', 'somebody')} holds {details.get('held_en', 'it')} (band {details.get('band')})"


def _held(details: Fields) -> str:
    return "there is a drill" if details.get("state") == "drill" else "the house is evacuated"


_VERDICTS: Mapping[Verdict, Callable[[Fields], str]] = {
    Verdict.HELD_BY_SAFETY: lambda d: f"{_held(d)} ({d.get('why')}), and nothing starts before that is lifted",
    Verdict.RETAINED: lambda _: "what the broker kept from before sets what is known and starts nothing",
    Verdict.STALE: lambda d: f"the message was {d.get('why')}: it sets what is known and starts nothing",
    Verdict.EXPIRED: lambda _: "the order had expired",
    Verdict.MISSED: lambda d: (
        f"its time, {d.get('at')}, was over when the controller was there again (late: {d.get('late')})"
    ),
    Verdict.NO_EDGE: lambda d: f"nothing became true: {d.get('what', 'it')} was true before",
    Verdict.DWELL_BROKEN: lambda d: (
        f"it lasted {span(d.get('lasted_us'))} of the {span(d.get('for_us'))} that it must last"
    ),
    Verdict.DISARMED: lambda d: "the scene is disarmed" + (f" by the mode {d.get('mode')}" if d.get("mode") else ""),
    Verdict.CLOSED: lambda d: (
        f"outside its hours ({d.get('hours')})" + (f": it is {d['time']}" if d.get("time") else "")
    ),
    Verdict.COOLING: lambda d: f"it cools down, {span(d.get('left_us'))} of {span(d.get('of_us'))} are left",
    Verdict.CONDITION_FALSE: lambda d: f"{d.get('if')} does not hold: {d.get('values')}",
    Verdict.CONDITION_UNKNOWN: lambda d: f"{d.get('if')} is not known: {d.get('values')}",
    Verdict.EXTENDED: lambda d: f"it runs already ({d.get('run')}) and stays longer",
    Verdict.BUSY: lambda d: f"it runs already ({d.get('run')})",
    Verdict.QUEUE_FULL: lambda d: f"{d.get('waiting')} wait for it already",
    Verdict.WAITED_TOO_LONG: lambda d: f"its turn did not come within {span(d.get('of_us'))}",
    Verdict.REPLACED: lambda _: "a later start took its place",
    Verdict.CLAIM_DENIED: lambda d: (
        held(d) + (f", after {span(d['waited_us'])} of waiting" if "waited_us" in d else "")
    ),
    Verdict.STARTED: lambda _: "it started",
    Verdict.SET_ASIDE: lambda d: f"the input made the engine fail twice and was set aside: {d.get('why')}",
    Verdict.WITHDRAWN: lambda d: f"withdrawn: {d.get('why')}",
}


def verdict_words(verdict: Verdict, details: Fields = NOTHING) -> str:
    """A verdict and the values that decided, as one clause."""
    return _VERDICTS[verdict](details)


def pending_words(details: Fields) -> str:
    """What a candidate waits for, as one clause."""
    if "holder" in details:
        return f"{held(details)}; {span(details.get('at_most_us'))} at most"
    if "turn" not in details:
        return f"it must last {span(details.get('for_us'))}"
    behind = f", behind {details.get('run')}" if details.get("run") else ""
    return f"{ordinal(details.get('turn'))} in the queue{behind}"


def ordinal(number: Scalar) -> str:
    """``first``, ``second``, … ``11th``."""
    if not isinstance(number, int):
        return "somewhere"
    return _ORDINALS[number - 1] if 0 < number <= len(_ORDINALS) else f"{number}th"


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def _verdict(note: Note) -> str:
    if note.verdict is None:
        return f"{note.scene}: no verdict"
    words = verdict_words(note.verdict, note.details)
    if note.verdict is Verdict.STARTED:
        return f"{note.scene} starts"
    return f"{note.scene} does not start ({note.verdict}): {words}" if note.scene else f"{note.verdict}: {words}"


_HOURS: Mapping[Scalar, str] = {"open": "is open", "closed": "is closed", "extended": "is kept open"}
_SENTENCES: Mapping[str, Callable[[Note], str]] = {
    "verdict": _verdict,
    "pending": lambda n: f"{n.scene} waits: {pending_words(n.details)}",
    "started": lambda n: f"{n.run} runs",
    "suspended": lambda n: f"{n.run} is suspended: {held(n.details)}",
    "resumed": lambda n: f"{n.run} goes on: {n.details.get('holder')} covers it no more",
    "ended": lambda n: f"{n.run} ended after {span(n.details.get('lasted_us'))}: {n.details.get('why')}",
    "step": lambda n: f"{n.run}: {n.details.get('why')}",
    "phase": lambda n: f"{n.run} comes to {n.details.get('phase')}" + (" (back)" if n.details.get("why") else ""),
    "said": lambda n: f"to {n.details.get('to')}: {n.details.get('text')}",
    "wanted": lambda n: f"{n.device} shall show {_asked(n.details)}" + (f" ({n.run})" if n.run else " (nothing asks)"),
    "confirmed": lambda n: f"{n.device} confirms after {span(n.details.get('after_us'))}",
    "retried": lambda n: f"{n.device} is asked again: {n.details.get('why')}",
    "substituted": lambda n: f"{n.device}: {n.details.get('why')}; asked instead for {_asked(n.details)}",
    "failed": lambda n: f"{n.device} is not doing what was asked: {n.details.get('why')}",
    "drifted": lambda n: f"{n.device} shows {_fields(n.details, 'property') or 'nothing'} and is asked again",
    "told": lambda n: f"{n.device} is told to {n.details.get('command')}" + _given(n),
    "done": lambda n: f"{n.device} did {n.details.get('command')}",
    "again": lambda n: f"{n.device} is told {n.details.get('command')} anew: {n.details.get('why')}",
    "unknown": lambda n: f"nobody knows whether {n.device} did {n.details.get('command')}: {n.details.get('why')}",
    "expired": lambda n: f"{n.device} was not told {n.details.get('command')}: {n.details.get('why')}",
    "duplicate": lambda n: f"{n.device} repeated {n.details.get('id')}, which was taken once",
    "late": lambda n: f"{n.device} says {n.details.get('event')} of {n.details.get('session')}, a session that is over",
    "refused": lambda n: f"refused on {n.details.get('topic')}: {n.details.get('reason')}",
    "online": lambda n: f"{n.device} is there",
    "offline": lambda n: f"{n.device} is gone",
    "stands_in": lambda n: f"{n.device} takes the place of {n.details.get('for')}",
    "stands_back": lambda n: f"{n.details.get('for')} is back, and {n.device} is spare again",
    "order": lambda n: (
        f"{n.details.get('by') or 'somebody'} ordered {_ordered(n)}: {n.details.get('answer')}, {n.details.get('why')}"
    ),
    "link": lambda n: f"the broker is {n.details.get('state')}" + _why(n),
    "restarted": lambda n: f"the controller started (start {n.details.get('epoch')})" + _why(n),
    "reloaded": lambda n: f"the venue was loaded anew: {count(n.details.get('changed'), 'scene')} changed",
    "reload_refused": lambda n: (
        f"the changed venue is refused and what ran goes on: {n.details.get('why')}" + _more(n.details.get("findings"))
    ),
    "reload_unchanged": lambda _: "the venue was looked at again: nothing in it changed",
    "clock": lambda n: f"the clock was set by {span(n.details.get('by_us'))}",
    "hours": lambda n: (
        f"the house {_HOURS.get(n.details.get('state'), 'changes')} until {n.details.get('until') or 'further notice'}"
    ),
    "safety": lambda n: _SAFETY.get(str(n.details.get("state")), "the evacuation changed") + _whose(n),
    "variable": lambda n: f"{n.details.get('name')} is {_plain_value(n)}" + _why(n),
    "fact": lambda n: f"{n.details.get('name')} {_holds(n)}" + _why(n),
    "mode": lambda n: f"the mode {n.details.get('name')} is {'on' if n.details.get('value') else 'off'}" + _why(n),
    "armed": lambda n: f"{n.scene} is armed",
    "disarmed": lambda n: f"{n.scene} is disarmed" + _why(n),
}


_SAFETY: Mapping[str, str] = {
    "evacuation": "EVACUATION",
    "drill": "evacuation drill",
    "lifting": "the evacuation is being lifted",
    "normal": "the evacuation is over",
}


def _whose(note: Note) -> str:
    by = note.details.get("by")
    return _why(note) + (f" by {by}" if by and str(by) not in str(note.details.get("why")) else "")


def _plain_value(note: Note) -> str:
    was = note.details.get("was")
    return _plain(note.details.get("value")) + (f" (it was {_plain(was)})" if was is not None else "")


def _holds(note: Note) -> str:
    return "is true now" if note.details.get("value") else "is not true now"


def _ordered(note: Note) -> str:
    return f"{note.details.get('verb')} {note.details.get('target')}".strip()


def _given(note: Note) -> str:
    fields = _fields(note.details, "command", "id")
    return f" ({fields})" if fields else ""


def _why(note: Note) -> str:
    why = note.details.get("why")
    return f": {why}" if why else ""


def _more(findings: Scalar) -> str:
    return f" ({findings} mistakes in all)" if isinstance(findings, int) and findings > 1 else ""


def sentence(note: Note) -> str:
    """The note as one sentence, without its time and place."""
    return _SENTENCES[note.what](note)
