"""Images from a Celery worker, ordered over the queue of the service.

    celery -A celery_tasks worker
    python -c 'from celery_tasks import make_image; make_image.delay("order-17", "a red fox", seed=7)'

Each order has a folder of its own in IMAGES, with a journal. The id of its job is in the journal before anybody waits
for it. Workers on several machines need one IMAGES that they share: without the journal, an order is bought again.

What a crash costs: nothing, wherever it comes. Celery delivers the task again, or you send it again; it reads the
journal, collects what was ordered, and orders only what never was. One moment is left: if a worker dies between the
order and its answer, nobody knows whether it counts. Such an order is not repeated: the task fails, and you decide.
"""

import os
from pathlib import Path
from typing import Any

from celery import Celery
from celery.utils.log import get_task_logger

from segmind_flux_schnell import Batch, Budget, Client, ConfigurationError, GenerateImageRequest

IMAGES = Path(os.environ.get("IMAGES", "images"))

app = Celery("images")
app.config_from_envvar("CELERY_CONFIG_MODULE", silent=True)  # the broker, and whatever else is yours
app.conf.update(
    task_acks_late=True,  # a task whose worker dies is delivered again
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
)
log = get_task_logger(__name__)


@app.task(bind=True, max_retries=30)
def make_image(self: Any, order: str, prompt: str, seed: int) -> None:
    """Make one image. Sending the task again is safe at any time: an order is paid for once.

    Args:
        self: The task.
        order: Name of the order, which becomes a folder: yours, and not a stranger's.
        prompt: What the image shows.
        seed: A number that you choose, since a random one would make each delivery another order.
    """
    request = GenerateImageRequest(prompt=prompt, seed=seed)
    with Client(budget=Budget(max_images=1)) as client:
        try:
            summary = Batch(IMAGES / order).run(client, [request], route="queue")
        except ConfigurationError as error:
            # Another worker has this order: a broker may deliver a task twice. If that one dies, this one collects.
            raise self.retry(exc=error, countdown=60) from error
    if summary.done or summary.from_disk:
        log.info("%s: an image, for %s credits in this run", order, summary.spent)
    elif summary.failures:
        raise summary.failures[0].error
    elif summary.submitted or summary.left:
        raise self.retry(countdown=60)  # the job goes on, or the service took nothing: nothing is lost
    else:
        raise RuntimeError(f"{order} may be paid for, and is not sent again: see {IMAGES / order}")
