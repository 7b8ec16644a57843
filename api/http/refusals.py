"""Refusals: how an address other than GraphQL's says that it did not do what was asked."""

from starlette.responses import JSONResponse
from starlette.types import Receive, Scope, Send

CODES = "zhenlian.codes"
"""Where the scope of a request holds the codes of its errors, for the log and the metrics."""


def told(code: str, message: str) -> dict[str, dict[str, str]]:
    """Say a code for programs and a message for people."""
    return {"error": {"code": code, "message": message}}


def refused(status: int, code: str, message: str) -> JSONResponse:
    """Answer a status, a code for programs and a message for people."""
    return Refusal(status, code, message)


class Refusal(JSONResponse):
    """An answer that notes its code."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(told(code, message), status)
        self.code = code

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        note(scope, self.code)
        await super().__call__(scope, receive, send)


def note(scope: Scope, code: str) -> None:
    """Note the code of an error that a request is answered with."""
    scope.get(CODES, []).append(code)
