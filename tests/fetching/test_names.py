"""What a fetched file is called, whatever the server says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.fetching import Fetched, fetch
from annotate.fetching.naming import name_of
from annotate.fetching.target import target_of
from tests.fetching.site import PAGE, Site


@pytest.mark.parametrize(
    ("path", "disposition", "content_type", "name"),
    [
        ("/news/flood", None, "text/html", "flood.html"),
        ("/news/flood.php?id=3", None, "text/html", "flood.php.html"),
        ("/news/report.pdf/", None, "application/pdf", "report.pdf"),
        ("/", None, "text/html", "127.0.0.1.html"),
        ("/get?id=9", 'attachment; filename="Rapport 2024.pdf"', "application/pdf", "Rapport 2024.pdf"),
        ("/get", "attachment; filename*=UTF-8''%D8%AA%D9%82%D8%B1%D9%8A%D8%B1.pdf", "application/pdf", "تقرير.pdf"),
        ("/get", 'attachment; filename="../../etc/passwd"', None, "passwd"),
        ("/get", 'attachment; filename="C:\\\\x\\\\CON.txt"', None, "page CON.txt"),
        ("/get", 'attachment; filename=".."', None, "get"),
        ("/%2e%2e%2f%2e%2e%2fetc%00%0a", None, None, "etc"),
        ("/a%E2%80%8Eb", None, "text/plain", "a\u200eb.txt"),
        ("/" + "a" * 300 + ".html", None, "text/html", "a" * 55 + ".html"),
    ],
)
def test_the_file_gets_a_name_that_every_folder_takes(
    site: Site, path: str, disposition: str | None, content_type: str | None, name: str
) -> None:
    headers = {} if disposition is None else {"Content_Disposition": disposition}
    fetched = fetch(site.page(path, PAGE, content_type, **headers), allow_private=True)
    assert isinstance(fetched, Fetched)
    assert fetched.name == name


@given(st.text(), st.text(), st.sampled_from(["text/html", "application/pdf", "text/plain", ""]))
def test_whatever_a_server_says_the_name_is_that_of_one_file_in_the_folder(path: str, said: str, type_: str) -> None:
    target = target_of(f"https://example.org/{'%2e%2e%2f'}{''.join(path.split()).encode().hex()}")
    for disposition in (said, f'attachment; filename="{said}"', f"attachment; filename*=UTF-8''{said}"):
        name = name_of(target, " ".join(disposition.split()), type_)
        assert 0 < len(name.encode()) < 255
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert name.strip(". ") == name
