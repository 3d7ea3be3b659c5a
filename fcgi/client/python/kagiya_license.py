"""kagiya_license: asks a Kagiya shop whether this program may run, remembers
the signed answer and lives through the shop's absence. One module, Python 3.9+,
with `cryptography`. What it does is told in fcgi/client/RULES."""

import base64
import binascii
import calendar
import dataclasses
import datetime
import enum
import errno
import fcntl
import hashlib
import http.client
import json
import logging
import os
import re
import secrets
import select
import socket
import ssl
import stat
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Dict, List, Optional, Tuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

__all__ = ["Answer", "Decision", "License"]

_LIMIT = 65536
_HOUR = 3600
_DAY = 24 * _HOUR
_MOST = 2**53 - 1  # numbers beyond are not the same in all languages
_BLANKS = " \t\r\n"

# Seconds a question may take: the program could run already, nothing counts,
# a person waits.
_PATIENT, _URGENT, _TYPED = 2, 5, 10


class Decision(enum.IntEnum):
    RUN = 0  # a signed OK that is young enough
    STOP = 1  # a signed NG
    KEPT = 2  # the shop is away; its last OK still counts
    UNKNOWN = 3  # no signed answer that still counts


def _unbase64(text: str) -> bytes:
    """Strict base64url without padding; ValueError for anything else."""
    if not re.fullmatch("[A-Za-z0-9_-]*", text):
        raise ValueError("not base64url")
    try:
        data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if _base64(data) != text:
        raise ValueError("stray bits")
    return data


def _base64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _unique(pairs: List[Tuple[str, Any]]) -> Dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name stands twice")
    return members


def _no_number(word: str) -> None:
    raise ValueError(f"{word} is not JSON")


def _object(data: bytes) -> Dict[str, Any]:
    try:
        value = json.loads(
            data.decode("utf-8"), object_pairs_hook=_unique,
            parse_constant=_no_number,
        )
    except RecursionError as error:
        raise ValueError("too deep") from error
    if not isinstance(value, dict):
        raise ValueError("not an object")
    json.dumps(value, ensure_ascii=False).encode("utf-8")  # no half characters
    return value


def _number(value: Any) -> bool:
    return type(value) is int and 0 <= value <= _MOST


def _noon(day: str) -> float:
    """Noon UTC of YYYY-MM-DD; far away for no day."""
    if day == "":
        return float("inf")
    year, month, date = map(int, day.split("-"))
    return calendar.timegm((year, month, date, 12, 0, 0))


@dataclasses.dataclass(frozen=True)
class Answer:
    """A verdict whose signature was checked. Nothing else makes one."""

    jws: str
    is_test: bool  # to a TEST- key: to be shown, and never kept
    result: str  # OK NG
    code: str
    key: str  # valid missing wrong revoked
    product: str
    serial: str
    instance: str
    nonce: str
    trial_end: str  # YYYY-MM-DD or ""
    ng_from: str
    latest: str
    text: str  # in the customer's language
    url: str  # where to buy or pay
    permission: int
    users: int
    iat: int
    next_check: int
    cache_until: int
    grace_until: int
    revision: int
    notices: int

    @property
    def is_ok(self) -> bool:
        return self.result == "OK"

    @classmethod
    def read(cls, jws: str, keys: List[bytes]) -> Optional["Answer"]:
        """None unless one of the raw Ed25519 keys signed it and it is whole."""
        try:
            head, body, signature = jws.split(".")
            signer = _signer(f"{head}.{body}", _unbase64(signature), keys)
            kind = _kind(_object(_unbase64(head)), signer)
            return cls(jws, kind, **_fields(_object(_unbase64(body))))
        except ValueError:
            return None

    def is_for(self, ini: "_Ini", nonce: Optional[str] = None) -> bool:
        return (
            self.product == ini.product
            and self.serial == ini.serial
            and self.instance == ini.instance
            and nonce in (None, self.nonce)
        )


_FIELDS = {field.name: field.type for field in dataclasses.fields(Answer)[2:]}
_DAY_FORM = "|[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_FORMS = {
    "result": "OK|NG",
    "code": "[A-Z_]{1,40}",
    "trial_end": _DAY_FORM,
    "ng_from": _DAY_FORM,
}


def _signer(signed: str, signature: bytes, keys: List[bytes]) -> bytes:
    """Nothing is read before the signature is right, so nothing in the answer
    can choose how it is checked."""
    for key in keys:
        try:
            public = Ed25519PublicKey.from_public_bytes(key)
            public.verify(signature, signed.encode("ascii"))
            return key
        except InvalidSignature:
            continue
    raise ValueError("not signed by the shop")


def _kind(head: Dict[str, Any], signer: bytes) -> bool:
    """Is it to a TEST- key?"""
    if (
        head.get("alg") != "EdDSA"
        or head.get("kid") != _base64(hashlib.sha256(signer).digest()[:8])
        or head.get("typ") not in ("kagiya-check", "kagiya-check-test")
        or "crit" in head
    ):
        raise ValueError("another header")
    return head["typ"] == "kagiya-check-test"


def _fields(members: Dict[str, Any]) -> Dict[str, Any]:
    for name, kind in _FIELDS.items():
        value = members.get(name)
        if kind is int and not _number(value):
            raise ValueError(f"{name} is no number")
        if kind is str and not isinstance(value, str):
            raise ValueError(f"{name} is no text")
    for name, form in _FORMS.items():
        if not re.fullmatch(form, members[name]):
            raise ValueError(f"{name} is none")
    return {name: members[name] for name in _FIELDS}


class _Ini:
    """kagiya-license.ini, as PHP's parse_ini_file reads it in raw mode."""

    def __init__(self, directory: str) -> None:
        path = os.path.join(directory, "kagiya-license.ini")
        self.keys: List[bytes] = []
        values: Dict[str, str] = {}
        with open(path, "rb") as file:
            text = file.read(_LIMIT).decode("utf-8", "surrogateescape")
        for line in text.split("\n"):
            name, found, value = line.strip(_BLANKS).partition("=")
            if found and name[:1] not in (";", "["):
                self._set(values, name.strip(_BLANKS), _unquote(value))
        self.check_url = values.get("check_url", "")
        self.product = values.get("product", "")
        self.serial = values.get("serial", "")
        self.instance = values.get("instance", "")
        self.version = values.get("version", "")
        self.buy_url = values.get("buy_url", "")
        for name in ("check_url", "product", "serial", "instance", "keys"):
            if not getattr(self, name):
                raise ValueError(f"{path}: no {name}")

    def _set(self, values: Dict[str, str], name: str, value: str) -> None:
        if name != "public_key[]":
            values[name] = value
            return
        try:
            key = _unbase64(value)
        except ValueError:
            return
        if len(key) == 32 and len(self.keys) < 2:
            self.keys.append(key)


def _unquote(value: str) -> str:
    """Between quotes nothing is special, and quoted parts side by side are
    one value; without them a comment ends it."""
    value = value.strip(_BLANKS)
    parts = re.match(r"""(?:"[^"]*"|'[^']*')+""", value)
    if parts is None:
        return value.split(";")[0].strip(_BLANKS)
    found = re.findall(r"""("[^"]*"|'[^']*')""", parts.group())
    return "".join(part[1:-1] for part in found)


class _Store:
    """The folder with the key and the answer, for the owner's eyes only, and
    the same in memory where nothing can be written."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self._mutex = threading.Lock()
        self._unwritten: Dict[str, bytes] = {}
        self._told = False

    def _open(self, name: str, flags: int) -> int:
        flags |= os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        return os.open(os.path.join(self.folder, name), flags, 0o600)

    def read(self, name: str) -> bytes:
        with self._mutex:
            if name in self._unwritten:
                return self._unwritten[name]
        try:
            with open(self._open(name, os.O_RDONLY), "rb") as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    return b""
                return file.read(_LIMIT)
        except OSError:
            return b""

    def write(self, name: str, data: bytes) -> None:
        with self._mutex:
            try:
                self._replace(name, data)
                self._unwritten.pop(name, None)
            except OSError as error:
                self._unwritten[name] = data
                self._tell(error)

    def _replace(self, name: str, data: bytes) -> None:
        """Written beside and renamed: a reader sees the old or the new."""
        beside = os.path.join(self.folder, name + ".new")
        try:
            os.unlink(beside)  # of a process that was killed
        except FileNotFoundError:
            pass
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        try:
            with open(self._open(name + ".new", flags), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, os.path.join(self.folder, name))
        except OSError:
            if os.path.lexists(beside):
                os.unlink(beside)
            raise

    def _tell(self, error: OSError) -> None:
        if not self._told:
            logging.getLogger("kagiya_license").warning(
                "nothing can be kept in %s: %s", self.folder, error.strerror
            )
        self._told = True

    def lock(self, seconds: int) -> Tuple[Optional[int], bool]:
        """One process asks, the others go on with what is kept. A descriptor
        to close, or None and whether it stayed taken."""
        try:
            os.makedirs(self.folder, 0o700, exist_ok=True)
            lock = self._open("lock", os.O_RDWR | os.O_CREAT)
        except OSError:
            return None, False
        end = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return lock, False
            except OSError as error:
                taken = error.errno == errno.EWOULDBLOCK
                if not taken or time.monotonic() >= end:
                    os.close(lock)
                    return None, taken
            select.select((), (), (), 0.02)


def _trusting(ca_file: Optional[str]) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=ca_file)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


class _Wire(threading.Thread):
    """One question to the shop, in a thread, so that the limit on time holds
    for all of it, from resolving the name to the last byte."""

    def __init__(self, url: str, form: Dict[str, str], seconds: int,
                 context: Optional[ssl.SSLContext]) -> None:
        super().__init__(daemon=True)
        self.body: Optional[str] = None
        self.retry = 0
        self._seconds = seconds
        self._context = context or _trusting(None)
        self._line: Optional[socket.socket] = None
        self._late = False
        self._url = url
        self._form = urllib.parse.urlencode(form, errors="surrogateescape")

    @classmethod
    def post(cls, url: str, form: Dict[str, str], seconds: int,
             context: Optional[ssl.SSLContext]) -> Tuple[Optional[str], int]:
        """The body of an answer of status 200 or None, and Retry-After."""
        if not re.match("https?://", url, re.IGNORECASE):
            return None, 0
        wire = cls(url, form, seconds, context)
        wire.start()
        wire.join(seconds)
        if not wire.is_alive():
            return wire.body, wire.retry
        wire._hang_up()
        return None, 0

    def _hang_up(self) -> None:
        self._late = True
        try:
            if self._line is not None:
                self._line.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass

    def run(self) -> None:
        try:
            request = urllib.request.Request(
                self._url, self._form.encode("ascii"),
                {"Accept": "application/jose", "User-Agent": "kagiya-license"},
            )
            opener = self._opener()
            with opener.open(request, None, self._seconds) as answer:
                self._read(answer)
        except urllib.error.HTTPError as error:
            if error.code in (429, 503):
                self.retry = _seconds(error.headers.get("Retry-After", ""))
            error.close()
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass  # any of them when the line is hung up

    def _read(self, answer: http.client.HTTPResponse) -> None:
        data = b""
        while len(data) <= _LIMIT and not self._late:
            part = answer.read1(8192)
            if not part:
                break
            data += part
        whole = answer.length in (None, 0) and len(data) <= _LIMIT
        if answer.status == 200 and whole and not self._late:
            self.body = data.decode("ascii").strip(_BLANKS)

    def _opener(self) -> urllib.request.OpenerDirector:
        wire = self

        class Plain(http.client.HTTPConnection):
            def connect(self) -> None:
                super().connect()
                wire._line = self.sock

        class Secure(http.client.HTTPSConnection):
            def connect(self) -> None:
                super().connect()
                wire._line = self.sock

        class PlainHandler(urllib.request.HTTPHandler):
            def http_open(self, request: Any) -> Any:
                return self.do_open(Plain, request)

        class SecureHandler(urllib.request.HTTPSHandler):
            def https_open(self, request: Any) -> Any:
                return self.do_open(Secure, request,
                                    context=wire._context)

        return urllib.request.build_opener(
            _NoRedirect, PlainHandler, SecureHandler
        )


def _seconds(text: str) -> int:
    """Its date form would be by another's clock."""
    return int(text) if re.fullmatch("[0-9]{1,60}", text.strip(_BLANKS)) else 0


def _about(seconds: int, least: int, most: int) -> int:
    """So many percent by chance, so that a thousand programs do not ask at
    once."""
    percent = least + secrets.randbelow(most - least + 1)
    return (seconds * percent + 99) // 100


class _State:
    """The kept answer with the times that belong to it."""

    NUMBERS = ("received", "asked", "ask_at", "retry_at", "failures")

    def __init__(self, data: bytes, ini: _Ini) -> None:
        try:
            kept = _object(data)
        except ValueError:
            kept = {}
        self.answer = self._ours(kept.get("jws"), ini)
        self.version = kept.get("version")
        for name in self.NUMBERS:
            value = kept.get(name)
            setattr(self, name, value if _number(value) else 0)
        if self.answer is not None and self.received == 0:
            self.received = self.answer.iat

    @staticmethod
    def _ours(jws: Any, ini: _Ini) -> Optional[Answer]:
        answer = Answer.read(jws, ini.keys) if isinstance(jws, str) else None
        if answer is None or answer.is_test or not answer.is_for(ini):
            return None
        return answer

    def data(self) -> bytes:
        kept = {name: getattr(self, name) for name in self.NUMBERS}
        kept["version"] = self.version
        if self.answer is not None:
            kept["jws"] = self.answer.jws
        return json.dumps(kept).encode() + b"\n"

    def time(self, now: int) -> int:
        """The shop's time: what it signed, and what has passed here since. A
        local clock that is wrong, or was set back, gains nobody a day."""
        return self.answer.iat + max(0, now - self.received)

    def decide(self, now: int) -> Decision:
        answer = self.answer
        if answer is None:
            return Decision.UNKNOWN
        if not answer.is_ok:
            return Decision.STOP
        then = self.time(now)
        if then > answer.grace_until or then >= _noon(answer.ng_from):
            return Decision.UNKNOWN
        if then > answer.cache_until or now < self.received - _DAY:
            return Decision.KEPT
        return Decision.RUN

    def counts(self, now: int) -> bool:
        return self.decide(now) in (Decision.RUN, Decision.KEPT)

    def is_due(self, ini: _Ini, now: int) -> bool:
        if now < self.asked - 600:
            return True
        return now >= self.retry_at and (
            self.decide(now) == Decision.UNKNOWN
            or now >= self.ask_at
            or self.version != ini.version
        )

    def may_keep(self, answer: Optional[Answer]) -> bool:
        if answer is None or answer.is_test:
            return False
        return self.answer is None or answer.revision >= self.answer.revision

    def keep(self, answer: Answer, ini: _Ini, now: int) -> None:
        pause = min(max(0, answer.next_check - answer.iat), 366 * _DAY)
        self.answer = answer
        self.version = ini.version
        self.received = self.asked = now
        self.ask_at = now + max(1, _about(pause, 75, 125))
        self.retry_at = self.failures = 0

    def back_off(self, now: int, retry: int) -> None:
        if self.counts(now):
            steps = (900, _HOUR, 3 * _HOUR)
        else:
            steps = (10, 30, 60, 300)
        pause = steps[min(self.failures, len(steps) - 1)]
        self.asked = now
        self.failures = min(self.failures, 1000) + 1
        self.retry_at = now + max(_about(pause, 50, 150), min(retry, _DAY))


class License:
    """An installed program's license. Any number of threads may use one; all
    that lasts is in the folder, so that processes see the same."""

    def __init__(self, directory: str, folder: Optional[str] = None, *,
                 ca_file: Optional[str] = None) -> None:
        """directory holds kagiya-license.ini; OSError or ValueError when that
        is not there or not whole. folder, where key and answer are kept,
        should be one that your package declares as data. ca_file: certificates
        (PEM) to believe the shop's web server by instead of the system's."""
        self._directory = os.fspath(directory)
        self._ini = _Ini(self._directory)
        self._store = _Store(
            os.fspath(folder) if folder is not None
            else os.path.join(self._directory, "kagiya-license")
        )
        self._context = None if ca_file is None else _trusting(ca_file)

    def may_run(self) -> bool:
        """The one question. Asks the shop at the first start, after an update
        of the program and about once a day; else it is answered from the
        file."""
        return self.check() in (Decision.RUN, Decision.KEPT)

    def check(self) -> Decision:
        return self._check(forced=False)

    def check_now(self) -> Decision:
        """For a button "check again": asks now, but not twice in 3 seconds."""
        return self._check(forced=True)

    def standing(self) -> Decision:
        """What is known, without asking."""
        return self._load()[1].decide(self._now())

    def answer(self) -> Optional[Answer]:
        """The kept answer."""
        return self._load()[1].answer

    def activate(self, typed: str) -> Optional[Answer]:
        """Asks with a key that was typed. None: no signed answer came. The key
        is kept when the shop knows it as this program's; a wrong one changes
        nothing, so a typing error never stops a program that runs."""
        key = typed.strip(_BLANKS).encode("utf-8", "replace").decode("utf-8")
        lock, _ = self._store.lock(_TYPED)
        try:
            ini, state = self._load()
            answer, _ = self._ask(ini, "activate", key, _TYPED)
            if (
                state.may_keep(answer)
                and answer.key == "valid"
                and answer.code not in ("PRODUCT_MISMATCH", "INSTANCE_MISMATCH")
            ):
                self._store.write("key", key.encode("utf-8"))
                state.keep(answer, ini, self._now())
                self._store.write("answer", state.data())
            return answer
        finally:
            if lock is not None:
                os.close(lock)

    def days_left(self) -> Optional[int]:
        """Whole days until the trial's last day is over; None outside one."""
        state = self._load()[1]
        if state.answer is None or state.answer.code != "TRIAL" or (
            state.answer.trial_end == ""
        ):
            return None
        today = datetime.date.fromtimestamp(state.time(self._now()))
        noon = calendar.timegm((today.year, today.month, today.day, 12, 0, 0))
        return max(0, int(_noon(state.answer.trial_end) - noon) // _DAY)

    @property
    def buy_url(self) -> str:
        """Where to buy: known even before the first answer."""
        return self._ini.buy_url

    @property
    def serial(self) -> str:
        return self._ini.serial

    @staticmethod
    def _now() -> int:
        return int(time.time())

    def _load(self) -> Tuple[_Ini, _State]:
        """The agent writes the ini file anew when the program is updated,
        which a program that stays running does not see."""
        try:
            ini = _Ini(self._directory)
        except (OSError, ValueError):
            ini = self._ini
        return ini, _State(self._store.read("answer"), ini)

    def _wants(self, ini: _Ini, state: _State, forced: bool) -> bool:
        if forced:
            return abs(self._now() - state.asked) >= 3
        return state.is_due(ini, self._now())

    def _check(self, forced: bool) -> Decision:
        ini, state = self._load()
        if self._wants(ini, state, forced):
            state = self._refresh(state, forced)
        return state.decide(self._now())

    def _refresh(self, state: _State, forced: bool) -> _State:
        """Another process may be asking, or have asked meanwhile: whoever
        must wait does so until it has had its time and written what came."""
        counts = state.counts(self._now())
        seconds = _PATIENT if counts else _URGENT
        lock, taken = self._store.lock(0 if counts else seconds + 1)
        if taken and counts:
            return state
        try:
            ini, state = self._load()
            if self._wants(ini, state, forced):
                self._ask_and_keep(ini, state, seconds)
            return state
        finally:
            if lock is not None:
                os.close(lock)

    def _ask_and_keep(self, ini: _Ini, state: _State, seconds: int) -> None:
        starts = state.answer is None or state.version != ini.version
        key = self._store.read("key").decode("utf-8", "replace")
        answer, retry = self._ask(ini, "start" if starts else "daily", key,
                                  seconds)
        if answer is not None and state.may_keep(answer):
            state.keep(answer, ini, self._now())
        else:
            state.back_off(self._now(), retry)
        self._store.write("answer", state.data())

    def _ask(self, ini: _Ini, why: str, key: str,
             seconds: int) -> Tuple[Optional[Answer], int]:
        """The answer to this very question or None, and Retry-After."""
        nonce = _base64(secrets.token_bytes(24))
        form = {
            "v": "1", "product": ini.product, "serial": ini.serial,
            "instance": ini.instance, "key": key, "version": ini.version,
            "nonce": nonce, "why": why,
        }
        body, retry = _Wire.post(ini.check_url, form, seconds, self._context)
        answer = None if body is None else Answer.read(body, ini.keys)
        if answer is None or not answer.is_for(ini, nonce):
            return None, retry
        return answer, retry
