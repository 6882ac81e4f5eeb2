// A machine with a module for keys: what compose makes, without Electron.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KeyStore } from '../../ports.ts'
import { createKeyStore } from '../../services/key-store.ts'
import { nodeHost } from '../../services/node-host.ts'
import { createProfile } from '../../services/profile.ts'
import { osSecret } from '../../services/testing/session-device.ts'
import { createTokenMemory } from '../../services/token-memory.ts'
import { loadForeign, type Foreign } from '../foreign.ts'
import { createPkcs11Keys } from '../pkcs11-keys.ts'

export const softHsmModule = '/usr/lib/softhsm/libsofthsm2.so'

export function foreign(): Foreign {
  return loadForeign(join('node_modules/@koromix', `koffi-${process.platform}-${process.arch}`, `${process.platform}_${process.arch}`, 'koffi.node'))
}

/** Words of the surroundings, for this whole process: modules read nothing else. */
export function surround(words: Readonly<Record<string, string>>): void {
  const set = foreign().load(null).func('int setenv(const char *name, const char *value, int overwrite)')
  for (const [name, value] of Object.entries(words)) set(name, value, 1)
}

/** SoftHSM over files of that folder. */
export function surroundSoftHsm(folder: string): void {
  mkdirSync(join(folder, 'softhsm'), { recursive: true })
  writeFileSync(join(folder, 'softhsm.conf'), `directories.tokendir = ${join(folder, 'softhsm')}\nobjectstore.backend = file\nlog.level = ERROR\n`)
  surround({ SOFTHSM2_CONF: join(folder, 'softhsm.conf') })
}

/** The keys of a machine whose profile lies in `folder`. */
export function keysOn(folder: string, module: string, now: () => number = () => 0): KeyStore {
  const profile = createProfile(nodeHost, join(folder, 'workspace'), osSecret)
  return createKeyStore(nodeHost, 'os', createPkcs11Keys({ foreign, module, folder: join(folder, 'workspace/tokens'), memory: createTokenMemory(profile), random: nodeHost.random, now }))
}
