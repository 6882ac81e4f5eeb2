import { expect, it } from 'vitest'
import { isTrustedSender, isUnderOrigin, type Sender } from './trusted-sender.ts'

const origin = 'app://fumibako'
function fromFrame(url: string, parent: unknown = null): Sender {
  const frame = { url, parent }
  return { sender: { id: 7, mainFrame: frame }, senderFrame: frame }
}
const good = fromFrame('app://fumibako/index.html')

it('2.4 trusts the main frame of the one window at its own origin', () => {
  expect(isTrustedSender(good, origin, () => 7)).toBe(true)
})

it('2.4 4.8 refuses another window, a frame inside, another origin, a frame that is gone, a window that is not there', () => {
  expect(isTrustedSender(good, origin, () => 8)).toBe(false)
  expect(isTrustedSender(good, origin, () => null)).toBe(false)
  expect(isTrustedSender(good, 'app://consent', () => 7)).toBe(false)
  expect(isTrustedSender({ ...good, senderFrame: null }, origin, () => 7)).toBe(false)
  expect(isTrustedSender(fromFrame(`${origin}/`, {}), origin, () => 7)).toBe(false)
  expect(isTrustedSender({ ...good, senderFrame: { url: `${origin}/`, parent: null } }, origin, () => 7)).toBe(false)
})

it('2.4 compares origins whole', () => {
  for (const url of ['app://fumibako.evil/', 'app://fumibako:80/', 'app://x@fumibako/', 'https://fumibako/', 'about:blank', 'data:text/html,x', '', 'blob:app://fumibako/x']) {
    expect(isUnderOrigin(url, origin), url).toBe(false)
  }
  expect(isUnderOrigin('app://fumibako/any?x#y', origin)).toBe(true)
})
