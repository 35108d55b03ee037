"""Forbidden addresses, however they are written or reached, are not contacted."""

import ipaddress
import socket
import ssl
import subprocess
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.gather.addresses import FetchError, addresses, forbidden, shown, target
from dragoman.gather.fetch import Fetcher, FetchOptions

PUBLIC = "93.184.215.14"
OTHER = "151.101.1.67"

LITERALS = """
127.0.0.1 127.0.0.2 127.255.255.254 0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 172.16.0.1 172.31.255.254 192.168.0.1 192.168.255.1
169.254.0.1 169.254.169.254 169.254.170.2 100.64.0.1 100.100.100.200 100.127.255.254 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1
198.18.0.1 198.19.255.254 198.51.100.7 203.0.113.9 224.0.0.1 239.255.255.250 240.0.0.1 255.255.255.255
[::1] [::] [0:0:0:0:0:0:0:1] [::127.0.0.1] [::7f00:1] [::ffff:127.0.0.1] [::ffff:7f00:1] [::ffff:10.0.0.1] [::ffff:93.184.215.14]
[::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1] [64:ff9b::7f00:1] [64:ff9b::10.1.2.3] [64:ff9b::169.254.169.254] [64:ff9b:1::7f00:1]
[64:ff9b:1:7f00:0:100::] [2002:7f00:1::] [2002:a00:1::1] [2002:5db8:d70e::1] [2001::7f00:1] [2001:0:4136:e378:8000:63bf:3fff:fdd2]
[2001:2::1] [2001:10::1] [2001:20::1] [2001:db8::1] [3fff::1] [5f00::1] [100::1] [fc00::1] [fd00::1] [fd12:3456:789a::1]
[fd00:ec2::254] [fe80::1] [febf::1] [fec0::1] [ff02::1] [ff0e::1] [4000::1] [::2]
""".split()

ODD_HOSTS = """
2130706433 0x7f000001 0x7F.1 0x7f.0x0.0x0.0x1 017700000001 0177.0.0.1 0177.1 127.1 127.0.1 127.000.000.001 127.0.0.01 0 0x 1 10.1
3232235521 0xa9fea9fe 2852039166 169.254.43518 127.0.0.1.2 256.0.0.1 999999999999 1.2.3.0x4 foo.127.0.0x1
127.0.0.1. 127.0.0.1.. localhost. news.example. .localhost 127..0.0.1
user@127.0.0.1 user:password@127.0.0.1 news.example@127.0.0.1 news.example:80@127.0.0.1 127.0.0.1@news.example @127.0.0.1
news.example%40127.0.0.1 127.0.0.1%2f@news.example news.example\\@127.0.0.1 news.example\\.127.0.0.1
%31%32%37.0.0.1 127.0.0.%31 localhos%74 127%2e0%2e0%2e1 127.0.0.1%00.news.example 127.0.0.1%20
１２７.0.0.1 127.0.0.１ ①②⑦.⓪.⓪.① 127。0。0。1 127．0．0．1 127｡0｡0｡1 ｌｏｃａｌｈｏｓｔ ⓛⓞⓒⓐⓛⓗⓞⓢⓣ
\ufb01le.example \u212aelvin.example
news․example 127․0․0․1 ٱ١٢٧.٠.٠.١ lo\u00adcalhost local\u200bhost l\u200docalhost loc\ufeffalhost
xn--localhost-.example xn--127-.example xn--a.example xn--0.example \u0378.example -news.example news-.example ne!ws.example
[::1%25lo] [::1%lo] [fe80::1%25eth0] [fe80::1%1] [::1 ::1 [::1]] [[::1]] [v1.::1] [127.0.0.1] [0x7f.1] [::ffff:0x7f.1] [::１]
""".split()

NAMES = "localhost LOCALHOST intranet db.localhost printer.local metadata.google.internal wiki.lan nas.home.arpa x.onion".split()

OTHER_FORMS = """
ftp://127.0.0.1:{port}/ file:///etc/passwd gopher://127.0.0.1:{port}/ javascript:alert(1) data:text/html,x ws://127.0.0.1:{port}/
http:127.0.0.1:{port} http:/127.0.0.1:{port}/ http:///127.0.0.1:{port}/ //127.0.0.1:{port}/ http:\\\\127.0.0.1:{port}\\
http:// http://:{port}/ http://127.0.0.1:99999999/ http://127.0.0.1:{port}:80/ http://127.0.0.1:-1/ http://127.0.0.1:0x50/
http://127.0.0.1:８０/ http://127.0.0.1:{port}# http://127.0.0.1:{port}?x http://127.0.0.1:22/ http://news.example:25/
http://news.example:6379/ http://news.example:0/ https://news.example:11211/ unix:/run/x.sock http+unix://x/ 127.0.0.1:{port}
""".split()

SPACED = [
    "http:// 127.0.0.1:{port}/",
    "http://127.0.0.1 :{port}/",
    "http://127.0.0.1\t:{port}/",
    "http://127.0.0.1\n:{port}/",
]
SPACED += [
    "\x00http://127.0.0.1:{port}/",
    "http://news.example\r\nHost: x/",
    "http://127.0.0.1:{port}/\x00",
    "ht\ntp://127.1/",
    "",
]

FORMS = [f"http://{host}:{{port}}/" for host in LITERALS + ODD_HOSTS + NAMES] + OTHER_FORMS + SPACED


def options(*ports: int, **more: object) -> FetchOptions:
    return FetchOptions(ports=frozenset((80, 443, 8080, 8443, *ports)), pause=0, **more)  # type: ignore[arg-type]


def test_no_form_of_a_forbidden_address_is_contacted(net):
    assert len(set(FORMS)) > 150
    four, six = net.site("127.0.0.1"), net.site("::1")
    net.names |= {"news.example": [[PUBLIC]], "localhost": [["127.0.0.1", "::1"]], "intranet": [["127.0.0.1"]]}
    with Fetcher(options(four.port, six.port)) as fetcher:
        for form in FORMS:
            for port in (four.port, six.port):
                with pytest.raises(FetchError) as refused:
                    fetcher.fetch(form.replace("{port}", str(port)))
                assert refused.value.problem in ("url", "address"), form
                assert "is not fetched: " in str(refused.value), form
                assert "\n" not in str(refused.value), form
                assert "password" not in str(refused.value).split("; ")[0], form
    assert (four.connections, six.connections, net.connected, net.looked_up) == (0, 0, [], [])


def test_the_servers_that_were_not_contacted_do_answer(net):
    for host, url in (("127.0.0.1", "http://127.0.0.1:{}/"), ("::1", "http://[::1]:{}/")):
        site = net.site(host)
        site.pages["/"] = (200, {}, b"hello")
        with Fetcher(options(site.port, private_hosts=frozenset([host]))) as fetcher:
            assert fetcher.fetch(url.format(site.port)).body == b"hello"
        assert site.connections == 2  # robots.txt, and the page.


@pytest.mark.parametrize("literal", LITERALS)
def test_a_name_that_leads_to_a_forbidden_address_is_not_contacted(net, literal):
    net.names = {"news.example": [[literal.strip("[]")]]}
    with Fetcher(options()) as fetcher, pytest.raises(FetchError, match=r"news\.example leads to ") as refused:
        fetcher.fetch("https://news.example/")
    assert refused.value.problem == "address"
    assert net.connected == []


def test_one_forbidden_address_among_public_ones_is_enough(net):
    for answer in ([PUBLIC, OTHER, "10.0.0.1"], ["10.0.0.1", PUBLIC], [PUBLIC] * 50 + ["2606:2800:21f::1", "::1"]):
        net.names = {"news.example": [answer]}
        with Fetcher(options()) as fetcher, pytest.raises(FetchError, match="leads to"):
            fetcher.fetch("http://news.example/")
    assert net.connected == []


def test_a_zone_is_refused_whoever_gives_it(net):
    net.names = {"news.example": [["2606:2800:21f::1%lo"]]}
    with Fetcher(options()) as fetcher, pytest.raises(FetchError, match="a zone"):
        fetcher.fetch("http://news.example/")


def test_a_name_is_looked_up_once_and_the_connection_goes_where_the_check_looked(net):
    public = net.site(at=PUBLIC)
    public.pages["/"] = (200, {}, b"from the public server")
    inside = net.site("127.0.0.3")
    net.names = {"news.example": [[PUBLIC], ["127.0.0.3"]]}
    with Fetcher(options(inside.port)) as fetcher:
        assert fetcher.fetch("http://news.example/").body == b"from the public server"
        assert net.looked_up == ["news.example"]
        with pytest.raises(FetchError, match=r"leads to 127\.0\.0\.3, a loopback address"):
            fetcher.fetch("http://news.example/")
    assert inside.connections == 0
    assert set(net.connected) == {PUBLIC}
    assert {headers["Host"] for _, headers in public.asked} == {"news.example"}


def test_a_resolver_that_flips_at_every_question_leads_nowhere(net):
    inside = net.site("127.0.0.3")
    public = net.site(at=PUBLIC)
    public.pages["/"] = (200, {}, b"x")
    net.names = {"news.example": [[PUBLIC], ["127.0.0.3"]] * 30}
    outcomes = []
    with Fetcher(options(inside.port)) as fetcher:
        for _ in range(30):
            try:
                outcomes.append(fetcher.fetch("http://news.example/").status)
            except FetchError as error:
                outcomes.append(error.problem)
    assert set(outcomes) == {200, "address"}
    assert inside.connections == 0


def test_a_redirect_to_a_forbidden_address_is_not_followed(net):
    inside = net.site("127.0.0.1")
    public = net.site(at=PUBLIC, name="news.example")
    with Fetcher(options(inside.port)) as fetcher:
        for n, literal in enumerate(LITERALS + ODD_HOSTS + NAMES):
            location = f"http://{literal}:{inside.port}/".encode().decode("latin-1")
            public.pages[f"/{n}"] = (302, {"Location": location}, b"")
            with pytest.raises(FetchError, match=r"sends on to|is not fetched") as refused:
                fetcher.fetch(f"http://news.example/{n}")
            assert refused.value.problem in ("url", "address", "redirect"), literal
            assert public.paths[-1] == f"/{n}"
    assert inside.connections == 0
    assert set(net.connected) == {PUBLIC}


@pytest.mark.parametrize(
    "location",
    [
        "//127.0.0.1:{}/",
        "file:///etc/passwd",
        "/\\127.0.0.1:{}/",
        "http:127.0.0.1",
        "//[::1]:{}/",
        "//[",
        "http://x\t.y/",
    ],
)
def test_a_redirect_in_an_odd_form_leads_to_no_other_host(net, location):
    inside, public = net.site("127.0.0.1"), net.site(at=PUBLIC, name="news.example")
    public.pages["/"] = (301, {"Location": location.format(inside.port)}, b"")
    with Fetcher(options(inside.port)) as fetcher, pytest.raises(FetchError):
        fetcher.fetch("http://news.example/")
    assert inside.connections == 0
    assert set(net.connected) == {PUBLIC}


def test_a_redirect_through_a_public_host_whose_name_leads_inside_is_not_followed(net):
    inside, public = net.site("127.0.0.1"), net.site(at=PUBLIC, name="news.example")
    net.names["other.example"] = [["127.0.0.1"]]
    public.pages["/"] = (307, {"Location": f"http://other.example:{inside.port}/"}, b"")
    with Fetcher(options(inside.port)) as fetcher, pytest.raises(FetchError, match=r"other\.example leads to"):
        fetcher.fetch("http://news.example/")
    assert inside.connections == 0


def test_a_robots_txt_that_sends_inside_is_not_followed(net):
    inside, public = net.site("127.0.0.1"), net.site(at=PUBLIC, name="news.example")
    public.pages["/robots.txt"] = (302, {"Location": f"http://127.0.0.1:{inside.port}/robots.txt"}, b"")
    with Fetcher(options(inside.port)) as fetcher, pytest.raises(FetchError, match=r"robots\.txt cannot be had"):
        fetcher.fetch("http://news.example/")
    assert inside.connections == 0


def test_a_host_that_is_allowed_by_name_may_be_inside_and_no_other(net):
    site = net.site("127.0.0.1")
    site.pages["/"] = (200, {}, b"x")
    net.names = {"wiki.lan": [["127.0.0.1"]], "news.example": [["127.0.0.1"]]}
    with Fetcher(options(site.port, private_hosts=frozenset(["wiki.lan"]))) as fetcher:
        assert fetcher.fetch(f"http://WIKI.lan:{site.port}/").final_url == f"http://wiki.lan:{site.port}/"
        for other in ("news.example", "127.0.0.1", "localhost", "x.wiki.lan", "wiki.lan."):
            with pytest.raises(FetchError):
                fetcher.fetch(f"http://{other}:{site.port}/")
    assert site.connections == 2


def test_where_the_first_address_does_not_answer_the_next_is_tried(net):
    net.site(at=PUBLIC, name="news.example").pages["/"] = (200, {}, b"x")
    net.names["news.example"] = [["2606:2800:21f::1", OTHER, PUBLIC]]
    with Fetcher(options()) as fetcher:
        assert fetcher.fetch("http://news.example/").status == 200


def test_a_resolver_that_does_not_answer_is_given_up(monkeypatch):
    waiting = threading.Event()

    def getaddrinfo(*args, **options):
        waiting.wait(20)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    start = time.monotonic()
    with pytest.raises(FetchError, match="not found within"):
        addresses(target("http://news.example/"), timeout=0.2)
    assert time.monotonic() - start < 30
    waiting.set()


def test_tls_names_the_host_and_connects_to_the_address(net, tmp_path, monkeypatch):
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=news.example"
    extra = ["-addext", "subjectAltName=DNS:news.example", "-keyout", str(key), "-out", str(certificate)]
    try:
        subprocess.run([*make.split(), *extra], check=True, capture_output=True, timeout=30)
    except FileNotFoundError:
        pytest.skip("there is no openssl to make a certificate with")
    site = net.site(at=PUBLIC, name="news.example")
    names = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    context.sni_callback = lambda connection, name, _: names.append(name)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    site.pages["/"] = (200, {}, b"over tls")
    site.pages["/down"] = (302, {"Location": "http://news.example/"}, b"")
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    net.names["other.example"] = [[PUBLIC]]
    with Fetcher(options()) as fetcher:
        assert fetcher.fetch("https://news.example/").body == b"over tls"
        assert set(names) == {"news.example"}
        with pytest.raises(FetchError, match="from https down to"):
            fetcher.fetch("https://news.example/down")
        with pytest.raises(FetchError, match="certificate"):
            fetcher.fetch("https://other.example/")
    assert set(net.connected) == {PUBLIC}
    assert site.asked[0][1]["Host"] == "news.example"


def test_public_addresses_are_not_forbidden():
    public = "8.8.8.8 93.184.215.14 172.32.0.1 100.128.0.1 198.20.0.1 2606:4700::1 2a00:1450::1 64:ff9b::8.8.8.8"
    for text in public.split():
        assert forbidden(ipaddress.ip_address(text)) is None, text


@given(st.ip_addresses())
def test_what_python_holds_for_private_is_forbidden(address):
    assert address.is_global or forbidden(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_inside_an_ipv6_one_opens_nothing(address):
    for prefix in ("::", "::ffff:", "::ffff:0:", "64:ff9b::"):
        inside = ipaddress.IPv6Address(f"{prefix}{address}")
        assert forbidden(inside) or (prefix == "64:ff9b::" and forbidden(address) is None)


@given(st.text(max_size=80) | st.text("htps:/@[]%.0123456789xXaf\\#?。１ -", max_size=60).map("http://".__add__))
def test_any_text_is_read_or_refused_and_what_is_read_stays_the_same(text):
    try:
        read = target(text)
    except FetchError:
        return
    assert target(read.url) == read
    assert read.url.isascii()
    assert read.url.isprintable()


def test_names_in_any_script_and_odd_paths_are_read():
    assert target("HTTPS://Bücher.Example/Ä b?q=ö#part").url == "https://xn--bcher-kva.example/%C3%84%20b?q=%C3%B6"
    assert target("http://новости.example").url == "http://xn--b1amnebsh.example/"
    assert target("http://xn--bcher-kva.example:8080?x").url == "http://xn--bcher-kva.example:8080/?x"
    assert target("http://my_blog.example/a%2Fb\\c").path == "/a%2Fb%5Cc"
    assert target("http://[2606:4700:0:0::1]:80/").url == "http://[2606:4700::1]/"


def test_messages_are_short_and_keep_passwords():
    assert shown("https://desk:secret@news.example/" + "x" * 500).count("x") < 200
    assert "secret" not in shown("https://desk:secret@news.example/")
