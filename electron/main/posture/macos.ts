// The sources of the checks on macOS: which programs, exactly, without an administrator's rights. Not run on a Mac yet.

import type { Machine, Source, Sources } from './ports.ts'

const xprotect = '/Library/Apple/System/Library/CoreServices/XProtect.bundle/Contents/Resources/XProtect.plist'

export function macosSources(machine: Machine): Sources {
  const program = (name: string, ...args: readonly string[]): Source => ({ from: [name, ...args].join(' '), read: () => machine.run(name, args) })
  const person = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,63}$/.test(machine.env('USER')) ? machine.env('USER') : 'nobody'
  return {
    filevault: program('/usr/bin/fdesetup', 'status'),
    csrutil: program('/usr/bin/csrutil', 'status'),
    bridge: program('/usr/sbin/system_profiler', 'SPiBridgeDataType', '-json'),
    'sw-vers': program('/usr/bin/sw_vers'),
    firewall: program('/usr/libexec/ApplicationFirewall/socketfilterfw', '--getglobalstate'),
    'firewall-profile': program('/usr/sbin/system_profiler', 'SPFirewallDataType', '-json'),
    extensions: program('/usr/bin/systemextensionsctl', 'list'),
    xprotect: {
      from: xprotect,
      async read() {
        const at = await machine.changed(xprotect)
        return at === null ? { unread: 'absent' } : `made ${at}`
      },
    },
    'saver-managed': program('/usr/bin/plutil', '-convert', 'json', '-o', '-', `/Library/Managed Preferences/${person}/com.apple.screensaver.plist`),
    'screen-lock': program('/usr/sbin/sysadminctl', '-screenLock', 'status'),
    saver: program('/usr/bin/defaults', '-currentHost', 'read', 'com.apple.screensaver', 'idleTime'),
    profiles: program('/usr/bin/profiles', 'status', '-type', 'enrollment'),
    'admin-member': program('/usr/sbin/dseditgroup', '-o', 'checkmember', '-m', person, 'admin'),
  }
}
