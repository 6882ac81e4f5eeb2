// What must hold in a simulated town, whatever happens to it; each by its number in the list of invariants.

import { equalBytes } from '../../base/bytes.ts'
import { decodeCbor } from '../../base/cbor.ts'
import { sha256Hex } from '../../crypto/hash.ts'
import { parseBeacon } from '../../log/beacon.ts'
import { beaconName, beaconPrefix, formatName, parcelName, parcelPrefix, removalPrefix, twinName } from '../../log/names.ts'
import { openIndex } from '../../log/parcel.ts'
import { parseEpochWraps } from '../../log/wraps.ts'
import type { RoundReport, SuspicionCode } from '../report.ts'
import { workspace } from './machine.ts'
import { tagOf } from './bad-storage.ts'
import type { Process, World } from './world.ts'

const wraps = 'k/coll/0'

/** R2 one writer for each beacon, one content for each parcel; I11 no reference before its target. */
export function watchPut(world: World, process: Process, name: string, bytes: Uint8Array): void {
  if (name.startsWith(beaconPrefix)) {
    const writer = world.writers.get(name) ?? process.device
    world.writers.set(name, writer)
    if (writer !== process.device) world.broken.add(`R2 two devices write ${name}`)
    for (const { sha256 } of parseBeacon(bytes)?.beacon.parcels ?? []) if (!world.taken.has(parcelName(sha256))) world.broken.add(`I11 ${name} names what no storage took`)
  }
  if (world.cleared.has(name)) world.broken.add(`I18 ${process.id} brings ${name} back`)
  const before = name.startsWith(parcelPrefix) ? world.taken.get(name) : undefined
  if (before && !equalBytes(before, bytes)) world.broken.add(`R2 a parcel with other bytes: ${name}`)
}

/** I18 nothing is cleared away but parcels that no beacon lists and whose objects lie in others that are listed, and what was written down of it. */
export function watchRemove(world: World, process: Process, name: string): void {
  const { storage, broken } = world
  const isPlan = name.startsWith(removalPrefix)
  storage.strike(isPlan ? 'F27 plan carried out' : `F27 cleared away ${world.isFree ? 'in peace' : world.isHonest ? 'in a race' : 'among lies'}`)
  if (isPlan) return
  if (!name.startsWith(parcelPrefix)) broken.add(`I18 ${process.id} removes ${name}, which is no parcel`)
  const listed = new Set([...storage.objects].flatMap(([at, bytes]) => (at.startsWith(beaconPrefix) ? (parseBeacon(bytes)?.beacon.parcels ?? []) : [])).map(({ sha256 }) => parcelName(sha256)))
  if (listed.has(name)) broken.add(`I18 ${process.id} removes ${name}, which is listed`)
  if (!world.isHonest) return
  if (world.isFree) world.cleared.add(name)
  const itemsOf = (one: string) => openIndex(workspace, storage.objects.get(one) ?? new Uint8Array())?.items ?? []
  const there = new Set([...listed].flatMap(itemsOf).map((item) => item.name))
  // What rotted there since names something that never was.
  const removed = openIndex(workspace, world.taken.get(name) ?? storage.objects.get(name) ?? new Uint8Array())?.items ?? []
  for (const item of removed) if (!there.has(item.name)) broken.add(`I18 ${process.id} removes the last ${item.name}`)
}

/** What a round begins with: how far this machine has read whom, what it is shown, and what it holds. */
export interface Floors {
  readonly serials: ReadonlyMap<string, number>
  readonly shown: ReadonlyMap<string, Uint8Array>
  readonly lies: number
  readonly names: ReadonlySet<string>
}

export function floorsOf(world: World, process: Process): Floors {
  return { serials: new Map(Object.entries(othersOf(process).read ?? {}).map(([publisher, { serial }]) => [publisher, serial])), shown: new Map(world.storage.shownTo(process.id)), lies: liesOf(world), names: new Set(process.disk.keys()) }
}

/** How far it has read whom, and which parcels of packs each list names. */
function othersOf({ notes }: Process): { readonly read?: Readonly<Record<string, { readonly serial: number; readonly tag: string | null; readonly content: readonly { readonly sha256: string }[] }>> } {
  return (decodeCbor(notes.get('others') ?? new Uint8Array()) as ReturnType<typeof othersOf> | null) ?? {}
}

/** Answers that were made up: by chance one of them may be the truth. */
function liesOf({ storage }: World): number {
  return [...storage.faults].filter(([fault]) => /^F(19|20|32|9|8)/.test(fault)).reduce((sum, [, times]) => sum + times, 0)
}

/** I9 nothing is removed; I12 what was put back is told in the very next round, and nothing is called complete. */
export function checkRound(world: World, process: Process, before: Floors, report: RoundReport, thorough: boolean): void {
  for (const name of before.names) if (!process.disk.has(name)) world.broken.add(`I9 ${process.id} removed ${name}`)
  const after = world.storage.shownTo(process.id)
  if (report.failure || world.profile.isCarried || world.profile.lyingTag > 0 || liesOf(world) !== before.lies) return
  for (const [publisher, serial] of before.serials) {
    const own = ownBeacon(process)?.publisher === publisher
    // A beacon that was replaced between the listing and its reading is noted under the older one's tag: put back to just that one, only a round that asks for all notices.
    const tag = thorough ? null : (othersOf(process).read?.[publisher]?.tag ?? null)
    if (tag !== null && [before.shown, after].some((shown) => tagOf(shown.get(beaconName(publisher)) ?? new Uint8Array()) === tag)) continue
    const older = [before.shown, after].every((shown) => (parseBeacon(shown.get(beaconName(publisher)) ?? new Uint8Array())?.beacon.serial ?? 0) < serial)
    if (!own && older && (report.suspicions.length === 0 || report.completeAt !== null)) world.broken.add(`I12 ${process.id} does not tell that ${publisher} was put back`)
  }
}

function ownBeacon(process: Process): { readonly publisher: string; readonly hash: string } | null {
  const self = decodeCbor(process.notes.get('self') ?? new Uint8Array()) as { readonly publisher?: string; readonly beacon?: Uint8Array | null } | null
  return self?.publisher && self.beacon ? { publisher: self.publisher, hash: sha256Hex(self.beacon) } : null
}

/** I13 nobody is suspected of an honest storage, whatever it loses of its answers. Copies of a profile are no false alarm. */
export function checkQuiet({ profile, processes, either, broken }: World): void {
  if (profile.name !== 'S3, strong' || processes.some(({ wasCopied }) => wasCopied)) return
  for (const { id, reports } of processes) {
    for (const { suspicions } of reports) for (const { code } of suspicions) if (code !== 'object-differs' || either.size === 0) broken.add(`I13 ${id} suspects ${code} of an honest storage`)
  }
}

/** I15 nothing was moved in its last round, and nothing is left to, but for what nobody can make again. */
export function atRest(world: World, process: Process): boolean {
  const report = process.reports.at(-1)
  const orphans = orphanParcels(world)
  return !!report && !report.failure && !asksInVain(world, process) && report.unsent === 0 && report.missing.every((sha256) => orphans.has(sha256)) && report.sent.bytes === 0 && report.received.objects === 0 && report.suspicions.every(isSettled)
}

/** It asked for content that another machine has, and did not get it whole: that is wanted now, and put again. */
function asksInVain({ saved, processes }: World, { byNeed, disk }: Process): boolean {
  return byNeed && [...saved.keys()].some((name) => name.startsWith('p/') && !disk.has(name) && processes.some((other) => other.disk.has(name)))
}

/**
 * Parcels that only publishers hold out whose notes are lost: they are told as missing for good, and their objects come another way.
 * Also what only a later list of such a publisher named, which the storage lost and nobody writes again, but somebody had read.
 */
function orphanParcels({ processes, storage }: World): ReadonlySet<string> {
  const alive = new Set(processes.flatMap((process) => ownBeacon(process)?.publisher ?? []))
  const beacons = [...storage.objects].flatMap(([name, bytes]) => (name.startsWith(beaconPrefix) ? (parseBeacon(bytes)?.beacon ?? []) : []))
  const held = new Set(beacons.filter(({ publisher }) => alive.has(publisher)).flatMap(({ parcels }) => parcels.map(({ sha256 }) => sha256)))
  const noted = processes.flatMap((process) => Object.entries(othersOf(process).read ?? {}).flatMap(([publisher, { content }]) => (alive.has(publisher) ? [] : content)))
  return new Set([...beacons.flatMap(({ parcels }) => parcels), ...noted].map(({ sha256 }) => sha256).filter((sha256) => !held.has(sha256)))
}

/** SY-63 what a list that is gone or older named goes out once that is certain: until then it is not over. */
function isSettled({ code, certain }: RoundReport['suspicions'][number]): boolean {
  return certain || (code !== 'beacon-missing' && code !== 'beacon-rolled-back')
}

export function checkEnd(world: World): void {
  const { processes, broken, storage } = world
  for (const process of processes) checkDisk(world, process)
  checkTwins(world)
  // I16 the round after the last, where nothing is wrong any more.
  for (const { id, reports } of processes) {
    const last = reports.at(-1)
    if (last && last.suspicions.every(({ code }) => isFact(code)) && last.missing.length === 0 && last.requests > 2) broken.add(`I16 ${id} asks ${last.requests} times when nothing is new`)
  }
  // A copy that wrote nothing since is nobody yet.
  const beacons = processes.flatMap((process) => ownBeacon(process) ?? [])
  const written = new Map(beacons.map(({ publisher, hash }) => [`${publisher} ${hash}`, publisher]))
  if (new Set(written.values()).size !== written.size) broken.add('R2 two machines write as one publisher')
  if (storage.objects.size > 0 && !storage.objects.has(formatName)) broken.add('the format is gone')
}

/** I1 nothing saved is lost; I2 all hold the same; nothing is doubled or made up. What a restored snapshot took with it is everywhere or nowhere. */
function checkDisk({ saved, people, atRisk, either, processes, broken }: World, { id, disk }: Process): void {
  for (const [name, bytes] of saved) {
    if (name.startsWith('x/')) continue
    const here = disk.get(name)
    const isGone = !here && atRisk.has(name) && !processes.some((other) => other.disk.has(name))
    if (!here && !isGone) broken.add(`I1 ${id} lacks ${name}`)
    else if (here && name !== wraps && ![bytes, ...(either.get(name) ?? [])].some((one) => equalBytes(here, one))) broken.add(`I2 ${id} has other bytes for ${name}`)
  }
  for (const name of disk.keys()) if (!saved.has(name) && !isBeside(name, either)) broken.add(`I1 ${id} has ${name}, which nobody wrote`)
  const here = recipients(disk)
  for (const person of people) if (!here.has(person) && !atRisk.has(person)) broken.add(`I1 ${id} lacks the wrap of ${person}`)
  for (const other of processes) if ([...recipients(other.disk)].some((person) => !here.has(person))) broken.add(`I2 ${id} and ${other.id} hold other wraps`)
}

function isBeside(name: string, either: World['either']): boolean {
  return [...either].some(([named, records]) => {
    const [, handle = '', lane = '', , seq = ''] = named.split('/')
    return records.some((bytes) => name === twinName(handle, lane, Number(seq), sha256Hex(bytes)))
  })
}

/** SY-14 of a number under which somebody signed several: each that is on any disk is on every disk, under the lane's name or beside it. */
function checkTwins({ either, processes, broken }: World): void {
  for (const [name, records] of either) {
    const [, handle = '', lane = '', , seq = ''] = name.split('/')
    for (const bytes of records) {
      const twin = twinName(handle, lane, Number(seq), sha256Hex(bytes))
      const holds = ({ disk }: Process): boolean => disk.has(twin) || (disk.has(name) && equalBytes(disk.get(name) as Uint8Array, bytes))
      if (processes.some(holds)) for (const process of processes) if (!holds(process)) broken.add(`I1 ${process.id} lacks ${twin}`)
    }
  }
}

/** What stays true and costs no request. */
function isFact(code: SuspicionCode): boolean {
  return ['beacon-forked', 'parcel-unreadable', 'object-refused', 'object-differs', 'profile-copied'].includes(code)
}

function recipients(disk: ReadonlyMap<string, Uint8Array>): ReadonlySet<string> {
  return new Set(Object.keys(parseEpochWraps(disk.get(wraps) ?? new Uint8Array()) ?? {}))
}
