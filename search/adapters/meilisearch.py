"""Meilisearch behind the ports, through its official client, which blocks: hence the threads."""

import asyncio
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final, TypeVar

import meilisearch
import requests
import structlog
from meilisearch._httprequests import HttpRequests
from meilisearch.config import Config
from meilisearch.errors import (
    MeilisearchApiError,
    MeilisearchCommunicationError,
    MeilisearchTimeoutError,
)
from meilisearch.index import Index

from search.adapters.breaker import Breaker
from search.adapters.meilisearch_questions import Translation, hit_of
from search.adapters.meilisearch_settings import settings_for
from search.errors import EngineAwayError, EngineRefusedError
from search.ports import Document, EngineState
from search.rules.entries import LIVE
from search.rules.questions import Answer, Hit, Question, SearchKind
from search.rules.vocabulary import Vocabulary

CONNECT_SECONDS: Final = 0.3
ANSWER_SECONDS: Final = 1.2
WRITE_SECONDS: Final = 15.0
_POLL_SECONDS: Final = 0.03
_SERVER_ERROR: Final = 500
_MISSING: Final = "index_not_found"

T = TypeVar("T")

log = structlog.get_logger()


class _ReusingRequests(HttpRequests):
    """The client's transport over one kept connection; no proxy is asked on the way."""

    def __init__(self, config: Config) -> None:
        super().__init__(config)
        self._session = requests.Session()
        self._session.trust_env = False
        # A compressed answer comes in pieces, and a kept connection waits 40 ms between them.
        self._session.headers["Accept-Encoding"] = "identity"

    def send_request(
        self,
        http_method: Callable[..., requests.Response],
        *arguments: Any,  # noqa: ANN401 - handed on as they come
        **options: Any,  # noqa: ANN401 - what the client takes and answers
    ) -> Any:  # noqa: ANN401 - what the client takes and answers
        """Send through the kept connection."""
        method = getattr(self._session, http_method.__name__)
        return super().send_request(method, *arguments, **options)


class _Client(meilisearch.Client):
    """The official client; its indexes share its connection."""

    def __init__(self, url: str, key: str | None, seconds: float) -> None:
        super().__init__(url, key)
        # The client hands its time-out on to requests, which takes connecting and answering apart.
        self.config.timeout = (CONNECT_SECONDS, seconds)  # type: ignore[assignment] # see above
        self.http = _ReusingRequests(self.config)

    def index(self, uid: str) -> Index:
        """The index, over the client's own connection."""
        index = super().index(uid)
        index.http = self.http
        return index


class MeilisearchEngine:
    """Answers questions from a Meilisearch server, and feeds it."""

    def __init__(
        self,
        url: str,
        key: str | None,
        vocabulary: Vocabulary,
        *,
        live: str = LIVE,
        threads: int = 8,
    ) -> None:
        """Takes the server's address and key; `live` is the name of the index that answers."""
        self._url = url
        self._key = key
        self._vocabulary = vocabulary
        self._live = live
        self._breaker = Breaker()
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="meilisearch")
        self._kept = threading.local()

    async def search(self, question: Question) -> Answer:
        """One page of hits; words with exact marks weigh more than folded ones."""
        asked = Translation(question, self._vocabulary, self._live)
        main, *counted = await asyncio.gather(
            *(self._federated(queries, merging) for queries, merging in asked.requests()),
        )
        return asked.answer(main, counted)

    async def suggest(
        self,
        text: str,
        kinds: Sequence[SearchKind],
        limit: int,
    ) -> Mapping[SearchKind, Sequence[Hit]]:
        """The first hits of each kind, in one request."""
        queries: list[dict[str, Any]] = []
        owners: list[SearchKind] = []
        for kind in kinds:
            question = Question(text, kind=kind, limit=limit, has_facets=False)
            asked = Translation(question, self._vocabulary, self._live).suggestions()
            queries += asked
            owners += [kind] * len(asked)
        found = await self._ask(lambda client: client.multi_search(queries))
        hits: dict[SearchKind, dict[Hit, None]] = {kind: {} for kind in kinds}
        for kind, result in zip(owners, found["results"], strict=True):
            hits[kind].update(dict.fromkeys(hit_of(each["key"]) for each in result["hits"]))
        return {kind: list(each)[:limit] for kind, each in hits.items()}

    async def _federated(
        self,
        queries: list[dict[str, Any]],
        merging: dict[str, Any],
    ) -> Mapping[str, Any]:
        return await self._ask(lambda client: client.multi_search(queries, merging))

    async def is_healthy(self) -> bool:
        """Whether the server answers and the index is there."""
        try:
            return await self.describe(self._live) is not None
        except (EngineAwayError, EngineRefusedError):
            return False

    async def configure(self, name: str) -> int:
        """Create the index where it is missing and set how it searches."""

        def run(client: _Client) -> int:
            client.create_index(name, {"primaryKey": "key"})
            return int(client.index(name).update_settings(settings_for()).task_uid)

        return await self._ask(run, WRITE_SECONDS)

    async def put_documents(self, name: str, documents: Sequence[Document]) -> int:
        """Add the documents, or replace those of the same key."""
        plain = [dict(document) for document in documents]
        return await self._ask(
            lambda client: int(client.index(name).add_documents(plain, "key").task_uid),
            WRITE_SECONDS,
        )

    async def delete_documents(self, name: str, keys: Sequence[str]) -> int:
        """Forget the documents of these keys."""
        among = f"key IN [{', '.join(keys)}]"
        return await self._ask(
            lambda client: int(client.index(name).delete_documents(filter=among).task_uid),
            WRITE_SECONDS,
        )

    async def swap(self, first: str, second: str) -> int:
        """Let two indexes change names; where the first is missing the second takes its name."""
        is_missing = await self.describe(first) is None
        pair: dict[str, Any] = {"indexes": [second, first] if is_missing else [first, second]}
        if is_missing:
            pair["rename"] = True
        return await self._ask(
            lambda client: int(client.swap_indexes([pair]).task_uid),
            WRITE_SECONDS,
        )

    async def drop(self, name: str) -> int:
        """Delete the index; a missing one is fine."""
        return await self._ask(
            lambda client: int(client.index(name).delete().task_uid),
            WRITE_SECONDS,
        )

    async def wait(self, task: int, seconds: float = 30) -> None:
        """Wait until the queue is worked off up to the task."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + seconds
        while loop.time() < deadline:
            state = await self._ask(lambda client: client.get_task(task))
            if state.status == "succeeded":
                return
            if state.status in {"failed", "canceled"}:
                raise EngineRefusedError(str(state.error))
            await asyncio.sleep(_POLL_SECONDS)
        raise EngineAwayError(f"task {task} is not done after {seconds} s")

    async def describe(self, name: str) -> EngineState | None:
        """How the index is, or None when there is none."""

        def run(client: _Client) -> EngineState | None:
            try:
                found = client.index(name).search("", {"limit": 0, "facets": ["kind"]})
            except MeilisearchApiError as error:
                if error.code == _MISSING:
                    return None
                raise
            counts = found["facetDistribution"].get("kind", {})
            kinds = {SearchKind(kind): int(count) for kind, count in counts.items()}
            return EngineState(sum(kinds.values()), kinds)

        return await self._ask(run)

    async def digests(self, name: str, offset: int, limit: int) -> Mapping[str, str]:
        """The digests of so many documents by their keys."""
        options = {"offset": offset, "limit": limit, "fields": ["key", "digest"]}

        def run(client: _Client) -> dict[str, str]:
            found = client.index(name).get_documents(options)
            return {each.key: each.digest for each in found.results}

        return await self._ask(run, WRITE_SECONDS)

    def close(self) -> None:
        """Let the threads go."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _ask(self, ask: Callable[[_Client], T], seconds: float = ANSWER_SECONDS) -> T:
        """Run the request in a thread; an engine that does not answer is left alone for a while."""
        if not self._breaker.may_try():
            raise EngineAwayError("Meilisearch did not answer a moment ago")
        loop = asyncio.get_running_loop()
        try:
            answer = await asyncio.wait_for(
                loop.run_in_executor(self._threads, lambda: ask(self._client(seconds))),
                seconds + CONNECT_SECONDS,
            )
        except (MeilisearchCommunicationError, MeilisearchTimeoutError, TimeoutError) as error:
            self._breaker.failed()
            log.warning("search.engine_away", reason=str(error) or type(error).__name__)
            raise EngineAwayError(str(error)) from error
        except MeilisearchApiError as error:
            if error.status_code >= _SERVER_ERROR:
                self._breaker.failed()
            if error.status_code >= _SERVER_ERROR or error.code == _MISSING:
                raise EngineAwayError(str(error)) from error
            raise EngineRefusedError(str(error)) from error
        self._breaker.succeeded()
        return answer

    def _client(self, seconds: float) -> _Client:
        """This thread's client: neither its connection nor its headers can be shared."""
        kept: dict[float, _Client] = self._kept.__dict__.setdefault("clients", {})
        if seconds not in kept:
            kept[seconds] = _Client(self._url, self._key, seconds)
        return kept[seconds]
