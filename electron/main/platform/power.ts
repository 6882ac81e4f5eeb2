// When the session must lock without being asked: nobody typed for a while, the screen was locked, the machine sleeps.
import type { SessionLock } from '../ports.ts'

const checkEveryMs = 5_000

const events = { suspend: 'suspend', 'lock-screen': 'screen', 'user-did-resign-active': 'screen' } as const
type PowerEvent = keyof typeof events

/** What is watched: Electron's powerMonitor, as far as it is used. */
export interface PowerSource {
  on(event: PowerEvent, hear: () => void): unknown
  off(event: PowerEvent, hear: () => void): unknown
  /** Seconds without input. */
  getSystemIdleTime(): number
}

/** Must run after the app is ready. The returned function ends the watch. */
export function watchPower(session: SessionLock, source: PowerSource): () => void {
  const heard = Object.entries(events).map(([event, reason]) => ({ event: event as PowerEvent, lock: () => void session.lock(reason) }))
  for (const { event, lock } of heard) source.on(event, lock)
  const timer = setInterval(() => {
    const open = session.openSeat()
    // Whoever unlocked was there then, whatever the machine says of its keyboard (a remote desktop, a reader's tool).
    if (open && Math.min(source.getSystemIdleTime(), open.seconds) >= open.idleMinutes * 60) void session.lock('idle')
  }, checkEveryMs)
  return () => {
    clearInterval(timer)
    for (const { event, lock } of heard) source.off(event, lock)
  }
}

/** The machine woke up or was unlocked: whatever was measured before may be another by now. The returned function ends the watch. */
export function watchReturn(source: ReturnSource, act: () => void): () => void {
  for (const event of returns) source.on(event, act)
  return () => {
    for (const event of returns) source.off(event, act)
  }
}

const returns = ['resume', 'unlock-screen'] as const

export interface ReturnSource {
  on(event: (typeof returns)[number], hear: () => void): unknown
  off(event: (typeof returns)[number], hear: () => void): unknown
}
