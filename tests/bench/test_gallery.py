"""The gallery of a few images is opened and timed."""

from attrs import evolve

from tests.bench import gallery
from tests.bench.report import OURS
from tests.bench.scale import QUICK
from tests.bench.servers import Service
from tests.client.gallery.chromium import skip_without_chromium


def test_an_open_page_has_its_times(service: Service) -> None:
    """Both pages are painted, and each figure is there."""
    skip_without_chromium()
    first, largest, loaded = gallery.measure(service, evolve(QUICK, shown=12, starts=1))
    for section in (first, largest, loaded):
        assert all(figure and figure > 0 for figure in section.figures.values())
        assert OURS in section.figures
    assert "12 images" in first.title
