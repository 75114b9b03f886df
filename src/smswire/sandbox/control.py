"""Faults over HTTP, for a sandbox in another process: /_faults.

GET     the faults that are armed
POST    a JSON object with a kind and its options: arm it
DELETE  disarm all, or one with /_faults/<number>
"""

from __future__ import annotations

import json
from dataclasses import asdict
from ipaddress import ip_address

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from smswire.sandbox.fault import Fault
from smswire.sandbox.faults import Armed, Faults


def loopback(host: str) -> bool:
    """Whether a host is this machine's own, by its name or address."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def control_routes(faults: Faults) -> list[Route]:
    """The routes of /_faults."""

    async def everything(request: Request) -> Response:
        if not _from_here(request):
            return Response(status_code=403)
        if request.method == "GET":
            return JSONResponse([_shown(each) for each in faults.armed()])
        if request.method == "DELETE":
            faults.clear()
            return Response(status_code=204)
        # a page in a browser may post a form or a text to any address, but no JSON without asking first
        if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
            return JSONResponse({"error": "the content type has to be application/json"}, 415)
        try:
            armed = faults.arm(Fault.from_json(json.loads(await request.body())))
        except (ValueError, RecursionError) as error:
            return JSONResponse({"error": str(error)}, 400)
        return JSONResponse(_shown(armed), 201)

    async def one(request: Request) -> Response:
        if not _from_here(request):
            return Response(status_code=403)
        faults.remove(int(request.path_params["number"]))
        return Response(status_code=204)

    return [
        Route("/_faults", everything, methods=["GET", "POST", "DELETE"]),
        Route("/_faults/{number:int}", one, methods=["DELETE"]),
    ]


def _from_here(request: Request) -> bool:
    """By the peer's address, and by the name in the URL: a stranger's name may be made to lead here."""
    return request.client is not None and loopback(request.client.host) and loopback(request.url.hostname or "")


def _shown(armed: Armed) -> dict[str, object]:
    options = {name: value for name, value in asdict(armed.fault).items() if value is not None}
    return {"number": armed.number, "left": armed.left, "hits": armed.hits, **options}
