"""What every transport must do, on every broker: the conformance suite of the port."""

import os
import signal

from link.port import Link, Outgoing, Session
from tests.link.conftest import Place
from tests.link.listening import Ear, receipts, running
from tests.link.proxy import proxy

HALL = Session("controller-1", (("hall/#", 1),), keep_seconds=60, canary="controller-1/canary")


def acknowledging(link: Link) -> Ear:
    """An ear that acknowledges at once."""
    return Ear(lambda batch: link.acknowledge(receipts(batch)))


def numbers(*bounds: int) -> list[str]:
    return [str(number) for number in range(*bounds)]


def say(place: Place, *bounds: int, topic: str = "hall/door") -> None:
    """A sensor says numbers; each is taken by the broker."""
    with place.plain("sensor") as sensor:
        for number in range(*bounds):
            sensor.publish(topic, str(number).encode())


def test_messages_arrive_in_order(place: Place) -> None:
    async def scene() -> None:
        link = place.link()
        ear = acknowledging(link)
        async with running(link, HALL, ear):
            await ear.until_up()
            say(place, 300)
            await ear.until(lambda: len(ear.arrivals) == 300)
        assert ear.payloads == numbers(300)
        assert {arrival.topic for arrival in ear.arrivals} == {"hall/door"}
        assert not any(arrival.repeat or arrival.backlog or arrival.retained for arrival in ear.arrivals)

    place.play(scene())


def test_what_one_read_brings_is_one_batch(place: Place) -> None:
    async def scene() -> None:
        link = place.link()
        ear = acknowledging(link)
        async with running(link, HALL, ear):
            await ear.until_up()
            link.pause()
            say(place, 19)
            link.resume()
            await ear.until(lambda: len(ear.arrivals) == 19)
        assert ear.payloads == numbers(19)
        assert len(ear.batches) <= 2

    place.play(scene())


def test_qos_0_comes_without_a_receipt(place: Place) -> None:
    async def scene() -> None:
        link, ear = place.link(), Ear()
        async with running(link, HALL, ear):
            await ear.until_up()
            with place.plain() as sensor:
                sensor.publish("hall/door", b"open", qos=0)
                sensor.publish("hall/door", b"shut", qos=1)
            await ear.until(lambda: len(ear.arrivals) == 2)
        assert sorted((arrival.payload, arrival.receipt is None) for arrival in ear.arrivals) == [
            (b"open", True),
            (b"shut", False),
        ]

    place.play(scene())


def test_unacknowledged_messages_come_again_after_up_and_acknowledged_ones_do_not(place: Place) -> None:
    async def scene() -> None:
        with proxy(place.broker) as between:
            link, ear = place.link(port=between.port), Ear()
            async with running(link, HALL, ear):
                await ear.until_up()
                say(place, 6)
                await ear.until(lambda: len(ear.arrivals) == 6)
                link.acknowledge(receipts(ear.arrivals)[:2])
                ticket = link.publish(Outgoing("elsewhere", b"")).number  # goes out behind the acknowledgements
                await ear.until(lambda: ticket in ear.tickets)
                ear.forget()
                between.cut()
                await ear.until(lambda: len(ear.arrivals) == 4)
        assert ear.story[:2] == ["down", "up"]
        assert sorted(ear.payloads) == numbers(2, 6)
        assert ear.payloads == numbers(2, 6) or not place.setting.prompt
        assert all(arrival.repeat for arrival in ear.arrivals)
        assert {receipt.connection for receipt in receipts(ear.arrivals)} == {2}
        assert [up.session_present for up in ear.ups] == [False, True]

    place.play(scene())


def test_messages_that_were_never_sent_before_are_no_repeats(prompt_place: Place) -> None:
    async def scene() -> None:
        link, ear = prompt_place.link(), Ear()
        async with running(link, HALL, ear):
            await ear.until_up()
        say(prompt_place, 5)
        again = prompt_place.link()
        async with running(again, HALL, ear):
            await ear.until(lambda: len(ear.arrivals) == 5)
        assert [arrival.repeat for arrival in ear.arrivals] == [False] * 5

    prompt_place.play(scene())


def test_receipts_of_an_old_connection_are_ignored(prompt_place: Place) -> None:
    async def scene() -> None:
        with proxy(prompt_place.broker) as between:
            link, ear = prompt_place.link(port=between.port), Ear()
            async with running(link, HALL, ear):
                await ear.until_up()
                say(prompt_place, 3)
                await ear.until(lambda: len(ear.arrivals) == 3)
                old = receipts(ear.arrivals)
                for connection in (2, 3):
                    ear.forget()
                    between.cut()
                    await ear.until_up(connection)
                    await ear.until(lambda: len(ear.arrivals) == 3)
                    assert [r.packet for r in receipts(ear.arrivals)] == [r.packet for r in old]
                    link.acknowledge(old)
                    ticket = link.publish(Outgoing("elsewhere", b"")).number
                    await ear.until(lambda number=ticket: number in ear.tickets)
        assert ear.payloads == numbers(3)

    prompt_place.play(scene())


def test_it_subscribes_again_when_the_broker_was_killed_and_started_empty(place: Place) -> None:
    async def scene() -> None:
        link = place.link()
        ear = acknowledging(link)
        async with running(link, HALL, ear):
            await ear.until_up()
            place.broker.kill()
            await ear.until(lambda: ear.downs)
            place.broker.start()
            await ear.until_up(2)
            say(place, 3)
            await ear.until(lambda: len(ear.arrivals) == 3)
        assert sorted(ear.payloads) == numbers(3)
        assert len(ear.downs) == 1
        assert [up.connection for up in ear.ups] == [1, 2]

    place.play(scene())


def test_what_waited_while_we_were_away_is_backlog_and_what_comes_later_is_not(place: Place) -> None:
    async def scene() -> None:
        link = place.link()
        ear = acknowledging(link)
        async with running(link, HALL, ear):
            await ear.until_up()
            say(place, 1)
            await ear.until(lambda: len(ear.arrivals) == 1)
            assert not ear.arrivals[0].backlog
        ear.forget()
        say(place, 10, 15)
        again = place.link()
        ear = acknowledging(again)
        async with running(again, HALL, ear):
            await ear.until(lambda: len(ear.arrivals) == 5)
            assert [arrival.backlog for arrival in ear.arrivals] == [True] * 5

            def live() -> bool:
                say(place, 99, 100)
                return not ear.arrivals[-1].backlog

            await ear.until(live)

    place.play(scene())


def test_a_backlog_longer_than_the_window_is_marked_to_its_last_message(prompt_place: Place) -> None:
    async def scene() -> None:
        session = Session("controller-1", (("hall/#", 1), ("door/#", 1)), keep_seconds=60, canary="mark/1", window=20)
        ear = Ear()
        async with running(prompt_place.link(), session, ear):
            await ear.until_up()
        say(prompt_place, 60, topic="hall/a")
        say(prompt_place, 60, 120, topic="door/b")
        link = prompt_place.link()
        ear = acknowledging(link)
        async with running(link, session, ear):
            await ear.until(lambda: len(ear.arrivals) == 120)
        assert ear.payloads == numbers(120)
        assert all(arrival.backlog for arrival in ear.arrivals)

    prompt_place.play(scene())


def test_in_a_session_the_broker_did_not_keep_nothing_is_backlog(place: Place) -> None:
    async def scene() -> None:
        with place.plain() as sensor:
            sensor.publish("hall/door", b"kept", retain=True)
        link = place.link()
        ear = acknowledging(link)
        async with running(link, HALL, ear):
            await ear.until(lambda: ear.arrivals)
        assert [(arrival.retained, arrival.backlog) for arrival in ear.arrivals] == [(True, False)]

    place.play(scene())


def test_retained_is_what_the_broker_had_not_what_was_said_just_now(place: Place) -> None:
    async def scene() -> None:
        with place.plain() as sensor:
            sensor.publish("hall/door", b"kept", retain=True)
            link = place.link()
            ear = acknowledging(link)
            async with running(link, HALL, ear):
                await ear.until(lambda: ear.arrivals)
                sensor.publish("hall/door", b"live", retain=True)
                await ear.until(lambda: len(ear.arrivals) == 2)
        assert [(a.payload, a.retained) for a in ear.arrivals] == [(b"kept", True), (b"live", False)]

    place.play(scene())


def test_the_marker_is_never_handed_to_the_house(place: Place) -> None:
    session = Session("controller-1", (("#", 1),), keep_seconds=60, canary="controller-1/canary")

    async def day() -> None:
        link = place.link()
        ear = acknowledging(link)
        async with running(link, session, ear):
            await ear.until_up()
            say(place, 2)
            await ear.until(lambda: len(ear.arrivals) >= 2)
        assert ear.payloads == numbers(2)

    for _ in range(2):
        place.play(day())


def test_delivered_is_told_once_for_each_qos_1_message_in_order(place: Place) -> None:
    async def scene() -> None:
        link, ear = place.link(), Ear()
        with place.plain("lamp") as lamp:
            lamp.subscribe("lamp/#")
            async with running(link, HALL, ear):
                await ear.until_up()
                tickets = [link.publish(Outgoing("lamp/1", str(n).encode(), qos=n % 2)) for n in range(200)]
                assert {ticket.outcome for ticket in tickets} == {"sent"}
                await ear.until(lambda: len(ear.tickets) >= 100)
            assert ear.tickets == [ticket.number for ticket in tickets[1::2]]
            heard = [lamp.hear().payload.decode() for _ in range(200)]
        assert sorted(heard, key=int) == numbers(200)

    place.play(scene())


def test_publishing_while_there_is_no_connection_says_down(place: Place) -> None:
    async def scene() -> None:
        link, ear = place.link(), Ear()
        assert link.publish(Outgoing("lamp/1", b"on")).outcome == "down"
        async with running(link, HALL, ear):
            await ear.until_up()
            assert link.publish(Outgoing("lamp/1", b"on")).outcome == "sent"
            place.broker.kill()
            await ear.until(lambda: ear.downs)
            assert link.publish(Outgoing("lamp/1", b"on")).outcome == "down"
        assert link.publish(Outgoing("lamp/1", b"on")).outcome == "down"
        assert link.publish(Outgoing("lamp/1", b"on")).number == 5

    place.play(scene())


def test_a_broker_that_takes_nothing_fills_the_link_and_everything_is_delivered_when_it_wakes(place: Place) -> None:
    async def scene() -> None:
        link, ear = place.link(), Ear()
        async with running(link, HALL, ear):
            await ear.until_up()
            os.kill(place.broker.pid, signal.SIGSTOP)
            try:
                outcomes = [link.publish(Outgoing("lamp/1", b"on")).outcome for _ in range(10_010)]
            finally:
                os.kill(place.broker.pid, signal.SIGCONT)
            full = outcomes.count("full")
            assert 10 <= full <= 11  # our marker may be among those not taken
            assert outcomes[-full:] == ["full"] * full
            await ear.until(lambda: len(ear.tickets) == len(outcomes) - full, seconds=20)
            assert link.publish(Outgoing("lamp/1", b"on")).outcome == "sent"

    place.play(scene())


def test_qos_0_that_has_gone_out_leaves_room_for_more(place: Place) -> None:
    async def scene() -> None:
        link, ear = place.link(), Ear()
        async with running(link, HALL, ear):
            await ear.until_up()
            for _ in range(12):
                assert {link.publish(Outgoing("lamp/1", b"on", qos=0)).outcome for _ in range(1_000)} == {"sent"}
                last = link.publish(Outgoing("lamp/1", b"on")).number
                await ear.until(lambda number=last: number in ear.tickets)

    place.play(scene())
