// PC-10 disk.enc: is what the system and the records lie on encrypted while the machine is off? Both volumes must be; what cannot be
// followed down to a device is unknown.

import { fail, type Finding, judgeText, pass, textOf, type Told, unclear, unknown, unread } from './heard.ts'

interface Mount {
  readonly device: string
  readonly point: string
  readonly type: string
  readonly source: string
}

interface Block {
  readonly device: string
  readonly name: string
  readonly mapped: string | null
  readonly uuid: string | null
  readonly below: readonly string[]
}

type Answer = 'encrypted' | 'plain' | 'unresolved'

/** `/proc/self/mountinfo` (proc(5)), `/sys/dev/block/*` as lines of `M:m name dm-name dm-uuid M:m,…`, both folders, sets of btrfs, ZFS. */
export function linuxDisk(told: Told): Finding {
  const [mountinfo, blocks, volumes] = [textOf(told, 'mountinfo'), textOf(told, 'blocks'), textOf(told, 'volumes')]
  if (mountinfo === null || blocks === null || volumes === null) return unread(told, 'self', 'mountinfo', 'blocks', 'volumes')
  const mounts = mountinfo.split('\n').flatMap(mountOf)
  const devices = new Map(blocks.split('\n').flatMap(blockOf).map((block) => [block.device, block]))
  const folders = volumes.split('\n').filter((line) => line.startsWith('/'))
  if (folders.length < 2 || devices.size === 0) return unclear('self')
  const answers = folders.map((folder) => volumeAnswer(mountFor(mounts, folder), devices, told))
  if (answers.includes('plain')) return fail('self', 'disk-plain')
  return answers.includes('unresolved') ? unknown('self', 'disk-unresolved') : pass('self')
}

function mountOf(line: string): readonly Mount[] {
  const match = /^\d+ \d+ (\d+:\d+) \S+ (\/\S*) \S+ (?:\S+ )*?- (\S+) (\S+) \S+$/.exec(line.trimEnd())
  const [, device = '', point = '', type = '', source = ''] = match ?? []
  return match ? [{ device, point: unescaped(point), type, source: unescaped(source) }] : []
}

/** Space, tab, newline and backslash stand as octal numbers. */
const unescaped = (text: string): string => text.replace(/\\([0-3][0-7]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)))

function blockOf(line: string): readonly Block[] {
  const [, device = '', name = '', mapped, uuid, below = ''] = /^(\d+:\d+) (\S+) (\S+) (\S+) (-|\d+:\d+(?:,\d+:\d+)*)$/.exec(line.trimEnd()) ?? []
  if (device === '') return []
  return [{ device, name, mapped: mapped === '-' ? null : (mapped ?? null), uuid: uuid === '-' ? null : (uuid ?? null), below: below === '-' ? [] : below.split(',') }]
}

/** The innermost mount over a folder; of two at the same place the later one hides the earlier. */
function mountFor(mounts: readonly Mount[], folder: string): Mount | null {
  let best: Mount | null = null
  for (const mount of mounts) {
    const covers = mount.point === '/' || folder === mount.point || folder.startsWith(`${mount.point}/`)
    if (covers && (best === null || mount.point.length >= best.point.length)) best = mount
  }
  return best
}

function volumeAnswer(mount: Mount | null, devices: ReadonlyMap<string, Block>, told: Told): Answer {
  if (mount === null) return 'unresolved'
  if (mount.type === 'zfs') return zfsAnswer(told, mount.source)
  const all = [...devices.values()]
  const named = all.find(({ name, mapped }) => mount.source === `/dev/${name}` || (mapped !== null && mount.source === `/dev/mapper/${mapped}`))
  const found = devices.get(mount.device) ?? named
  if (!found) return 'unresolved'
  const set = mount.type === 'btrfs' ? (textOf(told, 'btrfs') ?? '').split('\n').map((line) => line.split(' ')).find((names) => names.includes(found.name)) : undefined
  const members = set ? set.map((name) => all.find((block) => block.name === name)) : [found]
  return allOf(members.map((member) => (member ? deviceAnswer(member.device, devices, 0) : 'unresolved')))
}

/** LUKS anywhere below is enough; where there are several devices below, below each of them. */
function deviceAnswer(device: string, devices: ReadonlyMap<string, Block>, depth: number): Answer {
  const block = devices.get(device)
  if (!block || depth > 16 || /^(loop|nbd|zram|ram)\d/.test(block.name)) return 'unresolved'
  if (block.uuid?.startsWith('CRYPT-')) return 'encrypted'
  return block.below.length === 0 ? 'plain' : allOf(block.below.map((one) => deviceAnswer(one, devices, depth + 1)))
}

const allOf = (answers: readonly Answer[]): Answer => (answers.includes('plain') ? 'plain' : answers.includes('unresolved') ? 'unresolved' : 'encrypted')

/** `zfs list -H -o name,encryption`: tab between the two. */
function zfsAnswer(told: Told, dataset: string): Answer {
  const line = (textOf(told, 'zfs') ?? '').split('\n').map((one) => one.split('\t')).find(([name]) => name === dataset)
  const how = line?.[1] ?? ''
  return how === 'off' ? 'plain' : /^aes-(128|192|256)-(ccm|gcm)$/.test(how) ? 'encrypted' : 'unresolved'
}

/** `System.Volume.BitLockerProtection` of Explorer's own properties, one line for each volume: `BitLockerProtection C: 1`. */
export function windowsDisk(told: Told): Finding {
  return judgeText(told, 'self', 'bitlocker', (text) => {
    const values = text.trim().split(/\r?\n/).map((line) => /^BitLockerProtection [A-Z]: (\d)$/.exec(line)?.[1] ?? '')
    const reasons = values.map((value) => bitlocker[value] ?? 'source-unclear')
    const failed = reasons.find((reason) => reason.startsWith('!'))
    if (failed) return fail('self', failed.slice(1))
    const open = reasons.find((reason) => reason !== 'on')
    return open ? unknown('self', open) : pass('self')
  })
}

/** 1 on, 2 off, 3 being encrypted, 4 being decrypted, 5 suspended (the key lies open on the disk). With `!`: it fails. */
const bitlocker: Readonly<Partial<Record<string, string>>> = { '1': 'on', '2': '!disk-plain', '3': 'disk-encrypting', '4': '!disk-decrypting', '5': '!disk-suspended' }

/** `fdesetup status`. */
export function macosDisk(told: Told): Finding {
  return judgeText(told, 'self', 'filevault', (text) => {
    const said = text.trim()
    if (/^FileVault is Off\./.test(said)) return fail('self', 'disk-plain')
    if (!/^FileVault is On\.(\r?\n|$)/.test(said)) return unclear('self')
    if (/^Decryption in progress/m.test(said)) return fail('self', 'disk-decrypting')
    if (/^Encryption in progress/m.test(said)) return unknown('self', 'disk-encrypting')
    return /^FileVault is On\.$/.test(said) ? pass('self') : unclear('self')
  })
}
