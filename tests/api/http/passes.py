"""The secret that the tests show."""

from api.http.passes import HEADER

TOKEN = "a secret of the tests"  # noqa: S105 - of no machine
PASS = {HEADER: TOKEN}
