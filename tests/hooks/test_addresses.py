import pytest

from marketplace.hooks.rules.addresses import (
    ForbiddenAddressError,
    check_addresses,
    host_of,
    is_outside,
)

INSIDE = [
    "0.0.0.0",  # noqa: S104 - nothing is bound to it
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.1.2.3",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.192",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a00:1",
    "64:ff9b:1::a00:1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "ff02::1",
    "nowhere",
    "",
]
OUTSIDE = ["1.1.1.1", "113.160.0.1", "8.8.8.8", "2400:cb00::1", "::ffff:8.8.8.8"]


@pytest.mark.parametrize("address", INSIDE)
def test_the_inside_of_a_network_is_not_reached(address: str) -> None:
    assert not is_outside(address)
    with pytest.raises(ForbiddenAddressError):
        check_addresses(["8.8.8.8", address])


@pytest.mark.parametrize("address", OUTSIDE)
def test_the_open_internet_is(address: str) -> None:
    assert is_outside(address)
    assert check_addresses([address, "8.8.8.8"]) == address


@pytest.mark.parametrize(
    "address", sorted(set(INSIDE) - {"127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"})
)
def test_the_switch_of_tests_opens_this_machine_only(address: str) -> None:
    assert not is_outside(address, allows_loopback=True)


def test_a_name_that_leads_nowhere_is_refused() -> None:
    with pytest.raises(ForbiddenAddressError):
        check_addresses([])


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.vn",
        "https://hooks.example.vn:443/a?b=c",
        "https://HOOKS.example.vn/",
        "https://8.8.8.8/hook",
        "https://xn--bckn-0na.vn/",
    ],
)
def test_an_open_address_is_taken(url: str) -> None:
    assert host_of(url)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "hooks.example.vn",
        "http://hooks.example.vn/",
        "ftp://hooks.example.vn/",
        "file:///etc/passwd",
        "https:///hook",
        "https://hooks.example.vn:8443/",
        "https://hooks.example.vn:80/",
        "https://hooks.example.vn:0/",
        "https://hooks.example.vn:99999/",
        "https://user:pass@hooks.example.vn/",
        "https://hooks.example.vn@127.0.0.1/",
        "https://hooks.example.vn/#part",
        "https://hooks.example.vn/a b",
        "https://hooks.example.vn\\@127.0.0.1/",
        "https://hooks.example.vn/\r\nX: y",
        "https://bắckạn.vn/",
        "https://localhost/",
        "https://localhost./",
        "https://intranet/",
        "https://printer.local/",
        "https://metadata.google.internal/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://017700000001/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://[::1/",
        "https://169.254.169.254/latest/meta-data",
        "https://" + "a" * 500 + ".vn/",
    ],
)
def test_any_other_address_is_refused(url: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        host_of(url)


@pytest.mark.parametrize("url", ["http://10.0.0.1/", "http://example.vn/", "https://[::1]/"])
def test_the_switch_of_tests_lets_no_other_address_through(url: str) -> None:
    with pytest.raises(ForbiddenAddressError):
        host_of(url, allows_loopback=True)
