import { Option, type Command } from 'commander';
import { readAccess, type Access } from './access.js';
import { followRun } from './follow-run.js';
import { print, tell } from './print.js';

interface NewTenantOptions {
  readonly clientName: string;
  readonly email: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly companyName?: string;
  readonly contractLine?: string;
  readonly phoneNumber?: string;
  readonly industry?: string;
  readonly setupLink?: true;
  readonly hold?: true;
  readonly wait: boolean;
}

/** What a partner does with its tenants and their runs. */
export function addTenantCommands(program: Command): void {
  const tenants = program.command('tenants').description('creates and shows tenants, as a partner');
  tenants
    .command('create')
    .description('creates a tenant and follows it until its admin can sign in')
    .requiredOption('--client-name <name>')
    .requiredOption('--email <address>', 'of the tenant and its admin')
    .option('--first-name <name>', 'of the admin')
    .option('--last-name <name>', 'of the admin')
    .option('--company-name <name>')
    .option('--contract-line <line>')
    .option('--phone-number <number>')
    .option('--industry <name>')
    .option('--setup-link', 'mail a link to set a password, instead of a temporary one')
    .option('--hold', 'park the run where it fails, instead of rolling back')
    .option('--no-wait', 'do not follow the run')
    .action(async (options: NewTenantOptions) => {
      const access = readAccess(process.env);
      const created = await access.client.provisioning.tenants.create.mutate(toNewTenant(options));
      if (!options.wait || created.operation_run_id === null) return print(created);
      tell(`Tenant ${created.tenant}, run ${created.operation_run_id}`);
      await watch(access, created.operation_run_id);
    });
  tenants
    .command('list')
    .addOption(
      new Option('--status <status>').choices(['provisioning', 'active', 'suspended', 'deleting', 'failed']),
    )
    .option('--q <text>', 'part of the name or the address')
    .option('--cursor <cursor>')
    .action(async (options: Parameters<Access['client']['provisioning']['tenants']['list']['query']>[0]) =>
      print(await readAccess(process.env).client.provisioning.tenants.list.query(options)),
    );
  tenants
    .command('get <tenant>')
    .action(async (tenant: string) =>
      print(await readAccess(process.env).client.provisioning.tenants.get.query({ tenant })),
    );
  tenants
    .command('delete <tenant>')
    .description('deletes a tenant and everything in it, and follows the run')
    .option('--dry-run', 'only list whose memberships and accounts would end')
    .option('--no-wait', 'do not follow the run')
    .action(async (tenant: string, { dryRun, wait }: { readonly dryRun?: true; readonly wait: boolean }) => {
      const access = readAccess(process.env);
      if (dryRun) return print(await previewDeletion(access, tenant));
      const started = await access.client.provisioning.tenants.delete.mutate({ tenant });
      if (!wait) return print(started);
      tell(`Run ${started.operation_run_id}`);
      await watch(access, started.operation_run_id);
    });
  const runs = program.command('runs').description('lists and follows operation runs, as a partner');
  runs
    .command('list')
    .addOption(
      new Option('--state <state>', 'live: queued or running; held: parked').choices(['live', 'held']),
    )
    .option('--cursor <cursor>')
    .action(
      async (options: Parameters<Access['client']['provisioning']['operationRuns']['list']['query']>[0]) =>
        print(await readAccess(process.env).client.provisioning.operationRuns.list.query(options)),
    );
  runs
    .command('watch <run>')
    .description('follows a run until it has ended; whoever started it is told the temporary password, once')
    .action(async (run: string) => watch(readAccess(process.env), run));
}

/** All pages of the dry run as one. */
async function previewDeletion({ client }: Access, tenant: string) {
  const { previewDeletion: page } = client.provisioning.tenants;
  const preview = await page.query({ tenant, limit: 100 });
  for (let cursor = preview.next_cursor; cursor !== null;) {
    const next = await page.query({ tenant, limit: 100, cursor });
    preview.items.push(...next.items);
    cursor = next.next_cursor;
  }
  return { ...preview, next_cursor: null };
}

async function watch(access: Access, runId: string): Promise<void> {
  await followRun(access, runId, tell);
  const run = await access.client.provisioning.operationRuns.get.mutate({ operation_run_id: runId });
  print(run);
  if (run.status !== 'succeeded') process.exitCode = 1;
}

function toNewTenant(options: NewTenantOptions) {
  const { firstName, lastName, companyName, contractLine, phoneNumber, industry } = options;
  return {
    client_name: options.clientName,
    email: options.email,
    ...(firstName !== undefined && lastName !== undefined
      ? { admin_user: { first_name: firstName, last_name: lastName } }
      : {}),
    ...(companyName === undefined ? {} : { company_name: companyName }),
    ...(contractLine === undefined ? {} : { contract_line: contractLine }),
    ...(phoneNumber === undefined ? {} : { phone_number: phoneNumber }),
    ...(industry === undefined ? {} : { industry }),
    ...(options.setupLink ? { credential_delivery: 'setup_link' as const } : {}),
    ...(options.hold ? { failure_policy: 'hold' as const } : {}),
  };
}
