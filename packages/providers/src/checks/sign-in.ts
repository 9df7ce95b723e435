import { type CheckContext, type Finding, pass } from './row.js';

/** Row 3: a token is issued. Always a new one, since consent and revocation only show in those. @throws ProviderError */
export async function checkSignIn({ session }: CheckContext): Promise<Finding> {
  const token = await session.tokens.renew(session.target, session.signal);
  return pass(token.evidence);
}
