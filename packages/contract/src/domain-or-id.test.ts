import { expect, test } from 'vitest';
import { readDomainOrId } from './domain-or-id.js';

const ID = '161ba2aa-3e7a-493f-817f-70c796e88b6f';

test.each([
  [' Fabrikam.COM\u200b', 'fabrikam.com'],
  ['fabrikam.com.', 'fabrikam.com'],
  ['microsoft.com', 'microsoft.com'],
  ['a-b.fabrikam.onmicrosoft.com', 'a-b.fabrikam.onmicrosoft.com'],
  ['xn--80ak6aa92e.xn--p1ai', 'xn--80ak6aa92e.xn--p1ai'],
  ['bäckerei-müller.example', 'xn--bckerei-mller-bfb28a.example'],
  [ID.toUpperCase(), ID],
  [`{${ID}}`, ID],
  [ID.replaceAll('-', ''), ID],
  [`\u00a0${ID}\r\n`, ID],
])('%j is understood as %s', (typed, value) => {
  expect(readDomainOrId(typed)).toEqual({ kind: 'found', value });
});

test.each([
  ['ada@fabrikam.com', 'email', 'fabrikam.com'],
  ['sales&service@bäckerei.example', 'email', 'xn--bckerei-5wa.example'],
  ['https://www.fabrikam.com/en?x=1', 'url', 'fabrikam.com'],
  ['fabrikam.com/path', 'url', 'fabrikam.com'],
  [`https://login.microsoftonline.com/${ID}/oauth2/v2.0/token`, 'microsoft', ID],
  ['https://login.microsoftonline.us/fabrikam.com/v2.0', 'microsoft', 'fabrikam.com'],
  [`https://sts.windows.net/${ID}/`, 'microsoft', ID],
  ['https://portal.azure.com/#@fabrikam.com/resource/subscriptions', 'microsoft', 'fabrikam.com'],
  [`entra.microsoft.com/#view/Overview/tenantId/${ID}`, 'microsoft', ID],
  [`https://portal.azure.com/#@${ID}/blade`, 'microsoft', ID],
  ['fabrikam.sharepoint.com', 'microsoft', 'fabrikam.onmicrosoft.com'],
  ['https://fabrikam-my.sharepoint.com/personal/ada', 'microsoft', 'fabrikam.onmicrosoft.com'],
  ['https://fabrikam.sharepoint.us/sites/x', 'microsoft', 'fabrikam.onmicrosoft.us'],
  ['fabrikam-admin.sharepoint-mil.us', 'microsoft', 'fabrikam.onmicrosoft.us'],
  ['https://fabrikam-my.sharepoint.cn/', 'microsoft', 'fabrikam.partner.onmschina.cn'],
  [`https://login.sovcloud-identity.de/${ID}/v2.0`, 'microsoft', ID],
  ['https://login.sovcloud-identity.sg/fabrikam.sg', 'microsoft', 'fabrikam.sg'],
  [`https://teams.microsoft.com/l/team/19%3Aabc.1/x?groupId=1&tenantId=${ID}`, 'microsoft', ID],
  [`https://teams.cloud.microsoft/l/channel/x?tenantId=${ID.toUpperCase()}#top`, 'microsoft', ID],
  ['https://myapps.microsoft.com/?tenant=fabrikam.com', 'microsoft', 'fabrikam.com'],
  ['https://admin.microsoft.com@fabrikam.com/x', 'url', 'fabrikam.com'],
  ['https://notmicrosoft.com/x', 'url', 'notmicrosoft.com'],
])('%j is a slip (%s) with %s in it', (typed, kind, value) => {
  expect(readDomainOrId(typed)).toEqual({ kind, value });
});

test.each([
  '',
  'fabrikam',
  '161ba2aa-3e7a',
  '10.0.0.10',
  'https://10.0.0.10/x',
  'https://login.microsoftonline.com/common/oauth2',
  'https://entra.microsoft.com/#view/Microsoft_AAD_Connect/Cloud.ReactView',
  `https://portal.azure.com/#view/RegisteredApps/Overview/appId/${ID}`,
  `https://teams.microsoft.com/l/team/${ID}`,
  'https://outlook.office.com/mail/',
  `https://portal.azure.com/?tenant=${ID.slice(1)}`,
  'a b.com',
  '\u212aelvin.example',
  'http://',
])('%j names no tenant', (typed) => {
  expect(readDomainOrId(typed)).toEqual({ kind: 'unknown' });
});
