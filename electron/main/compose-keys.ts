// The part of the composition root that decides where keys are: the operating system's secret store, and the hardware that this machine's
// administrator named, if any.
import { join } from 'node:path'
import { app } from 'electron'
import { createCngKeys } from './keys/cng-keys.ts'
import { createOsSecret } from './keys/os-secret.ts'
import { createPkcs11Keys } from './keys/pkcs11-keys.ts'
import { createSecureEnclaveKeys } from './keys/secure-enclave-keys.ts'
import { loadForeign } from './keys/foreign.ts'
import type { KeyHome, KeyStore, Log } from './ports.ts'
import { createKeyStore } from './services/key-store.ts'
import { runProgram } from './services/metered-line.ts'
import { nodeHost, systemClock } from './services/node-host.ts'
import { createProfile, type Profile } from './services/profile.ts'
import { createTokenMemory } from './services/token-memory.ts'
import { readManagedKeys, type ManagedKeys } from './sign-in/managed-config.ts'

export interface KeyParts {
  readonly profile: Profile
  readonly keys: KeyStore
  readonly keysFrom: string
}

/** `folder` holds the profile and what modules keep in files. */
export async function composeKeys(folder: string, log: Log): Promise<KeyParts> {
  const profile = createProfile(nodeHost, folder, createOsSecret())
  const managed = await readManagedKeys(process.platform, runProgram)
  if (managed === 'untrusted' || managed === 'unreadable') log.note('keys.config-unusable', { reason: managed })
  const home = typeof managed === 'string' ? null : homeOf(managed, folder, profile)
  return { profile, keys: createKeyStore(nodeHost, profile.keystore, home), keysFrom: home && typeof managed === 'object' ? fromOf(managed) : 'safeStorage (Electron)' }
}

function homeOf(managed: ManagedKeys, folder: string, profile: Profile): KeyHome {
  const foreign = () => loadForeign(join(app.getAppPath(), 'native', 'koffi.node'))
  if (managed.in === 'pkcs11') return createPkcs11Keys({ foreign, module: managed.module, folder: join(folder, 'tokens'), memory: createTokenMemory(profile), random: nodeHost.random, now: systemClock.now })
  if (managed.in === 'cng') return createCngKeys({ foreign, random: nodeHost.random })
  return createSecureEnclaveKeys({ program: join(process.resourcesPath, 'fumibako-enclave') })
}

function fromOf(managed: ManagedKeys): string {
  return managed.in === 'pkcs11' ? managed.module : managed.in
}
