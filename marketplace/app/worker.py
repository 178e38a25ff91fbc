"""The job queue: every package's blueprint on one procrastinate application."""

import procrastinate

import marketplace.accounts.tasks
import marketplace.media.tasks
import search.tasks


def create_worker_app(connector: procrastinate.BaseConnector) -> procrastinate.App:
    """A procrastinate application that knows every task."""
    app = procrastinate.App(connector=connector)
    app.add_tasks_from(marketplace.accounts.tasks.jobs, namespace="accounts")
    app.add_tasks_from(marketplace.media.tasks.jobs, namespace="media")
    app.add_tasks_from(search.tasks.jobs, namespace="search")
    return app
