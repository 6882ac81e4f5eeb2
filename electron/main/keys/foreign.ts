// Calls into libraries of the system (a token's module, CNG) without a compiler: koffi's Node-API binary, shipped beside the code. It is
// loaded only when the administrator of this machine named such a library.
import type koffi from 'koffi'

export type Foreign = typeof koffi

/** `binary`: `koffi.node` of this platform. Throws where it cannot be loaded: a package without it is broken. */
export function loadForeign(binary: string): Foreign {
  const module = { exports: {} }
  process.dlopen(module, binary)
  return module.exports as Foreign
}
