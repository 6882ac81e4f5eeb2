// Where each system lets a person set what a check asks for: a closed table. A page names a check, never an address or a program.

import type { CheckId, System } from '@shared/posture/model.ts'
import type { Machine } from './ports.ts'

export type SettingsPlace = { readonly kind: 'address'; readonly address: string } | { readonly kind: 'program'; readonly program: string; readonly args: readonly string[] }

const windows: Readonly<Partial<Record<CheckId, string>>> = {
  'disk.enc': 'ms-settings:deviceencryption',
  'os.patch': 'ms-settings:windowsupdate',
  'fw.on': 'windowsdefender://network',
  'av.ok': 'windowsdefender://threat',
  'lock.screen': 'ms-settings:lockscreen',
  'mdm.enrolled': 'ms-settings:workplace',
  'user.notadmin': 'ms-settings:otherusers',
  clock: 'ms-settings:dateandtime',
  'store.health': 'ms-settings:storagesense',
}
const pane = (name: string): string => `x-apple.systempreferences:com.apple.${name}`
const macos: Readonly<Partial<Record<CheckId, string>>> = {
  'disk.enc': pane('settings.PrivacySecurity.extension?FileVault'),
  'os.patch': pane('Software-Update-Settings.extension'),
  'fw.on': pane('Network-Settings.extension?Firewall'),
  'lock.screen': pane('Lock-Screen-Settings.extension'),
  'mdm.enrolled': pane('Profiles-Settings.extension'),
  'user.notadmin': pane('Users-Groups-Settings.extension'),
  clock: pane('Date-Time-Settings.extension'),
  'store.health': pane('settings.Storage'),
}
/** Panels of GNOME's settings. */
const linux: Readonly<Partial<Record<CheckId, string>>> = { 'lock.screen': 'privacy', 'user.notadmin': 'user-accounts', clock: 'datetime', 'os.patch': 'info-overview' }
const gnomeSettings = '/usr/bin/gnome-control-center'

/** Null where there is no such place, or this machine has no program for it. */
export async function settingsPlace(machine: Pick<Machine, 'changed'>, system: System, check: CheckId): Promise<SettingsPlace | null> {
  if (system === 'linux') {
    const panel = linux[check]
    return panel === undefined || (await machine.changed(gnomeSettings)) === null ? null : { kind: 'program', program: gnomeSettings, args: [panel] }
  }
  const address = (system === 'windows' ? windows : macos)[check]
  return address === undefined ? null : { kind: 'address', address }
}
