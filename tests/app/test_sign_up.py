"""Which operating regulation somebody accepted is written down as they read it."""

import re
from datetime import UTC, datetime, timedelta

import httpx
from sqlalchemy import select

from marketplace.accounts.models import User
from marketplace.app.asgi import create_app
from marketplace.content.models import Page
from tests.factories.accounts import an_email
from tests.factories.world import World

SIGN_UP = "/dang-ky"
EARLIER = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def hidden(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found is not None
    return found[1]


async def test_the_version_that_was_read_is_kept_and_another_is_refused(world: World) -> None:
    email = an_email()
    async with world.composition.sessions() as session, session.begin():
        page = Page(slug="quy-che-hoat-dong", title="Quy chế", updated_at=EARLIER)
        session.add(page)
    transport = httpx.ASGITransport(app=create_app(world.composition))
    async with httpx.AsyncClient(transport=transport, base_url="http://localhost:8000") as client:
        shown = await client.get(SIGN_UP)
        sent = {name: hidden(shown.text, name) for name in ("form_token", "regulation")}
        sent |= {
            "name": "Triệu Thị Mai",
            "login": email,
            "password": "ba bể mùa thu",
            "agreed": "1",
        }
        assert datetime.fromisoformat(sent["regulation"]) == EARLIER

        stale = (EARLIER - timedelta(days=1)).isoformat()
        refused = await client.post(SIGN_UP, data=sent | {"regulation": stale})
        assert refused.status_code == 422
        assert "Quy chế hoạt động vừa được sửa" in refused.text

        done = await client.post(SIGN_UP, data=sent)
        assert done.status_code == 303, done.text

    async with world.composition.sessions() as session:
        user = await session.scalar(select(User).where(User.email == email))
    assert user is not None
    assert user.accepted_regulation is not None
    assert datetime.fromisoformat(user.accepted_regulation) == EARLIER
