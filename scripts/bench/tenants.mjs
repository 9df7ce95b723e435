const HEADERS = { 'content-type': 'application/json', authorization: 'Bearer gwk_demo_partner_admin' };
let made = 0;

/** Creates one tenant as a partner does, and waits until its run has succeeded, looking every `lookMs`. */
export async function createTenant(url, lookMs = 20) {
  const email = `bench-${process.pid}-${(made += 1)}@bench.example`;
  const response = await fetch(`${url}/api/provisioning/tenants`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify({ client_name: `Bench ${made}`, email }),
  });
  if (response.status !== 201)
    throw new Error(`Creation answered ${response.status}: ${await response.text()}`);
  const { operation_run_id: id } = await response.json();
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, lookMs));
    const run = await (
      await fetch(`${url}/api/provisioning/operation-runs/${id}`, { headers: HEADERS })
    ).json();
    if (run.status === 'succeeded') return;
    if (run.status === 'failed') throw new Error(`Creation failed: ${run.reason_code}`);
  }
}

/** Runs `count` pieces of work, `concurrency` at once; gives pieces per second. */
export async function perSecond(count, concurrency, work) {
  let left = count;
  const worker = async () => {
    while (left-- > 0) await work();
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, worker));
  return (count * 1000) / (performance.now() - started);
}
