"""A small internet on loopback: real servers that count who connects, and names and addresses that lead to them."""

import ipaddress
import socket
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpcore2
import pytest

Answer = tuple[int, dict[str, str], bytes] | Callable[[Any], None]
"""Status, headers and body; or what writes to the connection itself."""


class Site(ThreadingHTTPServer):
    """A web server. What it has no page for is 404, its robots.txt too."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.connections = 0
        self.pages: dict[str, Answer] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        super().__init__((host, 0), _Handler)
        self.port = self.server_address[1]
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def get_request(self) -> Any:
        connection = super().get_request()
        self.connections += 1
        return connection

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what is tested."""

    @property
    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Site

    def do_GET(self) -> None:
        self.close_connection = True
        self.server.asked.append((self.path, dict(self.headers)))
        answer = self.server.pages.get(self.path, (404, {}, b""))
        if callable(answer):
            answer(self.wfile)
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in ({} if status == 304 else {"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


class Net:
    """What the system's resolver says, which public address is which server of ours, and who was asked and connected to."""

    def __init__(self) -> None:
        self.names: dict[str, list[list[str]]] = {}
        """The answers for a name, one after the other; the last one stays."""
        self.machines: dict[str, Site] = {}
        self.looked_up: list[str] = []
        self.connected: list[str] = []
        self.sites: list[Site] = []
        self._times: dict[str, int] = defaultdict(int)

    def site(self, host: str = "127.0.0.1", *, at: str | None = None, name: str | None = None) -> Site:
        """Starts a server, at a public address and under a name if given."""
        site = Site(host)
        self.sites.append(site)
        if at:
            self.machines[at] = site
        if name:
            self.names[name] = [[at or host]]
        return site

    def answer(self, name: str) -> list[str]:
        answers = self.names[name]
        self._times[name] += 1
        return answers[min(self._times[name], len(answers)) - 1]


@pytest.fixture
def net(monkeypatch: pytest.MonkeyPatch) -> Iterator[Net]:
    """Nothing outside this machine is asked or connected to; what tries is written down."""
    net = Net()
    look_up, connect = socket.getaddrinfo, httpcore2.SyncBackend.connect_tcp

    def getaddrinfo(host: Any, port: Any, *args: Any, **options: Any) -> Any:
        try:
            ipaddress.ip_address(host)
        except ValueError:
            net.looked_up.append(host)
            if host not in net.names:
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known") from None
            families = [(socket.AF_INET6 if ":" in one else socket.AF_INET, one) for one in net.answer(host)]
            return [(family, socket.SOCK_STREAM, 6, "", (one, port)) for family, one in families]
        return look_up(host, port, *args, **options)

    def connect_tcp(self: Any, host: str, port: int, *args: Any, **options: Any) -> Any:
        net.connected.append(host)
        if host in net.machines:
            host, port = net.machines[host].server_address[0], net.machines[host].port
        if not ipaddress.ip_address(host).is_loopback:
            raise httpcore2.ConnectError("the test's network ends here")
        return connect(self, host, port, *args, **options)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(httpcore2.SyncBackend, "connect_tcp", connect_tcp)
    yield net
    for site in net.sites:
        site.shutdown()
        site.server_close()
