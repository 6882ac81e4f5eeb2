import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import type { ActOutcome } from './outcome.ts'
import { quickSizes } from './plan.ts'
import { reportLines } from './report-lines.ts'
import { runSync, type SyncResult } from './sync-bench.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const documents = 40
let result: SyncResult

beforeAll(async () => {
  const sizes = { ...quickSizes, documents, joplin: 0, rclone: documents, rclonePdf: 0, slow: 0, delayMs: 0, flat: [100, 3_000], machines: 3 }
  result = await runSync(root, { sizes, without: ['restic', 'joplin', 'pdf'], whole: false, minutes: 10 }, () => undefined)
})

function actsOf(contender: string, server: string): Readonly<Partial<Record<string, ActOutcome>>> {
  return result.cells.find((one) => one.contender === contender && one.server === server)?.acts ?? {}
}

describe('the bench of sync, short, over real servers behind the counting proxy', () => {
  it('3.16 over S3 everything is sent with five requests, a poll is one, an edit is two PUTs of at most 8 KiB, and another machine gets it all', () => {
    const { initial, noop, edit, second, follow } = actsOf('product', 's3')
    expect(initial).toMatchObject({ verbs: { GET: 2, PUT: 3 } })
    expect(noop).toMatchObject({ verbs: { GET: 1 } })
    expect(edit).toMatchObject({ verbs: { GET: 1, PUT: 2 } })
    expect((edit?.up ?? Infinity) + (edit?.down ?? Infinity)).toBeLessThanOrEqual(8 * 1024)
    expect(second).toMatchObject({ verbs: { GET: 3 } })
    expect(second?.down).toBeGreaterThan(documents * 2048)
    expect(follow).toMatchObject({ verbs: { GET: 3 } })
  })

  it('3.16 over WebDAV a poll is one request and costs the same, however many objects there are', () => {
    const polls = result.polls.filter(({ server, machines }) => server === 'webdav' && machines === 1)
    expect(polls.map(({ objects }) => objects)).toEqual([100, 3_000])
    expect(polls.map(({ poll }) => poll.requests)).toEqual([1, 1])
    // Apache marks the tag of what is younger than a second, and its address may be of other digits.
    expect(Math.abs((polls[1]?.poll.down ?? 0) - (polls[0]?.poll.down ?? 0))).toBeLessThan(16)
  })

  it('3.16 killed in the middle of an upload, a new process goes on by itself and everything arrives', () => {
    expect(result.resume?.killedAfter).toBeGreaterThan(documents * 1024)
    expect(result.resume?.goesOnAfterMs).toBeGreaterThan(0)
  })

  it('3.16 a peer is measured on the same server with the same documents, and the result says what it cost and what was not measured', () => {
    const { initial } = actsOf('rclone', 'webdav')
    expect(initial?.verbs['PUT']).toBe(documents)
    expect(initial?.up).toBeGreaterThan(documents * 2048)
    expect(result.ratios.find(({ act }) => act === 'initial')?.requests).toBeLessThan(0.5)
    expect(result.failed).toEqual([])
    expect(result.cost?.towns).toHaveLength(2)
    expect(reportLines(result).join('\n')).toContain('10,000 devices in 40 workspaces')
  })
})
