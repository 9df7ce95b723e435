import { CLOUDS } from '@gangway/contract/clouds';
import { describe, expect, it } from 'vitest';
import { endpointsOf, isBelow } from './clouds.js';
import { toProviderConfig } from './config.js';
import { createMicrosoftProvider } from './create-microsoft-provider.js';

describe('clouds', () => {
  it('uses the documented hosts over TLS', () => {
    const config = toProviderConfig({});
    const hosts = CLOUDS.filter((cloud) => cloud !== 'sandbox').map(
      (cloud) => endpointsOf(cloud, config).graph,
    );
    expect(hosts).toEqual([
      'https://graph.microsoft.com',
      'https://graph.microsoft.us',
      'https://dod-graph.microsoft.us',
      'https://microsoftgraph.chinacloudapi.cn',
      'https://graph.svc.sovcloud.fr',
      'https://graph.svc.sovcloud.de',
      'https://graph.svc.sovcloud.sg',
    ]);
    expect(() => endpointsOf('sandbox', config)).toThrow(
      expect.objectContaining({ reasonCode: 'tenant.wrong_cloud' }),
    );
  });

  it.each([
    ['https://graph.microsoft.com/v1.0/users', true],
    ['https://graph.microsoft.com:443/v1.0/users', true],
    ['http://graph.microsoft.com/v1.0/users', false],
    ['https://graph.microsoft.com.evil.example/v1.0/users', false],
    ['https://graph.microsoft.com@evil.example/v1.0/users', false],
    ['https://user@graph.microsoft.com/v1.0/users', false],
    ['https://graph.microsoft.com/v1.0/../beta/users', false],
    ['https://graph.microsoft.com/beta/users', false],
    ['https://graph.microsoft.com:8443/v1.0/users', false],
  ])('%s is below Graph: %s', (url, expected) => {
    expect(isBelow(new URL(url), 'https://graph.microsoft.com/v1.0')).toBe(expected);
  });

  it('builds the consent address', () => {
    const provider = createMicrosoftProvider({});
    const url = new URL(
      provider.consentUrl({
        cloud: 'usgov',
        entraTenantId: 'tid',
        clientId: 'cid',
        redirectUri: 'https://app.example/back?x=1',
        state: 's&t',
      }),
    );
    expect(url.origin + url.pathname).toBe('https://login.microsoftonline.us/tid/v2.0/adminconsent');
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'cid',
      scope: 'https://graph.microsoft.us/.default',
      redirect_uri: 'https://app.example/back?x=1',
      state: 's&t',
    });
  });

  it('sends browsers to the emulator where they reach it, which may not be where the server does', () => {
    const sandboxOrigin = 'http://127.0.0.1:3000/sandbox';
    const request = {
      cloud: 'sandbox',
      entraTenantId: 't',
      clientId: 'c',
      redirectUri: 'r',
      state: 's',
    } as const;
    for (const sandboxPages of ['https://app.example/sandbox', null]) {
      const url = new URL(createMicrosoftProvider({ sandboxOrigin, sandboxPages }).consentUrl(request));
      expect(url.origin).toBe(new URL(sandboxPages ?? sandboxOrigin).origin);
      expect(url.searchParams.get('scope')).toBe(`${sandboxOrigin}/.default`);
    }
  });
});
