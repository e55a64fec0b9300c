"""What has not been taken by the broker."""

from hypothesis import given
from hypothesis import strategies as st

from link.outbox import UNDELIVERED, Outbox
from link.port import Outgoing, TicketId


class Wire:
    """Sends at once; ``stuck`` packet ids are still taken."""

    def __init__(self) -> None:
        self.sent: list[bytes] = []
        self.stuck = False

    def send(self, message: Outgoing) -> int | None:
        if self.stuck:
            return None
        self.sent.append(message.payload)
        return len(self.sent)


def test_qos_1_waits_for_its_turn_and_qos_0_waits_behind_it() -> None:
    wire = Wire()
    outbox = Outbox(wire.send)
    outbox.limit = 1
    for ticket, (payload, qos) in enumerate([(b"a", 1), (b"b", 1), (b"c", 0)], start=1):
        assert outbox.put(Outgoing("t", payload, qos=qos), TicketId(ticket))
    assert wire.sent == [b"a"]
    assert outbox.taken(1) == TicketId(1)
    outbox.send_waiting()
    assert wire.sent == [b"a", b"b", b"c"]


def test_it_is_full_with_ten_thousand_of_any_kind_and_has_room_again_when_one_is_taken() -> None:
    outbox = Outbox(Wire().send)
    for number in range(UNDELIVERED):
        assert outbox.put(Outgoing("t", b"", qos=number % 2), TicketId(number + 1))
    assert not outbox.put(Outgoing("t", b""), TicketId(0))
    outbox.written()
    assert outbox.put(Outgoing("t", b""), TicketId(0))
    assert not outbox.put(Outgoing("t", b"", qos=0), TicketId(0))


def test_an_answer_for_nothing_of_ours_is_none() -> None:
    assert Outbox(Wire().send).taken(7) is None


def test_a_message_whose_packet_id_is_still_taken_waits() -> None:
    wire = Wire()
    outbox = Outbox(wire.send)
    wire.stuck = True
    assert outbox.put(Outgoing("t", b"a"), TicketId(1))
    wire.stuck = False
    outbox.send_waiting()
    assert wire.sent == [b"a"]


@given(st.lists(st.sampled_from(["qos 0", "qos 1", "taken"]), max_size=60), st.integers(1, 4))
def test_whatever_happens_order_is_kept_and_the_limit_holds(story: list[str], limit: int) -> None:
    wire = Wire()
    outbox = Outbox(wire.send)
    outbox.limit = limit
    put: list[bytes] = []
    qos: dict[bytes, int] = {}
    answered: set[int] = set()
    for word in story:
        if word == "taken":
            open_ones = [n for n, payload in enumerate(wire.sent, start=1) if qos[payload] and n not in answered]
            if open_ones:
                answered.add(open_ones[0])
                assert outbox.taken(open_ones[0]) is not None
                outbox.send_waiting()
        else:
            payload = str(len(put)).encode()
            qos[payload] = int(word[-1])
            put.append(payload)
            outbox.put(Outgoing("t", payload, qos=qos[payload]), TicketId(len(put)))
        assert wire.sent == put[: len(wire.sent)]
        assert sum(qos[payload] for payload in wire.sent) - len(answered) <= limit
