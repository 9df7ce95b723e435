import json
import os
import time
from pathlib import Path

from gangway import AuthenticatedClient
from gangway.api.operation_runs import operation_runs_get
from gangway.api.tenants import tenants_bulk, tenants_create, tenants_get, tenants_list, tenants_update
from gangway.models import Problem, TenantCreatedEvent, TenantInput, TenantPatch
from gangway.types import UNSET


def answer_of(answer):
    """What a call answered. A problem is an answer as well, and None one that is not in the document."""
    if answer is None or isinstance(answer, Problem):
        raise RuntimeError(answer)
    return answer


email = os.environ["TENANT_EMAIL"]

with AuthenticatedClient(os.environ["GANGWAY_URL"], os.environ["GANGWAY_API_KEY"]) as client:
    body = TenantInput(client_name="Contoso", email=email, phone_number="+49 171 1234567")
    created = answer_of(tenants_create.sync(client=client, body=body, idempotency_key=f"create-{email}"))

    def read_run():
        return answer_of(operation_runs_get.sync(created.operation_run_id, client=client))

    while (run := read_run()).finished_at is None:
        time.sleep(0.2)
    print("run", run.status)

    # None clears a field; a field that is not named stays as it is.
    cleared = TenantPatch(phone_number=None)
    answer_of(tenants_update.sync(created.tenant, client=client, body=cleared))

    # What was read can be sent back.
    read = answer_of(tenants_get.sync(created.tenant, client=client))
    read.client_name = "Contoso Ltd"
    changed = TenantPatch.from_dict(read.to_dict())
    answer_of(tenants_update.sync(created.tenant, client=client, body=changed))

    rows = [TenantInput(client_name=f"Branch {n}", email=f"{n}.{email}") for n in (1, 2)]
    print("bulk", answer_of(tenants_bulk.sync(client=client, body=rows)).accepted)

    cursor, found = UNSET, []
    while cursor is not None:
        page = answer_of(tenants_list.sync(client=client, q=email, limit=2, cursor=cursor))
        found += page.items
        cursor = page.next_cursor
    print("list", len(found))

    problem = tenants_create.sync(client=client, body=TenantInput(client_name="Contoso", email=email))
    if isinstance(problem, Problem):
        print("duplicate", problem.reason_code, problem.existing_id == created.tenant)

# The body of a webhook, once its signature is verified.
event = TenantCreatedEvent.from_dict(json.loads(Path(os.environ["WEBHOOK_BODY"]).read_text()))
print("event", event.type_, event.data.tenant)
