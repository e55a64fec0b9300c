"""What every transport must do when the house wants to hear something else: the port's ``listen``, on every broker."""

from dataclasses import replace

from link.port import Link, Outgoing, Session
from tests.link.conftest import Place
from tests.link.listening import Ear, running
from tests.link.proxy import proxy
from tests.link.test_every_transport import HALL, acknowledging


def test_what_is_listened_to_anew_is_heard_at_once_with_what_was_retained_there(place: Place) -> None:
    async def scene() -> None:
        with place.plain() as sensor:
            sensor.publish("annex/door", b"kept", retain=True)
            sensor.publish("hall/door", b"old", retain=True)
            link = place.link()
            ear = acknowledging(link)
            async with running(link, HALL, ear):
                await ear.until(lambda: ear.payloads == ["old"])
                link.listen((*HALL.filters, ("annex/#", 1)))
                await ear.until(lambda: len(ear.arrivals) == 2)
                sensor.publish("annex/door", b"live")
                sensor.publish("hall/door", b"live too")
                await ear.until(lambda: len(ear.arrivals) == 4)
        assert [(a.payload, a.retained, a.backlog) for a in ear.arrivals[1:2]] == [(b"kept", True, False)]
        assert sorted((a.payload, a.retained) for a in ear.arrivals[2:]) == [(b"live", False), (b"live too", False)]
        assert (len(ear.ups), ear.downs) == (1, [])

    place.play(scene())


def test_what_is_listened_to_no_more_is_not_heard_on_this_connection_nor_on_the_next(place: Place) -> None:
    async def scene() -> None:
        with proxy(place.broker) as between, place.plain() as sensor:
            link = place.link(port=between.port)
            ear = acknowledging(link)
            async with running(link, replace(HALL, filters=(("hall/#", 1), ("annex/#", 1))), ear):
                await ear.until_up()
                sensor.publish("annex/door", b"before")
                await ear.until(lambda: ear.arrivals)
                link.listen(HALL.filters)
                await settled(link, ear)
                for connection in (1, 2):
                    await ear.until_up(connection)
                    sensor.publish("annex/door", b"unheard")
                    sensor.publish("hall/door", b"%d" % connection)
                    await ear.until(lambda number=connection: str(number) in ear.payloads)
                    await settled(link, ear)  # the acknowledgements are out: nothing comes again
                    if connection == 1:
                        between.cut()
        assert ear.payloads == ["before", "1", "2"]
        assert [up.session_present for up in ear.ups] == [False, True]

    place.play(scene())


async def settled(link: Link, ear: Ear) -> None:
    """Until the broker has read everything that we said so far."""
    ticket = link.publish(Outgoing("elsewhere", b"")).number
    await ear.until(lambda: ticket in ear.tickets)


def test_what_is_listened_to_while_there_is_no_connection_is_heard_on_the_next(place: Place) -> None:
    async def scene() -> None:
        link = place.link()
        ear = acknowledging(link)
        async with running(link, HALL, ear):
            await ear.until_up()
            place.broker.kill()
            await ear.until(lambda: ear.downs)
            link.listen((("annex/#", 1),))
            place.broker.start()
            await ear.until_up(2)
            with place.plain() as sensor:
                sensor.publish("hall/door", b"unheard")
                sensor.publish("annex/door", b"heard")
            await ear.until(lambda: "heard" in ear.payloads)
        assert ear.payloads == ["heard"]

    place.play(scene())


def test_a_filter_left_in_the_kept_session_by_an_earlier_life_is_let_go(place: Place) -> None:
    wide = replace(HALL, filters=(("hall/#", 1), ("annex/#", 1)))

    async def life(session: Session, *bodies: bytes) -> Ear:
        link = place.link()
        ear = acknowledging(link)
        async with running(link, session, ear):
            await ear.until_up()
            with place.plain() as sensor:
                for topic in ("annex/door", "hall/door"):
                    for body in bodies:
                        sensor.publish(topic, body)
            await ear.until(lambda: sum(arrival.topic == "hall/door" for arrival in ear.arrivals) == len(bodies))
        return ear

    async def scene() -> None:
        await life(wide)
        without_being_told = await life(HALL, b"x")
        told = await life(replace(HALL, former=("annex/#", "never/heard/#")), b"y")
        assert "annex/door" in {arrival.topic for arrival in without_being_told.arrivals}
        assert [arrival.topic for arrival in told.arrivals] == ["hall/door"]
        assert told.ups[0].session_present

    place.play(scene())
