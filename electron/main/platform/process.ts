// What must be settled before Electron is ready: the profile's place, the sandbox, the scheme, one instance, no network for
// pages. It decides whether this process may run at all and says in one sentence why not.
import { isAbsolute, resolve } from 'node:path'
import { app } from 'electron'
import { registerAppScheme } from '../window/app-protocol.ts'

/** False: this process must not go on (it has said why, or another instance has been told). */
export function prepareProcess(): boolean {
  app.setName('fumibako')
  nameLocale()
  const profile = app.commandLine.getSwitchValue('user-data-dir')
  if (profile !== '') app.setPath('userData', profile)
  app.setPath('sessionData', app.getPath('userData'))
  if (!secureProcess()) return false
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
  app.commandLine.appendSwitch('disable-background-networking')
  app.commandLine.appendSwitch('force-webrtc-ip-handling-policy', 'disable_non_proxied_udp')
  registerAppScheme()
  // Without data of its own: with some strings in it Electron 33 never gets its answer. The arguments travel anyway.
  return app.requestSingleInstanceLock()
}

/**
 * Electron sets LC_ALL for a moment while its first D-Bus thread reads the environment. Where that name is new the C library moves the
 * environment to other memory and the thread goes on in what was freed (glibc before 2.41): a start that ends without a word. A name that
 * is there is overwritten in place, and an empty LC_ALL counts as none (POSIX.1 XBD 8.2).
 */
function nameLocale(): void {
  if (process.platform === 'linux') process.env['LC_ALL'] ??= ''
}

/** Root cannot have the sandbox: only a developer who says so goes on without. Nobody else can switch it off. */
function secureProcess(): boolean {
  if (process.getuid?.() !== 0) {
    app.enableSandbox()
    return true
  }
  if (!app.commandLine.hasSwitch('no-sandbox')) {
    process.stderr.write('fumibako: run it as an ordinary user; as root the sandbox cannot protect you (--no-sandbox to go on regardless)\n')
    app.exit(2)
    return false
  }
  process.stderr.write('fumibako: running as root without the sandbox, for development only\n')
  return true
}

/** The absolute path of a file of ours on the command line (file association) of a start in `folder`, or null. */
export function fileArgument(argv: readonly string[], folder: string): string | null {
  const named = argv.slice(1).findLast((argument) => !argument.startsWith('-') && argument.endsWith('.fumibako'))
  return named === undefined ? null : resolve(folder, named)
}

/** The folder that this machine's exports are fixed to, or null when people choose. */
export function exportFolder(): string | null {
  const folder = app.commandLine.getSwitchValue('export-folder')
  return isAbsolute(folder) ? folder : null
}
