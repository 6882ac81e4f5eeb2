// Runs in Node: makes a practice workspace in a profile folder, with documents drafted, decided and filed, under a PIN at full
// cost. Says on stdout what it made and what its two slow steps of unlocking take by themselves.

import { join } from 'node:path'
import { argon2id } from 'hash-wasm'
import { pinCost } from '../../../electron/main/services/seat-file.ts'
import { furniture, photographs } from '../office/furniture.ts'
import { openOffice } from '../office/office.ts'
import { people, pin } from '../office/roles.ts'
import { workThrough } from '../office/work.ts'

const [, , root = '', folder = '', documents = '0'] = process.argv

async function main(): Promise<void> {
  const office = await openOffice({ folder, exports: join(folder, 'exports'), people, cost: pinCost, ...furniture(root) })
  await workThrough(office, Number(documents), photographs(root))
  const begun = performance.now()
  await argon2id({ password: pin, salt: new Uint8Array(16), memorySize: pinCost.memory, iterations: pinCost.passes, parallelism: pinCost.lanes, hashLength: 32, outputType: 'binary' })
  console.log(JSON.stringify({ documents: Number(documents), 'Argon2id alone, ms': Math.round(performance.now() - begun) }))
}

main().catch((error: unknown) => {
  console.error(error)
  process.exitCode = 1
})
