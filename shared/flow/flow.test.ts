import { describe, expect, it } from 'vitest'
import { err, ok, type Failure, type Result } from '../base/result.ts'
import type { LogEvent } from '../log/event.ts'
import { decide, type DecidePorts } from './decide.ts'
import { attachFile, startDraft, submitDraft, type FreezePorts, type StartPorts, type Submission } from './draft.ts'
import { exportPackage, type ExportPorts } from './export.ts'
import { openVolume } from './file.ts'

/** Notes each step; the one named fails. */
function ports(failing: string | null = null) {
  const steps: string[] = []
  const step = <V>(name: string, value: V): Result<V, Failure> => {
    steps.push(name)
    return name === failing ? err({ type: 'Told', retry: 'later' }) : ok(value)
  }
  const blob = { sha256: 'f'.repeat(64), size: 1, chunks: [] }
  const event = (type: string): LogEvent => ({ v: 1, type, doc: 'd', deps: [], hlc: { ms: 1, n: 0 }, at: '2026-10-01T00:00:00.000Z', person: 'p', position: null, body: null, salt: new Uint8Array(16) })
  const writing: StartPorts<Failure> & FreezePorts<Failure> & DecidePorts<Failure> = {
    keepKey: async () => step('keep key', null),
    keepFile: async () => step('keep file', blob),
    commit: async (_collection, acts) => step(`commit ${acts.map(({ type }) => type).join(' ')}`, null),
    freezeBody: async () => step('freeze text', { bytes: new Uint8Array(), sha256: 'a'.repeat(64) }),
    pages: async () => step('pages', new Uint8Array()),
    build: async (_collection, acts) => step('build', acts.map(({ type }) => event(type))),
    buildAfter: async (_collection, _after, acts) => acts.map(({ type }) => event(type)),
    confirm: async ({ signature }) => step('confirm', { file: signature ? Uint8Array.of(1) : null }),
    commitBuilt: async (_collection, events) => step(`commit ${events.map(({ type }) => type).join(' ')}`, null),
  }
  const exporting: ExportPorts<Failure> = {
    confirm: async () => step('confirm', 'yes'),
    begin: async () => step('begin', { job: 'j' }),
    record: async () => step('record', null),
    files: async () => step('files', twoFiles()),
    put: async (_job, path) => step(`put ${path}`, null),
    finish: async () => step('finish', { path: '/out' }),
    cancel: async () => void steps.push('cancel'),
    stopped: () => (failing === 'stop' && steps.includes('put a') ? err({ type: 'Stopped', retry: 'never' }) : ok(null)),
  }
  return { steps, writing, exporting }
}

async function* twoFiles() {
  yield { path: 'a', chunks: [Uint8Array.of(1), Uint8Array.of(2)] }
  yield { path: 'b', chunks: [Uint8Array.of(3)] }
}

const draft = { doc: 'd', form: 't1', collection: 'c', position: 'p', cover: { title: '件名' }, body: null } as const
const submission: Submission = { doc: 'd', collection: 'c', position: 'p', n: 1, cover: {}, attachments: [], route: { decisionClass: 'hei', forcedBy: [], steps: [] } }
const file = { id: 'a', doc: 'd', collection: 'c', position: null, name: 'a', mediaType: 'text/plain', bytes: Uint8Array.of(1) } as const
const approval = { type: 'decision.approve', doc: 'd', position: 'p', body: {} } as const
const mark = { revision: 'r', step: '1', field: 'step-1', file: Uint8Array.of(1), previous: null } as const

describe('the verbs as steps', () => {
  it('2.6a draft: a reference is written after what it refers to', async () => {
    const { steps, writing } = ports()
    await startDraft(writing, draft)
    await attachFile(writing, file)
    await submitDraft(writing, submission)
    await openVolume(writing, { id: 'v', collection: 'c', position: 'p', body: {} as never })
    expect(steps).toEqual([
      'keep key', 'commit draft.create draft.cover',
      'keep file', 'commit draft.attach',
      'freeze text', 'pages', 'keep file', 'commit document.submit',
      'keep key', 'commit volume.create',
    ])
  })

  it('2.6a draft: nothing is written when something before it failed', async () => {
    for (const failing of ['keep key', 'keep file', 'freeze text', 'pages']) {
      const { steps, writing } = ports(failing)
      if (failing === 'keep key') await startDraft(writing, draft)
      else await submitDraft(writing, submission)
      expect(steps.at(-1)).toBe(failing)
    }
  })

  it('2.7 decide: built, confirmed, kept and only then written, the mark in the same segment', async () => {
    const { steps, writing } = ports()
    await decide(writing, { doc: 'd', collection: 'c', act: approval, pdf: Uint8Array.of(1), mark })
    expect(steps).toEqual(['build', 'confirm', 'keep file', 'commit decision.approve rendition.append'])
    const refusal = ports('confirm')
    expect((await decide(refusal.writing, { doc: 'd', collection: 'c', act: approval, pdf: Uint8Array.of(1), mark })).ok).toBe(false)
    expect(refusal.steps).toEqual(['build', 'confirm'])
    const plain = ports()
    await decide(plain.writing, { doc: 'd', collection: 'c', act: { ...approval, type: 'decision.return' }, pdf: Uint8Array.of(1), mark: null })
    expect(plain.steps).toEqual(['build', 'confirm', 'commit decision.return'])
  })

  it('2.13 export: the act is on record before the first file leaves, and whatever fails is taken back', async () => {
    const { steps, exporting } = ports()
    expect(await exportPackage(exporting)).toEqual(ok({ path: '/out' }))
    expect(steps).toEqual(['confirm', 'begin', 'record', 'files', 'put a', 'put b', 'finish'])
    for (const failing of ['record', 'files', 'put a', 'put b', 'stop']) {
      const broken = ports(failing)
      expect((await exportPackage(broken.exporting)).ok).toBe(false)
      expect(broken.steps.at(-1)).toBe('cancel')
      expect(broken.steps).not.toContain('finish')
    }
    const refused = ports('confirm')
    await exportPackage(refused.exporting)
    expect(refused.steps).toEqual(['confirm'])
  })
})
