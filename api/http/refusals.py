"""Refusals: how an address other than GraphQL's says that it did not do what was asked."""

from starlette.responses import JSONResponse


def refused(status: int, code: str, message: str) -> JSONResponse:
    """Answer a status, a code for programs and a message for people."""
    return JSONResponse({"error": {"code": code, "message": message}}, status)
