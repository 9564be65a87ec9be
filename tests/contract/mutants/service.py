"""All service mutants: those that the contract tests should notice, and those that should raise no alarm."""

from tests.contract.mutants.access import AUTH, METHODS
from tests.contract.mutants.balances import BALANCES
from tests.contract.mutants.billing import BILLING
from tests.contract.mutants.bodies import BODIES
from tests.contract.mutants.bounds import BOUNDS
from tests.contract.mutants.compatible import CALL_COMPATIBLE
from tests.contract.mutants.drawings import DRAWINGS
from tests.contract.mutants.field_types import FIELD_TYPES
from tests.contract.mutants.fields import FIELDS
from tests.contract.mutants.headers import HEADERS
from tests.contract.mutants.image_files import FILES
from tests.contract.mutants.intermittent import INTERMITTENT
from tests.contract.mutants.job_results import RESULTS
from tests.contract.mutants.job_states import JOB_STATES
from tests.contract.mutants.media import MEDIA
from tests.contract.mutants.mutant import ServiceMutant
from tests.contract.mutants.queue_compatible import QUEUE_COMPATIBLE
from tests.contract.mutants.statuses import STATUSES
from tests.contract.mutants.submitting import SUBMITS
from tests.contract.mutants.values import DEFAULTS, ENUMS

__all__ = ["COMPATIBLE", "DRIFTING", "ServiceMutant"]

DRIFTING: tuple[ServiceMutant, ...] = (
    *STATUSES,
    *HEADERS,
    *MEDIA,
    *BODIES,
    *FIELDS,
    *BOUNDS,
    *FIELD_TYPES,
    *DEFAULTS,
    *ENUMS,
    *AUTH,
    *METHODS,
    *BILLING,
    *DRAWINGS,
    *INTERMITTENT,
    *SUBMITS,
    *JOB_STATES,
    *RESULTS,
    *FILES,
    *BALANCES,
)
COMPATIBLE: tuple[ServiceMutant, ...] = (*CALL_COMPATIBLE, *QUEUE_COMPATIBLE)
