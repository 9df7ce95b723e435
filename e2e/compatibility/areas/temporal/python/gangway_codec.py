import base64
import json

from jwcrypto import jwe, jwk
from temporalio.api.common.v1 import Payload
from temporalio.converter import PayloadCodec

ENCODING = b"binary/jwe"


class GangwayCodec(PayloadCodec):
    """Payloads as Gangway encrypts them: JWE, with the keys that `gangway keys temporal` prints."""

    def __init__(self, keys: str) -> None:
        pairs = [pair.split(":") for pair in keys.split(",")]
        self._keys = {kid: jwk.JWK(kty="oct", k=key) for kid, key in pairs}
        self._newest = pairs[0][0]

    async def encode(self, payloads):
        return [self._encrypt(payload) for payload in payloads]

    async def decode(self, payloads):
        # The state of a creation and other documented answers are not encrypted.
        is_sealed = lambda payload: payload.metadata.get("encoding") == ENCODING
        return [self._decrypt(payload) if is_sealed(payload) else payload for payload in payloads]

    def _encrypt(self, payload: Payload) -> Payload:
        metadata = {name: base64.b64encode(value).decode() for name, value in payload.metadata.items()}
        plain = json.dumps({"metadata": metadata, "data": base64.b64encode(payload.data).decode()})
        header = json.dumps({"alg": "dir", "enc": "A256GCM", "kid": self._newest})
        sealed = jwe.JWE(plain.encode(), header, recipient=self._keys[self._newest])
        return Payload(metadata={"encoding": ENCODING}, data=sealed.serialize(compact=True).encode())

    def _decrypt(self, payload: Payload) -> Payload:
        sealed = jwe.JWE()
        sealed.deserialize(payload.data.decode())
        sealed.decrypt(self._keys[sealed.jose_header["kid"]])
        plain = json.loads(sealed.payload)
        metadata = {name: base64.b64decode(value) for name, value in plain["metadata"].items()}
        return Payload(metadata=metadata, data=base64.b64decode(plain["data"]))
