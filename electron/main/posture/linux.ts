// The sources of the checks on Linux: which files and programs, exactly. What they mean is `shared/posture/checks`.

import type { Heard } from '@shared/posture/checks/heard.ts'
import type { PostureRules } from '@shared/posture/checks/rules.ts'
import type { Machine, Source, Sources } from './ports.ts'

const efi = '/sys/firmware/efi/efivars'
const systemctl = '/usr/bin/systemctl'
const gsettings = '/usr/bin/gsettings'
const loaderGuid = '605dab50-e046-4300-abb6-3dd810dd8b23'
const globalGuid = '8be4df61-93ca-11d2-aa0d-00e098032b8c'

/** Changed whenever updates are asked for: apt with and without its own stamp, dnf. */
const asked = ['/var/lib/apt/periodic/update-success-stamp', '/var/lib/apt/lists/partial', '/var/cache/dnf/last_makecache', '/var/cache/libdnf5']
const reboots = ['/run/reboot-required', '/var/run/reboot-required']

export function linuxSources(machine: Machine, rules: () => PostureRules, profile: string): Sources {
  const file = (path: string): Source => ({ from: path, read: () => machine.text(path) })
  const program = (name: string, ...args: readonly string[]): Source => ({ from: [name, ...args].join(' '), read: () => machine.run(name, args) })
  const efiByte = (name: string): Source => ({ from: `${efi}/${name}`, read: () => machine.hex(`${efi}/${name}`, 16) })
  const made = (from: string, read: () => Promise<Heard>): Source => ({ from, read })
  // Outside a desktop the schema's own values would be answered, which are nobody's settings.
  const setting = (schema: string, key: string): Source => ({ from: `${gsettings} get ${schema} ${key}`, read: async () => (machine.env('XDG_CURRENT_DESKTOP') === '' ? { unread: 'absent' } : machine.run(gsettings, ['get', schema, key])) })
  const home = machine.env('XDG_CONFIG_HOME') || `${machine.env('HOME')}/.config`
  return {
    mountinfo: file('/proc/self/mountinfo'),
    blocks: made('/sys/dev/block/*/{uevent,dm/name,dm/uuid,slaves/*/dev}', () => blocks(machine)),
    volumes: made('/, the folder of the records', () => volumes(machine, profile)),
    btrfs: made('/sys/fs/btrfs/*/devices', () => btrfs(machine)),
    zfs: program('/usr/sbin/zfs', 'list', '-H', '-o', 'name,encryption'),
    'secure-boot': efiByte(`SecureBoot-${globalGuid}`),
    'setup-mode': efiByte(`SetupMode-${globalGuid}`),
    shim: efiByte(`MokSBStateRT-${loaderGuid}`),
    firmware: made('/sys/firmware', () => machine.names('/sys/firmware')),
    'os-release': file('/etc/os-release'),
    stamps: made([...asked, ...reboots].join(', '), () => stamps(machine)),
    firewalls: program(systemctl, 'is-active', 'firewalld', 'ufw', 'nftables'),
    ufw: file('/etc/ufw/ufw.conf'),
    nftables: file('/etc/nftables.conf'),
    guards: { from: `${systemctl} is-active …`, read: () => machine.run(systemctl, ['is-active', ...rules().linuxGuards.map(({ unit }) => unit)]) },
    'clam-signatures': made('/var/lib/clamav/daily.{cld,cvd}', () => clamHead(machine)),
    desktop: made('XDG_CURRENT_DESKTOP', async () => machine.env('XDG_CURRENT_DESKTOP')),
    'lock-enabled': setting('org.gnome.desktop.screensaver', 'lock-enabled'),
    'lock-delay': setting('org.gnome.desktop.screensaver', 'lock-delay'),
    'idle-delay': setting('org.gnome.desktop.session', 'idle-delay'),
    'dconf-locks': made('/etc/dconf/db/*.d/locks/*', () => dconfLocks(machine)),
    kde: file(`${home}/kscreenlockerrc`),
    'kde-system': file('/etc/xdg/kscreenlockerrc'),
    realm: program('/usr/sbin/realm', 'list'),
    id: program('/usr/bin/id'),
  }
}

const lines = (heard: Heard): readonly string[] => (typeof heard === 'string' ? heard.split('\n').filter((line) => line !== '') : [])
const word = (heard: Heard): string => (typeof heard === 'string' && heard.trim() !== '' ? heard.trim().replaceAll(/\s/g, '_') : '-')

/** `M:m name dm-name dm-uuid M:m,…` for each block device; `-` for what it has not. */
async function blocks(machine: Machine): Promise<Heard> {
  const found = await machine.names('/sys/dev/block')
  if (typeof found !== 'string') return found
  const rows = await Promise.all(
    lines(found).map(async (device) => {
      const folder = `/sys/dev/block/${device}`
      const [uevent, name, uuid, slaves] = await Promise.all([machine.text(`${folder}/uevent`), machine.text(`${folder}/dm/name`), machine.text(`${folder}/dm/uuid`), machine.names(`${folder}/slaves`)])
      const below = await Promise.all(lines(slaves).map(async (slave) => word(await machine.text(`${folder}/slaves/${slave}/dev`))))
      const kernel = typeof uevent === 'string' ? (/^DEVNAME=(\S+)$/m.exec(uevent)?.[1] ?? '-') : '-'
      return [device, kernel, word(name), word(uuid), below.length === 0 ? '-' : below.join(',')].join(' ')
    }),
  )
  return rows.join('\n')
}

async function volumes(machine: Machine, profile: string): Promise<Heard> {
  const records = await machine.real(profile)
  return records === null ? { unread: 'absent' } : `/\n${records}`
}

/** The devices of each btrfs, one file system a line. */
async function btrfs(machine: Machine): Promise<Heard> {
  const found = await machine.names('/sys/fs/btrfs')
  if (typeof found !== 'string') return found
  const sets = await Promise.all(lines(found).filter((id) => /^[0-9a-f-]{36}$/.test(id)).map(async (id) => lines(await machine.names(`/sys/fs/btrfs/${id}/devices`)).join(' ')))
  return sets.join('\n')
}

async function stamps(machine: Machine): Promise<Heard> {
  const read = async (word: string, paths: readonly string[]): Promise<readonly string[]> => {
    const found = await Promise.all(paths.map(machine.changed))
    return found.flatMap((at) => (at === null ? [] : [`${word} ${at}`]))
  }
  return [...(await read('asked', asked)), ...(await read('reboot', reboots))].join('\n')
}

/** A file of signatures begins with 512 bytes of text. */
async function clamHead(machine: Machine): Promise<Heard> {
  const heads = await Promise.all(['cld', 'cvd'].map((end) => machine.hex(`/var/lib/clamav/daily.${end}`, 512)))
  const found = heads.find((head) => typeof head === 'string')
  return typeof found === 'string' ? Buffer.from(found, 'hex').toString('latin1') : (heads[0] ?? { unread: 'absent' })
}

async function dconfLocks(machine: Machine): Promise<Heard> {
  const folders = lines(await machine.names('/etc/dconf/db')).filter((name) => name.endsWith('.d'))
  const files = await Promise.all(folders.map(async (name) => lines(await machine.names(`/etc/dconf/db/${name}/locks`)).map((lock) => `/etc/dconf/db/${name}/locks/${lock}`)))
  const texts = await Promise.all(files.flat().map(machine.text))
  return texts.filter((text) => typeof text === 'string').join('\n')
}
