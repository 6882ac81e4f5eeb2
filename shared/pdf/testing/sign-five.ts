// Signs a frozen test document five times. Never imported by product code.

import type { TestTown } from '../../signing/testing/town.ts'
import { appendSignature } from '../append-signature.ts'
import { fiveSteps, type TestStep } from './frozen.ts'

/** The unsigned file and what it was after each signature: six files. */
export async function signFive(pdf: Uint8Array, town: TestTown): Promise<readonly Uint8Array[]> {
  const files = [pdf]
  for (const step of fiveSteps) files.push(await signStep(files.at(-1) as Uint8Array, step, town))
  return files
}

export async function signStep(pdf: Uint8Array, step: TestStep, town: TestTown): Promise<Uint8Array> {
  const at = `${step.mark.date}T01:00:00Z`
  const result = await appendSignature({ pdf, field: step.field, mark: step.mark, signer: await town.person(step.name), at, reason: `承認（${step.mark.position}）`, name: step.name })
  if (!result.ok) throw new Error(result.error.type)
  return result.value
}
