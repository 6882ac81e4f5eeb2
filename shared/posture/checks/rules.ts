// PC-4: what a town asks of a machine, as data: towns differ, and what counts as up to date changes with the calendar. The defaults are
// those of `sync-and-trust` 2c and of the makers' published dates.

import * as v from 'valibot'

const days = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(3650))
const date = v.pipe(v.string(), v.isoDate())
const version = v.pipe(v.string(), v.regex(/^\d{1,6}(\.\d{1,6}){0,3}$/))
const unit = v.pipe(v.string(), v.regex(/^[A-Za-z0-9][A-Za-z0-9@._-]{0,63}$/))

export const postureRulesSchema = v.strictObject({
  /** Without input, the screen is locked after so many minutes at the latest. */
  lockMinutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(240)),
  /** From the dark screen to the lock, in seconds. */
  lockDelaySeconds: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(600)),
  /** Signatures of a scanner may be so many days old. */
  signatureDays: days,
  /** The same for what macOS brings itself, which its maker renews every few weeks. */
  builtInDays: days,
  /** So long may a machine go without asking for updates (Linux). */
  patchDays: days,
  /** So long may a restart wait that an update asked for. */
  rebootDays: days,
  /** Minutes between this clock and what was heard of others, for signing. */
  clockMinutes: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1440)),
  /** Bytes that stay free on the disk of the records. */
  freeBytes: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  /** Supported systems: by `ID VERSION_ID` of os-release (or `ID major`), by Windows build, by macOS major version. `until`: the last day of support, null where the maker names none. */
  linux: v.record(v.string(), v.strictObject({ until: date })),
  windows: v.record(v.string(), v.strictObject({ revision: v.pipe(v.number(), v.integer(), v.minValue(0)), until: date })),
  macos: v.record(v.string(), v.strictObject({ version, until: v.nullable(date) })),
  /** Scanners whose service counts on Linux; `signatures`: how their age is known (`own`: the maker's agent renews itself). */
  linuxGuards: v.pipe(v.array(v.strictObject({ unit, signatures: v.picklist(['clamav', 'own']) })), v.maxLength(16)),
  /** Team identifiers of scanners whose system extension counts on macOS. */
  macosGuards: v.pipe(v.array(v.pipe(v.string(), v.regex(/^[A-Z0-9]{10}$/))), v.maxLength(16)),
  /** Groups on Linux whose members can become the administrator. */
  adminGroups: v.pipe(v.array(unit), v.maxLength(32)),
  /** Tenant or realm that machines are enrolled in; null: nothing is expected. */
  tenant: v.nullable(v.pipe(v.string(), v.maxLength(253))),
  /** Authentication contexts that the provider has to have found satisfied (`acrs`); none: nothing is expected. */
  contexts: v.pipe(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(64))), v.maxLength(100)),
  /** So many hours old may the provider's word be. */
  tokenHours: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(720)),
  /** Of this product. */
  minimumVersion: version,
  /** Of Electron, by major version: the first that cannot be led by a changed snapshot (CVE-2025-55305). An older major is too old. */
  electron: v.record(v.string(), version),
})
export type PostureRules = Readonly<v.InferOutput<typeof postureRulesSchema>>

export const defaultRules: PostureRules = {
  lockMinutes: 15,
  lockDelaySeconds: 5,
  signatureDays: 3,
  builtInDays: 60,
  patchDays: 30,
  rebootDays: 7,
  clockMinutes: 5,
  freeBytes: 1024 ** 3,
  linux: {
    'debian 12': { until: '2028-06-30' },
    'debian 13': { until: '2030-06-30' },
    'ubuntu 22.04': { until: '2027-04-30' },
    'ubuntu 24.04': { until: '2029-04-30' },
    'ubuntu 26.04': { until: '2031-04-30' },
    'rhel 8': { until: '2029-05-31' },
    'rhel 9': { until: '2032-05-31' },
    'rhel 10': { until: '2035-05-31' },
    'almalinux 9': { until: '2032-05-31' },
    'rocky 9': { until: '2032-05-31' },
  },
  windows: {
    '19045': { revision: 0, until: '2025-10-14' },
    '22631': { revision: 0, until: '2026-11-10' },
    '26100': { revision: 0, until: '2027-10-12' },
    '26200': { revision: 0, until: '2028-10-10' },
  },
  macos: { '15': { version: '15.0', until: null }, '26': { version: '26.0', until: null } },
  linuxGuards: [
    { unit: 'clamav-daemon.service', signatures: 'clamav' },
    { unit: 'clamd@scan.service', signatures: 'clamav' },
    { unit: 'mdatp.service', signatures: 'own' },
    { unit: 'falcon-sensor.service', signatures: 'own' },
    { unit: 'sentinelone.service', signatures: 'own' },
    { unit: 'ds_agent.service', signatures: 'own' },
  ],
  macosGuards: ['UBF8T346G9', 'X9E956P446', '4AYE5J54KN'],
  adminGroups: ['root', 'sudo', 'wheel', 'admin', 'adm', 'disk', 'docker', 'lxd', 'libvirt'],
  tenant: null,
  contexts: [],
  tokenHours: 24,
  minimumVersion: '0.1.0',
  electron: { '35': '35.7.5', '36': '36.8.1', '37': '37.3.1' },
}

/** Milliseconds of so many days. */
export const daysMs = (count: number): number => count * 86_400_000

/** The last instant of a day, UTC. */
export const endOfDay = (day: string): number => Date.parse(`${day}T23:59:59.999Z`)
