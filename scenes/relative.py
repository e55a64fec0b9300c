"""What is wanted of a property: the top layer's value or the idle one, and what relative layers and trim leave of it.

20 decibels are a factor of ten. Shares multiply: of the relative layers only the strongest counts, the device's own
trim always. What comes out is sent as a plain level, rounded to a ten-thousandth, never above 1.
During an evacuation nothing is made less: it is to be seen and heard.
"""

from devices.vocabulary import Fields, Property, Scalar
from scenes.decision import Decision
from scenes.layers import is_safety, property_of, source_of, strongest_of, top_of, value_of
from scenes.stage import Output


def wanted_of(decision: Decision, output: Output) -> Fields | None:
    """What the property shall be; None: it is left alone."""
    property_ = property_of(decision, output)
    if decision.stage.safety.holds():
        return _in_safety(decision, output, property_)
    value = _value(decision, output)
    if property_.relative is None:
        return value
    strongest = strongest_of(decision.stage, output)
    trim = decision.venue.devices[output.device].trim
    times = (strongest.times or 0.0) if strongest is not None else 1.0
    times *= trim.times if trim is not None else 1.0
    if value is None and times != 1.0:
        value = {property_.relative.scales: 1.0}
    return value if value is None or times == 1.0 else _scaled(value, property_.relative.scales, times)


def _in_safety(decision: Decision, output: Output, property_: Property) -> Fields | None:
    """What an evacuation says nothing of stays as it is; but what was quieter is as loud as it should be."""
    if is_safety(top_of(decision.stage, output)):
        return _value(decision, output)
    is_muffled = property_.relative is not None and property_.relative.of == "decibels"
    return (_value(decision, output) if is_muffled else None) or output.wanted


def _value(decision: Decision, output: Output) -> Fields | None:
    """What the layers want, be it of what it stands in for; without layers the idle value, or what it was before."""
    top = top_of(decision.stage, output)
    if top is not None:
        return value_of(top)
    source = source_of(decision.stage, output)
    idle = decision.venue.devices[source.device].idle_value(property_of(decision, output))
    return idle if idle is not None else output.own


def _scaled(value: Fields, field: str, times: float) -> dict[str, Scalar]:
    """A look or a colour without a level is meant in full."""
    level = value.get(field)
    full = level if isinstance(level, int | float) and not isinstance(level, bool) else 1.0
    return {**value, field: min(1.0, round(full * times, 4))}
