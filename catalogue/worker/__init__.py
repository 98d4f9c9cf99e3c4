"""The process that does what is due: drains of the outbox, schedules, jobs."""

from catalogue.worker.loop import Worker
from catalogue.worker.product import product_worker

__all__ = ["Worker", "product_worker"]
