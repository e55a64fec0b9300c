"""What every transport must do when it is paused, when the broker goes, and when another client comes."""

import asyncio
import os
import signal
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest

from link.port import Arrival, Outgoing, Session, TakenOver, Up, Will
from tests.link.conftest import Place
from tests.link.listening import Ear, play, receipts, running, side_by_side
from tests.link.plain import PlainClient
from tests.link.proxy import proxy

HALL = Session("controller-1", (("hall/#", 1),), keep_seconds=60, canary="controller-1/canary")
WITH_WILL = replace(HALL, will=Will("controller/1/state", b"gone"))


class Refuses(Ear):
    """A sink with a bug."""

    def arrived(self, batch: Sequence[Arrival]) -> None:
        raise LookupError("bug in the house")


def numbers(*bounds: int) -> list[str]:
    return [str(number) for number in range(*bounds)]


def say(place: Place, *bounds: int, size: int = 0) -> None:
    with place.plain("sensor") as sensor:
        for number in range(*bounds):
            sensor.publish("hall/door", str(number).encode() + b" " * size)


def watcher(place: Place) -> PlainClient:
    client = place.plain("watcher")
    client.subscribe("controller/#", "sentinel")
    return client


def test_a_pause_holds_everything_back_and_resume_brings_it_in_order(place: Place) -> None:
    async def scene() -> None:
        link = place.link()
        ear = Ear(lambda batch: link.acknowledge(receipts(batch)))
        async with running(link, HALL, ear):
            await ear.until_up()
            link.pause()
            say(place, 300)
            ticket = link.publish(Outgoing("lamp/1", b"on"))
            assert ticket.outcome == "sent"
            with place.plain("lamp") as lamp:  # two more round trips of the broker: what could come has come
                lamp.subscribe("lamp/#")
            await asyncio.sleep(0)
            assert ear.arrivals == []
            link.resume()
            await ear.until(lambda: len(ear.arrivals) == 300 and ear.tickets)
        assert [payload.strip() for payload in ear.payloads] == numbers(300)
        assert ear.downs == []

    place.play(scene())


def test_a_pause_longer_than_the_broker_s_patience_does_not_end_the_connection(places: list[Place]) -> None:
    async def scene(place: Place) -> None:
        link = place.link(keepalive_seconds=1)
        ear = Ear(lambda batch: link.acknowledge(receipts(batch)))
        async with running(link, HALL, ear):
            await ear.until_up()
            link.pause()
            say(place, 10)
            await asyncio.sleep(2.6)  # the broker gives us up after 1.5 s of silence, and looks once a second
            assert (ear.downs, ear.arrivals) == ([], [])
            link.resume()
            await ear.until(lambda: len(ear.arrivals) >= 10)
            assert link.publish(Outgoing("lamp/1", b"on")).outcome == "sent"
            await ear.until(lambda: ear.tickets)
        assert ear.payloads[:10] == numbers(10) or not place.setting.prompt
        assert len(ear.ups) == 1

    play(side_by_side(scene(place) for place in places), on_uvloop=True)


def test_a_pause_in_the_middle_of_a_flood_loses_nothing(place: Place) -> None:
    async def scene() -> None:
        link = place.link()
        paused: list[int] = []

        def take(batch: Sequence[Arrival]) -> None:
            link.acknowledge(receipts(batch))
            link.pause()
            paused.append(len(batch))
            asyncio.get_running_loop().call_later(0.002, link.resume)

        ear = Ear(take)
        async with running(link, HALL, ear):
            await ear.until_up()
            say(place, 500, size=500)
            await ear.until(lambda: len(ear.arrivals) >= 500)
        assert [payload.strip() for payload in ear.payloads] == numbers(500)
        assert len(paused) == len(ear.batches)

    place.play(scene())


def test_a_pause_holds_over_a_reconnect(prompt_place: Place) -> None:
    async def scene() -> None:
        with proxy(prompt_place.broker) as between:
            link, ear = prompt_place.link(port=between.port), Ear()
            async with running(link, HALL, ear):
                await ear.until_up()
                link.pause()
                say(prompt_place, 5)
                between.cut()
                await ear.until_up(2)
                with prompt_place.plain("lamp") as lamp:
                    lamp.subscribe("lamp/#")
                await asyncio.sleep(0)
                assert ear.arrivals == []
                link.resume()
                await ear.until(lambda: len(ear.arrivals) == 5)
        assert ear.payloads == numbers(5)
        assert all(arrival.backlog for arrival in ear.arrivals)

    prompt_place.play(scene())


def test_of_two_controllers_with_one_id_the_newcomer_stays(prompt_place: Place) -> None:
    async def scene() -> None:
        first, second = Ear(), Ear()
        async with running(prompt_place.link(), HALL, first) as elder:
            await first.until_up()
            link = prompt_place.link()
            async with running(link, HALL, second):
                ending = await elder.raised()
                assert isinstance(ending, TakenOver)
                await second.until(lambda: len(second.ups) > len(second.downs))
                assert link.publish(Outgoing("lamp/1", b"on")).outcome == "sent"
                await second.until(lambda: second.tickets)
        assert 1 <= len(first.downs) == len(first.ups) <= 3
        assert len(second.ups) <= 3

    prompt_place.play(scene())


@pytest.mark.parametrize(("keep_seconds", "down_seconds"), [(60, 0.0), (0, 0.1)])
def test_a_broker_that_restarts_again_and_again_is_no_other_controller(
    place: Place, keep_seconds: int, down_seconds: float
) -> None:
    """Without a session only the refused attempt tells; 0.1 s is the least a supervisor usually waits."""

    def restart() -> None:
        place.broker.kill()
        time.sleep(down_seconds)
        place.broker.start()

    async def scene() -> None:
        link, ear = place.link(), Ear()
        async with running(link, replace(HALL, keep_seconds=keep_seconds), ear):
            for times in range(1, 5):
                await ear.until_up(times)
                await asyncio.to_thread(restart)  # the link shall see every bit of it
            await ear.until_up(5)
        assert len(ear.downs) == 4

    place.play(scene())


def test_the_will_is_spoken_when_the_connection_is_cut(place: Place) -> None:
    async def scene() -> None:
        with watcher(place) as watching, proxy(place.broker) as between:
            link, ear = place.link(port=between.port), Ear()
            async with running(link, WITH_WILL, ear):
                await ear.until_up()
                between.cut()
                heard = await asyncio.to_thread(watching.hear)
        assert (heard.topic, heard.payload, heard.qos) == ("controller/1/state", b"gone", 1)

    place.play(scene())


def test_the_will_stays_unspoken_after_a_clean_end_and_what_was_published_before_goes_out(place: Place) -> None:
    async def scene() -> None:
        with watcher(place) as watching, place.plain("other") as other:
            link, ear = place.link(), Ear()
            async with running(link, WITH_WILL, ear) as life:
                await ear.until_up()
                link.publish(Outgoing("controller/1/state", b"bye"))
                assert await life.end() <= 0.5
            for _ in range(3):
                other.publish("sentinel", b"")
            heard = [watching.hear() for _ in range(4)]
        assert (
            sorted((one.topic, one.payload) for one in heard)
            == [("controller/1/state", b"bye")] + [("sentinel", b"")] * 3
        )

    place.play(scene())


def test_a_clean_end_is_clean_also_when_paused_in_a_flood(place: Place) -> None:
    async def scene() -> None:
        with watcher(place) as watching, place.plain("other") as other:
            link, ear = place.link(), Ear()
            async with running(link, WITH_WILL, ear) as life:
                await ear.until_up()
                link.pause()
                say(place, 200, size=20_000)
                assert await life.end() <= 0.7
            for _ in range(3):
                other.publish("sentinel", b"")
            assert {watching.hear().topic for _ in range(3)} == {"sentinel"}

    place.play(scene())


def test_it_is_back_within_a_second_of_its_broker(place: Place) -> None:
    waits: list[float] = []

    async def scene() -> None:
        link, ear = place.link(), Ear()
        async with running(link, HALL, ear):
            for times in range(1, 4):
                await ear.until_up(times)
                place.broker.kill()
                await ear.until(lambda: len(ear.downs) == len(ear.ups))
                await asyncio.sleep(0.3)  # a broker that stays away a while: the pauses have grown
                place.broker.start()
                began = time.monotonic()
                await ear.until_up(times + 1)
                waits.append(time.monotonic() - began)

    place.play(scene())
    assert statistics.median(waits) <= 1.0
    assert max(waits) <= 2.0


def test_a_frozen_broker_is_noticed_and_found_again(places: list[Place]) -> None:
    async def scene(place: Place) -> None:
        link, ear = place.link(keepalive_seconds=1), Ear()
        async with running(link, HALL, ear):
            await ear.until_up()
            began = time.monotonic()
            os.kill(place.broker.pid, signal.SIGSTOP)
            try:
                await ear.until(lambda: ear.downs)
            finally:
                os.kill(place.broker.pid, signal.SIGCONT)
            assert 0.7 <= time.monotonic() - began <= 2.0
            await ear.until_up(2)
        assert ear.downs == ["nothing was heard from the broker for 1 s"]

    play(side_by_side(scene(place) for place in places), on_uvloop=True)


def test_down_is_told_once_however_many_attempts_fail(place: Place) -> None:
    async def scene() -> None:
        place.broker.kill()
        link, ear = place.link(), Ear()
        async with running(link, HALL, ear):
            await ear.until(lambda: ear.downs)
            await asyncio.sleep(0.3)  # room for three more attempts
            place.broker.start()
            await ear.until_up()
        assert len(ear.downs) == 1
        assert "refused" in ear.downs[0]

    place.play(scene())


def test_what_the_sink_raises_ends_the_link_and_the_will_speaks(place: Place) -> None:
    async def scene() -> None:
        with watcher(place) as watching:
            ear = Refuses()
            async with running(place.link(), WITH_WILL, ear) as life:
                await ear.until_up()
                say(place, 1)
                ending = await life.raised()
            assert isinstance(ending, LookupError)
            assert watching.hear().payload == b"gone"
        assert ear.downs == []

    place.play(scene())


def test_one_link_runs_once_at_a_time_and_may_run_again(place: Place) -> None:
    async def scene() -> None:
        link, ear = place.link(), Ear()
        async with running(link, HALL, ear):
            await ear.until_up()
            with pytest.raises(RuntimeError, match="runs already"):
                await link.run(HALL, ear)
        async with running(link, HALL, ear):
            await ear.until_up(2)
        assert [up.connection for up in ear.ups] == [1, 2]

    place.play(scene())


def test_the_version_is_told(place: Place) -> None:
    async def scene() -> None:
        ear = Ear()
        async with running(place.link(), HALL, ear):
            await ear.until_up()
        assert ear.ups == [Up(1, mqtt5=place.mqtt5, session_present=False)]
        assert ear.downs == []

    place.play(scene())
