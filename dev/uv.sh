#!/usr/bin/env bash
# uv, on any machine: the one on PATH, else one that pip puts into .uv/; and with a Python of 3.12 or newer, wherever it lies.
#   dev/uv.sh run --locked pytest      the same as `uv run --locked pytest`
#   dev/uv.sh --python                 which Python a new environment gets (empty: uv downloads one)
# UV_PYTHON, when set, decides; an environment that works already is kept.
set -euo pipefail
cd "$(dirname "$0")/.."

fits() {  # the true path of interpreter $1 when it is 3.12 or newer: a pyenv shim exists, yet fails when no version is active
  "$1" -c 'import sys; sys.version_info >= (3, 12) or sys.exit(1); print(sys.executable)' 2>/dev/null </dev/null
}

python() {
  local name path
  for name in python3.14 python3.13 python3.12 python3 python; do
    for path in $(type -aP "$name"); do fits "$path" && return; done
  done
  for name in 3.14 3.13 3.12; do
    for path in "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$name".*/bin/"python$name"; do fits "$path" && return; done
  done
  return 1
}

bootstrap() {  # pip stays inside .uv, whatever the user's pip settings say
  local path
  for path in "$(python || true)" python3 python; do
    [ -n "$path" ] && "$path" -m venv --clear .uv >/dev/null 2>&1 && break
  done
  [ -x .uv/bin/pip ] || { echo "No uv, and no Python that can make an environment: install uv, or Python with its venv module (Debian: python3-venv)." >&2; exit 1; }
  echo "No uv on this machine: pip puts one into .uv/." >&2
  PIP_USER=0 PIP_REQUIRE_VIRTUALENV=0 .uv/bin/pip install --quiet --disable-pip-version-check uv >&2
}

if [ "${1:-}" = --python ]; then echo "${UV_PYTHON:-$(python || true)}"; exit; fi

uv=$(type -P uv || true)
if [ -z "$uv" ]; then
  [ -x .uv/bin/uv ] || bootstrap
  uv=.uv/bin/uv
fi
if [ -z "${UV_PYTHON:-}" ] && ! fits "${UV_PROJECT_ENVIRONMENT:-.venv}/bin/python" >/dev/null; then
  if UV_PYTHON=$(python); then export UV_PYTHON; else
    export UV_PYTHON=3.14  # the newest that arcadedb-embedded has wheels for
    echo "No Python of 3.12 or newer found: uv takes its own 3.14, downloaded if need be (UV_PYTHON names another)." >&2
  fi
fi
exec "$uv" "$@"
