"""OpenTelemetry traces over OTLP; loaded only when an endpoint is set."""

from fastapi import FastAPI
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor


def add_tracing(app: FastAPI, endpoint: str) -> None:
    """Traces every request and sends the spans, in batches, to the endpoint."""
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: "cho-phien"}))
    exporter = OTLPSpanExporter(endpoint=f"{endpoint.rstrip('/')}/v1/traces")
    provider.add_span_processor(BatchSpanProcessor(exporter))
    app.add_middleware(OpenTelemetryMiddleware, tracer_provider=provider)
