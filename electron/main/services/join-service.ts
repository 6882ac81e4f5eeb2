// The new machine's side of joining a workspace: it makes its keys, asks once, and waits. It believes nothing the storage says: the
// answer must open to its own seat, and collection zero, taken through the door, must begin with the genesis of the invitation, reach
// the floor and hold exactly its keys. Until then there is no profile; private keys never leave this machine.

import * as v from 'valibot'
import { positionsOf } from '@shared/authority/ask.ts'
import { bytesToBase32 } from '@shared/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import type { Clock } from '@shared/base/ports.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import { createKeyPair, pairOf } from '@shared/crypto/keys.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import { parseInvitation, type Invitation } from '@shared/enrol/invitation.ts'
import { createRequest, longestName, requestLifeMs } from '@shared/enrol/request.ts'
import { sixWords } from '@shared/enrol/six-words.ts'
import { storageAccess, type InvitationFailure, type InvitationLabel, type JoinFailure, type Joining, type StorageAccess } from '@shared/ipc/contract/enrol.ts'
import { enrolAnswerName, enrolRequestName } from '@shared/log/names.ts'

import { protectionLevels } from '@shared/posture/model.ts'
import type { KeyStore, Storages } from '../ports.ts'
import { fullName } from '@shared/authority/person-name.ts'
import { believe } from './believe-answer.ts'
import { isUnavailable, unlessUnavailable } from './kept-key.ts'
import type { ObjectStore } from './object-store.ts'
import { newIncarnation } from './open-session.ts'
import { checkPin } from './pin-check.ts'
import type { Profile } from './profile.ts'
import { sealSeat, shortestPin, type PinCost, type SeatKeys } from './seat-file.ts'

export interface JoinDeps {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly profile: Profile
  readonly keys: KeyStore
  readonly storeOf: (workspace: string) => ObjectStore
  readonly cost: PinCost
  readonly storages: Storages
}

export interface JoinService {
  read(invitation: Uint8Array): Result<InvitationLabel, InvitationFailure>
  begin(input: { readonly invitation: Uint8Array; readonly name: string; readonly pin: string; readonly access: StorageAccess }): Promise<Result<Joining, JoinFailure>>
  status(): Promise<Joining | null>
  look(pin: string | null): Promise<Result<'waiting' | 'joined', JoinFailure>>
  leave(): Promise<void>
}

const patienceMs = 60_000
const bytes = v.custom<Uint8Array>((value) => value instanceof Uint8Array)
const askedSchema = v.strictObject({
  v: v.literal(1),
  invitation: bytes,
  id: v.string(),
  digest: v.string(),
  body: v.strictObject({ device: v.strictObject({ id: v.string(), signingKey: bytes, level: v.picklist(protectionLevels) }), seat: v.strictObject({ id: v.string(), signingKey: bytes, exchangeKey: bytes }), name: v.string(), nonce: bytes, at: v.number() }),
  deviceKey: bytes,
  access: v.optional(storageAccess, { user: '', secret: '' }),
})
export type Asked = v.InferOutput<typeof askedSchema>

export function createJoinService(deps: JoinDeps): JoinService {
  const { host, clock, profile } = deps
  // The seat's keys of whoever asked, until the app ends: after that the PIN brings them back.
  let held: SeatKeys | null = null
  const labelOf = (invitation: Invitation): InvitationLabel => ({ townName: invitation.townName, kind: invitation.kind, storage: invitation.storage })
  const load = async (): Promise<{ readonly asked: Asked; readonly invitation: Invitation } | null> => {
    const parsed = v.safeParse(askedSchema, decodeCbor((await profile.readNote('joining')) ?? new Uint8Array()))
    const invitation = parsed.success ? parseInvitation(parsed.output.invitation) : null
    return parsed.success && invitation?.ok ? { asked: parsed.output, invitation: invitation.value } : null
  }
  /** Nobody belongs here yet, or nobody can any more: its profile opens no more, or it belongs to that very workspace and its own key works no more. Then it is enrolled anew, over the records it holds. */
  const isFree = async ({ workspace, genesis }: Invitation): Promise<boolean> => {
    const record = await profile.load()
    if (typeof record === 'string') return true
    return record.workspace === workspace && record.genesis === genesis && (await deps.keys.test(record.device.signing)) !== null
  }
  /** A request that came to nothing takes nothing with it that was here before. */
  const forget = async (): Promise<void> => ((await profile.load()) === 'empty' ? profile.forget() : profile.writeNote('joining', new Uint8Array()))
  const shown = (asked: Asked, invitation: Invitation): Joining => ({ ...labelOf(invitation), name: asked.body.name, at: asked.body.at, words: sixWords(invitation.workspace, invitation.genesis, asked.digest), asksPin: held?.seat !== asked.body.seat.id })

  return {
    read(file) {
      const invitation = parseInvitation(file)
      return invitation.ok ? ok(labelOf(invitation.value)) : invitation
    },
    async status() {
      const found = await load()
      return found && shown(found.asked, found.invitation)
    },
    async begin({ invitation: file, name, pin, access }) {
      const parsed = parseInvitation(file)
      if (!parsed.ok) return parsed
      const invitation = parsed.value
      if ([...pin].length < shortestPin) return err({ type: 'PinTooShort', retry: 'now' })
      if (name.trim() === '' || [...name].length > longestName) return err({ type: 'BadInput', retry: 'now' })
      if (invitation.kind === 'real' && profile.keystore === 'none') return err({ type: 'KeystoreMissing', retry: 'never' })
      if (!(await isFree(invitation))) return err({ type: 'WorkspaceExists', retry: 'never' })
      const opened = deps.storages.open(invitation.storage, invitation.workspace, access)
      if (!opened.ok) return err({ type: 'StorageUnusable', retry: 'now' })
      const storage = opened.value
      const newId = (): string => bytesToBase32(host.random.bytes(10))
      const [deviceKey, seatKey] = [await deps.keys.make(), await deps.keys.make()]
      if (!deviceKey.ok) return deviceKey
      if (!seatKey.ok) return seatKey
      const [device, signing, exchange] = [deviceKey.value, seatKey.value, createKeyPair(host)]
      const body = { device: { id: newId(), signingKey: device.publicKey, level: deps.keys.level }, seat: { id: newId(), signingKey: signing.publicKey, exchangeKey: exchange.publicKey }, name, nonce: host.random.bytes(16), at: clock.now() }
      const id = bytesToBase32(host.random.bytes(15))
      const { workspace, genesis } = invitation
      const request = await unlessUnavailable(() => createRequest(host, enrolRequestName(id), { workspace, genesis, ...body }, { device: device.signer, seat: signing.signer }, invitation.admins.map((a) => a.exchangeKey)))
      if (isUnavailable(request)) return err(request)
      const { object, digest } = request
      const keys = { seat: body.seat.id, workspace, signing: signing.kept, exchange: exchange.privateKey, viewKey: host.random.bytes(32), root: null }
      const asked: Asked = { v: 1, invitation: file, id, digest, body, deviceKey: device.kept, access }
      // What can open the answer is durable before anybody can answer.
      await profile.writeSeat(keys.seat, await sealSeat(host, keys, pin, await profile.deviceSecret(), deps.cost))
      await profile.writeNote('joining', encodeCbor(asked))
      const put = await storage.put(enrolRequestName(id), object, AbortSignal.timeout(patienceMs))
      if (!put.ok) {
        await forget()
        return put
      }
      held = keys
      return ok(shown(asked, invitation))
    },
    async look(pin) {
      const found = await load()
      if (!found) return err({ type: 'JoinExpired', retry: 'never' })
      const { asked, invitation } = found
      if (!(await isFree(invitation))) return err({ type: 'WorkspaceExists', retry: 'never' })
      const opened = deps.storages.open(invitation.storage, invitation.workspace, asked.access)
      if (!opened.ok) return err({ type: 'StorageUnusable', retry: 'never' })
      const storage = opened.value
      if (held?.seat !== asked.body.seat.id) {
        if (pin === null) return ok('waiting')
        const keys = await checkPin(host, clock, profile, asked.body.seat.id, pin)
        if (!keys.ok) return keys
        held = keys.value
      }
      const got = await storage.get(enrolAnswerName(asked.id), AbortSignal.timeout(patienceMs))
      if (!got.ok) return got
      if (!got.value) return clock.now() - asked.body.at > requestLifeMs ? err({ type: 'JoinExpired', retry: 'never' }) : ok('waiting')
      const store = deps.storeOf(invitation.workspace)
      const believed = await believe({ host, storage, store }, invitation, { request: { workspace: invitation.workspace, genesis: invitation.genesis, ...asked.body }, digest: asked.digest }, { name: enrolAnswerName(asked.id), object: got.value, seatKey: pairOf(held.exchange) })
      if (!believed.ok) return believed
      const { state, person } = believed.value
      const positions = positionsOf(state, person.id, jstDate(clock.now())).map((p) => p.title)
      const seat = { seat: asked.body.seat.id, person: person.id, name: fullName(person), positions, incarnation: newIncarnation(host), sessions: 0 }
      const townName = state.town?.name ?? invitation.townName
      await profile.save({ v: 1, workspace: invitation.workspace, genesis: invitation.genesis, kind: invitation.kind, townName, device: { id: asked.body.device.id, signing: asked.deviceKey }, rootCertificate: believed.value.rootCertificate, seats: [seat] })
      await deps.storages.keep(invitation.storage, asked.access)
      await profile.writeNote('joining', new Uint8Array())
      held = null
      // Letters between two machines are of no more use to anybody; a storage that keeps them keeps rubbish.
      for (const name of [enrolRequestName(asked.id), enrolAnswerName(asked.id)]) await storage.remove(name, AbortSignal.timeout(patienceMs))
      return ok('joined')
    },
    async leave() {
      const found = await load()
      if (!found || !(await isFree(found.invitation))) return
      // A request that stays behind is of no use to anybody: its keys are forgotten here.
      const opened = deps.storages.open(found.invitation.storage, found.invitation.workspace, found.asked.access)
      if (opened.ok) await opened.value.remove(enrolRequestName(found.asked.id), AbortSignal.timeout(patienceMs))
      held = null
      await forget()
    },
  }
}
