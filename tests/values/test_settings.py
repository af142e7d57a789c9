"""Settings: what follows from where others reach the server."""

import pytest

from ostiary.values.settings import Settings, parse_settings


@pytest.mark.parametrize(
    ("public_url", "origin", "relying_party"),
    [
        ("http://localhost:4747", "http://localhost:4747", "localhost"),
        ("https://IAM.Example.com", "https://iam.example.com", "iam.example.com"),
        ("https://iam.example.com:443/base", "https://iam.example.com", "iam.example.com"),
        ("http://iam.example.com:80", "http://iam.example.com", "iam.example.com"),
        ("https://iam.example.com:8443", "https://iam.example.com:8443", "iam.example.com"),
        ("http://iam.example.com:443", "http://iam.example.com:443", "iam.example.com"),
        ("http://[::1]:4747", "http://[::1]:4747", "::1"),
        ("http://127.0.0.1:4747", "http://127.0.0.1:4747", "127.0.0.1"),
    ],
)
def test_pages_have_the_origin_that_browsers_write(public_url: str, origin: str, relying_party: str) -> None:
    settings = Settings(public_url=public_url)
    assert (settings.origin, settings.relying_party) == (origin, relying_party)


def test_settings_are_written_down_and_read_again() -> None:
    settings = Settings(public_url="https://iam.example.com")
    assert parse_settings(settings.to_json()) == settings
