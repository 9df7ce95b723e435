import asyncio
import dataclasses
import os
import sys
import uuid

from gangway_codec import GangwayCodec
from temporalio.client import Client
from temporalio.converter import DataConverter


async def main(email: str) -> None:
    keys = os.environ.get("TEMPORAL_PAYLOAD_KEYS")
    client = await Client.connect(
        os.environ.get("TEMPORAL_ADDRESS", "localhost:7233"),
        # Without the keys everything works but the temporary password, which is in the mail alone then.
        data_converter=dataclasses.replace(DataConverter.default, payload_codec=keys and GangwayCodec(keys)),
    )
    handle = await client.start_workflow(
        "tenantCreationWorkflow",
        {
            "tenantName": "Fabrikam",
            "adminUser": {"firstName": "Ines", "lastName": "Duarte", "email": email},
            "companyName": "Fabrikam Lda",
            "contractLine": "professional",
        },
        id=f"tenant-creation-{uuid.uuid4()}",
        task_queue="tenant-creation",
    )
    await handle.signal("update", {"field": "contractLine", "value": "enterprise"})
    print("Started", handle.id, flush=True)

    state = await handle.query("getState")
    print("Step:", state["step"], "Progress:", state["progress"])

    result = await handle.result()
    print("Tenant:", result["tenantId"], "Temporary password:", result["temporaryPassword"])


asyncio.run(main(sys.argv[1]))
