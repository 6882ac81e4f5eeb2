// The session of this device: empty, locked or one open seat. Everything the page and the vault may ask that needs the seat's keys
// goes through here; locking drops every key. It decides nothing about documents.

import { inForce } from '@shared/base/in-force.ts'
import type { Clock } from '@shared/base/ports.ts'
import { bytesToBase32 } from '@shared/base/bytes.ts'
import { err, ok, type Result } from '@shared/base/result.ts'
import type { CryptoHost } from '@shared/crypto/ports.ts'
import type { Contract } from '@shared/ipc/contract.ts'
import type { LockReason, SeatLabel, SessionStatus } from '@shared/ipc/contract/session.ts'
import type { Handlers } from '@shared/ipc/define.ts'
import { silenceRule } from '@shared/authority/ask.ts'
import { mayReview } from '@shared/authority/review.ts'
import type { RenewRequest } from '@shared/ipc/contract/vault.ts'
import { jstDate } from '@shared/base/civil-date.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { collectionZero } from '@shared/log/names.ts'
import type { ActRule } from '@shared/posture/model.ts'
import type { KnownDevices, LostDevices } from '@shared/sync/ports.ts'
import type { SilenceRule } from '@shared/sync/silence.ts'
import type { ConsentDesk, DeviceState, KeyStore, SaveDialog, SessionLock, Storages, PaperPrinter } from '../ports.ts'
import { isLost } from './authority-replica.ts'
import { requestConsent } from './consent-service.ts'
import { createConsentTickets } from './consent-tickets.ts'
import type { Contact } from './contact.ts'
import { enrolSeat } from './enrol-seat.ts'
import { approve, pendingRequests, refuse, writeInvitation, type EnrolDeskDeps } from './enrol-desk.ts'
import { createExportService } from './export-service.ts'
import { createPaperService } from './paper-service.ts'
import type { ExportSink } from './export-sink.ts'
import { commitSegment, type GateDeps } from './gate.ts'
import { handOn, readerKeys } from './hand-on-epochs.ts'
import { createJoinService } from './join-service.ts'
import { publicKeyOfKept } from './kept-key.ts'
import type { ObjectStore } from './object-store.ts'
import { createKnownDevices } from './known-devices.ts'
import { createLostDevices } from './lost-devices.ts'
import { hasBeside } from './lane-twins.ts'
import { openInContact } from './open-in-contact.ts'
import { learnEpochKeys, newIncarnation, openSession, type OpenSession } from './open-session.ts'
import { checkPin } from './pin-check.ts'
import type { Profile, ProfileRecord } from './profile.ts'
import { renewEpochs } from './renew-epochs.ts'
import type { ReplacedNotes } from './replaced-notes.ts'
import { rehearseRules } from './rehearse-rules.ts'
import { renewSession } from './renew-session.ts'
import { reportLost } from './report-lost.ts'
import { recoverablePeople, recoverSeat } from './recovery-service.ts'
import { settleStorage, type SettleDeps } from './settle-storage.ts'
import { sealSeat, shortestPin } from './seat-file.ts'
import type { SignInService } from './sign-in-service.ts'
import { createWorkspace, samplePeople, type SetupDeps } from './setup-service.ts'
import { createVaultObjects, type VaultObjects } from './vault-objects.ts'
import { createVaultSnapshots, type VaultSnapshots } from './vault-snapshots.ts'

export interface SessionDeps extends Omit<SetupDeps, 'storeOf'> {
  readonly host: CryptoHost
  readonly clock: Clock
  readonly profile: Profile
  readonly device: DeviceState
  readonly keys: KeyStore
  readonly storeOf: (workspace: string) => ObjectStore
  readonly storages: Storages
  readonly signIn: Pick<SignInService, 'atUnlock' | 'opened' | 'closed' | 'evidence'>
  /** SY-37: the storage misleads this machine, and nobody has looked into it. */
  readonly isFrozen: () => boolean
  /** PO-50; `reach` tries to have one now. */
  readonly contact: Pick<Contact, 'last' | 'away'> & { readonly reach: () => Promise<void> }
  readonly storage: Pick<SettleDeps, 'doubts' | 'settle'>
  readonly replaced: ReplacedNotes
  /** SY-25: nothing says that a copy of this profile writes the lanes of its seats. */
  readonly isLaneSure: () => boolean
  /** SY-121: a device was called lost here; the storages are to hear it. */
  readonly tellLost: () => void
  readonly desk: ConsentDesk
  readonly dialog: SaveDialog
  readonly sink: ExportSink
  readonly paper: PaperPrinter
  readonly saveFile: (path: string, bytes: Uint8Array) => Promise<boolean>
  readonly changed: (status: SessionStatus, reason: LockReason | 'unlock' | 'setup') => void
}

export interface WorkspaceSession extends SessionLock {
  /** Keys of the devices that collection zero knew when a seat was last open here; kept while locked. */
  readonly devices: KnownDevices
  /** What is known of lost devices; kept while locked. */
  readonly lost: LostDevices
  /** SY-48 as collection zero says it; null while no seat is open. */
  silence(): SilenceRule | null
  /** Objects came from elsewhere: main's copy of collection zero takes in what is its own. */
  arrived(): Promise<void>
  /** SY-25: every seat of this device begins a new incarnation; whoever sits here is locked out. */
  renewLanes(): Promise<void>
  readonly page: Pick<Handlers<Contract, 'page'>, 'session' | 'setup' | 'join' | 'enrolment'>
  readonly vault: Omit<Handlers<Contract, 'vault'>, 'print' | 'content' | 'snapshots' | 'signIn'> & { readonly content: VaultObjects['pins']; readonly print: ReturnType<typeof createPaperService>; readonly snapshots: VaultSnapshots }
}

const idleMinutesWithoutPolicy = 10

const locked = err({ type: 'SessionLocked', retry: 'later' } as const)

export function createWorkspaceSession(deps: SessionDeps): WorkspaceSession {
  const { host, clock, profile } = deps
  let open: OpenSession | null = null
  let policyMinutes: number | null = null
  let openedAt = 0
  let silence: SilenceRule | null = null
  let commits: Promise<unknown> = Promise.resolve()
  const devices = createKnownDevices(profile)
  const lost = createLostDevices(host, profile)
  const learn = async (state: AuthorityState): Promise<void> => {
    await devices.learn(state)
    await lost.learn(state, jstDate(clock.now()))
  }
  const tickets = createConsentTickets(host.random)
  const exports = createExportService({ sink: deps.sink, dialog: deps.dialog, tickets, random: host.random, clock, newId: () => bytesToBase32(host.random.bytes(10)) })

  const status = async (): Promise<SessionStatus> => {
    const record = await profile.load()
    if (typeof record === 'string') return { state: record === 'changed' ? 'sealed' : 'empty', keystore: profile.keystore }
    const workspace = { kind: record.kind, townName: record.townName }
    const seats = record.seats.map(({ seat, name, positions, waitsUntil = 0 }): SeatLabel => ({ seat, name, positions, ...(waitsUntil > clock.now() ? { waitsUntil: new Date(waitsUntil).toISOString() } : {}) }))
    const own = open && seats.find((s) => s.seat === open?.seat)
    return own ? { state: 'unlocked', keystore: profile.keystore, workspace, seat: own } : { state: 'locked', keystore: profile.keystore, workspace, seats }
  }
  const lock = async (reason: LockReason): Promise<void> => {
    await commits
    if (!open) return
    open = null
    policyMinutes = null
    silence = null
    tickets.clear()
    deps.signIn.closed()
    await exports.cancelAll()
    deps.changed(await status(), reason)
  }
  const setupDeps: SetupDeps = deps
  const recoveryOf = (record: ProfileRecord) => ({ host, clock, profile, keys: deps.keys, store: deps.storeOf(record.workspace), issuer: deps.issuer, cost: deps.cost })
  const whenOpen = <I, V, E extends { readonly type: string; readonly retry: 'never' | 'later' | 'now' }>(work: (session: OpenSession, record: ProfileRecord, store: ObjectStore, input: I) => Promise<Result<V, E>>) => async (input: I): Promise<Result<V, E | { type: 'SessionLocked'; retry: 'later' }>> => {
    const record = await profile.load()
    if (!open || typeof record === 'string') return locked
    return work(open, record, deps.storeOf(record.workspace), input)
  }

  /** One segment of this device at a time: the lane's head must not move between gate and journal. */
  const inTurn = <I, O>(work: (input: I) => Promise<O>, input: I): Promise<O> => {
    const done = commits.then(() => work(input))
    commits = done.catch(() => null)
    return done
  }
  const gateOf = (record: ProfileRecord, store: ObjectStore): GateDeps => ({ host, clock, store, tickets, record, device: deps.device, isFrozen: deps.isFrozen, contact: deps.contact })
  /** AU-16 where an administrator sits, or an owner of a collection. */
  const handOnKeys = async (session: OpenSession, record: ProfileRecord): Promise<void> => {
    const state = await session.authority.state()
    const date = jstDate(clock.now())
    const mine = session.epochKeys.filter(({ collection }) => mayReview(state, session.person, collection === collectionZero ? null : collection, date))
    if (mine.length > 0) await handOn(deps.storeOf(record.workspace), record, mine, (collection) => readerKeys(state, collection, date))
  }
  /** What the policy of the day asks of this machine, from now on: at the unlocking, when one arrives and when one is written here. */
  const followPolicy = async ({ authority }: OpenSession): Promise<void> => {
    const policy = inForce((await authority.state()).policies.values(), jstDate(clock.now()))
    policyMinutes = policy?.idleLockMinutes ?? null
    deps.device.follow(policy)
  }
  const reading = createVaultObjects(whenOpen, deps)
  const joining = createJoinService(deps)
  const enrolDesk = async (record: ProfileRecord, store: ObjectStore): Promise<EnrolDeskDeps> => ({ ...gateOf(record, store), desk: deps.desk, issuer: deps.issuer, place: await deps.storages.placeOf(record.workspace), openSeat: (seat, pin) => seatForConsent(deps, seat, pin) })

  const renewLanes = async (): Promise<void> => {
    await lock('person')
    const record = await profile.load()
    if (typeof record !== 'string') await profile.save({ ...record, seats: record.seats.map((seat) => ({ ...seat, incarnation: newIncarnation(host) })) })
  }

  return {
    lock,
    devices,
    lost,
    silence: () => silence,
    async arrived() {
      if (!open) return
      await open.authority.catchUp()
      const state = await open.authority.state()
      await learn(state)
      // JU-32 a copy of this profile wrote in its lane: what follows there counts nowhere.
      if (await open.authority.isForked(open.lane)) return renewLanes()
      silence = silenceRule(state, open.certificate.body.device, jstDate(clock.now()))
      await followPolicy(open)
      // Somebody took this seat away: nobody goes on working on what would have no effect.
      if (state.removedSeats.has(open.seat)) return lock('person')
      const record = await profile.load()
      if (typeof record === 'string' || !open) return
      await learnEpochKeys({ host, store: deps.storeOf(record.workspace) }, record, open, jstDate(clock.now()))
      await handOnKeys(open, record)
    },
    renewLanes,
    openSeat: () => (open ? { idleMinutes: policyMinutes ?? idleMinutesWithoutPolicy, seconds: (clock.now() - openedAt) / 1000 } : null),
    page: {
      session: {
        status: async () => ok(await status()),
        rehearse: whenOpen(async (session, _record, store, { rules }: { readonly rules: readonly ActRule[] }) => ok(await rehearseRules({ host, clock, store }, session, rules))),
        async unlock({ seat, pin }) {
          const known = await profile.load()
          if (known === 'changed') return err({ type: 'KeystoreChanged', waitMs: 0, retry: 'never' })
          if (known === 'empty' || !known.seats.some((s) => s.seat === seat)) return err({ type: 'SeatMissing', waitMs: 0, retry: 'never' })
          await lock('person')
          const keys = await checkPin(host, clock, profile, seat, pin)
          if (!keys.ok) return keys
          if ((await deps.signIn.atUnlock(seat)) === 'refused') return err({ type: 'SignInEnded', waitMs: 0, retry: 'later' })
          const own = known.seats.find((s) => s.seat === seat)
          const isSure = deps.isLaneSure() && !(await hasBeside(deps.storeOf(known.workspace), `${seat}.${own?.incarnation ?? ''}`))
          const record = isSure ? known : { ...known, seats: known.seats.map((s) => (s.seat === seat ? { ...s, incarnation: newIncarnation(host) } : s)) }
          const openNow = () => openSession({ host, clock, device: deps.device, signIn: deps.signIn, keys: deps.keys, store: deps.storeOf(record.workspace), checkpoints: profile }, record, keys.value)
          const opened = await openInContact(deps.contact, openNow, jstDate(clock.now()))
          if (!opened.ok) return opened
          await profile.save({ ...record, seats: record.seats.map((s) => (s.seat === seat ? { ...s, sessions: s.sessions + 1 } : s)) })
          const { authority } = opened.value
          await followPolicy(opened.value)
          openedAt = clock.now()
          open = opened.value
          await learn(await authority.state())
          silence = silenceRule(await authority.state(), record.device.id, jstDate(clock.now()))
          await handOnKeys(opened.value, record)
          await deps.signIn.opened(seat, publicKeyOfKept(keys.value.signing))
          deps.changed(await status(), 'unlock')
          return ok(null)
        },
        async lock() {
          await lock('person')
          return ok(null)
        },
        async changePin({ current, next }) {
          if ([...next].length < shortestPin) return err({ type: 'PinTooShort', retry: 'now' })
          if (!open) return err({ type: 'BadInput', retry: 'never' })
          const keys = await checkPin(host, clock, profile, open.seat, current)
          if (!keys.ok) return keys.error.type === 'WrongPin' || keys.error.type === 'TryLater' ? err(keys.error) : err({ type: 'BadInput', retry: 'never' })
          await profile.writeSeat(open.seat, await sealSeat(host, keys.value, next, await profile.deviceSecret(), deps.cost))
          return ok(null)
        },
      },
      setup: {
        samplePeople: async () => ok(samplePeople(deps.sample, jstDate(clock.now()))),
        async createWorkspace(input) {
          const made = await createWorkspace(setupDeps, input)
          if (!made.ok) {
            if (made.error.type === 'DiskFull') await profile.forget()
            return made
          }
          deps.changed(await status(), 'setup')
          return ok(made.value.sheets)
        },
        async recoverPeople({ codes }) {
          const record = await profile.load()
          return typeof record === 'string' ? err({ type: 'WrongWorkspace', retry: 'never' }) : recoverablePeople(recoveryOf(record), record, codes)
        },
        async recover(input) {
          const record = await profile.load()
          if (typeof record === 'string') return err({ type: 'WrongWorkspace', retry: 'never' })
          const recovered = await recoverSeat(recoveryOf(record), record, input)
          if (!recovered.ok) return recovered
          deps.changed(await status(), 'setup')
          return ok(null)
        },
        async saveSheet({ pdf }) {
          const path = await deps.dialog.chooseFile('fumibako-recovery.pdf')
          if (path === null) return ok(null)
          return (await deps.saveFile(path, pdf)) ? ok({ path }) : err({ type: 'DiskFull', retry: 'later' })
        },
      },
      join: {
        read: async ({ invitation }) => joining.read(invitation),
        begin: (input) => joining.begin(input),
        status: async () => ok(await joining.status()),
        async look({ pin }) {
          const seen = await joining.look(pin)
          if (seen.ok && seen.value === 'joined') deps.changed(await status(), 'setup')
          return seen
        },
        async leave() {
          await joining.leave()
          return ok(null)
        },
      },
      enrolment: {
        pending: whenOpen(async (session, record, store) => pendingRequests(await enrolDesk(record, store), session)),
        refuse: whenOpen(async (session, record, store, { id }: { readonly id: string }) => refuse(await enrolDesk(record, store), session, id)),
        invite: whenOpen(async (session, record, store) => {
          const invitation = await writeInvitation(await enrolDesk(record, store), session)
          if (!invitation.ok) return invitation
          const path = await deps.dialog.chooseFile('fumibako-invitation.fumibako')
          if (path === null) return ok(null)
          return (await deps.saveFile(path, invitation.value)) ? ok({ path }) : err({ type: 'DiskFull', retry: 'later' })
        }),
      },
    },
    vault: {
      vault: reading.vault,
      objects: reading.objects,
      content: reading.pins,
      snapshots: createVaultSnapshots(whenOpen, clock),
      consent: { request: whenOpen((session, record, store, request) => requestConsent({ clock, keys: deps.keys, desk: deps.desk, tickets, record, isFrozen: deps.isFrozen, isLost: (place) => isLost(store, record.genesis, place), openSeat: (seat, pin) => seatForConsent(deps, seat, pin), renew: (keys) => renewSession({ host, clock, store, device: deps.device, signIn: deps.signIn, keys: deps.keys, profile }, session, keys) }, session, request)) },
      export: exports.handlers,
      print: createPaperService(deps.paper, tickets, () => open !== null),
      seats: {
        renewEpochs: whenOpen((session, record, store, asked: RenewRequest) => renewEpochs(gateOf(record, store), session, 'seat' in asked ? { seats: [asked.seat] } : asked)),
        reportLost: (request) => inTurn(whenOpen((session, record, store, input: typeof request) => reportLost({ ...gateOf(record, store), desk: deps.desk, openSeat: (seat, pin) => seatForConsent(deps, seat, pin), lost, tell: deps.tellLost }, session, input)), request),
        enrol: (request) => inTurn(whenOpen((session, record, store, input: typeof request) => enrolSeat({ ...gateOf(record, store), profile, keys: deps.keys, desk: deps.desk, issuer: deps.issuer, cost: deps.cost, openSeat: (seat, pin) => seatForConsent(deps, seat, pin) }, session, input)), request),
        settleStorage: (request) => inTurn(whenOpen((session, record, store, input: typeof request) => settleStorage({ ...gateOf(record, store), desk: deps.desk, openSeat: (seat, pin) => seatForConsent(deps, seat, pin), ...deps.storage }, session, input)), request),
        approve: (request) =>
          inTurn(
            whenOpen(async (session, record, store, input: typeof request) => {
              const approved = await approve(await enrolDesk(record, store), session, input)
              // What the new machine writes is to be believed from now on, not from the next unlock.
              if (approved.ok) await learn(await session.authority.state())
              return approved
            }),
            request,
          ),
      },
      journal: {
        ...reading.journal,
        commit: (request) =>
          inTurn(
            whenOpen(async (session, record, store, input: typeof request) => {
              const committed = await commitSegment(gateOf(record, store), session, input)
              if (committed.ok && input.collection === collectionZero) await followPolicy(session)
              // Whoever was just given a right gets the keys that go with it.
              if (committed.ok && input.acts.some(({ type }) => type === 'grant.put')) await handOnKeys(session, record)
              return committed
            }),
            request,
          ),
      },
    },
  }
}

async function seatForConsent(deps: SessionDeps, seat: string, pin: string) {
  const keys = await checkPin(deps.host, deps.clock, deps.profile, seat, pin)
  if (keys.ok) return keys
  const { error } = keys
  return err(error.type === 'WrongPin' || error.type === 'TryLater' ? error : ({ type: 'TryLater', waitMs: 0, retry: 'later' } as const))
}
