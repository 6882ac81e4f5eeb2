// The sources of the checks on Windows: which programs, exactly, without an administrator's rights. Not run on a Windows machine yet.

import type { Machine, Source, Sources } from './ports.ts'

export function windowsSources(machine: Machine, profile: string): Sources {
  const root = /^[A-Za-z]:\\Windows$/i.test(machine.env('SystemRoot')) ? machine.env('SystemRoot') : 'C:\\Windows'
  const program = (name: string, ...args: readonly string[]): Source => ({ from: [name, ...args].join(' '), read: () => machine.run(`${root}\\System32\\${name}`, args) })
  const query = (...args: readonly string[]): Source => program('reg.exe', 'query', ...args)
  // The script is one of ours; only drive letters go into it.
  const script = (text: string): Source => program('WindowsPowerShell\\v1.0\\powershell.exe', '-NoProfile', '-NonInteractive', '-NoLogo', '-Command', text)
  const drives = [...new Set([root, profile].flatMap((path) => (/^[A-Za-z]:/.test(path) ? [`${path.slice(0, 1).toUpperCase()}:`] : [])))]
  const volumes = drives.map((drive) => `'${drive}'`).join(',')
  const policies = 'HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System'
  return {
    bitlocker: script(`$s=New-Object -ComObject Shell.Application;foreach($v in ${volumes}){'BitLockerProtection '+$v+' '+$s.NameSpace($v).Self.ExtendedProperty('System.Volume.BitLockerProtection')}`),
    'secure-boot': query('HKLM\\SYSTEM\\CurrentControlSet\\Control\\SecureBoot\\State'),
    version: query('HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion'),
    firewall: query('HKLM\\SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy', '/s', '/v', 'EnableFirewall'),
    'firewall-policy': query('HKLM\\SOFTWARE\\Policies\\Microsoft\\WindowsFirewall', '/s', '/v', 'EnableFirewall'),
    defender: script('Get-MpComputerStatus|Select-Object AMRunningMode,AMServiceEnabled,AntivirusEnabled,AntivirusSignatureAge,RealTimeProtectionEnabled|ConvertTo-Json -Compress'),
    inactivity: query(policies, '/v', 'InactivityTimeoutSecs'),
    'saver-policy': query('HKCU\\SOFTWARE\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop'),
    saver: query('HKCU\\Control Panel\\Desktop'),
    dsregcmd: program('dsregcmd.exe', '/status'),
    groups: program('whoami.exe', '/groups', '/fo', 'csv', '/nh'),
    uac: query(policies, '/v', 'EnableLUA'),
  }
}
