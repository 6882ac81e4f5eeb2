// A real Ceph RGW that lends by the tokens of a real provider: the town's accounts open the bucket, and no key of it lies anywhere.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nodeHost } from '../services/node-host.ts'
import { refreshSignIn } from '../sign-in/provider-client.ts'
import { borrow, stsOf, type RoleWorld } from './s3-role.ts'
import { plainAsk, startLentBucket, type LentBucket } from './testing/lent-bucket.ts'

const signal = new AbortController().signal
const bytes = new Uint8Array([1, 2, 3])
let bucket: LentBucket
beforeAll(async () => void (bucket = await startLentBucket()), 120_000)
afterAll(() => bucket.stop())
const signIn = (account: string) => bucket.signIn(account)
const machineWith = (...of: Parameters<LentBucket['machineWith']>) => bucket.machineWith(...of)

describe('4.3 the storage by the same sign-in', () => {
  it('4.3 whoever signed in with the town’s account reads and writes without any key of the storage, borrowed once for hours', async () => {
    const { text } = await signIn('yamada')
    const { storage, lent } = machineWith(async () => text)
    expect(await storage.put('b/0/aa', bytes, signal)).toMatchObject({ ok: true })
    expect(await storage.get('b/0/aa', signal)).toEqual({ ok: true, value: bytes })
    expect(await storage.list('b/0/', signal)).toMatchObject({ ok: true, value: [{ name: 'b/0/aa' }] })
    // A colleague with an account of their own reads it, puts it anew and takes it away.
    const colleague = await signIn('suzuki')
    const { storage: theirs } = machineWith(async () => colleague.text)
    expect(await theirs.get('b/0/aa', signal)).toEqual({ ok: true, value: bytes })
    expect(await theirs.put('b/0/aa', new Uint8Array([4]), signal)).toMatchObject({ ok: true })
    expect(await storage.get('b/0/aa', signal)).toEqual({ ok: true, value: new Uint8Array([4]) })
    expect(await theirs.remove('b/0/aa', signal)).toMatchObject({ ok: true })
    // Twelve hours are asked for, the hour that this role allows is given, and kept.
    expect(lent.length).toBeLessThanOrEqual(2)
  })

  it('4.3 without a sign-in, with a token of another application or one that was changed, nothing is lent, in words that say to sign in', async () => {
    const { text } = await signIn('yamada')
    const [head = '', body = '', signature = ''] = text.split('.')
    const other = Buffer.from(JSON.stringify({ ...(JSON.parse(Buffer.from(body, 'base64url').toString()) as object), sub: 'mayor' })).toString('base64url')
    for (const token of [null, 'no token', `${head}.${other}.${signature}`]) expect(await machineWith(async () => token).storage.list('b/0/', signal)).toEqual({ ok: false, error: { type: 'StorageSignInNeeded', retry: 'later' } })
    expect(await machineWith(async () => text, { arn: 'arn:aws:iam:::role/another' }).storage.list('b/0/', signal)).toMatchObject({ ok: false })
  })

  it('4.3 who was disabled gets no new token, and what was borrowed ends by itself', async () => {
    const held = await signIn('leaver')
    bucket.town.account('leaver').disabled = true
    expect(await refreshSignIn({ ask: plainAsk, host: nodeHost, now: Date.now }, bucket.town, held.refreshToken ?? '', AbortSignal.timeout(10_000))).toMatchObject({ kind: 'refused' })
    let now = Date.now()
    let token: string | null = held.text
    const { storage, lent } = machineWith(async () => token, { now: () => now })
    expect(await storage.list('b/0/', signal)).toMatchObject({ ok: true })
    token = null
    expect(await storage.list('b/0/', signal)).toMatchObject({ ok: true })
    const before = lent.length
    now += 56 * 60 * 1000
    expect(await storage.list('b/0/', signal)).toMatchObject({ ok: false, error: { type: 'StorageSignInNeeded' } })
    expect(lent.length).toBe(before)
  })

  it('4.3 what a lender answers that lends nothing usable is nonsense, and Amazon’s own stands at a host of its own', async () => {
    const answering = (body: string, status = 200): RoleWorld => ({ fetch: async () => new Response(body, { status, headers: { 'Content-Type': 'text/xml' } }), clock: { now: () => 0 }, patience: { silence: 1000, slowest: 1000 } })
    const result = (inner: string): string => `<AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>${inner}</Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`
    const good = '<AccessKeyId>A</AccessKeyId><SecretAccessKey>S</SecretAccessKey><SessionToken>T</SessionToken><Expiration>2026-11-29T16:49:42.818569205Z</Expiration>'
    const ask = (body: string, status?: number) => borrow(new URL('https://s3.example.jp'), 'w', { arn: 'r', token: async () => 't' }, answering(body, status)).credentials(signal)
    expect(await ask(result(good))).toEqual({ accessKey: 'A', secretKey: 'S', sessionToken: 'T' })
    for (const bad of ['', '<html>login</html>', result(good.replace('T<', '<')), result(good.replace('2026', 'year')), result(good.replace('S<', 'a b<'))]) await expect(ask(bad)).rejects.toMatchObject({ failure: { type: 'StorageNonsense' } })
    for (const [status, type] of [[403, 'StorageSignInNeeded'], [503, 'StorageBusy']] as const) await expect(ask('<Error/>', status)).rejects.toMatchObject({ failure: { type } })
    expect(['https://s3.example.jp', 'https://s3.ap-northeast-1.amazonaws.com', 'https://s3-us-west-2.amazonaws.com'].map((at) => stsOf(new URL(at)).href)).toEqual(['https://s3.example.jp/', 'https://sts.ap-northeast-1.amazonaws.com/', 'https://sts.us-west-2.amazonaws.com/'])
  })
})
