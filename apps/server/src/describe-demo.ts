/** The demo accounts, as they are printed when a server with DEMO=1 is ready. */
export function describeDemo(url: string): string {
  return [
    '',
    'Demo accounts, password of all: gangway-demo-2026',
    '  Acme     owner@acme.example, admin@acme.example, operator@acme.example, viewer@acme.example',
    '  Globex   owner@globex.example',
    '  Nowhere  nobody@example.com',
    'Demo partner: client id demo-partner, secret demo-partner-secret, API key gwk_demo_partner_admin',
    'A directory to onboard: healthy.sandbox.example, client id 5a4d0b0c-0000-4000-8000-000000000001, secret sandbox-secret',
    `Every mail this server sends: ${url}/mailbox`,
    '',
  ].join('\n');
}
