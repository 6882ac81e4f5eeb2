// A profile is copied; different people work in the two copies; their object folders are copied into each other with a plain file
// copy, no sync engine. Both then hold the same state. (One seat writing in both copies would be a clone, which is another matter.)
import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Host } from '../hosts/electron-host.ts'
import { expect, test } from '../hosts/test.ts'
import { FrameScreen } from '../screens/frame-screen.ts'
import { TrustScreen } from '../screens/trust-screen.ts'
import { openOffice, people, sitDown, writeDraft } from './steps.ts'

const mine = '融雪剤の購入について'
const theirs = '融雪剤の保管場所について'

interface State {
  readonly hash: string
  readonly setAside: string
  readonly found: readonly string[]
}

async function stateOf(host: Host): Promise<State> {
  const frame = new FrameScreen(await host.page())
  await frame.search('融雪剤')
  const found = [...(await frame.hits())].sort()
  await frame.goTo('端末と信頼')
  const facts = await new TrustScreen(await host.page()).facts()
  return { hash: facts['状態のハッシュ値'] ?? '', setAside: facts['受け入れなかった記録'] ?? '', found }
}

function copyObjects(from: string, to: string): void {
  execFileSync('cp', ['-a', '--no-clobber', `${join(from, 'objects')}/.`, join(to, 'objects')])
}

test('2.6f two profiles that exchange their object folders by plain copying converge to the same state hash', async ({ launchApp }) => {
  const first = await launchApp()
  await openOffice(first, [people.chief, people.manager])
  expect(await first.quit()).toBe(0)
  const { profile } = first
  const copy = `${profile}-copy`
  execFileSync('cp', ['-a', profile, copy])

  const work = async (at: string, person: string, title: string): Promise<State> => {
    const host = await launchApp({ profile: at })
    await sitDown(host, person)
    const drafting = await writeDraft(host, { title, body: `${title}、別紙のとおりとする。`, collection: '総務課の文書' })
    await drafting.submit()
    const state = await stateOf(host)
    expect(await host.quit()).toBe(0)
    return state
  }
  const left = await work(profile, people.chief, mine)
  const right = await work(copy, people.manager, theirs)
  expect([left.found, right.found]).toEqual([[mine], [theirs]])
  expect(left.hash).not.toBe(right.hash)

  copyObjects(profile, copy)
  copyObjects(copy, profile)
  const look = async (at: string, person: string): Promise<State> => {
    const host = await launchApp({ profile: at })
    await sitDown(host, person)
    const state = await stateOf(host)
    expect(await host.quit()).toBe(0)
    return state
  }
  const [one, other] = [await look(profile, people.chief), await look(copy, people.manager)]
  expect(one.found).toEqual([mine, theirs].sort())
  expect(one.setAside).toBe('0 件')
  expect(other).toEqual(one)
  expect(one.hash).not.toBe(left.hash)
})
