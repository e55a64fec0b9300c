"""What the steps of a scene ask for, those of its ways on included."""

from collections.abc import Iterator

from scenes.model import Ask, Step, Wait, Want


def wants_of(steps: tuple[Step, ...]) -> Iterator[Want]:
    """Every want, in the order of the steps."""
    for step in steps:
        match step:
            case Ask(wants=wants):
                yield from wants
            case Wait(otherwise=otherwise) if otherwise != "end":
                yield from wants_of((otherwise,))
            case _:
                pass
