// The part of the composition root that makes the checks of this device: what Electron knows of the app, the readers of this system, the
// places of its settings.
import originalFs from 'original-fs'
import { dirname, join } from 'node:path'
import { app, powerMonitor } from 'electron'
import type { PostureView } from '@shared/ipc/contract/posture.ts'
import type { PostureRules } from '@shared/posture/checks/rules.ts'
import { rulesUnder } from '@shared/posture/checks/model.ts'
import type { ActRule } from '@shared/posture/model.ts'
import type { Timers } from '@shared/sync/scheduler.ts'
import type { KeyStore } from './ports.ts'
import { openSettingsPlace } from './platform/open-settings.ts'
import { watchReturn } from './platform/power.ts'
import type { DeviceState, TownAsks } from './ports.ts'
import type { HeardClock } from './posture/heard-clock.ts'
import { settingsPlace } from './posture/settings.ts'
import { createShippedFiles } from './posture/shipped-files.ts'
import { sourcesOf, systemOf } from './posture/sources.ts'
import { createThisMachine } from './posture/this-machine.ts'
import { tokenLines } from './posture/token-lines.ts'
import { nodeHost, systemClock } from './services/node-host.ts'
import { createPostureService, type PostureService } from './services/posture-service.ts'
import type { Profile } from './services/profile.ts'
import { createSinceMemory } from './services/since-memory.ts'

export interface PostureParts {
  readonly profile: Profile
  readonly keys: KeyStore
  /** What the person is told of where keys are. */
  readonly keysFrom: string
  /** Where the records lie. */
  readonly folder: string
  readonly heard: HeardClock
  readonly timers: Timers
  /** The latest token of whoever sits here, as the provider gave it. */
  readonly token: () => Promise<string | null>
  readonly changed: (view: PostureView) => void
}

export function composePosture({ profile, keys, keysFrom, folder, heard, timers, token, changed }: PostureParts): PostureService & Pick<DeviceState, 'follow'> {
  const system = systemOf(process.platform)
  const machine = createThisMachine(process.env)
  let policy: TownAsks | null = null
  const asked = (): readonly ActRule[] => policy?.rules ?? []
  const rules = (): PostureRules => rulesUnder(policy?.thresholds ?? null, asked().flatMap(({ signIn }) => signIn?.context ?? []))
  const framework = join(dirname(process.execPath), '../Frameworks/Electron Framework.framework/Electron Framework')
  const facts = { version: app.getVersion(), electron: process.versions.electron, packaged: app.isPackaged, executable: process.execPath, binary: system === 'macos' ? framework : process.execPath, resources: process.resourcesPath, argv: process.argv, profile: folder, shipped: createShippedFiles(originalFs.promises, dirname(process.resourcesPath)) }
  const keyWorks = async (): Promise<string> => {
    const record = await profile.load()
    if (typeof record === 'string') return 'key=none'
    if (keys.levelOf(record.device.signing) < 'L2') return 'key=software'
    return `key=${(await keys.test(record.device.signing))?.why ?? 'works'}`
  }
  const service = createPostureService({
    system,
    version: app.getVersion(),
    sources: sourcesOf({ system, machine, app: facts, rules, heard, key: { from: keysFrom, read: keyWorks }, token: { from: 'ID token (acr, acrs)', read: async () => tokenLines(await token()) } }),
    rules,
    async who() {
      const record = await profile.load()
      return typeof record === 'string' ? null : { device: record.device.id, level: keys.levelOf(record.device.signing) }
    },
    clock: systemClock,
    random: nodeHost.random,
    memory: createSinceMemory(profile),
    asked,
    timers,
    settings: {
      opens: async (check) => (await settingsPlace(machine, system, check)) !== null,
      async open(check) {
        const place = await settingsPlace(machine, system, check)
        return place !== null && openSettingsPlace(place)
      },
    },
    changed,
  })
  const endWatch = watchReturn(powerMonitor, () => void service.measure())
  return {
    ...service,
    follow(next) {
      const isNew = JSON.stringify(policy) !== JSON.stringify(next)
      policy = next
      if (isNew) void service.measure()
    },
    stop() {
      endWatch()
      service.stop()
    },
  }
}
