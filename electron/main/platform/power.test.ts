import { EventEmitter } from 'node:events'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { LockReason } from '@shared/ipc/contract/session.ts'
import { watchPower, watchReturn } from './power.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** A machine whose events and idle time the test decides, and a session that notes why it was locked. */
function machine(minutes: number | null) {
  const power = Object.assign(new EventEmitter(), { seconds: 0, open: 86_400, getSystemIdleTime: (): number => power.seconds })
  const locked: LockReason[] = []
  const end = watchPower({ openSeat: () => (minutes === null ? null : { idleMinutes: minutes, seconds: power.open }), lock: async (reason) => void locked.push(reason) }, power)
  return { power, locked, end }
}

it('2.8 locks when the machine goes to sleep, its screen is locked or another user takes over', () => {
  const { power, locked } = machine(10)
  for (const event of ['suspend', 'lock-screen', 'user-did-resign-active']) power.emit(event)
  expect(locked).toEqual(['suspend', 'screen', 'screen'])
})

it('2.8 locks when nobody touched the machine for the minutes of the policy, not before', () => {
  const { power, locked } = machine(10)
  power.seconds = 599
  vi.advanceTimersByTime(60_000)
  expect(locked).toEqual([])
  power.seconds = 600
  vi.advanceTimersByTime(5_000)
  expect(locked).toEqual(['idle'])
})

it('2.8 does not lock a seat that was opened a moment ago, however long the machine has seen no keyboard', () => {
  const { power, locked } = machine(10)
  power.seconds = 86_400
  power.open = 599
  vi.advanceTimersByTime(60_000)
  expect(locked).toEqual([])
  power.open = 600
  vi.advanceTimersByTime(5_000)
  expect(locked).toEqual(['idle'])
})

it('2.8 has nothing to lock while no seat is open', () => {
  const { power, locked } = machine(null)
  power.seconds = 86_400
  vi.advanceTimersByTime(60_000)
  expect(locked).toEqual([])
})

it('ends its watch when the app quits', () => {
  const { power, locked, end } = machine(10)
  end()
  power.seconds = 86_400
  power.emit('suspend')
  vi.advanceTimersByTime(60_000)
  expect(locked).toEqual([])
})

it('4.5 looks at the device again when the machine wakes up or is unlocked', () => {
  const { power } = machine(null)
  let looks = 0
  const end = watchReturn(power, () => (looks += 1))
  power.emit('resume')
  power.emit('unlock-screen')
  end()
  power.emit('resume')
  expect(looks).toBe(2)
})
