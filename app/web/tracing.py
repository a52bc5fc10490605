"""Traces of requests by OpenTelemetry, for those who install `concord[tracing]`: spans go where the usual `OTEL_…` variables say."""

from __future__ import annotations

from fastapi import FastAPI

from app.domain.analysis import ENGINE_VERSION


def trace(service: FastAPI) -> None:
    """Send a span for every request but the probes. Raises ImportError without the packages of `concord[tracing]`."""
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.instrumentation.fastapi import FastAPIInstrumentor
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    resource = Resource.create({"service.name": "concord", "service.version": ENGINE_VERSION})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    FastAPIInstrumentor.instrument_app(service, tracer_provider=provider, excluded_urls="/healthz,/readyz,/metrics")
