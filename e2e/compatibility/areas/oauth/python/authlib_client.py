import os
import sys

import requests
from authlib.integrations.requests_client import OAuth2Session

url = os.environ["GANGWAY_URL"]
metadata = requests.get(f"{url}/.well-known/oauth-authorization-server", timeout=10).json()
session = OAuth2Session(
    os.environ["GANGWAY_CLIENT_ID"],
    os.environ["GANGWAY_CLIENT_SECRET"],
    token_endpoint=metadata["token_endpoint"],
    # With the grant named, the session renews a token by itself a minute before it expires.
    grant_type="client_credentials",
)
session.fetch_token()


def get(path, **query):
    response = session.get(f"{url}{path}", params=query, timeout=10)
    if response.status_code == 401:
        session.fetch_token()
        response = session.get(f"{url}{path}", params=query, timeout=10)
    response.raise_for_status()
    return response.json()


for name in map(str.strip, sys.stdin):
    print(f"{name}: {len(get('/api/provisioning/tenants', q=name)['items'])}", flush=True)
