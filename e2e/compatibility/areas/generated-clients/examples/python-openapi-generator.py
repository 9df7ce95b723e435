import os
import time
from pathlib import Path

import gangway
from gangway import OperationRunsApi, TenantInput, TenantPatch, TenantsApi
from gangway.exceptions import ApiException
from gangway.models.tenant_created_event import TenantCreatedEvent

configuration = gangway.Configuration(
    host=os.environ["GANGWAY_URL"], access_token=os.environ["GANGWAY_API_KEY"]
)
email = os.environ["TENANT_EMAIL"]

with gangway.ApiClient(configuration) as client:
    tenants, runs = TenantsApi(client), OperationRunsApi(client)

    created = tenants.tenants_create(
        TenantInput(client_name="Contoso", email=email, phone_number="+49 171 1234567"),
        idempotency_key=f"create-{email}",
    )

    while (run := runs.operation_runs_get(created.operation_run_id)).status not in ("succeeded", "failed"):
        time.sleep(0.2)
    print("run", run.status)

    # null clears a field; a field that is not named stays as it is.
    tenants.tenants_update(created.tenant, TenantPatch(phone_number=None))

    # What was read can be sent back.
    read = tenants.tenants_get(created.tenant)
    read.client_name = "Contoso Ltd"
    tenants.tenants_update(created.tenant, TenantPatch.from_dict(read.to_dict()))

    rows = [TenantInput(client_name=f"Branch {n}", email=f"{n}.{email}") for n in (1, 2)]
    bulk = tenants.tenants_bulk(rows)
    print("bulk", bulk.accepted)

    cursor, found = None, []
    while True:
        page = tenants.tenants_list(q=email, limit=2, cursor=cursor)
        found += page.items
        if (cursor := page.next_cursor) is None:
            break
    print("list", len(found))

    try:
        tenants.tenants_create(TenantInput(client_name="Contoso", email=email))
    except ApiException as error:
        problem = error.data
        print("duplicate", problem.reason_code, problem.existing_id == created.tenant)

# The body of a webhook, once its signature is verified.
event = TenantCreatedEvent.from_json(Path(os.environ["WEBHOOK_BODY"]).read_text())
print("event", event.type, event.data.tenant)
