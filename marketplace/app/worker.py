"""The job queue: every package's blueprint on one procrastinate application.

procrastinate binds a task to one application for good, so a process has one, however many
compositions it makes; jobs are deferred over the connection of the change that asks for them,
and only a worker lends the application a connection of its own.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache

import procrastinate

import businesses.tasks.joining
import businesses.tasks.own_data
import businesses.tasks.people
import businesses.tasks.registers
import catalog.tasks
import marketplace.accounts.tasks
import marketplace.app.seeding.own
import marketplace.connector.tasks
import marketplace.hooks.tasks
import marketplace.media.tasks
import marketplace.registration.tasks.dossiers
import marketplace.registration.tasks.registry
import search.tasks


@cache
def job_app() -> procrastinate.App:
    """The application that knows every task."""
    app = procrastinate.App(connector=procrastinate.PsycopgConnector())
    app.add_tasks_from(marketplace.accounts.tasks.jobs, namespace="accounts")
    app.add_tasks_from(marketplace.connector.tasks.jobs, namespace="connector")
    app.add_tasks_from(marketplace.hooks.tasks.jobs, namespace="hooks")
    app.add_tasks_from(businesses.tasks.joining.jobs, namespace="joining")
    app.add_tasks_from(businesses.tasks.own_data.jobs, namespace="own_data")
    app.add_tasks_from(businesses.tasks.people.jobs, namespace="people")
    app.add_tasks_from(businesses.tasks.registers.jobs, namespace="registers")
    app.add_tasks_from(marketplace.media.tasks.jobs, namespace="media")
    app.add_tasks_from(catalog.tasks.jobs, namespace="catalog")
    app.add_tasks_from(marketplace.registration.tasks.dossiers.jobs, namespace="registration")
    app.add_tasks_from(marketplace.registration.tasks.registry.jobs, namespace="registry")
    app.add_tasks_from(search.tasks.jobs, namespace="search")
    app.add_tasks_from(marketplace.app.seeding.own.jobs, namespace="demo")
    return app


@asynccontextmanager
async def open_worker(database_url: str) -> AsyncIterator[procrastinate.App]:
    """The application with connections of its own, ready to work off jobs."""
    address = database_url.replace("+psycopg", "", 1)
    connector = procrastinate.PsycopgConnector(conninfo=address)
    with job_app().replace_connector(connector) as app:
        async with app.open_async():
            yield app
