"""A venue in numbers, computed from what it says."""

from dataclasses import asdict, dataclass

from controller.venue.language.places import HOUSE
from scenes.model import Venue

EXHIBITS = "exhibits"  # the catalogue whose rows are the exhibits
CITIES = "cities"  # the catalogue whose rows are the cities, and the hall in which they are


@dataclass(frozen=True, slots=True)
class Summary:
    """How many there are of each. Cities are those of the places and those of the catalogue, each once."""

    halls: int
    sections: int
    cities: int
    exhibits: int
    city_exhibits: int
    stations: int
    devices: int
    scenes: int

    def counts(self) -> dict[str, int]:
        """By name, in the order of the fields."""
        return asdict(self)


def summary_of(venue: Venue) -> Summary:
    """Counts halls (``house`` is none), sections, cities, the rows of the catalogues, stations and the rest."""
    halls = set(venue.places) or set(venue.halls())
    cities = {city for hall in venue.places.values() for city in hall.cities}
    cities |= {row.id for row in venue.catalogues.get(CITIES, ())}
    city_halls = {hall.id for hall in venue.places.values() if hall.cities} or {CITIES}
    exhibits = venue.catalogues.get(EXHIBITS, ())
    of_cities = [
        row for row in exhibits
        if row.cells.get("city") or row.cells.get("hall", "").split(".")[0] in city_halls
    ]  # fmt: skip
    return Summary(
        halls=len(halls - {HOUSE}),
        sections=sum(len(hall.sections) for hall in venue.places.values()),
        cities=len(cities),
        exhibits=len(exhibits),
        city_exhibits=len(of_cities),
        stations=sum(device.kind.station for device in venue.devices.values()),
        devices=len(venue.devices),
        scenes=len(venue.scenes),
    )
