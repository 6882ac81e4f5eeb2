// The shapes in which the vault reports, taken from what screens may ask of it.

import type { JobState } from '../services/view-models.ts'

export type { CommandFailure } from '../services/vault-api.ts'
export type JobListener = (job: JobState) => void
