// A device that says nothing of its state: what towns without rules for it have.

import type { DeviceState } from '../../ports.ts'

export const stateless: DeviceState = { current: () => null, measure: async () => null, follow: () => undefined }
