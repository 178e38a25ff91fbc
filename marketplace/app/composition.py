"""Everything a process needs, made once and handed down."""

from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

import orjson
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

import businesses.subscribers.joining
import businesses.subscribers.own_data
import businesses.subscribers.people
import businesses.subscribers.registers
import catalog.subscribers
import marketplace.accounts.subscribers
import marketplace.connector.subscribers
import marketplace.hooks.subscribers
import marketplace.media.subscribers
import marketplace.registration.subscribers.dossiers
import marketplace.registration.subscribers.registry
import search.subscribers
from businesses.adapters.posters import PaperPosters
from businesses.models import Business
from businesses.ports import ENTERPRISE_LOOKUP, POSTERS, REGISTER_TABLES
from businesses.queries import businesses as business_queries
from businesses.rules.businesses import LOWEST_VERIFIED_LEVEL, BusinessState
from businesses.services.acting import add_assistance
from catalog.adapters.spreadsheets import FileSpreadsheets
from catalog.ports import PRODUCT_FINDER, SPREADSHEETS
from frontend.operations import Operations
from marketplace.accounts.adapters.choice import mailer_at, text_messages_at
from marketplace.accounts.ports import (
    ACCOUNT_SETTINGS,
    IDENTITY_PROVIDER,
    MAILER,
    TEXT_MESSAGES,
    AccountSettings,
)
from marketplace.accounts.services.sessions import touch_session
from marketplace.accounts.services.viewers import ViewerParts, viewer_of_bearer, viewer_of_session
from marketplace.app.identity import provider_of, register_of
from marketplace.app.province import read_brand, read_search_vocabulary, read_site_name
from marketplace.app.running import PLANS
from marketplace.app.sandbox.keys import registry_of
from marketplace.app.seeding.book import read_book
from marketplace.app.settings import Settings
from marketplace.app.worker import job_app
from marketplace.connector.adapters.proof import SaleorProof, ShopKeys
from marketplace.connector.adapters.saleor import SaleorShops
from marketplace.connector.ports import SHOP_PROOF, SHOP_READER
from marketplace.content.ports import BRAND
from marketplace.hooks.adapters.sending import CheckedNetwork, SafeWebhookSender, resolve_name
from marketplace.hooks.ports import HOOK_SETTINGS, WEBHOOK_SENDER, HookSettings
from marketplace.kernel.context import Asking, RequestContext
from marketplace.kernel.database import Reader, Sessions
from marketplace.kernel.errors import DomainError
from marketplace.kernel.i18n import Language
from marketplace.kernel.kept import Kept
from marketplace.kernel.ports import Ports
from marketplace.kernel.review import DISPLAY_REVIEW, UnreviewedDisplay
from marketplace.kernel.sealing import SEALER, Sealer
from marketplace.kernel.unit_of_work import EventBus, unit_of_work
from marketplace.kernel.viewer import VISITOR, Viewer
from marketplace.media.adapters.choice import store_at
from marketplace.media.ports import FILE_LINKS, MEDIA_STORE, UPLOAD_QUOTA, FileLinks, UploadQuota
from marketplace.registration.adapters.pdf import FONTS, PDFPrinter
from marketplace.registration.ports import (
    FORM_LINKS,
    FORM_PRINTER,
    REGISTRATION_BOOK,
    REGISTRY,
    FormLinks,
)
from search.adapters.failover import FailoverEngine
from search.adapters.finder import EngineProductFinder
from search.adapters.meilisearch import MeilisearchEngine
from search.adapters.postgres import PostgresEngine
from search.ports import SEARCH_ENGINE, SEARCH_INDEX, VOCABULARY

# Who is at the other end of the request that runs now; the site's operations inherit it.
_NOBODY: Final = Asking()
CALLER: Final = ContextVar("caller", default=_NOBODY)


async def add_memberships(session: AsyncSession, parts: ViewerParts) -> None:
    """Tell the viewer's businesses, and whether one of them may buy wholesale."""
    statement = (
        business_queries.memberships_of(parts.user_id)
        .join(Business)
        .add_columns(Business.verification_level, Business.state)
    )
    for member, level, state in (await session.execute(statement)).all():
        parts.memberships[member.business_id] = member.role
        if level >= LOWEST_VERIFIED_LEVEL and state is BusinessState.ACTIVE:
            parts.buys_wholesale = True


class Composition:
    """The parts of one process."""

    def __init__(self, settings: Settings, *, sessions: Sessions | None = None) -> None:
        if settings.database_url is None:
            raise ValueError("a composition needs the address of a database")
        self.settings = settings
        self.engine = create_async_engine(
            settings.database_url,
            pool_size=settings.database_pool_size,
            max_overflow=4,
            pool_pre_ping=False,
            json_deserializer=orjson.loads,
        )
        self.sessions = sessions or async_sessionmaker(self.engine, expire_on_commit=False)
        # Reading needs no transaction: two round trips less for every request.
        self.reading = sessions or async_sessionmaker(
            self.engine.execution_options(isolation_level="AUTOCOMMIT"),
            expire_on_commit=False,
        )
        self.kept = Kept(settings.reference_seconds)
        self.events = EventBus()
        self.ports = Ports()
        job_app()
        self._bind()
        self._subscribe()
        self.operations = Operations(self.execute)

    def _bind(self) -> None:
        settings, ports = self.settings, self.ports
        secret = settings.secret_key.get_secret_value()
        site_name = read_site_name(settings.province)
        host = urlsplit(settings.public_url).hostname or "localhost"
        ports.bind(DISPLAY_REVIEW, UnreviewedDisplay())
        ports.bind(SEALER, Sealer(settings.data_keys))
        ports.bind(BRAND, read_brand(settings.province))
        ports.bind(SPREADSHEETS, FileSpreadsheets())
        ports.bind(MEDIA_STORE, store_at(settings.media_url, settings.public_url))
        ports.bind(FILE_LINKS, FileLinks(secret, settings.public_url))
        ports.bind(UPLOAD_QUOTA, UploadQuota(settings.upload_megabytes))
        ports.bind(MAILER, mailer_at(settings.smtp_url, f"{site_name} <no-reply@{host}>"))
        ports.bind(TEXT_MESSAGES, text_messages_at(settings.sms_url))
        ports.bind(
            ACCOUNT_SETTINGS,
            AccountSettings(
                public_url=settings.public_url,
                secret_key=secret,
                site_name=site_name,
                client_hosts=settings.allowed_client_hosts,
            ),
        )
        # A test's receivers live on this machine; nobody else's may.
        ports.bind(HOOK_SETTINGS, HookSettings(allows_loopback=settings.is_test))
        ports.bind(WEBHOOK_SENDER, SafeWebhookSender(allows_loopback=settings.is_test))
        self._bind_connector()
        self._bind_registration()
        ports.bind(ENTERPRISE_LOOKUP, register_of(settings))
        ports.bind(REGISTER_TABLES, ports[SPREADSHEETS])
        ports.bind(IDENTITY_PROVIDER, provider_of(settings))
        self._bind_search()

    def _bind_connector(self) -> None:
        settings, ports = self.settings, self.ports
        network = CheckedNetwork(resolve_name, allows_loopback=settings.is_test)
        shops = SaleorShops(network, allows_loopback=settings.is_test)
        ports.bind(SHOP_READER, shops)
        ports.bind(SHOP_PROOF, SaleorProof(ShopKeys(shops)))

    def _bind_registration(self) -> None:
        settings, ports = self.settings, self.ports
        secret = settings.secret_key.get_secret_value()
        ports.bind(REGISTRATION_BOOK, read_book(settings.province))
        ports.bind(FORM_PRINTER, PDFPrinter())
        ports.bind(POSTERS, PaperPosters(FONTS))
        ports.bind(FORM_LINKS, FormLinks(secret, settings.public_url))
        ports.bind(REGISTRY, registry_of(settings))

    def _bind_search(self) -> None:
        settings, ports = self.settings, self.ports
        vocabulary = read_search_vocabulary(settings.province)
        ports.bind(VOCABULARY, vocabulary)
        own = PostgresEngine(self.reading, vocabulary)
        if settings.meili_url is None:
            ports.bind(SEARCH_ENGINE, own)
            ports.bind(SEARCH_INDEX, None)
        else:
            key = settings.meili_master_key
            engine = MeilisearchEngine(
                settings.meili_url,
                key.get_secret_value() if key is not None else None,
                vocabulary,
            )
            ports.bind(SEARCH_ENGINE, FailoverEngine(engine, own))
            ports.bind(SEARCH_INDEX, engine)
        ports.bind(PRODUCT_FINDER, EngineProductFinder(ports[SEARCH_ENGINE]))

    def _subscribe(self) -> None:
        marketplace.accounts.subscribers.subscribe(self.events)
        businesses.subscribers.joining.subscribe(self.events)
        businesses.subscribers.own_data.subscribe(self.events)
        businesses.subscribers.people.subscribe(self.events)
        businesses.subscribers.registers.subscribe(self.events)
        catalog.subscribers.subscribe(self.events)
        marketplace.connector.subscribers.subscribe(self.events)
        marketplace.hooks.subscribers.subscribe(self.events)
        marketplace.media.subscribers.subscribe(self.events)
        marketplace.registration.subscribers.dossiers.subscribe(self.events)
        marketplace.registration.subscribers.registry.subscribe(self.events)
        search.subscribers.subscribe(self.events)

    @asynccontextmanager
    async def context(self, asking: Asking) -> AsyncGenerator[RequestContext, None]:
        """The context of one request."""
        async with self.reading() as session:
            context = RequestContext(
                asking,
                Reader(session),
                self.sessions,
                self.events,
                self.ports,
                self.kept,
            )
            try:
                yield context
            finally:
                context.release()

    async def execute(
        self,
        document: str,
        variables: Mapping[str, Any],
        viewer: Viewer = VISITOR,
        language: Language = "vi",
    ) -> Mapping[str, Any]:
        """Run one of our own documents in this process.

        Raises:
            DomainError: what a top-level error stands for.
            GraphQLError: the document is wrong.
        """
        asking = replace(CALLER.get(), viewer=viewer, language=language, is_trusted=True)
        async with self.context(asking) as context:
            result = await PLANS.execute(document, dict(variables), context)
        for error in result.errors or ():
            original = error.original_error
            if isinstance(getattr(original, "original_error", None), DomainError):
                raise original.original_error  # type: ignore[union-attr]  # always there
            raise original or error
        return result.data or {}

    async def viewer_of_session(self, token: str) -> Viewer:
        """Who holds the session of a cookie; a visitor when nobody does."""
        async with self.sessions() as session:
            arrival = await viewer_of_session(
                session, token, datetime.now(UTC), [add_memberships, add_assistance]
            )
        viewer = arrival.viewer
        if arrival.is_session_stale and viewer.session_id is not None:
            async with unit_of_work(self.sessions, viewer, self.events) as unit:
                await touch_session(unit, viewer.session_id)
        return viewer

    async def viewer_of_bearer(self, token: str) -> Viewer:
        """Who holds an access token.

        Raises:
            BearerExpiredError: it is too old.
            BearerInvalidError: it is none of ours.
        """
        settings = self.ports[ACCOUNT_SETTINGS]
        async with self.sessions() as session:
            arrival = await viewer_of_bearer(
                session,
                settings,
                token,
                datetime.now(UTC),
                [add_memberships],
            )
        return arrival.viewer

    async def is_reachable(self) -> bool:
        """Whether the database answers."""
        async with self.sessions() as session:
            return await session.scalar(select(1)) == 1

    async def close(self) -> None:
        """Give back what was opened."""
        await self.engine.dispose()
