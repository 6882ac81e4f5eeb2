// What one machine holds comes to another as sync brings it.

import { ok } from '@shared/base/result.ts'
import { takeObject } from '@shared/sync/take-object.ts'
import type { TestSeat } from './test-seat.ts'

/** What a name is taken for already lies beside it. */
export async function carry(from: TestSeat, to: TestSeat): Promise<void> {
  const local = {
    names: async () => [...to.objects.keys()],
    get: async (name: string) => to.objects.get(name) ?? null,
    has: async (name: string) => to.objects.has(name),
    put: async (name: string, bytes: Uint8Array) => (to.objects.set(name, bytes), ok(null)),
    replace: async (name: string, bytes: Uint8Array) => (to.objects.set(name, bytes), ok(null)),
  }
  for (const [name, bytes] of [...from.objects]) await takeObject(local, { name, bytes })
  await to.service.takeIn()
}
