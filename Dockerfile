# The service. Its store is Neo4j (compose.yaml), or the embedded one in /data.
FROM python:3.13-slim
RUN pip install --no-cache-dir uv && useradd --create-home --uid 10001 zhenlian && install -d -o zhenlian /data
WORKDIR /app
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy UV_NO_CACHE=1 UV_PYTHON_DOWNLOADS=never PYTHONUNBUFFERED=1 XDG_DATA_HOME=/data
# Dependencies first: a change of our own code does not fetch them again.
COPY pyproject.toml uv.lock README.md ./
RUN uv sync --locked --no-dev --no-install-project
COPY . .
RUN uv sync --locked --no-dev
ENV PATH=/app/.venv/bin:$PATH
USER zhenlian
VOLUME /data
EXPOSE 8000
CMD ["zhenlian", "serve", "--host", "0.0.0.0"]
