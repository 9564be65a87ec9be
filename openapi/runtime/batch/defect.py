"""The exception that a run ends with: it has all that was paid for and could not be kept."""

from attrs import define, field

from ..base.errors import JournalError, NotSavedError


@define
class Defect:
    """What a run raises once it has written down what is in flight. Of several exceptions the first one counts.

    Attributes:
        error: The exception, or None.
    """

    error: BaseException | None = field(default=None, init=False)

    def add(self, error: BaseException) -> None:
        """Note an exception."""
        self.error = self.error or error

    def add_unwritten(self, failure: JournalError) -> None:
        """Note that the journal was not written, with the ids of the jobs that it lacks."""
        if self.error is None:
            self.error = failure
        elif isinstance(self.error, JournalError):
            # Submits that were on their way when the disk became full.
            self.error.job_ids += failure.job_ids
        elif failure.job_ids:
            self.error.add_note(str(failure))

    def add_lost(self, lost: NotSavedError) -> None:
        """Note an image that is not on disk: the run ends with the errors of all of them, with the bytes of each."""
        if isinstance(self.error, NotSavedError):
            self.error.others += (lost,)
        else:
            lost.__cause__, self.error = self.error, lost
