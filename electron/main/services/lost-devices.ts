// What this machine heard of lost devices: notices that administrators signed, kept and said on, also while it is locked. Whose word is
// an administrator's it knows from when a seat was last open here.

import * as v from 'valibot'
import { isAdmin } from '@shared/authority/ask.ts'
import type { AuthorityState } from '@shared/authority/reduce.ts'
import { equalBytes } from '@shared/base/bytes.ts'
import { decodeCbor, encodeCbor } from '@shared/base/cbor.ts'
import type { CryptoHost, PublicKey } from '@shared/crypto/ports.ts'
import { createVerify } from '@shared/crypto/sign.ts'
import { mostNotices, parseLostNotice, verifyLostNotice } from '@shared/log/lost-notice.ts'
import type { LostDevices } from '@shared/sync/ports.ts'
import type { Profile } from './profile.ts'

const bytes = v.instance(Uint8Array)
const schema = v.strictObject({ admins: v.record(v.string(), bytes), notices: v.array(bytes) })

/** Seat → its key, and the notices as they were signed. */
interface Known {
  readonly admins: Readonly<Record<string, PublicKey>>
  readonly notices: readonly Uint8Array[]
}

export interface LostDevicesHere extends LostDevices {
  /** Whose word counts from now on: the seats of administrators on that civil date. */
  learn(state: AuthorityState, date: string): Promise<void>
  /** One that was signed here. */
  say(notice: Uint8Array): Promise<void>
}

export function createLostDevices(host: CryptoHost, profile: Pick<Profile, 'load' | 'readNote' | 'writeNote'>): LostDevicesHere {
  const verify = createVerify(host)
  let known: Promise<Known> | null = null
  const load = async (): Promise<Known> => {
    const read = v.safeParse(schema, decodeCbor((await profile.readNote('lost')) ?? new Uint8Array()))
    return read.success ? read.output : { admins: {}, notices: [] }
  }
  const all = (): Promise<Known> => (known ??= load())
  const keep = async (next: Known): Promise<void> => {
    if (equalBytes(encodeCbor(await all()), encodeCbor(next))) return
    known = Promise.resolve(next)
    // A full disk loses what others say again with their next beacon.
    await profile.writeNote('lost', encodeCbor({ admins: { ...next.admins }, notices: [...next.notices] })).catch(() => undefined)
  }
  const add = async (notice: Uint8Array): Promise<void> => {
    const now = await all()
    const device = parseLostNotice(notice)?.notice.device
    if (now.notices.some((one) => parseLostNotice(one)?.notice.device === device)) return
    await keep({ ...now, notices: [...now.notices, notice].slice(-mostNotices) })
  }
  return {
    notices: async () => (await all()).notices,
    say: add,
    async heard(bytesOfNotice) {
      const signed = parseLostNotice(bytesOfNotice)
      const record = await profile.load()
      if (!signed || typeof record === 'string' || signed.notice.workspace !== record.workspace) return false
      const key: PublicKey | undefined = (await all()).admins[signed.notice.seat]
      if (!key || !(await verifyLostNotice(verify, signed, key))) return false
      if (signed.notice.device === record.device.id) return true
      await add(bytesOfNotice)
      return false
    },
    async learn(state, date) {
      const seats = [...state.seats.values()].filter((seat) => !state.removedSeats.has(seat.id) && isAdmin(state, seat.person, date))
      await keep({ ...(await all()), admins: Object.fromEntries(seats.map(({ id, signingKey }) => [id, signingKey])) })
    },
  }
}
