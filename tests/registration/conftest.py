"""What the tests of registration share."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import TypeAlias

import pytest

from marketplace.kernel.sealing import SEALER
from marketplace.kernel.unit_of_work import UnitOfWork, unit_of_work
from marketplace.kernel.viewer import OfficerFunction, OfficerGrant, Viewer
from marketplace.registration.ports import REGISTRATION_BOOK
from marketplace.registration.services.dossiers import Desk
from tests.factories.world import World

Change: TypeAlias = Callable[[Viewer], AbstractAsyncContextManager[UnitOfWork]]


@pytest.fixture
def change(world: World) -> Change:
    """A transaction in somebody's name."""
    composition = world.composition
    return lambda viewer: unit_of_work(composition.sessions, viewer, composition.events)


@pytest.fixture
def desk(world: World) -> Desk:
    """What the services need of outside."""
    ports = world.composition.ports
    return Desk(ports[REGISTRATION_BOOK], ports[SEALER])


@pytest.fixture
def registrar(world: World) -> Viewer:
    """A registration officer of the world's commune."""
    grant = OfficerGrant(OfficerFunction.REGISTRATION, world["place"].id)
    return Viewer(user_id=world.users["officer"].id, grants=frozenset({grant}))
