"""The embedded sandbox: providers' protocols on 127.0.0.1, for development and tests. Nothing is ever sent.

>>> from smswire import Message, quicktel
>>> from smswire.sandbox import Sandbox
>>> with Sandbox(speed=100) as box:
...     with quicktel.Client(login=box.login, password=box.password, base_url=box.url("quicktel")) as client:
...         client.send([Message(to="+79001234567", text="Привет", sender="SHOP")])
...     [message] = box.messages()

It holds each request to the provider's formal schema, answers as the provider documents, its errors and limits
included, and on request breaks down in the ways that networks and providers do: `Sandbox.faults`, whose kinds and
options are in a table of their own, `python -m pydoc smswire.sandbox.fault`.

Time: a message is queued, after about 2 seconds sent, after about 5 delivered, in sandbox time: `speed` seconds of
it pass in each second. All limits ("once a minute") are counted in sandbox time too. With `speed=0` it stands still
but for `Sandbox.advance(seconds)`. Clients go by the real clock: they keep the providers' limits in real seconds, and
for them today is the real day.

Recipients: the last three digits of a number decide what becomes of the message.

    ending  what happens            KazInfoTeh  QUICKTEL           smsc       Webcom
    000     refused: bad number     error 203   item error -20170  error 7    "Укажите номер телефона."
    001     cannot be delivered     status 105  status -1004       status 20  "not_deliver"
    002     expires                 status 103  status -1004       status 3   "expired"
    003     stays in the queue      status 106  status 1           status -1  "send"
    004     refused: forbidden      error 202   item error -20144  error 6    "Текст SMS отклонен модератором."
    005     refused: no way to it   error 200   item error -20158  error 8    "Данное направление закрыто."
    others  delivered               status 102  status 4           status 1   "deliver"

A repeated identifier of the client's: QUICKTEL and Webcom send nothing and answer the first message's, KazInfoTeh
refuses it (error 201), smsc takes it. Where a provider's own error has no room to say what was wrong with a request,
the header `x-sandbox-problem` of the answer does.

What the sandbox does not do: replies of smsc to sending in fmt 0 and 1 and to status requests in fmt 0 to 2 (error 1
in that form), deleting, groups, HLR data; repeated, transliterated and binary sending, validity periods, other
channels than SMS (the parameters are taken, and have no effect).
"""

from __future__ import annotations

try:
    from smswire.sandbox.box import Sandbox, SandboxMessage
    from smswire.sandbox.foreground import serve
except ModuleNotFoundError as error:
    if (error.name or "").partition(".")[0] not in ("starlette", "uvicorn"):
        raise
    problem = f'{error.name} is missing: python -m pip install "smswire[sandbox]"'
    raise ModuleNotFoundError(problem, name=error.name) from None

from smswire.sandbox.fault import Fault
from smswire.sandbox.faults import Armed, Faults
from smswire.sandbox.life import Outcome as Outcome
from smswire.sandbox.life import State as State

# without the two enumerations, of which pydoc would print all that they inherit from str
__all__ = ["Armed", "Fault", "Faults", "Sandbox", "SandboxMessage", "serve"]
