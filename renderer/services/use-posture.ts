// The state of this device for whoever shows it: asked once, then told whenever it changes.

import type { PostureState, SessionApi } from './session-api.ts'
import { useTold } from './use-sync.ts'

const ask = (session: SessionApi): Promise<PostureState> => session.posture()
const hear = (session: SessionApi, callback: (state: PostureState) => void): (() => void) => session.onPosture(callback)

export function usePosture(): PostureState | null {
  return useTold(ask, hear)
}
