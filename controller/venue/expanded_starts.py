"""The ways to start in full."""

from controller.venue.expanded_text import table, text
from controller.venue.expanded_times import start_at
from controller.venue.expanded_values import params
from controller.venue.language.values import spell_duration
from scenes.condition import Condition
from scenes.model import At, By, Called, Several, Start, When, While, Without


def start_in_full(start: Start) -> str:
    """``{when: …, for: …}``."""
    match start:
        case When():
            timed = isinstance(start.trigger, Condition)
            return table(
                {
                    "when": text(start.text),
                    "for": spell_duration(start.dwell) if timed else None,
                    "gap": spell_duration(start.gap) if timed and start.dwell else None,
                    "gives": params(start.gives),
                }
            )
        case While():
            return table({"while": text(start.text)})
        case Several(way=way, texts=texts, within=within):
            items = f"[{', '.join(text(one) for one in texts)}]"
            return table({way: items, "within": spell_duration(within)})
        case Without():
            return table({"without": text(start.text), "for": spell_duration(start.lasting)})
        case At():
            return table(start_at(start))
        case Called():
            return ""
        case By():
            return table({"by": f"[{', '.join(start.roles)}]"})
