"""The one way to run a document: by its plan where there is one, else by graphql-core."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Final, TypeAlias

import strawberry
from graphql import DocumentNode, GraphQLError
from graphql.execution.values import VariableValues, get_variable_values
from strawberry.types import ExecutionResult
from strawberry.types.field import StrawberryField

from marketplace.kernel.graph.plans.documents import Blueprint, read_blueprint
from marketplace.kernel.graph.plans.slots import AbandonedPlan, Completer, Run

MOST_DOCUMENTS: Final = 256
_MOST_COERCION_ERRORS: Final = 50

# Judges a document and its coerced variables before it runs: what to tell in `extensions`, and
# why it may not run.
Judge: TypeAlias = Callable[
    [DocumentNode, Mapping[str, Any], str | None, Any],
    tuple[dict[str, Any], GraphQLError | None],
]


class Plans:
    """Runs documents over one schema.

    Of the schema's extensions only `judge` applies to what runs by a plan; parsing and
    validation are remembered here as `ParserCache` and `ValidationCache` do.
    """

    def __init__(self, schema: strawberry.Schema, judge: Judge) -> None:
        self._schema = schema
        self._judge = judge
        self._core = schema._schema  # noqa: SLF001 - Strawberry shows it nowhere else
        self._blueprint = lru_cache(maxsize=MOST_DOCUMENTS)(self._read)
        self._is_supported = (
            schema.config.info_class is strawberry.Info
            and schema.config.default_resolver is StrawberryField.default_resolver
            and not schema.schema_converter.exception_handlers
        )

    def _read(self, text: str, operation_name: str | None) -> Blueprint | None:
        return read_blueprint(self._core, text, operation_name) if self._is_supported else None

    async def execute(
        self,
        text: str,
        variables: dict[str, Any] | None,
        context: object,
        operation_name: str | None = None,
    ) -> ExecutionResult:
        """Run the document: the answer is graphql-core's, whoever makes it."""
        result = await self.planned(text, variables, context, operation_name)
        if result is not None:
            return result
        return await self._schema.execute(
            text,
            variables,
            context_value=context,
            operation_name=operation_name,
        )

    async def planned(
        self,
        text: str,
        variables: dict[str, Any] | None,
        context: object,
        operation_name: str | None = None,
    ) -> ExecutionResult | None:
        """Run the document by its plan; none when graphql-core has to run it."""
        blueprint = self._blueprint(text, operation_name)
        if blueprint is None:
            return None
        name = blueprint.operation.name
        coerced = get_variable_values(
            self._core,
            blueprint.operation.variable_definitions or (),
            variables or {},
            max_errors=_MOST_COERCION_ERRORS,
        )
        told, refusal = self._judge(
            blueprint.document,
            {} if isinstance(coerced, list) else coerced.coerced,
            name.value if name is not None else None,
            context,
        )
        if refusal is not None:
            return ExecutionResult(None, [refusal], told)
        if isinstance(coerced, list):
            return ExecutionResult(None, coerced, told)
        plan = blueprint.plan(self._schema, self._core, coerced)
        if plan is None:
            return None
        try:
            data, errors = await self._run(blueprint, plan, coerced, context)
        except AbandonedPlan:
            return None
        return ExecutionResult(data, errors or None, told)

    async def _run(
        self,
        blueprint: Blueprint,
        plan: Completer,
        variables: VariableValues,
        context: object,
    ) -> tuple[dict[str, Any] | None, list[GraphQLError]]:
        run = Run(self._core, blueprint.fragments, blueprint.operation, variables, context)
        try:
            data = plan(run, None, None, None)
            if not isinstance(data, dict):
                data = await data
        except GraphQLError as error:
            run.add_error(error, None)
            return None, run.errors
        return data, run.errors
