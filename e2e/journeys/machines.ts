// One office at two or three machines: each has a copy of the first one's profile from before any sync, and other people sit there.
// What several journeys need of them; assertions stay in the journeys.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Host, LaunchOptions } from '../hosts/electron-host.ts'
import type { CephRgw } from '../servers/ceph-rgw.ts'
import type { DavServer } from '../servers/dav-server.ts'
import { faults, type FaultProxy } from '../servers/fault-proxy.ts'
import { until } from '../servers/loopback.ts'
import { FrameScreen, type PlaceName } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { openOffice, sitDown } from './steps.ts'

export const complete = /この端末に保存済み・送信済み・\d\d:\d\d 現在で記録は全件そろっています/
export const cutOff = /この端末に保存済み・町の保管庫に届きません（未送信 [1-9]\d* 件）/

export type Launch = (options?: LaunchOptions) => Promise<Host>

export interface Machines<Sitting extends readonly string[]> {
  /** One machine for each who sits, in that order. All their profiles lie in one folder: quit all before a test ends. */
  readonly machines: { readonly [At in keyof Sitting]: Host }
  /** The folder around the profiles, where journeys put shares and sticks. */
  readonly around: string
}

/** An office with seats for those who sit, each at a machine of their own with the seat open, and for those who come later. */
export async function openMachines<const Sitting extends readonly string[]>(launch: Launch, sitting: Sitting, later: readonly string[] = []): Promise<Machines<Sitting>> {
  const founding = await launch()
  await openOffice(founding, [...sitting, ...later])
  await founding.quit()
  const profiles = sitting.map((_, at) => (at === 0 ? founding.profile : `${founding.profile}-copy-${at}`))
  for (const copy of profiles.slice(1)) execFileSync('cp', ['-a', founding.profile, copy])
  const machines: Host[] = []
  for (const [at, person] of sitting.entries()) {
    const machine = await launch({ profile: profiles[at] ?? founding.profile })
    await sitDown(machine, person)
    machines.push(machine)
  }
  return { machines: machines as unknown as Machines<Sitting>['machines'], around: dirname(founding.profile) }
}

/** An empty folder that every machine may write into; nobody uses it yet. */
export function makeShare(around: string, name = 'share'): string {
  const share = join(around, name)
  mkdirSync(share, { recursive: true })
  chmodSync(share, 0o777)
  return share
}

/** Chooses the folder at a machine where somebody sits, and waits until everything is there. */
export async function chooseFolder(host: Host, folder: string): Promise<void> {
  const page = await host.page()
  const frame = new FrameScreen(page)
  await frame.goTo('設定')
  await new SettingsScreen(page).chooseFolder(folder)
  await frame.waitForStatus(complete)
  await frame.goTo('机')
}

/** Chooses a bucket of this service at a machine where somebody sits, reached at this address, and waits until everything is there. */
export async function chooseBucket(host: Host, { region, accessKey, secretKey }: CephRgw, bucket: string, address: string): Promise<void> {
  await chooseServer(host, 'S3 互換', { 'S3 のアドレス': address, バケット: bucket, リージョン: region, アクセスキー: accessKey, シークレットキー: secretKey }, address)
}

/** Chooses a WebDAV folder at a machine where somebody sits, reached at this address, and waits until everything is there. */
export async function chooseDav(host: Host, { user, password }: DavServer, address: string): Promise<void> {
  await chooseServer(host, 'WebDAV', { 'WebDAV のアドレス': address, 利用者名: user, パスワード: password }, address)
}

async function chooseServer(host: Host, kind: Parameters<SettingsScreen['enterStorage']>[0], fields: Readonly<Record<string, string>>, address: string): Promise<void> {
  const page = await host.page()
  const [frame, settings] = [new FrameScreen(page), new SettingsScreen(page)]
  await frame.goTo('設定')
  await settings.enterStorage(kind, fields)
  await settings.setStorage(address)
  await frame.waitForStatus(complete)
  await frame.goTo('机')
}

/** Machines as `openMachines`, over one folder that all have chosen. */
export async function machinesOverFolder<const Sitting extends readonly string[]>(launch: Launch, sitting: Sitting, later: readonly string[] = []): Promise<Machines<Sitting> & { readonly share: string }> {
  const opened = await openMachines(launch, sitting, later)
  const share = makeShare(opened.around)
  for (const machine of opened.machines) await chooseFolder(machine, share)
  return { ...opened, share }
}

/** Sends and fetches at each machine in turn, so that each has what all the ones before it had; ends at a place. */
export async function exchange(hosts: readonly Host[], place: PlaceName = '机'): Promise<void> {
  for (const host of hosts) {
    const page = await host.page()
    const frame = new FrameScreen(page)
    await frame.goTo('設定')
    await new SettingsScreen(page).syncNow()
    await frame.waitForStatus(complete)
    await frame.goTo(place)
  }
}

/** Sends and fetches until every fault was met and all was sent in spite of them; then the line is well again and the rest comes. */
export async function throughEveryFault(host: Host, line: FaultProxy): Promise<void> {
  const page = await host.page()
  const [frame, settings] = [new FrameScreen(page), new SettingsScreen(page)]
  await frame.goTo('設定')
  line.misbehave(faults, 2 * faults.length)
  await until(async () => {
    await settings.syncNow()
    return /送信済み|未送信 0 件/.test(await frame.status()) && Object.values(line.met()).every((times) => times > 0)
  }, 150_000, 'what is sent through a failing line')
  line.calm()
  await exchange([host])
}

/** The hash over everything that counts here, as the screen shows it; equal hashes, equal towns. */
export async function stateHash(host: Host): Promise<string> {
  const page = await host.page()
  await new FrameScreen(page).goTo('端末と信頼')
  return new TrustScreen(page).stateHash()
}

/** One for each way in which the machines differ: one alone where all have the same. */
export async function stateHashes(hosts: readonly Host[]): Promise<ReadonlySet<string>> {
  const hashes = new Set<string>()
  for (const host of hosts) hashes.add(await stateHash(host))
  return hashes
}

/** The folder is gone until the function given is called. */
export function cutOffFrom(share: string): () => void {
  const away = `${share}-away`
  renameSync(share, away)
  return () => renameSync(away, share)
}
