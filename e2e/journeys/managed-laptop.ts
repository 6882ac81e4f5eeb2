// The machine that a town gives its staff, as the app reads it: for journeys in which its state matters.
import { readFileSync } from 'node:fs'
import { makeWorld, type World } from '../hosts/world.ts'

const efi = '/sys/firmware/efi/efivars'
const secureBoot = `${efi}/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c`
/** Its content is what the firewall says of itself: `active` or not. */
export const firewall = '/sys/firmware/world/firewalld'

/** A managed laptop: everything on LUKS, Secure Boot, a firewall, a scanner, a screen that locks after five minutes. */
export function managedLaptop(): World {
  const root = /^\S+ \S+ (\d+:\d+) \/ \/ /m.exec(readFileSync('/proc/self/mountinfo', 'utf8'))?.[1] ?? ''
  return makeWorld({
    folders: ['/sys/dev/block', '/sys/firmware', '/var/lib/apt/lists'],
    files: {
      [`/sys/dev/block/${root}/uevent`]: 'DEVNAME=dm-0\n',
      [`/sys/dev/block/${root}/dm/name`]: 'laptop_crypt\n',
      [`/sys/dev/block/${root}/dm/uuid`]: 'CRYPT-LUKS2-0123456789abcdef-laptop_crypt\n',
      [secureBoot]: Uint8Array.of(6, 0, 0, 0, 1),
      [firewall]: 'active\n',
      '/var/lib/apt/lists/partial/.keep': '',
    },
    programs: {
      '/usr/bin/systemctl': `shift; for unit in "$@"; do case "$unit" in firewalld) cat ${firewall};; mdatp.service) echo active;; *) echo inactive;; esac; done`,
      '/usr/bin/gsettings': 'case "$3" in lock-enabled) echo true;; lock-delay) echo "uint32 0";; *) echo "uint32 300";; esac',
    },
  })
}
