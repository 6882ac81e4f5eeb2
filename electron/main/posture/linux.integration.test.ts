// The readers on trees of files made for the purpose, with programs that answer as written, and on the machine the tests run on.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { defaultRules } from '@shared/posture/checks/rules.ts'
import { checkIds, type CheckId } from '@shared/posture/model.ts'
import { parseStatement, statementToBytes } from '@shared/posture/statement.ts'
import { nodeHost, systemClock } from '../services/node-host.ts'
import { createPostureService } from '../services/posture-service.ts'
import type { Machine } from './ports.ts'
import { sourcesOf } from './sources.ts'
import { createThisMachine } from './this-machine.ts'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

function tree(files: Readonly<Record<string, string | Uint8Array>>): string {
  const root = mkdtempSync(join(tmpdir(), 'fumibako-posture-'))
  folders.push(root)
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
  return root
}

function onMachine(machine: Machine, profile: string, resources = '/usr') {
  const app = { version: '0.1.0', electron: '45.4.1', packaged: true, executable: process.execPath, binary: process.execPath, resources, argv: ['fumibako'], profile, shipped: { from: 'sums.sha256', unchanged: async () => 'yes' as const } }
  return createPostureService({
    system: 'linux',
    version: '0.1.0',
    sources: sourcesOf({ system: 'linux', machine, app, rules: () => defaultRules, heard: { skewMs: () => 12 }, key: { from: 'safeStorage', read: async () => 'key=software' }, token: { from: 'ID token', read: async () => '' } }),
    rules: () => defaultRules,
    who: async () => ({ device: 'dev1', level: 'L1' }),
    clock: systemClock,
    random: nodeHost.random,
    memory: { load: async () => ({}), save: async () => undefined },
    asked: () => [],
    timers: { after: (ms, act) => { const timer = setTimeout(act, ms); return () => clearTimeout(timer) } },
    settings: { opens: async () => false, open: async () => false },
    changed: () => undefined,
  })
}

const efi = (value: 0 | 1): Uint8Array => Uint8Array.of(6, 0, 0, 0, value)
const laptop: Readonly<Record<string, string | Uint8Array>> = {
  'home/sato/fumibako/profile': '',
  'proc/self/mountinfo': '27 1 253:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw\n30 27 253:2 / /home rw - ext4 /dev/mapper/vg-home rw\n',
  'sys/dev/block/259:3/uevent': 'MAJOR=259\nMINOR=3\nDEVNAME=nvme0n1p3\nDEVTYPE=partition\n',
  'sys/dev/block/253:0/uevent': 'DEVNAME=dm-0\n',
  'sys/dev/block/253:0/dm/name': 'nvme0n1p3_crypt\n',
  'sys/dev/block/253:0/dm/uuid': 'CRYPT-LUKS2-0123456789abcdef-nvme0n1p3_crypt\n',
  'sys/dev/block/253:0/slaves/nvme0n1p3/dev': '259:3\n',
  'sys/dev/block/253:1/uevent': 'DEVNAME=dm-1\n',
  'sys/dev/block/253:1/dm/name': 'vg-root\n',
  'sys/dev/block/253:1/dm/uuid': 'LVM-abc\n',
  'sys/dev/block/253:1/slaves/dm-0/dev': '253:0\n',
  'sys/dev/block/253:2/uevent': 'DEVNAME=dm-2\n',
  'sys/dev/block/253:2/dm/name': 'vg-home\n',
  'sys/dev/block/253:2/dm/uuid': 'LVM-def\n',
  'sys/dev/block/253:2/slaves/dm-0/dev': '253:0\n',
  'sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c': efi(1),
  'sys/firmware/efi/efivars/SetupMode-8be4df61-93ca-11d2-aa0d-00e098032b8c': efi(0),
  'sys/firmware/acpi/x': '',
  'etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
  'var/lib/apt/lists/partial/.keep': '',
  'etc/ufw/ufw.conf': 'ENABLED=yes\n',
  'etc/dconf/db/town.d/locks/screen': '/org/gnome/desktop/screensaver/lock-enabled\n/org/gnome/desktop/screensaver/lock-delay\n/org/gnome/desktop/session/idle-delay\n',
}
const surroundings = { HOME: '/home/sato', XDG_CURRENT_DESKTOP: 'GNOME' }
const answers: Readonly<Record<string, string>> = {
  '/usr/bin/systemctl is-active firewalld ufw nftables': 'inactive\nactive\ninactive\n',
  '/usr/bin/systemctl is-active clamav-daemon.service clamd@scan.service mdatp.service falcon-sensor.service sentinelone.service ds_agent.service': 'inactive\ninactive\nactive\ninactive\ninactive\ninactive\n',
  '/usr/bin/gsettings get org.gnome.desktop.screensaver lock-enabled': 'true\n',
  '/usr/bin/gsettings get org.gnome.desktop.screensaver lock-delay': 'uint32 0\n',
  '/usr/bin/gsettings get org.gnome.desktop.session idle-delay': 'uint32 300\n',
  '/usr/bin/id': 'uid=1000(sato) gid=1000(sato) groups=1000(sato)\n',
}
const faked = (files: typeof laptop, said = answers): Machine => ({ ...createThisMachine(surroundings, tree(files)), run: async (program, args) => said[[program, ...args].join(' ')] ?? { unread: 'absent' } })

/** What concerns the machine, not the test runner’s own Node. */
async function verdicts(machine: Machine, ids: readonly CheckId[]): Promise<Readonly<Record<string, string>>> {
  const statement = await onMachine(machine, '/home/sato/fumibako').measure()
  return Object.fromEntries((statement?.checks ?? []).filter(({ id }) => ids.includes(id)).map(({ id, verdict, reason, trust }) => [id, `${verdict} ${reason ?? '-'} ${trust}`]))
}
const read: readonly CheckId[] = ['disk.enc', 'boot.secure', 'os.patch', 'fw.on', 'av.ok', 'lock.screen', 'user.notadmin', 'clock']

describe('4.5 Linux under faked roots', () => {
  it('4.5 a laptop with LUKS, managed by its administrator, is all green', async () => {
    expect(await verdicts(faked(laptop), read)).toEqual({ 'disk.enc': 'pass - self', 'boot.secure': 'pass - owned', 'os.patch': 'pass - self', 'fw.on': 'pass - owned', 'av.ok': 'pass - self', 'lock.screen': 'pass - owned', 'user.notadmin': 'pass - self', clock: 'pass - self' })
  })

  it('4.5 a plain disk, Secure Boot off, a waiting restart and an administrator’s account each fail alone', async () => {
    const plain = { ...laptop, 'sys/dev/block/253:2/slaves/dm-0/dev': '259:3\n' }
    expect(await verdicts(faked(plain), ['disk.enc', 'boot.secure'])).toEqual({ 'disk.enc': 'fail disk-plain self', 'boot.secure': 'pass - owned' })
    expect(await verdicts(faked({ ...laptop, 'sys/firmware/efi/efivars/SecureBoot-8be4df61-93ca-11d2-aa0d-00e098032b8c': efi(0) }), ['boot.secure', 'disk.enc'])).toEqual({ 'boot.secure': 'fail boot-off owned', 'disk.enc': 'pass - self' })
    expect(await verdicts(faked(laptop, { ...answers, '/usr/bin/id': 'uid=1000(sato) gid=1000(sato) groups=1000(sato),27(sudo)\n' }), ['user.notadmin'])).toEqual({ 'user.notadmin': 'fail account-admin self' })
  })

  it('4.5 an empty root and files that may not be read are unknown, with why', async () => {
    const nothing = await verdicts(faked({ 'home/sato/fumibako/profile': '' }, {}), read)
    expect(Object.values(nothing).filter((said) => said.startsWith('pass'))).toEqual(['pass - self'])
    expect(nothing).toMatchObject({ 'disk.enc': 'unknown source-absent self', 'boot.secure': 'unknown source-absent owned', 'os.patch': 'unknown source-absent self', clock: 'pass - self' })
    const large = await verdicts(faked({ ...laptop, 'proc/self/mountinfo': 'x'.repeat(70_000) }), ['disk.enc'])
    expect(large).toEqual({ 'disk.enc': 'unknown source-large self' })
  })
})

describe('4.5 this machine', () => {
  it('4.5 is read for real as it stands, each check with a verdict and a reason, the figures printed', async () => {
    const service = onMachine(createThisMachine(process.env), tmpdir())
    const took: number[] = []
    for (let n = 0; n < 5; n += 1) {
      const before = performance.now()
      await service.measure()
      took.push(Math.round(performance.now() - before))
    }
    const statement = service.current()
    console.log(`posture on this machine, 5 looks in ms: ${took.join(', ')}; ${statement?.checks.map(({ id, verdict, reason }) => `${id} ${verdict}${reason === null ? '' : ` (${reason})`}`).join(', ')}`)
    expect(statement?.checks.map(({ id }) => id)).toEqual(checkIds)
    expect(statement && parseStatement(statementToBytes(statement))).toEqual(statement)
    expect(statement?.checks.find(({ id }) => id === 'os.patch')?.reason).not.toMatch(/^source-/)
    expect(statement?.checks.find(({ id }) => id === 'user.notadmin')).toMatchObject(process.getuid?.() === 0 ? { verdict: 'fail', reason: 'account-admin' } : { trust: 'self' })
  })

  it('4.5 a program is run without a shell, in the language C, for 5 s and 64 KB at most, and another code than zero is an answer', async () => {
    const machine = createThisMachine({ LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8', SECRET_TOKEN: 'x' })
    expect(await machine.run('/usr/bin/env', [])).toMatch(/^LC_ALL=C$/m)
    expect(await machine.run('/usr/bin/env', [])).not.toContain('SECRET_TOKEN')
    expect(await machine.run('/bin/echo', ['$HOME;', '`id`'])).toBe('$HOME; `id`\n')
    expect(await machine.run('/bin/sh', ['-c', 'echo not running >&2; exit 252'])).toBe('not running\n')
    expect(await Promise.all([machine.run('/no/such/program', []), machine.run('/etc/os-release', []), machine.run('/usr/bin/head', ['-c', '100000', '/dev/zero']), machine.run('/bin/sleep', ['30'])])).toEqual([{ unread: 'absent' }, { unread: 'denied' }, { unread: 'large' }, { unread: 'late' }])
  })

  it('4.5 a file is read up to 64 KB; a pipe, a folder or a link into nothing holds nobody up', async () => {
    const root = tree({ 'a/small': 'text', 'a/large': 'x'.repeat(65_537) })
    symlinkSync('/no/such/place', join(root, 'a/broken'))
    chmodSync(join(root, 'a'), 0o755)
    const machine = createThisMachine({}, root)
    expect(await Promise.all(['small', 'large', 'broken', 'none'].map((name) => machine.text(`/a/${name}`)))).toEqual(['text', { unread: 'large' }, { unread: 'absent' }, { unread: 'absent' }])
    expect(await machine.text('/a')).toEqual({ unread: 'failed' })
    expect([await machine.names('/a'), await machine.hex('/a/small', 2)]).toEqual(['broken\nlarge\nsmall', '7465'])
    expect(await createThisMachine({}).text('/proc/self/mountinfo')).toContain(' / / ')
  })
})
