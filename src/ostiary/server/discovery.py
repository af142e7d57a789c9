"""What other services verify vended tokens with: each issuer's discovery document and public keys, for everybody.

Source: https://openid.net/specs/openid-connect-discovery-1_0.html
"""

import json
import re
import threading
import uuid
from collections import OrderedDict
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from ostiary.credentials import TokenAlgorithm
from ostiary.directory.directory import Directory
from ostiary.directory.outbound_federation import OutboundFederation, find_federation_by_issuer
from ostiary.server.faults import fault_of
from ostiary.server.vault import Vault
from ostiary.store import Store
from ostiary.values.settings import Settings
from ostiary.wire import EncodedResponse, encode_fault

_CONFIGURATION = "openid-configuration"
_KEYS = "jwks.json"
_PATH = re.compile(
    rf"/([0-9a-f]{{8}}(?:-[0-9a-f]{{4}}){{3}}-[0-9a-f]{{12}})/\.well-known/({re.escape(_CONFIGURATION)}|{re.escape(_KEYS)})"
)
_MOST_KEPT = 1_000
_JSON = ("content-type", "application/json")
_UNKNOWN = EncodedResponse(HTTPStatus.NOT_FOUND, (_JSON,), b'{"error":"not_found"}')

Documents = Mapping[str, EncodedResponse]


def is_discovery(method: str, path: str) -> bool:
    """Tell whether a request is for one of the documents here."""
    return method == "GET" and _PATH.fullmatch(path) is not None


class Discovery:
    """Answers what everybody may know of the accounts' issuers. Thread-safe.

    An issuer's URL and keys never change, so its documents are kept once they are made.
    """

    def __init__(self, store: Store, vault: Vault, settings: Settings) -> None:
        self._store = store
        self._vault = vault
        self._settings = settings
        self._kept: OrderedDict[str, Documents] = OrderedDict()
        self._lock = threading.Lock()

    def answer(self, path: str) -> EncodedResponse:
        """Return the document at a path that `is_discovery` knows; whatever goes wrong is an answer too."""
        found = _PATH.fullmatch(path)
        if found is None:
            return _UNKNOWN
        issuer_id, name = found.groups()
        try:
            documents = self._documents(issuer_id)
        except Exception as error:  # noqa: BLE001 - the border: every error becomes an answer, unforeseen ones are logged
            request_id = str(uuid.uuid4())
            return encode_fault(None, fault_of(error, request_id), request_id)
        return documents[name] if documents else _UNKNOWN

    def _documents(self, issuer_id: str) -> Documents | None:
        with self._lock:
            if issuer_id in self._kept:
                self._kept.move_to_end(issuer_id)
                return self._kept[issuer_id]
        with self._store.read() as connection:
            directory = Directory(connection, self._vault.sealer, self._vault.tokens, self._settings)
            federation = find_federation_by_issuer(directory, issuer_id)
        # That there is no such issuer is not remembered: who makes up names must not fill the room.
        if federation is None:
            return None
        documents = _make_documents(federation)
        with self._lock:
            self._kept[issuer_id] = documents
            if len(self._kept) > _MOST_KEPT:
                self._kept.popitem(last=False)
        return documents


def _make_documents(federation: OutboundFederation) -> Documents:
    return {
        _CONFIGURATION: _public(
            {
                "issuer": federation.issuer,
                "jwks_uri": f"{federation.issuer}/.well-known/{_KEYS}",
                "response_types_supported": ["id_token"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": [algorithm.value for algorithm in TokenAlgorithm],
                "claims_supported": ["aud", "exp", "iat", "iss", "jti", "sub"],
            }
        ),
        _KEYS: _public(federation.signer.public_keys()),
    }


def _public(document: Mapping[str, Any]) -> EncodedResponse:
    headers = (_JSON, ("cache-control", "public, max-age=3600"), ("access-control-allow-origin", "*"))
    return EncodedResponse(HTTPStatus.OK, headers, json.dumps(document).encode())
