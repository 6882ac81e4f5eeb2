// The steps that several journeys share, told through the screens: an office at one machine, drafting, deciding, filing, exporting.
// Assertions stay in the journeys.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import type { Host } from '../hosts/electron-host.ts'
import { ConsentScreen } from '../screens/consent-screen.ts'
import { DeskScreen } from '../screens/desk-screen.ts'
import { DocumentScreen, type ActName, type ActWords } from '../screens/document-screen.ts'
import { DraftingScreen, type CoverEntries } from '../screens/drafting-screen.ts'
import { ExportDialog } from '../screens/export-dialog.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { SettingsScreen } from '../screens/settings-screen.ts'
import { SetupScreen } from '../screens/setup-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'

/** People of the sample town, as their tiles read (the first one with a compatibility ideograph). */
export const people = {
  drafter: '\u{FA19}尾 翔太',
  chief: '𠮷田 恵子',
  manager: '\u{FA11}田 健',
  finance: '葛\u{E0100}城 さくら',
  viceMayor: '渡\u{9089} 直美',
  mayor: '\u{9AD9}橋 修一',
  dxClerk: '田中 美咲',
  dxHead: '佐藤 一郎',
  contractor: '小野 渉',
} as const

/** Those who draft and decide what a section manager may decide. */
export const section = [people.drafter, people.chief, people.manager] as const

export const pin = 'mountain-2026'

export interface Office {
  readonly host: Host
  readonly recoveryCodes: readonly string[]
}

/** A practice workspace of the sample town with a seat for each of these people, locked. */
export async function openOffice(host: Host, seats: readonly string[] = section): Promise<Office> {
  const page = await host.page()
  const recoveryCodes = await new SetupScreen(page).setUpPractice(seats, pin)
  return { host, recoveryCodes }
}

export async function sitDown(host: Host, name: string): Promise<DeskScreen> {
  const page = await host.page()
  await new UnlockScreen(page).unlock(name, pin)
  const desk = new DeskScreen(page)
  await desk.shown()
  return desk
}

/** Sits down and goes to 端末と信頼. */
export async function sitAtTrust(host: Host, name: string): Promise<TrustScreen> {
  await sitDown(host, name)
  return trustOf(host)
}

/** Sends and fetches by hand, and goes back to the desk. */
export async function syncNow(host: Host): Promise<void> {
  const frame = new FrameScreen(await host.page())
  await frame.goTo('設定')
  await new SettingsScreen(frame.page).syncNow()
  await frame.goTo('机')
}

/** 端末と信頼 of whoever sits there. */
export async function trustOf(host: Host): Promise<TrustScreen> {
  const page = await host.page()
  await new FrameScreen(page).goTo('端末と信頼')
  const trust = new TrustScreen(page)
  await trust.shown()
  return trust
}

export async function leave(host: Host): Promise<void> {
  await new FrameScreen(await host.page()).lock()
}

export interface DraftText {
  readonly title: string
  readonly cover?: CoverEntries
  readonly body: string
  /** Where it belongs, for people who may write in several places. */
  readonly collection?: string
  readonly attachments?: readonly string[]
}

/** What every draft of the sample town must say before it may go on its way. */
export function coverOf(title: string): CoverEntries {
  return {
    起案年月日: '令和8年10月1日',
    件名: title,
    伺い文: `${title}、次のとおり実施してよろしいか伺います。`,
    起案理由: '町民の利便を高め、冬期の安全を確保するため。',
    決裁区分: '丙（課長・室長）',
    分類: 'A-01-02',
    保存期間: '5年',
    公開区分: '公開',
    個人情報: '無',
  }
}

/** Writes a draft from the desk up to the moment before it is sent on its way. */
export async function writeDraft(host: Host, draft: DraftText): Promise<DraftingScreen> {
  const page = await host.page()
  await new DeskScreen(page).newDraft(draft.collection === undefined ? {} : { collection: draft.collection })
  const drafting = new DraftingScreen(page)
  await drafting.fillCover({ ...coverOf(draft.title), ...draft.cover })
  await drafting.typeBody(draft.body)
  if (draft.attachments && draft.attachments.length > 0) await drafting.attach(...draft.attachments)
  return drafting
}

/** Sits down, writes a draft, sends it on its way and leaves. */
export async function sendRound(host: Host, name: string, draft: DraftText): Promise<void> {
  await sitDown(host, name)
  await (await writeDraft(host, draft)).submit()
  await leave(host)
}

/** Opens the document from わたしの番 and does the act through the consent window. */
export async function decide(host: Host, title: string, act: ActName, words: ActWords = {}): Promise<DocumentScreen> {
  const page = await host.page()
  const desk = new DeskScreen(page)
  await desk.open('わたしの番', title)
  const document = new DocumentScreen(page)
  await document.start(act, words)
  await new ConsentScreen(await host.consentPage()).confirm(pin)
  return document
}

/** The section's chief and manager approve it, one after the other; the office is locked before and after. */
export async function decideByTwo(host: Host, title: string): Promise<void> {
  await sitDown(host, people.chief)
  await decide(host, title, '承認する')
  await leave(host)
  await sitDown(host, people.manager)
  await (await decide(host, title, '承認する')).waitForStage('決裁済み')
  await leave(host)
}

/** Goes on from an export dialog that a screen has opened; the folder of the package. */
export async function finishExport(host: Host, reason: string, word: string = pin): Promise<string> {
  const page = await host.page()
  const dialog = new ExportDialog(page)
  await dialog.start(reason)
  await new ConsentScreen(await host.consentPage()).confirm(word)
  const path = await dialog.result()
  await dialog.close()
  return path
}

/** What `fumibako verify` says of a package under its own root certificate, with its exit code. */
export function verifyPackage(folder: string, within = ''): { readonly code: number | null; readonly report: { readonly outcome: string; readonly [more: string]: unknown }; readonly words: string } {
  const run = (...more: readonly string[]) => spawnSync(process.execPath, [join(import.meta.dirname, '../../.out/cli/fumibako.mjs'), 'verify', join(folder, within), '--trust', join(folder, 'data/trust/root.pem'), ...more], { encoding: 'utf8' })
  const told = run('--json')
  return { code: told.status, report: JSON.parse(told.stdout), words: run().stdout }
}
