# The service in a small image: `docker build -t concord .`, `docker run -p 8000:8000 -v concord:/data concord`. What it keeps lies in /data.
ARG BASE=python:3.11-slim

# Every package is fetched and checked against its hash before any source is copied, so that a change of code rebuilds nothing here.
FROM ${BASE} AS wheels
WORKDIR /build
COPY requirements.lock ./
RUN python -m pip wheel --no-cache-dir --no-deps --require-hashes --requirement requirements.lock --wheel-dir wheels

# Of what was checked, only what the service needs is installed: nothing is fetched any more.
FROM wheels AS install
ENV PIP_NO_INDEX=1 PIP_FIND_LINKS=/build/wheels
COPY pyproject.toml README.md LICENSE ./
COPY app app
COPY migrations migrations
RUN python -m venv /opt/concord && /opt/concord/bin/python -m pip install --no-cache-dir .

FROM ${BASE}
ENV PATH=/opt/concord/bin:$PATH PYTHONUNBUFFERED=1 CONCORD_HOST=0.0.0.0 CONCORD_PORT=8000 XDG_DATA_HOME=/data
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin concord && install -d -o 10001 /data
COPY --from=install /opt/concord /opt/concord
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"CONCORD_PORT\"]}/healthz', timeout=4)"]
CMD ["concord", "serve"]
