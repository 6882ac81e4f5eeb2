// All sources of the checks on this system, ready to be read.

import type { PostureRules } from '@shared/posture/checks/rules.ts'
import type { System } from '@shared/posture/model.ts'
import type { HeardClock } from './heard-clock.ts'
import { linuxSources } from './linux.ts'
import { macosSources } from './macos.ts'
import { ownSources } from './own.ts'
import type { AppFacts, Machine, Source, Sources } from './ports.ts'
import { windowsSources } from './windows.ts'

export interface SourceParts {
  readonly system: System
  readonly machine: Machine
  readonly app: AppFacts
  readonly rules: () => PostureRules
  readonly heard: Pick<HeardClock, 'skewMs'>
  /** `key=…`: whether the device's key works where it lies. */
  readonly key: Source
  /** What the sign-in of whoever sits here says. */
  readonly token: Source
}

export function sourcesOf({ system, machine, app, rules, heard, key, token }: SourceParts): Sources {
  const theirs = system === 'linux' ? linuxSources(machine, rules, app.profile) : system === 'windows' ? windowsSources(machine, app.profile) : macosSources(machine)
  return { ...theirs, ...ownSources(app, heard), key, token }
}

export function systemOf(platform: string): System {
  return platform === 'win32' ? 'windows' : platform === 'darwin' ? 'macos' : 'linux'
}
