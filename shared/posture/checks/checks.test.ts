import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { checkIds, type CheckId, type System, systems } from '../model.ts'
import type { Told } from './heard.ts'
import { defaultRules, postureRulesSchema, type PostureRules } from './rules.ts'
import { checks } from './table.ts'

const now = Date.UTC(2026, 10, 1)
const capture = (name: string): string => readFileSync(join(import.meta.dirname, 'captures', name), 'utf8')
const judged = (system: System, id: CheckId, told: Told, rules: Partial<PostureRules> = {}) => {
  const { verdict, reason, trust } = checks[system][id].judge(told, { rules: { ...defaultRules, ...rules }, now })
  return `${verdict} ${reason ?? '-'} ${trust}`
}
const linux = (id: CheckId, told: Told, rules?: Partial<PostureRules>) => judged('linux', id, told, rules)
const windows = (id: CheckId, told: Told, rules?: Partial<PostureRules>) => judged('windows', id, told, rules)
const macos = (id: CheckId, told: Told, rules?: Partial<PostureRules>) => judged('macos', id, told, rules)

const loginPage = '<!DOCTYPE html><html><body>Please sign in. FileVault is On. BitLockerProtection C: 1 ENABLED=yes</body></html>'

describe('4.5 the table of checks', () => {
  it('4.5 PC-5 has every check on every system, and PC-2 takes one whose sources all say nothing for unknown', () => {
    for (const system of systems) {
      for (const id of checkIds) expect(judged(system, id, {}), `${system} ${id}`).toMatch(/^unknown [a-z-]+ (self|owned|vouched)$/)
    }
    for (const unread of ['absent', 'denied', 'late', 'large', 'failed'] as const) expect(windows('disk.enc', { bitlocker: { unread } })).toBe(`unknown source-${unread} self`)
  })

  it('4.5 PC-4 refuses rules with a word that is not known', () => {
    expect(v.safeParse(postureRulesSchema, defaultRules).success).toBe(true)
    expect(v.safeParse(postureRulesSchema, { ...defaultRules, lockMinute: 3 }).success).toBe(false)
    expect(v.safeParse(postureRulesSchema, { ...defaultRules, linuxGuards: [{ unit: '--root=/tmp', signatures: 'own' }] }).success).toBe(false)
  })

  it('4.5 PC-3 takes a login page, another language or an error for unknown, in every source', () => {
    for (const system of systems) {
      for (const id of checkIds) {
        for (const text of [loginPage, 'ファイアウォールは有効です。', 'FileVaultは「入」です。', 'Access is denied.', '', '\u0000\uffff']) {
          expect(judged(system, id, Object.fromEntries(checks[system][id].sources.map((source) => [source, text]))), `${system} ${id} ${text}`).not.toMatch(/^pass/)
        }
      }
    }
  })
})

describe('4.5 PC-10 is the disk encrypted', () => {
  const mountinfo = ['27 1 253:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw', '30 27 253:2 / /home rw - ext4 /dev/mapper/vg-home rw', '31 27 0:44 / /run rw - tmpfs tmpfs rw'].join('\n')
  const volumes = '/\n/home/sato/.config/fumibako'
  const luksLaptop = ['259:0 nvme0n1 - - -', '259:3 nvme0n1p3 - - -', '253:0 dm-0 crypt CRYPT-LUKS2-0123-crypt 259:3', '253:1 dm-1 vg-root LVM-abc 253:0', '253:2 dm-2 vg-home LVM-def 253:0'].join('\n')

  it('4.5 PC-10 LUKS anywhere below both volumes passes; one plain volume fails; what cannot be followed is unknown', () => {
    expect(linux('disk.enc', { mountinfo, blocks: luksLaptop, volumes })).toBe('pass - self')
    expect(linux('disk.enc', { mountinfo, blocks: luksLaptop.replace('LVM-def 253:0', 'LVM-def 259:3'), volumes })).toBe('fail disk-plain self')
    expect(linux('disk.enc', { mountinfo, blocks: luksLaptop.replace('253:2 dm-2', '253:7 dm-2').replace('vg-home', 'vg-other'), volumes })).toBe('unknown disk-unresolved self')
    expect(linux('disk.enc', { mountinfo, blocks: luksLaptop, volumes: '/\n/run/user/1000' })).toBe('unknown disk-unresolved self')
    expect(linux('disk.enc', { mountinfo, blocks: luksLaptop, volumes: '/' })).toBe('unknown source-unclear self')
  })

  it('4.5 PC-10 every device below must be encrypted, and a ring of devices ends', () => {
    const raid = luksLaptop.replace('CRYPT-LUKS2-0123-crypt 259:3', 'LVM-x 259:3,259:4') + '\n259:4 dm-9 crypt2 CRYPT-LUKS2-9-x 259:3'
    expect(linux('disk.enc', { mountinfo, blocks: raid, volumes })).toBe('fail disk-plain self')
    expect(linux('disk.enc', { mountinfo, blocks: luksLaptop.replace('CRYPT-LUKS2-0123-crypt 259:3', 'LVM-x 253:1'), volumes })).toBe('unknown disk-unresolved self')
  })

  it('4.5 PC-10 follows btrfs through its source and its other devices, and asks ZFS', () => {
    const btrfs = '27 1 0:30 /root / rw - btrfs /dev/mapper/crypt rw'
    expect(linux('disk.enc', { mountinfo: btrfs, blocks: luksLaptop, volumes })).toBe('pass - self')
    expect(linux('disk.enc', { mountinfo: btrfs, blocks: luksLaptop, volumes, btrfs: 'dm-0 nvme0n1p3' })).toBe('fail disk-plain self')
    const zfs = '27 1 0:30 / / rw - zfs rpool/ROOT/debian rw'
    expect(['rpool/ROOT/debian\taes-256-gcm', 'rpool/ROOT/debian\toff', 'rpool\taes-256-gcm'].map((said) => linux('disk.enc', { mountinfo: zfs, blocks: luksLaptop, volumes, zfs: said }))).toEqual(['pass - self', 'fail disk-plain self', 'unknown disk-unresolved self'])
  })

  it('4.5 PC-10 takes a suspended BitLocker for off, and every volume counts', () => {
    expect(windows('disk.enc', { bitlocker: capture('windows-bitlocker.txt') })).toBe('pass - self')
    expect(['2', '3', '4', '5', '6', '0', ''].map((value) => windows('disk.enc', { bitlocker: `BitLockerProtection C: ${value}` }))).toEqual(['fail disk-plain self', 'unknown disk-encrypting self', 'fail disk-decrypting self', 'fail disk-suspended self', 'unknown source-unclear self', 'unknown source-unclear self', 'unknown source-unclear self'])
    expect(windows('disk.enc', { bitlocker: 'BitLockerProtection C: 1\r\nBitLockerProtection D: 5\r\n' })).toBe('fail disk-suspended self')
  })

  it('4.5 PC-10 reads FileVault', () => {
    expect(macos('disk.enc', { filevault: capture('macos-filevault.txt') })).toBe('pass - self')
    expect(['FileVault is Off.', 'FileVault is On.\nEncryption in progress: Percent completed = 13', 'FileVault is On.\nDecryption in progress: Percent completed = 80', 'FileVault is On, but needs to be restarted to finish.'].map((filevault) => macos('disk.enc', { filevault }))).toEqual(['fail disk-plain self', 'unknown disk-encrypting self', 'fail disk-decrypting self', 'unknown source-unclear self'])
  })
})

describe('4.5 what starts, and whether it was mended', () => {
  it('4.5 PC-11 reads the firmware’s variable, setup mode and a loader that lets everything through', () => {
    expect(linux('boot.secure', { 'secure-boot': '0600000001' })).toBe('pass - owned')
    expect(linux('boot.secure', { 'secure-boot': '0600000000' })).toBe('fail boot-off owned')
    expect(linux('boot.secure', { 'secure-boot': '0600000001', 'setup-mode': '0600000001' })).toBe('fail boot-off owned')
    expect(linux('boot.secure', { 'secure-boot': '0600000001', shim: '0600000001' })).toBe('fail boot-shim-off owned')
    expect(linux('boot.secure', { firmware: 'acpi\nmemmap' })).toBe('fail boot-legacy owned')
    expect(linux('boot.secure', { firmware: 'acpi\nefi', 'secure-boot': { unread: 'denied' } })).toBe('unknown source-denied owned')
    expect(windows('boot.secure', { 'secure-boot': capture('windows-secure-boot.txt') })).toBe('pass - owned')
    expect(windows('boot.secure', { 'secure-boot': capture('windows-secure-boot.txt').replace('0x1', '0x0') })).toBe('fail boot-off owned')
    const mac = { csrutil: capture('macos-csrutil.txt'), bridge: capture('macos-bridge.json') }
    expect(macos('boot.secure', mac)).toBe('pass - owned')
    expect(macos('boot.secure', { ...mac, bridge: mac.bridge.replace('Full', 'Reduced') })).toBe('fail boot-off owned')
    expect(macos('boot.secure', { ...mac, csrutil: 'System Integrity Protection status: disabled.' })).toBe('fail boot-integrity-off owned')
    expect(macos('boot.secure', { ...mac, csrutil: 'System Integrity Protection status: unknown (Custom Configuration).' })).toBe('unknown source-unclear owned')
  })

  it('4.4 PC-12 passes by the use of a key in hardware only, and says what is wrong with one that is not used', () => {
    expect([linux('tpm.key', { key: 'key=works' }), linux('tpm.key', { key: 'key=software' }), linux('tpm.key', { key: 'key=none' })]).toEqual(['pass - hardware', 'unknown key-not-hardware self', 'unknown key-none self'])
    expect(['module', 'silent', 'token', 'pin', 'key'].map((why) => linux('tpm.key', { key: `key=${why}` }))).toEqual(['fail key-module self', 'fail key-silent self', 'fail key-token self', 'fail key-pin self', 'fail key-gone self'])
    expect([linux('tpm.key', { key: 'works' }), linux('tpm.key', { key: 'key=WORKS' }), linux('tpm.key', {})]).toEqual(['unknown source-unclear self', 'unknown source-unclear self', 'unknown source-absent self'])
  })

  it('4.5 PC-18 has no token yet, and says so', () => {
    expect(linux('idp.context', {})).toBe('unknown source-absent vouched')
  })

  it('4.5 PC-13 asks for a system that is still mended, for updates lately and for the restart', () => {
    const release = capture('linux-os-release.txt')
    const day = 86_400_000
    const asked = (age: number) => `asked ${now - age * day}`
    expect(linux('os.patch', { 'os-release': release, stamps: asked(2) })).toBe('pass - self')
    expect(linux('os.patch', { 'os-release': release, stamps: asked(31) })).toBe('fail patch-stale self')
    expect(linux('os.patch', { 'os-release': release, stamps: `${asked(2)}\nreboot ${now - 8 * day}` })).toBe('fail patch-reboot self')
    expect(linux('os.patch', { 'os-release': release, stamps: `${asked(2)}\nreboot ${now - 6 * day}` })).toBe('pass - self')
    expect(linux('os.patch', { 'os-release': release, stamps: '' })).toBe('unknown patch-never-asked self')
    expect(linux('os.patch', { 'os-release': release, stamps: asked(-30) })).toBe('unknown patch-never-asked self')
    expect(linux('os.patch', { 'os-release': release.replaceAll('12', '10'), stamps: asked(2) })).toBe('unknown patch-unlisted self')
    expect(linux('os.patch', { 'os-release': release, stamps: asked(2) }, { linux: { 'debian 12': { until: '2026-10-31' } } })).toBe('fail patch-unsupported self')
    expect(linux('os.patch', { 'os-release': 'ID="rhel"\nVERSION_ID="9.4"\n', stamps: asked(2) })).toBe('pass - self')
  })

  it('4.5 PC-13 compares the build of Windows and the version of macOS with the smallest allowed', () => {
    const version = capture('windows-version.txt')
    expect(windows('os.patch', { version })).toBe('pass - self')
    expect(windows('os.patch', { version }, { windows: { '26100': { revision: 7000, until: '2027-10-12' } } })).toBe('fail patch-behind self')
    expect(windows('os.patch', { version: version.replaceAll('26100', '19045') })).toBe('fail patch-unsupported self')
    expect(windows('os.patch', { version: version.replaceAll('26100', '99999') })).toBe('unknown patch-unlisted self')
    const vers = capture('macos-sw-vers.txt')
    expect(macos('os.patch', { 'sw-vers': vers })).toBe('pass - self')
    expect(macos('os.patch', { 'sw-vers': vers }, { macos: { '15': { version: '15.7.10', until: null } } })).toBe('fail patch-behind self')
    expect(macos('os.patch', { 'sw-vers': vers }, { macos: { '15': { version: '15.0', until: '2026-10-01' } } })).toBe('fail patch-unsupported self')
    expect(macos('os.patch', { 'sw-vers': capture('macos-sw-vers-14.txt') })).toBe('unknown patch-unlisted self')
  })
})

describe('4.5 firewall, scanner and lock', () => {
  const input = 'table inet filter {\n chain input {\n  type filter hook input priority filter; policy drop;\n }\n}\n'

  it('4.5 PC-14 does not take ufw’s service for ufw, nor nftables’ service for rules', () => {
    expect(linux('fw.on', { firewalls: 'active\ninactive\ninactive\n' })).toBe('pass - owned')
    expect(linux('fw.on', { firewalls: 'inactive\nactive\ninactive', ufw: '# on\nENABLED=yes\nLOGLEVEL=low\n' })).toBe('pass - owned')
    expect(linux('fw.on', { firewalls: 'inactive\nactive\ninactive', ufw: 'ENABLED=no\n' })).toBe('fail fw-off owned')
    expect(linux('fw.on', { firewalls: 'inactive\nactive\ninactive', ufw: { unread: 'denied' } })).toBe('unknown source-denied owned')
    expect(linux('fw.on', { firewalls: 'inactive\ninactive\nactive', nftables: input })).toBe('pass - owned')
    expect(linux('fw.on', { firewalls: 'inactive\ninactive\nactive', nftables: input.replaceAll(/^/gm, '# ') })).toBe('unknown fw-rules-unseen owned')
    expect(linux('fw.on', { firewalls: 'inactive\ninactive\nactive', nftables: input.replace('drop', 'accept') })).toBe('unknown fw-rules-unseen owned')
    expect(linux('fw.on', { firewalls: 'inactive\ninactive\ninactive' })).toBe('fail fw-off owned')
    expect(linux('fw.on', { firewalls: 'System has not been booted with systemd as init system (PID 1). Can\'t operate.' })).toBe('unknown source-unclear owned')
  })

  it('4.5 PC-14 asks for all three profiles of Windows, and the administrator’s word counts above the person’s', () => {
    const firewall = capture('windows-firewall.txt')
    expect(windows('fw.on', { firewall })).toBe('pass - self')
    expect(windows('fw.on', { firewall: firewall.replace(/(PublicProfile\s+EnableFirewall\s+REG_DWORD\s+)0x1/, '$10x0') })).toBe('fail fw-off self')
    expect(windows('fw.on', { firewall: firewall.replace('PublicProfile', 'OtherProfile') })).toBe('unknown source-unclear self')
    const policy = firewall.replaceAll('SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy', 'SOFTWARE\\Policies\\Microsoft\\WindowsFirewall')
    expect(windows('fw.on', { firewall, 'firewall-policy': policy })).toBe('pass - owned')
    expect(windows('fw.on', { firewall, 'firewall-policy': policy.replace('0x1', '0x0') })).toBe('fail fw-off owned')
  })

  it('4.5 PC-14 reads the old place up to macOS 14 and only the new one from macOS 15 on', () => {
    const [old, profile] = [capture('macos-firewall.txt'), capture('macos-firewall-profile.json')]
    expect(macos('fw.on', { 'sw-vers': capture('macos-sw-vers-14.txt'), firewall: old })).toBe('pass - self')
    expect(macos('fw.on', { 'sw-vers': capture('macos-sw-vers-14.txt'), firewall: 'Firewall is disabled. (State = 0)' })).toBe('fail fw-off self')
    expect(macos('fw.on', { 'sw-vers': capture('macos-sw-vers.txt'), firewall: old })).toBe('unknown source-absent self')
    expect(macos('fw.on', { 'sw-vers': capture('macos-sw-vers.txt'), 'firewall-profile': profile })).toBe('pass - self')
    expect(macos('fw.on', { 'sw-vers': capture('macos-sw-vers.txt'), 'firewall-profile': profile.replace('limit_connections', 'allow_all') })).toBe('fail fw-off self')
  })

  it('4.5 PC-15 asks for a scanner that runs and for signatures of three days', () => {
    const running = defaultRules.linuxGuards.map(({ unit }) => (unit === 'clamav-daemon.service' ? 'active' : 'inactive')).join('\n')
    const head = (date: string) => `ClamAV-VDB:${date}:27823:2078124:90:b1:x:y:1793`
    expect(linux('av.ok', { guards: running, 'clam-signatures': head('30 Oct 2026 04-26 -0400') })).toBe('pass - self')
    expect(linux('av.ok', { guards: running, 'clam-signatures': head('20 Oct 2026 04-26 -0400') })).toBe('fail av-stale self')
    expect(linux('av.ok', { guards: running, 'clam-signatures': head('20 Foo 2026 04-26 -0400') })).toBe('unknown source-unclear self')
    expect(linux('av.ok', { guards: running })).toBe('unknown source-absent self')
    expect(linux('av.ok', { guards: running.replace('active', 'inactive') })).toBe('fail av-off self')
    expect(linux('av.ok', { guards: 'active' })).toBe('unknown source-unclear self')
    const defender = capture('windows-defender.json')
    expect(windows('av.ok', { defender })).toBe('pass - self')
    expect(windows('av.ok', { defender: defender.replace('Age":1', 'Age":4') })).toBe('fail av-stale self')
    expect(windows('av.ok', { defender: defender.replace('RealTimeProtectionEnabled":true', 'RealTimeProtectionEnabled":false') })).toBe('fail av-off self')
    expect(windows('av.ok', { defender: defender.replace('Normal', 'Passive Mode') })).toBe('unknown av-other self')
    const extensions = capture('macos-extensions.txt')
    expect(macos('av.ok', { extensions })).toBe('pass - self')
    expect(macos('av.ok', { extensions: extensions.replace('activated enabled', 'activated waiting for user') })).toBe('fail av-off self')
    expect(macos('av.ok', { extensions: '0 extension(s)\n', xprotect: `made ${now - 20 * 86_400_000}` })).toBe('pass - self')
    expect(macos('av.ok', { extensions: '0 extension(s)\n', xprotect: `made ${now - 90 * 86_400_000}` })).toBe('fail av-stale self')
  })

  it('4.5 PC-16 takes only the settings of the desktop in use, and tells those an administrator fixed', () => {
    const gnome = { desktop: 'ubuntu:GNOME', 'lock-enabled': 'true\n', 'lock-delay': 'uint32 0\n', 'idle-delay': 'uint32 600\n' }
    expect(linux('lock.screen', gnome)).toBe('pass - self')
    expect(linux('lock.screen', { ...gnome, desktop: 'XFCE' })).toBe('unknown lock-desktop-unknown self')
    expect(linux('lock.screen', { ...gnome, 'idle-delay': 'uint32 0' })).toBe('fail lock-never self')
    expect(linux('lock.screen', { ...gnome, 'idle-delay': 'uint32 901' })).toBe('fail lock-late self')
    expect(linux('lock.screen', { ...gnome, 'lock-delay': 'uint32 30' })).toBe('fail lock-delay self')
    expect(linux('lock.screen', { ...gnome, 'lock-enabled': 'false' })).toBe('fail lock-off self')
    const fixed = '/org/gnome/desktop/screensaver/lock-enabled\n/org/gnome/desktop/screensaver/lock-delay\n/org/gnome/desktop/session/idle-delay\n'
    expect(linux('lock.screen', { ...gnome, 'dconf-locks': fixed })).toBe('pass - owned')
    expect(linux('lock.screen', { desktop: 'KDE', kde: '[Daemon]\nAutolock=true\nTimeout=10\n' })).toBe('pass - self')
    expect(linux('lock.screen', { desktop: 'KDE', kde: '[Daemon]\nAutolock=false\n' })).toBe('fail lock-never self')
    expect(linux('lock.screen', { desktop: 'KDE', kde: '[Daemon]\nAutolock=false\n', 'kde-system': '[Daemon][$i]\nTimeout=5\n' })).toBe('pass - owned')
    expect(windows('lock.screen', { inactivity: capture('windows-inactivity.txt') })).toBe('pass - owned')
    expect(windows('lock.screen', { inactivity: capture('windows-inactivity.txt').replace('0x384', '0x385') })).toBe('fail lock-late owned')
    expect(windows('lock.screen', { saver: capture('windows-saver.txt') })).toBe('pass - self')
    expect(windows('lock.screen', { saver: capture('windows-saver.txt').replace('IsSecure    REG_SZ    1', 'IsSecure    REG_SZ    0') })).toBe('fail lock-off self')
    expect(macos('lock.screen', { 'saver-managed': capture('macos-saver-managed.json') })).toBe('pass - owned')
    expect(macos('lock.screen', { 'screen-lock': capture('macos-screen-lock.txt'), saver: capture('macos-saver.txt') })).toBe('pass - self')
    expect(macos('lock.screen', { 'screen-lock': 'screenLock is off', saver: '600' })).toBe('fail lock-off self')
    expect(macos('lock.screen', { 'screen-lock': 'screenLock delay is 300 seconds', saver: '600' })).toBe('fail lock-delay self')
  })
})

describe('4.5 who manages it, whose account it is, and the app itself', () => {
  it('4.5 PC-17 asks for the tenant that is expected, and for none when none is', () => {
    const tenant = { tenant: '00000000-0000-0000-0000-00000000000A' }
    const dsregcmd = capture('windows-dsregcmd.txt')
    expect(windows('mdm.enrolled', { dsregcmd })).toBe('unknown mdm-nothing-expected self')
    expect(windows('mdm.enrolled', { dsregcmd }, tenant)).toBe('pass - self')
    expect(windows('mdm.enrolled', { dsregcmd }, { tenant: 'another' })).toBe('fail mdm-other self')
    expect(windows('mdm.enrolled', { dsregcmd: dsregcmd.replace('SUCCESS', 'FAILED. Device is either disabled or deleted') }, tenant)).toBe('fail mdm-key self')
    expect(windows('mdm.enrolled', { dsregcmd: dsregcmd.replace('AzureAdJoined : YES', 'AzureAdJoined : NO') }, tenant)).toBe('fail mdm-none self')
    const profiles = capture('macos-profiles.txt')
    expect(macos('mdm.enrolled', { profiles }, { tenant: 'mdm.example.jp' })).toBe('pass - self')
    expect(macos('mdm.enrolled', { profiles: profiles.replace('Yes (User Approved)', 'Yes') }, { tenant: 'mdm.example.jp' })).toBe('fail mdm-unapproved self')
    const realm = 'town.example.jp\n  type: kerberos\n  realm-name: TOWN.EXAMPLE.JP\n  domain-name: town.example.jp\n  configured: kerberos-member\n'
    expect(linux('mdm.enrolled', { realm }, { tenant: 'town.example.jp' })).toBe('pass - self')
    expect(linux('mdm.enrolled', { realm: '' }, { tenant: 'town.example.jp' })).toBe('fail mdm-none self')
  })

  it('4.5 PC-18 the provider’s word counts where it names every context that the town asks for, and only while it is fresh', () => {
    const [asked, said] = [{ contexts: ['c1', '端末 管理'] }, (at: number, ...contexts: readonly string[]) => ({ token: `at=${at}\ncontexts=${contexts.map(encodeURIComponent).join(',')}` })]
    expect(linux('idp.context', said(now, 'c1', 'other', '端末 管理'), asked)).toBe('pass - vouched')
    expect(linux('idp.context', said(now - 24 * 3_600_000, 'c1', '端末 管理'), asked)).toBe('pass - vouched')
    expect(linux('idp.context', said(now - 24 * 3_600_000 - 1, 'c1', '端末 管理'), asked)).toBe('unknown token-old vouched')
    expect(linux('idp.context', said(now, 'c1'), asked)).toBe('fail context-missing vouched')
    expect(linux('idp.context', said(now), asked)).toBe('fail context-missing vouched')
    expect(linux('idp.context', said(now, 'c1'))).toBe('unknown context-unasked vouched')
    expect(linux('idp.context', { token: '' }, asked)).toBe('unknown token-absent vouched')
    expect(linux('idp.context', { token: 'contexts=c1' }, asked)).toBe('unknown source-unclear vouched')
  })

  it('4.5 PC-19 looks for every way to become the administrator', () => {
    expect(linux('user.notadmin', { id: 'uid=65534(nobody) gid=65534(nogroup) groups=65534(nogroup)\n' })).toBe('pass - self')
    expect(linux('user.notadmin', { id: 'uid=1000(sato) gid=1000(sato) groups=1000(sato),27(sudo),100(domain users)\n' })).toBe('fail account-admin self')
    expect(linux('user.notadmin', { id: 'uid=1000(sato) gid=1000(sato) groups=1000(sato),998(docker)\n' })).toBe('fail account-admin self')
    expect(linux('user.notadmin', { id: 'uid=0(root) gid=0(root) groups=0(root)\n' })).toBe('fail account-admin self')
    const [groups, uac] = [capture('windows-groups.txt'), capture('windows-uac.txt')]
    expect(windows('user.notadmin', { groups, uac })).toBe('pass - self')
    expect(windows('user.notadmin', { groups, uac: uac.replace('0x1', '0x0') })).toBe('fail account-uac-off self')
    expect(windows('user.notadmin', { groups: `${groups}"VORDEFINIERT\\Administratoren","Alias","S-1-5-32-544","Gruppe, die nur zum Ablehnen verwendet wird"\n`, uac })).toBe('fail account-admin self')
    expect(windows('user.notadmin', { groups: groups.split('\n').slice(1).join('\n'), uac })).toBe('unknown source-unclear self')
    expect(macos('user.notadmin', { 'admin-member': capture('macos-admin-member.txt') })).toBe('pass - self')
    expect(macos('user.notadmin', { 'admin-member': 'yes sato is a member of admin' })).toBe('fail account-admin self')
  })

  it('4.5 PC-20 names first what somebody could have changed or opened', () => {
    const sound = 'version=0.1.0\nelectron=45.4.1\npackaged=yes\nwritable=no\nunchanged=yes\ndebugged=no\nfuses=01000100'
    expect(linux('app.intact', { app: sound })).toBe('pass - self')
    const broken = (from: string, to: string) => linux('app.intact', { app: sound.replace(from, to) })
    expect(broken('debugged=no', 'debugged=yes')).toBe('fail app-debugged self')
    expect(broken('writable=no', 'writable=yes')).toBe('fail app-writable self')
    expect(broken('unchanged=yes', 'unchanged=no')).toBe('fail app-changed self')
    expect(broken('unchanged=yes', 'unchanged=unlisted')).toBe('unknown app-unlisted self')
    expect(broken('unchanged=yes', 'unchanged=maybe')).toBe('unknown source-unclear self')
    expect(broken('packaged=yes', 'packaged=no')).toBe('fail app-unpackaged self')
    expect(broken('fuses=0', 'fuses=1')).toBe('fail app-fuses self')
    expect(broken('fuses=01000100', 'fuses=')).toBe('unknown app-fuses-unread self')
    expect(broken('electron=45.4.1', 'electron=33.4.11')).toBe('fail app-runtime-old self')
    expect(broken('electron=45.4.1', 'electron=36.8.0')).toBe('fail app-runtime-old self')
    expect(broken('electron=45.4.1', 'electron=36.8.1')).toBe('pass - self')
    expect(linux('app.intact', { app: sound }, { minimumVersion: '0.2.0' })).toBe('fail app-old self')
  })

  it('4.5 PC-21 PC-22 compares the clock with what was heard, and asks for room on the disk', () => {
    expect([linux('clock', { clock: '' }), linux('clock', { clock: 'skew-ms=-299000' }), linux('clock', { clock: 'skew-ms=301000' })]).toEqual(['unknown clock-nothing-heard self', 'pass - self', 'fail clock-off self'])
    expect([linux('store.health', { store: `free-bytes=${2 ** 31}` }), linux('store.health', { store: 'free-bytes=1000' })]).toEqual(['pass - self', 'fail store-full self'])
  })
})
