"""Links are added to what is known, and everything else is left byte for byte as it was."""

from pathlib import Path

import pytest

from annotate.report.pdf_links import Bookmark, Link, Place, UnknownLayout, add_links

LINKS = [Link(1, 10, 10, 20, 20, Place(1, 100))]
BOOKMARKS = [Bookmark("First", Place(1, 100))]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no PDF",
        b"%PDF-1.4\ntrailer\n<<\n/Size 1 /Root 1 0 R\n>>\nstartxref\n9\n%%EOF\n",
        b"%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer\n<<\n/Size 1\n/Root 0 0 R\n>>\nstartxref\n9\n%%EOF\n",
    ],
)
def test_another_file_is_refused_and_stays_as_it_was(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "other.pdf"
    file.write_bytes(data)
    with pytest.raises(UnknownLayout):
        add_links(file, LINKS, BOOKMARKS)
    assert file.read_bytes() == data
