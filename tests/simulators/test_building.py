"""What visitors find in a house follows from its devices' ids and kinds alone."""

from devices.registry import all_kinds
from devices.vocabulary import DeviceId
from simulators.models.building import USES, Spot, building_of


def ids(kinds: dict[str, str]) -> dict[DeviceId, str]:
    return {DeviceId(name): kind for name, kind in kinds.items()}


def test_halls_are_walked_in_the_order_given_and_others_after_them_as_devices_come():
    kinds = ids({"b.zone": "presence", "c.zone": "presence", "a.zone": "presence", "house.weather": "weather"})
    assert [hall.id for hall in building_of(kinds, ("a",)).halls] == ["a", "b", "c"]


def test_things_stand_in_the_zone_whose_name_begins_as_theirs_and_the_rest_is_spread():
    kinds = ids(
        {
            "h.ring_zone": "presence",
            "h.wall_zone": "presence",
            "h.wall_1": "screen",
            "h.ring": "rig",
            "h.a": "button",
            "h.b": "button",
        }
    )
    ring, wall = building_of(kinds).halls[0].spots
    assert ring == Spot(DeviceId("h.ring_zone"), (DeviceId("h.a"),), (), (DeviceId("h.ring"),))
    assert wall == Spot(DeviceId("h.wall_zone"), (DeviceId("h.b"),), (DeviceId("h.wall_1"),), ())


def test_a_hall_without_a_sensor_has_its_things_all_the_same():
    spots = building_of(ids({"h.quiz": "quiz"})).halls[0].spots
    assert spots == (Spot(None, stations=(DeviceId("h.quiz"),)),)


def test_counters_of_the_whole_house_are_its_front_doors_and_its_buttons_belong_to_staff():
    kinds = ids({"house.gate": "counter", "house.remote": "remote", "house.bell": "button", "h.zone": "presence"})
    found = building_of(kinds)
    assert (found.doors, found.remotes) == ((DeviceId("house.gate"),), (DeviceId("house.remote"),))
    assert found.halls[0].spots == (Spot(DeviceId("h.zone")),)


def test_a_kind_that_visitors_do_not_know_is_told_and_not_skipped_silently():
    assert building_of(ids({"h.zone": "presence", "h.x": "lidar", "h.lamp": "light"})).strange == ("lidar",)


def test_a_house_of_lamps_is_empty_for_visitors():
    assert building_of(ids({"h.lamp": "light"})).is_empty()


def test_visitors_know_every_kind_that_there_is():
    assert set(all_kinds()) <= set(USES)
