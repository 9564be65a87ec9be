"""Which tests of the client need what Windows or macOS do not have."""

import sys
from collections.abc import Iterable

import pytest

WINDOWS_HAS_NO = {
    "fork": [
        "test_a_forked_process_has_connections_of_its_own",
        "test_a_forked_process_has_a_stand_in_of_its_own",
    ],
    "limit on the size of files": [
        "test_a_full_disk_leaves_everything_as_it_was",
        "test_a_full_disk_does_not_lose_the_image",
    ],
    "pipes in folders": ["test_a_pipe_is_written_to", "test_a_pipe_is_refused"],
    "/dev": ["test_a_device_is_written_to", "test_the_standard_output_is_written_to"],
    "modes of files, and no folders that can be synced": [
        "test_a_file_that_is_there_keeps_its_mode",
        "test_a_new_file_has_the_mode_of_the_umask",
        "test_file_and_folder_are_synced",
    ],
    "symbolic links without further rights": [
        "test_a_link_stays_a_link",
        "test_a_link_to_itself_is_an_os_error",
        "test_it_works_in_a_clean_environment",
    ],
    "error of its own for a folder in place of a file": ["test_a_path_that_is_no_file_is_an_os_error"],
}
"""Names of tests, by what they need."""

LINUX_ONLY = {
    "faults": "the faults are made with the sockets of Linux, and its /proc lists what stays open",
    "gallery": "the gallery is the same page everywhere, and is tested in the Chromium of Linux",
}
"""Why the tests of a folder run on Linux alone."""


def skip_what_cannot_run(items: Iterable[pytest.Item], platform: str = sys.platform) -> None:
    """Mark the tests that need what a platform does not have, with the reason."""
    reasons = {name: f"Windows has no {thing}" for thing, names in WINDOWS_HAS_NO.items() for name in names}
    for item in items:
        reason = LINUX_ONLY.get(item.path.parent.name)
        if platform != "linux" and reason:
            item.add_marker(pytest.mark.skip(reason))
        elif platform == "win32" and (name := item.name.partition("[")[0]) in reasons:
            item.add_marker(pytest.mark.skip(reasons[name]))
