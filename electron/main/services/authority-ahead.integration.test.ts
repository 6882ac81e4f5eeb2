// The page may know more of collection zero than main has taken in: a round lays objects on the disk and the page hears of them first.
import { cp, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { takeObject } from '@shared/sync/take-object.ts'
import { createObjectStore } from './object-store.ts'
import { clearAway, commitRequest, device, founded, must, openVault, pin, seats, temporary } from './testing/session-device.ts'

afterEach(clearAway)

it('4.10 the gate takes in what lies on this disk before it says that the page is ahead of it, and says so of what lies nowhere', async () => {
  const here = await device()
  await founded(here.session)
  const folder = await temporary()
  await cp(here.folder, folder, { recursive: true })
  const there = await device({ folder })
  const [mine, theirs] = await seats(here.session)
  const sit = async ({ session }: typeof here, seat: string | undefined) => {
    await must(session.page.session.unlock({ seat: seat ?? '', pin }))
    return openVault(session)
  }
  const vault = await sit(here, mine?.seat)
  const other = await sit(there, theirs?.seat)
  expect(other.lane).not.toBe(vault.lane)
  const beside = await commitRequest(other, there.clock, 1, 'session.unlock', { session: other.session })
  await must(there.session.vault.journal.commit(beside.request))

  const own = await commitRequest(vault, here.clock, 2, 'session.unlock', { session: vault.session })
  const knowing = (seq: number) => here.session.vault.journal.commit({ ...own.request, authority: { [other.lane]: seq } })
  const ahead = { ok: false, error: { type: 'GateDenied', reasons: [{ code: 'authority-ahead' }] } }
  // On the other machine only.
  expect(await knowing(1)).toMatchObject(ahead)

  // A round brings it, and the page is faster with it than main.
  const [workspace = ''] = await readdir(join(folder, 'objects', 'z1'))
  const [from, to] = [folder, here.folder].map((at) => createObjectStore(join(at, 'objects', 'z1', workspace))) as [ReturnType<typeof createObjectStore>, ReturnType<typeof createObjectStore>]
  for (const name of await from.names()) await must(takeObject(to, { name, bytes: (await from.get(name)) as Uint8Array }))
  expect(await knowing(1)).toMatchObject({ ok: true })
})
