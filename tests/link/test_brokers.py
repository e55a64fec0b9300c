"""The brokers of the tests are themselves what the tests take them for."""

import os
import signal
import socket

import pytest

from tests.brokers import mosquitto, needs


def test_a_missing_program_skips_on_a_person_s_machine_and_fails_in_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no-such-broker is not installed"):
        needs("no-such-broker")
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="nothing may be skipped"):
        needs("no-such-broker")


def test_a_broker_is_killed_and_comes_back_on_its_port() -> None:
    with mosquitto() as broker:
        first, port = broker.pid, broker.port
        broker.kill()
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((broker.host, port), timeout=1)
        broker.start()
        assert (broker.pid != first, broker.port) == (True, port)
        second = broker.pid
    with pytest.raises(ProcessLookupError):
        os.kill(second, signal.SIG_DFL)


def test_a_broker_that_cannot_start_says_why() -> None:
    with pytest.raises(RuntimeError, match="did not come up"), mosquitto(lines="no_such_setting true\n"):
        pass
