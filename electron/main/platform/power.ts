// When the session must lock without being asked: nobody typed for a while, the screen was locked, the machine sleeps.
import { powerMonitor } from 'electron'
import type { SessionLock } from '../ports.ts'

const checkEveryMs = 5_000

/** Must run after the app is ready. The returned function ends the watch. */
export function watchPower(session: SessionLock): () => void {
  const onSuspend = (): void => void session.lock('suspend')
  const onScreen = (): void => void session.lock('screen')
  powerMonitor.on('suspend', onSuspend)
  powerMonitor.on('lock-screen', onScreen)
  powerMonitor.on('user-did-resign-active', onScreen)
  const timer = setInterval(() => {
    const minutes = session.idleMinutes()
    if (minutes !== null && powerMonitor.getSystemIdleTime() >= minutes * 60) void session.lock('idle')
  }, checkEveryMs)
  return () => {
    clearInterval(timer)
    powerMonitor.off('suspend', onSuspend)
    powerMonitor.off('lock-screen', onScreen)
    powerMonitor.off('user-did-resign-active', onScreen)
  }
}
