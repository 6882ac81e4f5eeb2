// PC-5: which check is judged by which sources on which system. The readers of each system answer the sources by these names.

import type { CheckId, System } from '../model.ts'
import { linuxBoot, macosBoot, windowsBoot } from './boot.ts'
import { linuxDisk, macosDisk, windowsDisk } from './disk.ts'
import { linuxFirewall, macosFirewall, windowsFirewall } from './firewall.ts'
import type { Check, Judge } from './heard.ts'
import { linuxLock, macosLock, windowsLock } from './lock.ts'
import { appIntact, clockRight, hardwareKey, signInContext, storeHealthy } from './machine.ts'
import { linuxAccount, linuxManaged, macosAccount, macosManaged, windowsAccount, windowsManaged } from './managed.ts'
import { linuxPatch, macosPatch, windowsPatch } from './patch.ts'
import { linuxScanner, macosScanner, windowsScanner } from './scanner.ts'

const by = (judge: Judge, ...sources: readonly string[]): Check => ({ sources, judge })

const everywhere = {
  'tpm.key': by(hardwareKey, 'key'),
  'idp.context': by(signInContext, 'token'),
  'app.intact': by(appIntact, 'app'),
  clock: by(clockRight, 'clock'),
  'store.health': by(storeHealthy, 'store'),
} as const

export const checks: Readonly<Record<System, Readonly<Record<CheckId, Check>>>> = {
  linux: {
    ...everywhere,
    'disk.enc': by(linuxDisk, 'mountinfo', 'blocks', 'volumes', 'btrfs', 'zfs'),
    'boot.secure': by(linuxBoot, 'secure-boot', 'setup-mode', 'shim', 'firmware'),
    'os.patch': by(linuxPatch, 'os-release', 'stamps'),
    'fw.on': by(linuxFirewall, 'firewalls', 'ufw', 'nftables'),
    'av.ok': by(linuxScanner, 'guards', 'clam-signatures'),
    'lock.screen': by(linuxLock, 'desktop', 'lock-enabled', 'lock-delay', 'idle-delay', 'dconf-locks', 'kde', 'kde-system'),
    'mdm.enrolled': by(linuxManaged, 'realm'),
    'user.notadmin': by(linuxAccount, 'id'),
  },
  windows: {
    ...everywhere,
    'disk.enc': by(windowsDisk, 'bitlocker'),
    'boot.secure': by(windowsBoot, 'secure-boot'),
    'os.patch': by(windowsPatch, 'version'),
    'fw.on': by(windowsFirewall, 'firewall', 'firewall-policy'),
    'av.ok': by(windowsScanner, 'defender'),
    'lock.screen': by(windowsLock, 'inactivity', 'saver-policy', 'saver'),
    'mdm.enrolled': by(windowsManaged, 'dsregcmd'),
    'user.notadmin': by(windowsAccount, 'groups', 'uac'),
  },
  macos: {
    ...everywhere,
    'disk.enc': by(macosDisk, 'filevault'),
    'boot.secure': by(macosBoot, 'csrutil', 'bridge'),
    'os.patch': by(macosPatch, 'sw-vers'),
    'fw.on': by(macosFirewall, 'sw-vers', 'firewall', 'firewall-profile'),
    'av.ok': by(macosScanner, 'extensions', 'xprotect'),
    'lock.screen': by(macosLock, 'saver-managed', 'screen-lock', 'saver'),
    'mdm.enrolled': by(macosManaged, 'profiles'),
    'user.notadmin': by(macosAccount, 'admin-member'),
  },
}
