"""Where something listens already, a demo goes next door and a site says so."""

import socket

import pytest

from gouvernail.base.errors import UsageError
from gouvernail.web.serving import ports
from gouvernail.web.serving.site import Wanted, processes


@pytest.fixture
def taken() -> int:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


def test_a_taken_port_is_refused_in_a_sentence(taken: int) -> None:
    with pytest.raises(UsageError, match="something else listens there"):
        ports.take("127.0.0.1", taken)


@pytest.mark.parametrize("host", ["203.0.113.7", "no-such-host.invalid"])
def test_a_host_that_is_not_of_this_machine_is_told(host: str) -> None:
    with pytest.raises(UsageError, match=f"no address {host}"):
        ports.take(host, 18_999)


def test_a_port_that_the_system_keeps_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "_refusal", lambda *_: PermissionError(13, "no"))
    with pytest.raises(UsageError, match="Ports below 1024"):
        ports.take("127.0.0.1", 80)


def test_the_next_free_port_is_another(taken: int) -> None:
    assert ports.next_free("127.0.0.1", taken) > taken


def test_the_address_is_one_that_a_browser_here_understands() -> None:
    shown = [Wanted(host).address for host in ("127.0.0.1", "0.0.0.0", "::1", "10.0.0.5")]
    assert shown == [
        "http://localhost:8000/",
        "http://localhost:8000/",
        "http://[::1]:8000/",
        "http://10.0.0.5:8000/",
    ]


def test_web_and_worker_run_together_or_apart() -> None:
    def names(wanted: Wanted) -> list[str]:
        return [process.name for process in processes(wanted)]

    assert names(Wanted()) == ["web", "worker 1"]
    assert names(Wanted(worker=False)) == ["web"]
    assert names(Wanted(web=False, workers=3)) == ["worker 1", "worker 2", "worker 3"]
