// First run: founds a workspace on this device from the sample town or from one town and its first administrator, writes its
// objects, seals the seats under their PINs and prints the recovery sheets, which are shown once and kept nowhere.

import { blankTown } from '@shared/authority/blank-town.ts'
import type { TownData } from '@shared/authority/model.ts'
import { holdsOn } from '@shared/base/in-force.ts'
import type { Clock } from '@shared/base/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import type { CryptoHost, MadeKey } from '@shared/crypto/ports.ts'
import { recoveryShareToCode, splitRecoverySeed } from '@shared/crypto/recovery-shares.ts'
import { found, type CertificateIssuer, type Founded } from '@shared/flow/found.ts'
import type { PersonLabel, RecoverySheets, SetupFailure, SetupInput } from '@shared/ipc/contract/session.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import type { KeyStore } from '../ports.ts'
import { fullName } from '@shared/authority/person-name.ts'
import type { ObjectStore } from './object-store.ts'
import type { Profile, ProfileRecord } from './profile.ts'
import { sealSeat, shortestPin, type PinCost } from './seat-file.ts'

export interface SetupDeps {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly profile: Profile
  readonly keys: KeyStore
  readonly storeOf: (workspace: string) => ObjectStore
  readonly issuer: CertificateIssuer
  readonly sample: TownData
  readonly cost: PinCost
  /** Renders the recovery sheets to a PDF. */
  readonly printSheets: (sheets: { readonly codes: readonly string[]; readonly townName: string; readonly kind: 'practice' | 'real'; readonly date: string }) => Promise<Uint8Array>
}

/** The person of a blank town who chose a PIN of their own. */
const secondAdmin = 'person-2'

/** People of the sample town who can work from the first day: they hold a position and are nobody's contractor. */
export function samplePeople(sample: TownData, date: string): readonly PersonLabel[] {
  return sample.people.map((person) => ({ person: person.id, name: fullName(person), positions: positionTitles(sample, person.id, date) }))
}

export async function createWorkspace(deps: SetupDeps, input: SetupInput): Promise<Result<{ readonly record: ProfileRecord; readonly sheets: RecoverySheets }, SetupFailure>> {
  const pins = input.second === null ? [input.pin] : [input.pin, input.second.pin]
  if (pins.some((typed) => [...typed].length < shortestPin)) return err({ type: 'PinTooShort', retry: 'now' })
  if (input.kind === 'real' && deps.profile.keystore === 'none') return err({ type: 'KeystoreMissing', retry: 'never' })
  if ((await deps.profile.load()) !== 'empty') return err({ type: 'WorkspaceExists', retry: 'never' })
  const date = jstDate(deps.clock.now())
  const plan = planOf(deps.sample, input, date)
  if (!plan) return err({ type: 'BadInput', retry: 'now' })
  const keys: MadeKey[] = []
  for (let left = plan.seats.length + 1; left > 0; left--) {
    const made = await deps.keys.make()
    if (!made.ok) return made
    keys.push(made.value)
  }
  const founded = await found(deps.host, deps.clock, deps.issuer, { kind: input.kind, level: deps.keys.level, ...plan }, async () => keys.shift() as MadeKey)
  const store = deps.storeOf(founded.workspace)
  for (const { name, bytes } of founded.objects) {
    const written = await store.replace(name, bytes)
    if (!written.ok) return err({ type: 'DiskFull', retry: 'later' })
  }
  const record = recordOf(founded, input.kind, plan.town, date)
  const secret = await deps.profile.deviceSecret()
  const admins = new Set(plan.town.grants.filter((grant) => grant.collection === null && grant.role === 'admin').map((grant) => grant.person))
  for (const seat of founded.seats) {
    const root = admins.has(seat.person) ? founded.root.privateKey : null
    const sealed = { seat: seat.seat, workspace: founded.workspace, signing: seat.signing.kept, exchange: seat.exchange.privateKey, viewKey: deps.host.random.bytes(32), root }
    await deps.profile.writeSeat(seat.seat, await sealSeat(deps.host, sealed, seat.person === secondAdmin ? (input.second?.pin ?? '') : input.pin, secret, deps.cost))
  }
  await deps.profile.save(record)
  const codes = splitRecoverySeed(deps.host.random, founded.recoverySeed).map(recoveryShareToCode)
  const pdf = await deps.printSheets({ codes, townName: plan.town.town.name, kind: input.kind, date })
  return ok({ record, sheets: { codes, pdf } })
}

function planOf(sample: TownData, input: SetupInput, date: string): { town: TownData; admin: string; seats: readonly string[] } | null {
  if (input.start === 'blank') {
    const admins = input.second === null ? ([input.admin] as const) : ([input.admin, input.second] as const)
    if ([input.townName, ...admins.flatMap((admin) => [admin.familyName, admin.positionTitle])].some((text) => text.trim() === '')) return null
    const reviewBy = new Date(Date.parse(`${date}T00:00:00Z`) + 180 * 86_400_000).toISOString().slice(0, 10)
    const town = blankTown(sample, { townName: input.townName, admins, date, reviewBy })
    return { town, admin: 'person-1', seats: town.people.map((person) => person.id) }
  }
  const admin = sample.grants.find((g) => g.collection === null && g.role === 'admin')?.person
  const known = input.seats.every((id) => sample.people.some((p) => p.id === id))
  return admin && known ? { town: sample, admin, seats: [...new Set([admin, ...input.seats])] } : null
}

function recordOf(founded: Founded, kind: 'practice' | 'real', town: TownData, date: string): ProfileRecord {
  return {
    v: 1,
    workspace: founded.workspace,
    genesis: founded.genesis,
    kind,
    townName: town.town.name,
    device: { id: founded.device.id, signing: founded.device.signing.kept },
    rootCertificate: founded.rootCertificate,
    seats: founded.seats.map(({ seat, person, incarnation }) => {
      const found = town.people.find((p) => p.id === person)
      return { seat, person, incarnation, sessions: 0, name: found ? fullName(found) : '', positions: [...positionTitles(town, person, date)] }
    }),
  }
}

function positionTitles(town: TownData, person: string, date: string): readonly string[] {
  const held = town.appointments.filter((a) => a.person === person && holdsOn(a, date))
  return held.flatMap((a) => town.positions.find((p) => p.id === a.position)?.title ?? [])
}
