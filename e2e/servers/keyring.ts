// A private session bus with an unlocked GNOME keyring, for one account. The keyring's file lives in the account's home,
// so what was stored survives until the account is removed. Never touches the bus or keyring of whoever runs the tests.
import type { Account } from '../hosts/account.ts'
import { holdProcess, type HeldProcess } from '../hosts/child-process.ts'
import { until } from './loopback.ts'

export interface Keyring {
  /** What a program needs to find it. */
  readonly env: Readonly<Record<string, string>>
  stop(): Promise<void>
}

const busName = 'org.freedesktop.secrets'
const patience = 10_000
const password = 'keyring of a test account'

export async function startKeyring(account: Account): Promise<Keyring> {
  const held: HeldProcess[] = []
  const start = (command: readonly string[], env: Readonly<Record<string, string>>, input?: string): HeldProcess => {
    const started = holdProcess([...account.become, ...command], { ...account.env, ...env }, input)
    held.unshift(started)
    return started
  }
  const isUnlocked = async (env: Readonly<Record<string, string>>): Promise<boolean> => {
    const asked = start(['dbus-send', '--session', '--print-reply', `--dest=${busName}`, '/org/freedesktop/secrets/aliases/default', 'org.freedesktop.DBus.Properties.Get', 'string:org.freedesktop.Secret.Collection', 'string:Locked'], env)
    return (await asked.ended) === 0 && /boolean false/.test(asked.logs())
  }
  const stop = async (): Promise<void> => {
    for (const one of held) await one.kill()
  }
  try {
    // Its socket goes with the account; by itself it would leave one in /tmp.
    const bus = start(['dbus-daemon', '--session', `--address=unix:dir=${account.env['XDG_RUNTIME_DIR'] ?? ''}`, '--nofork', '--nopidfile', '--print-address=1'], {})
    const [, address = ''] = await bus.waitFor(/^(unix:\S+)/m, patience)
    const env = { XDG_CURRENT_DESKTOP: 'GNOME', DBUS_SESSION_BUS_ADDRESS: address }
    // In the foreground the daemon says nothing: the bus tells when it answers to its name.
    const monitor = start(['dbus-monitor', '--session', `type='signal',member='NameOwnerChanged',arg0='${busName}'`], env)
    await monitor.waitFor(/NameAcquired/, patience)
    start(['gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets'], env, password)
    await monitor.waitFor(/NameOwnerChanged/, patience)
    await monitor.kill()
    // It takes its name before it answers to it: whoever asks in between finds no keystore.
    await until(() => isUnlocked(env), patience, 'the unlocked keyring')
    return { env, stop }
  } catch (error) {
    await stop()
    throw error
  }
}
