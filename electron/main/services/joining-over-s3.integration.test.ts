import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sampleTown } from '@shared/authority/sample-town.ts'
import { parseInvitation } from '@shared/enrol/invitation.ts'
import type { TargetChoice } from '@shared/ipc/contract/sync.ts'
import { createHybridClock } from '@shared/log/clock.ts'
import { startCephRgw, type CephRgw } from '../../../e2e/servers/ceph-rgw.ts'
import { openStorage, storageTargetOf } from '../cloud/open-storage.ts'
import { loopbackWire } from '../cloud/testing/loopback-wire.ts'
import type { StorageTarget } from '../ports.ts'
import { systemClock } from './node-host.ts'
import { choiceOf, publicWords } from './sync-target.ts'
import { clearAway, must, pin, sessionIn } from './testing/session-device.ts'

const ownPin = '夏の終わりの 4177'
const [admin = ''] = sampleTown.grants.filter((grant) => grant.collection === null && grant.role === 'admin').map((grant) => grant.person)
const colleague = sampleTown.people.find((p) => p.employment === 'regular' && p.id !== admin && sampleTown.grants.some((g) => g.person === p.id && g.collection !== null))?.id ?? ''
let ceph: CephRgw
let scratch: string
beforeAll(async () => {
  ceph = await startCephRgw()
  await ceph.makeBucket('joining')
  scratch = await mkdtemp(join(tmpdir(), 'fumibako-join-'))
}, 90_000)
afterAll(async () => {
  await clearAway()
  await ceph.stop()
  await rm(scratch, { recursive: true, force: true })
})

/** A machine whose storage is the bucket, `chosen` as the settings would have it or null as on a new one. */
function machine(name: string, chosen: TargetChoice | null) {
  const kept: { choice: TargetChoice | null } = { choice: chosen }
  const saved: Uint8Array[] = []
  const open = (choice: TargetChoice, workspace: string) => openStorage(storageTargetOf(choice, false), workspace, { fetch: loopbackWire, clock: systemClock })
  const session = sessionIn({ folder: join(scratch, name), clock: systemClock }, {
    printSheets: async () => new Uint8Array(1),
    dialog: { chooseFolder: async () => null, chooseFile: async (file) => `/chosen/${file}` },
    saveFile: async (_path, bytes) => saved.push(bytes) > 0,
    storages: {
      async placeOf(workspace) {
        const opened = kept.choice && open(kept.choice, workspace)
        return kept.choice && opened?.ok ? { storage: opened.value, target: publicWords(kept.choice) } : null
      },
      open(words: StorageTarget, workspace, access) {
        const choice = choiceOf(words, access)
        return choice ? open(choice, workspace) : { ok: false, error: { type: 'StorageAddressUnusable', retry: 'never' } }
      },
      async keep(words, access) {
        kept.choice = choiceOf(words, access)
      },
    },
  })
  return { session, saved, kept }
}

describe('3.2 joining over a bucket', () => {
  it('3.2 joins over S3 with the keys typed on the new machine; the invitation names the bucket and holds none of them', async () => {
    const chosen: TargetChoice = { kind: 's3', address: ceph.endpoint, bucket: 'joining', region: ceph.region, style: 'path', accessKey: ceph.accessKey, secretKey: ceph.secretKey }
    const hall = machine('hall', chosen)
    await must(hall.session.page.setup.createWorkspace({ kind: 'real', start: 'sample', townName: '', admin: { familyName: '', givenName: '', reading: '', positionTitle: '' }, second: null, seats: [admin], pin }))
    const status = await must(hall.session.page.session.status({}))
    await must(hall.session.page.session.unlock({ seat: status.state === 'locked' ? (status.seats[0]?.seat ?? '') : '', pin }))
    const vault = await must(hall.session.vault.vault.open({}))
    await must(hall.session.page.enrolment.invite({}))
    const invitation = hall.saved[0] ?? new Uint8Array()
    const { storage } = await must(Promise.resolve(parseInvitation(invitation)))
    expect(storage).toEqual({ kind: 's3', address: ceph.endpoint, bucket: 'joining', region: ceph.region, style: 'path' })
    for (const secret of [ceph.accessKey, ceph.secretKey]) expect(Buffer.from(invitation).includes(secret)).toBe(false)

    const fresh = machine('fresh', null)
    const asked = { invitation, name: '𠮷田 花子', pin: ownPin }
    expect(await fresh.session.page.join.begin({ ...asked, access: { user: ceph.accessKey, secret: 'not-it' } })).toMatchObject({ ok: false, error: { type: 'StorageRefused' } })
    expect(await fresh.session.page.join.begin({ ...asked, access: { user: '', secret: '' } })).toMatchObject({ ok: false, error: { type: 'StorageUnusable' } })
    const access = { user: ceph.accessKey, secret: ceph.secretKey }
    await must(fresh.session.page.join.begin({ ...asked, access }))
    const [request] = await must(hall.session.page.enrolment.pending({}))
    const { id = '', digest = '' } = request ?? {}
    await must(hall.session.vault.seats.approve({ id, digest, person: colleague, seq: 2, hlc: createHybridClock(systemClock).tick(), authority: { [vault.lane]: 1 } }))
    // The app was started anew meanwhile: what was typed is still there, sealed.
    const again = machine('fresh', null)
    expect(await must(again.session.page.join.look({ pin: ownPin }))).toBe('joined')
    expect(again.kept.choice).toEqual(chosen)
    for (const entry of await readdir(join(scratch, 'fresh'), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) expect((await readFile(join(entry.parentPath, entry.name))).includes(ceph.secretKey)).toBe(false)
    }
  })
})
