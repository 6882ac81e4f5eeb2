// What a token says, as lines for the check of the sign-in. Whether it is genuine is judged where it counts, by everybody (shared/identity).
import { contextsOf, readToken } from '@shared/identity/token.ts'

/** Empty without a token, or with one that cannot be read. */
export function tokenLines(text: string | null): string {
  const token = text === null ? null : readToken(text)
  if (token === null || typeof token === 'string') return ''
  return `at=${token.claims.iat * 1000}\ncontexts=${contextsOf(token.claims).map(encodeURIComponent).join(',')}`
}
