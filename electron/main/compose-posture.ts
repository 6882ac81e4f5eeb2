// The part of the composition root that makes the checks of this device: what Electron knows of the app, the readers of this system, the
// places of its settings.
import { dirname, join } from 'node:path'
import { app, powerMonitor } from 'electron'
import type { PostureView } from '@shared/ipc/contract/posture.ts'
import { defaultRules } from '@shared/posture/checks/rules.ts'
import type { ActRule } from '@shared/posture/model.ts'
import type { Timers } from '@shared/sync/scheduler.ts'
import { openSettingsPlace } from './platform/open-settings.ts'
import { watchReturn } from './platform/power.ts'
import type { HeardClock } from './posture/heard-clock.ts'
import { settingsPlace } from './posture/settings.ts'
import { sourcesOf, systemOf } from './posture/sources.ts'
import { createThisMachine } from './posture/this-machine.ts'
import { nodeHost, systemClock } from './services/node-host.ts'
import { createPostureService, type PostureService } from './services/posture-service.ts'
import type { Profile } from './services/profile.ts'
import { createSinceMemory } from './services/since-memory.ts'

export interface PostureParts {
  readonly profile: Profile
  /** Where the records lie. */
  readonly folder: string
  readonly heard: HeardClock
  readonly timers: Timers
  readonly asked: () => readonly ActRule[]
  readonly changed: (view: PostureView) => void
}

export function composePosture({ profile, folder, heard, timers, asked, changed }: PostureParts): PostureService {
  const system = systemOf(process.platform)
  const machine = createThisMachine(process.env)
  const rules = (): typeof defaultRules => defaultRules
  const framework = join(dirname(process.execPath), '../Frameworks/Electron Framework.framework/Electron Framework')
  const facts = { version: app.getVersion(), electron: process.versions.electron, packaged: app.isPackaged, executable: process.execPath, binary: system === 'macos' ? framework : process.execPath, resources: process.resourcesPath, argv: process.argv, profile: folder }
  const service = createPostureService({
    system,
    version: app.getVersion(),
    sources: sourcesOf({ system, machine, app: facts, rules, heard }),
    rules,
    async who() {
      const record = await profile.load()
      return typeof record === 'string' ? null : { device: record.device.id, level: profile.keystore === 'os' ? 'L1' : 'L0' }
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
    stop() {
      endWatch()
      service.stop()
    },
  }
}
