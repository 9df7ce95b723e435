/**
 * What must hold in the database of the product after any fault, once every run has ended. Each statement finds what
 * breaks its rule. `mails_of` and `made_of` read the ids that were minted before a creation began from its input.
 */
const CREATIONS = `creations AS (
  SELECT r.*, (r.input->>'adminUserId')::uuid AS admin_id, (r.input->>'companyId')::uuid AS company_id,
         (r.input->>'workspaceId')::uuid AS made_workspace_id, (r.input->>'mailId')::uuid AS mail_id
    FROM operation_runs r WHERE r.type = 'tenant.create' AND NOT r.held),
gone AS (SELECT subject_id FROM operation_runs WHERE type = 'tenant.delete' AND status = 'succeeded'),
kept AS (SELECT * FROM creations WHERE status = 'succeeded' AND subject_id NOT IN (SELECT subject_id FROM gone)),
left_over AS (SELECT * FROM creations WHERE status = 'failed' AND reason_code <> 'run.rollback_failed'
        UNION ALL SELECT * FROM creations WHERE subject_id IN (SELECT subject_id FROM gone))`;

export const INVARIANTS: readonly { readonly rule: string; readonly broken: string }[] = [
  {
    rule: 'every run has ended, and nobody holds it',
    broken: `SELECT id, type, status, step, lease_owner FROM operation_runs
      WHERE status NOT IN ('succeeded', 'failed') OR finished_at IS NULL OR lease_owner IS NOT NULL OR waiting_until IS NOT NULL`,
  },
  {
    rule: 'the events of a run have no gap, and its progress never falls',
    broken: `SELECT run_id, seq FROM (SELECT run_id, seq, row_number() OVER w AS place, (data->'run'->>'progress')::int AS now,
        lag((data->'run'->>'progress')::int) OVER w AS before FROM operation_run_events WINDOW w AS (PARTITION BY run_id ORDER BY seq)) e
      WHERE place <> seq OR now < before`,
  },
  {
    rule: 'a finished step never ran again',
    broken: `SELECT a.run_id, a.seq FROM operation_run_events a JOIN operation_run_events b
        ON b.run_id = a.run_id AND b.seq > a.seq AND b.data->'changed'->>'name' = a.data->'changed'->>'name'
      WHERE a.kind = 'step.finished' AND b.kind IN ('step.started', 'step.finished')`,
  },
  {
    rule: 'a created tenant has one of everything',
    broken: `WITH ${CREATIONS} SELECT k.id, k.subject_id FROM kept k
      WHERE (SELECT count(*) FROM tenants t WHERE t.tenant = k.subject_id AND t.status = 'active') <> 1
         OR (SELECT count(*) FROM users u JOIN user_roles o USING (user_id) WHERE u.tenant = k.subject_id AND u.user_id = k.admin_id AND o.role_id = 'admin') <> 1
         OR (SELECT count(*) FROM users u WHERE u.tenant = k.subject_id) <> 1
         OR (SELECT count(*) FROM workspaces w JOIN memberships m ON m.workspace_id = w.id
              WHERE w.tenant = k.subject_id AND w.id = k.made_workspace_id AND m.user_id = k.admin_id AND m.role = 'owner') <> 1
         OR (SELECT count(*) FROM tenant_email_settings s WHERE s.tenant_id = k.subject_id) <> 1
         OR (SELECT count(*) FROM mail_messages m WHERE m.tenant = k.subject_id AND m.id = k.mail_id) <> 1
         OR (SELECT count(*) FROM companies c JOIN tenant_companies tc USING (company_id) WHERE c.tenant = k.subject_id AND tc.is_default)
            <> CASE WHEN k.company_id IS NULL THEN 0 ELSE 1 END`,
  },
  {
    rule: 'a creation that was undone, and a tenant that was deleted, left nothing',
    broken: `WITH ${CREATIONS} SELECT l.id, l.subject_id FROM left_over l
      WHERE EXISTS (SELECT FROM tenants t WHERE t.tenant = l.subject_id)
         OR EXISTS (SELECT FROM users u WHERE u.user_id = l.admin_id)
         OR EXISTS (SELECT FROM companies c WHERE c.company_id = l.company_id)
         OR EXISTS (SELECT FROM workspaces w WHERE w.id = l.made_workspace_id)
         OR EXISTS (SELECT FROM tenant_email_settings s WHERE s.tenant_id = l.subject_id)
         OR EXISTS (SELECT FROM temporary_passwords p WHERE p.operation_run_id = l.id)
         OR EXISTS (SELECT FROM mail_messages m WHERE m.id = l.mail_id AND m.status = 'queued')`,
  },
  {
    rule: 'no tenant is half there',
    broken: `SELECT t.tenant, t.status FROM tenants t LEFT JOIN operation_runs r ON r.id = t.operation_run_id
      WHERE t.status IN ('provisioning', 'deleting') AND (r.id IS NULL OR r.status IN ('succeeded', 'failed') AND NOT r.held)
         OR t.status IN ('active', 'suspended') AND NOT EXISTS (SELECT FROM workspaces w WHERE w.tenant = t.tenant)`,
  },
  {
    rule: 'no row is an orphan',
    broken: `SELECT 'workspace without an owner' AS what, id FROM workspaces w
        WHERE NOT EXISTS (SELECT FROM memberships m WHERE m.workspace_id = w.id AND m.role = 'owner')
      UNION ALL SELECT 'connection without a credential', id FROM provider_connections c
        WHERE NOT EXISTS (SELECT FROM provider_credentials p WHERE p.provider_connection_id = c.id)
      UNION ALL SELECT 'snapshot of no finished run', s.id FROM snapshots s
        WHERE NOT EXISTS (SELECT FROM operation_runs r WHERE r.id = s.operation_run_id AND r.status = 'succeeded')
      UNION ALL SELECT 'mail of no tenant', m.id FROM mail_messages m
        WHERE m.tenant IS NOT NULL AND m.status = 'queued' AND NOT EXISTS (SELECT FROM tenants t WHERE t.tenant = m.tenant)`,
  },
  {
    rule: 'one visible mail for each creation, under one Message-ID',
    broken: `SELECT tenant, subject, count(*) FROM mail_messages
      WHERE tenant IS NOT NULL AND subject LIKE 'Welcome %' AND status <> 'withdrawn'
      GROUP BY tenant, subject HAVING count(*) > 1 UNION ALL
      SELECT NULL, message_id, count(*) FROM mail_messages GROUP BY message_id HAVING count(*) > 1`,
  },
  {
    rule: 'a webhook event is told once',
    broken: `SELECT endpoint_id, event, payload->'data'->>'operation_run_id' AS run FROM webhook_deliveries
      GROUP BY 1, 2, 3 HAVING count(*) > 1`,
  },
  {
    rule: 'a finished run is told to every endpoint that wants it',
    broken: `SELECT r.id FROM operation_runs r JOIN webhook_endpoints e ON e.partner_id = r.partner_id AND 'operation_run.finished' = ANY (e.events)
      WHERE r.status IN ('succeeded', 'failed') AND NOT r.held AND r.created_at > e.created_at AND NOT EXISTS (
        SELECT FROM webhook_deliveries d WHERE d.endpoint_id = e.id AND d.payload->'data'->>'operation_run_id' = r.id::text)`,
  },
  {
    rule: 'the audit trail has one start and one end of each run',
    broken: `SELECT r.id, r.type, r.status, array_agg(a.action) AS actions FROM operation_runs r LEFT JOIN audit_events a
        ON a.target_id = r.id::text AND a.action IN ('operations.start', 'operations.finished')
        OR a.target_id = r.subject_id::text AND r.type = 'tenant.create' AND a.action IN ('tenants.create', 'tenants.created', 'tenants.creation_failed')
        OR a.target_id = r.subject_id::text AND r.type = 'tenant.delete' AND a.action IN ('tenants.delete', 'tenants.deleted', 'tenants.deletion_failed')
      WHERE r.status IN ('succeeded', 'failed') AND NOT r.held GROUP BY r.id
      HAVING count(*) FILTER (WHERE a.action IN ('operations.start', 'tenants.create', 'tenants.delete')) <> 1
          OR count(*) FILTER (WHERE a.action NOT IN ('operations.start', 'tenants.create', 'tenants.delete')) <> 1`,
  },
];
