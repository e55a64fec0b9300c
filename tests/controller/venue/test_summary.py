"""A venue in numbers, computed."""

from controller.venue.load import load_venue
from controller.venue.summary import summary_of

VENUE = """\
venue: fair
places:
  preface: {zh: 序厅, en: The preface hall}
  main: {zh: 主厅, en: The main hall, sections: [voices, platform]}
  towns: {zh: 地市厅, en: The towns, cities: {hangzhou: 杭州, ningbo: 宁波}}
  house: {zh: 全馆, en: The house}
  route: [preface, main]
catalogues:
  exhibits: {file: exhibits.csv}
  cities: {rows: [{id: ningbo}, {id: wenzhou}]}
devices:
  preface.lamp: {kind: light, unused: true}
  house.door: {kind: presence, unused: true}
"""
EXHIBITS = "id,hall\ne1,main\ne2,towns\ne3,towns.hangzhou\ne4,main.voices\n"


def counts(venue: str = VENUE, exhibits: str = EXHIBITS) -> dict[str, int]:
    return summary_of(load_venue({"venue.yaml": venue, "exhibits.csv": exhibits})).counts()


def test_everything_is_counted_once():
    assert counts() == {
        "halls": 3,
        "sections": 2,
        "cities": 3,
        "exhibits": 4,
        "city_exhibits": 2,
        "stations": 0,
        "devices": 2,
        "scenes": 0,
    }


def test_a_row_removed_is_a_row_less():
    assert counts(exhibits=EXHIBITS.replace("e2,towns\n", ""))["exhibits"] == 3
    assert counts(exhibits=EXHIBITS.replace("e2,towns\n", ""))["city_exhibits"] == 1


def test_an_exhibit_of_a_city_may_say_so_in_a_column_of_its_own():
    assert counts(exhibits="id,hall,city\ne1,main,\ne2,main,ningbo\n")["city_exhibits"] == 1


def test_without_places_the_halls_are_those_of_the_devices():
    bare = "venue: bare\ndevices:\n  a.x: {kind: light, unused: true}\n  house.y: {kind: light, unused: true}\n"
    assert counts(bare, "id\n")["halls"] == 1
