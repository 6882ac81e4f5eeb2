// A town without an identity provider: nobody is asked who somebody is.
import type { SessionDeps } from '../workspace-session.ts'

export const withoutSignIn: SessionDeps['signIn'] = {
  atUnlock: async () => 'ok',
  opened: async () => undefined,
  evidence: async () => null,
  closed: () => undefined,
}
