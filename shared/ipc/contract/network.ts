// The way to a server as a page sees it: proxy, authorities, the certificate that this machine shows. A password, a passphrase and a
// key cross once, from the person to main, and never back.
import * as v from 'valibot'
import { bytes, method, nothing } from '../define.ts'
import type { Failure } from '../../base/result.ts'

export interface ShownCertificate {
  readonly name: string
  /** Milliseconds since 1970 UTC. */
  readonly until: number
}

export interface NetworkStatus {
  readonly mode: 'none' | 'system' | 'script' | 'own'
  readonly address: string
  readonly user: string
  readonly hasPassword: boolean
  /** `host:port` that the surroundings of the app name; null where they name none. */
  readonly surroundings: string | null
  /** `host:port` that the script names for an address outside, where one is chosen; null: straight. */
  readonly script: string | null
  /** The system's file of authorities; null where none was found and those of the app count. */
  readonly store: string | null
  /** Authorities that a person added. */
  readonly authorities: readonly ShownCertificate[]
  readonly hasClient: boolean
}

export type NetworkFailure = Failure<'ProxyAddressUnusable' | 'ProxyScriptUnreadable' | 'CertificateUnreadable' | 'ClientCertificateUnreadable' | 'SessionLocked' | 'DiskFull'>

const words = (most: number) => v.pipe(v.string(), v.maxLength(most))
/** `password`: null keeps the one that is there. */
export const proxyInput = v.strictObject({ mode: v.picklist(['none', 'system', 'script', 'own']), address: words(300), user: words(200), password: v.nullable(words(1000)) })
export type ProxyInput = Readonly<v.InferOutput<typeof proxyInput>>

export const network = {
  status: method('page', nothing).gives<NetworkStatus>(),
  setProxy: method('page', proxyInput).gives<NetworkStatus, NetworkFailure>(),
  /** One or more certificates in PEM; null takes all back. */
  setAuthorities: method('page', v.strictObject({ file: v.nullable(bytes) })).gives<NetworkStatus, NetworkFailure>(),
  /** PKCS #12, or PEM with the key; null takes it back. */
  setClient: method('page', v.strictObject({ file: v.nullable(bytes), passphrase: words(1000) })).gives<NetworkStatus, NetworkFailure>(),
} as const
