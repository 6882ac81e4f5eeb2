// The checks of sign-in: what one token must be, what it must fit, which keys and accounts are believed.

/** @type {readonly import('../mutants.mjs').MutatedFile[]} */
export const identityMutants = [
  {
    file: 'shared/identity/token.ts',
    tests: ['shared/identity/token.test.ts'],
    mutants: [
      ['a token that is too long', 'text.length > longestToken ? [] : ', ''],
      ['a token with more parts', 'parts.length !== 3 || ', ''],
      ['a token’s algorithm', "if (headJson['alg'] !== 'RS256' && headJson['alg'] !== 'ES256') return 'token-algorithm'", ''],
      ['an extension that must be understood', 'crit: v.optional(v.never()),', ''],
      ['a payload that is not encoded', 'b64: v.optional(v.never()),', ''],
      ['a token of another type', "typ: v.optional(v.pipe(v.string(), v.toUpperCase(), v.literal('JWT'))),", ''],
      ['the key’s kind that decides', 'if (alg !== algorithmOf[key.kty]) return false', '', 'WebCrypto refuses a key of another kind as well'],
      ['a token that says who else asked', 'if (azp !== undefined && azp !== clientId) return false', ''],
      ['a token for somebody else', 'audience.includes(clientId) && ', ''],
      ['a token for others too', ' && (audience.length === 1 || azp === clientId)', ''],
    ],
  },
  {
    file: 'shared/identity/sign-in.ts',
    tests: ['shared/identity/sign-in.test.ts'],
    mutants: [
      ['a provider that the town does not name', "if (!provider) return unknown('token-issuer')", 'if (!provider) return { facts: factsOf(original, refreshed), account: null, reasons: [] }'],
      ['a token for another seat', 'claims.nonce !== nonceOf(place, parsed.opening)', 'false'],
      ['everything about a refreshed token', ' ?? (refreshed && (faultOf(refreshed, provider.clientId, place) ?? continues(original, refreshed)))', ''],
      ['a refreshed token for somebody else', 'faultOf(refreshed, provider.clientId, place) ?? continues(original, refreshed)', 'continues(original, refreshed)'],
      ['a refreshed token that is of another sign-in', 'faultOf(refreshed, provider.clientId, place) ?? continues(original, refreshed)', 'faultOf(refreshed, provider.clientId, place)'],
      ['the signature of a refreshed token', 'refreshed ? [original, refreshed] : [original]', '[original]'],
      ['a key that is not confirmed', 'if (!keys.every((key) => isConfirmedKey(state, key, date)))', 'if (false)'],
      ['an account of two', "if (holder === 'contested') return unknown('account-contested', account)", "if (holder === 'contested') return { facts: factsOf(original, refreshed), account, reasons: [] }"],
      ['an account of another', 'if (holder.person !== place.person)', 'if (false)'],
      ['a token for another client', "if (!isFor(claims, clientId)) return 'token-audience'", ''],
      ['a token that ends before it begins', 'claims.exp <= claims.iat || ', ''],
      ['a proof from after the token', ' || (claims.auth_time ?? 0) * 1000 > claims.iat * 1000 + driftMs', ''],
      ['a token from after its session', "claims.iat * 1000 > notBefore + driftMs ? 'token-later' : null", 'null'],
      ['a refreshed token of another person', ' && next.sub === first.sub', ''],
      ['a refreshed token from before', ' && next.iat >= first.iat', ''],
      ['a refreshed token with another nonce', "says('nonce') && ", ''],
      ['a refreshed token of another proof', " && says('auth_time')", ''],
      ['a signature of a token', '(await verify(token, key))', 'true'],
    ],
  },
  {
    file: 'shared/authority/accounts.ts',
    tests: ['shared/authority/accounts.property.test.ts', 'shared/identity/sign-in.test.ts'],
    mutants: [
      ['another issuer', 'provider.issuer !== issuer || ', ''],
      ['a provider of another day', ' || !holdsOn(provider, date)', ''],
      ['a key of another name', ' && key.kid === kid', ''],
      ['a key that one person saw twice', 'other.person !== one.person && ', ''],
      ['a key that was seen at one device', ' && other.device !== one.device', ''],
      ['an account of two people', "people.size > 1 ? 'contested' : { person }", '{ person }'],
    ],
  },
]
