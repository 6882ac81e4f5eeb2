// Bags written by hand, line by line, the way other tools write them: raw material for judging.

import { utf8ToBytes } from '../../base/bytes.ts'
import { nobleDigests } from './noble-digests.ts'
import type { DigestName } from '../ports.ts'

export function digestOf(name: DigestName, bytes: Uint8Array): string {
  const running = nobleDigests.start(name)
  running.update(bytes)
  return running.hex()
}

export interface HandmadeBag {
  readonly payload?: Readonly<Record<string, string>>
  readonly algorithms?: readonly DigestName[]
  readonly tagAlgorithms?: readonly DigestName[]
  readonly bagit?: string
  readonly info?: string | null
  readonly more?: Readonly<Record<string, string>>
  readonly lineEnd?: string
  readonly upper?: boolean
}

/** A valid bag unless told otherwise. */
export function handmadeBag(bag: HandmadeBag = {}): Map<string, Uint8Array> {
  const nodes = new Map<string, Uint8Array>()
  const payload = Object.entries(bag.payload ?? { 'data/a.txt': 'あいう', 'data/deep/b.bin': 'bbb' })
  const end = bag.lineEnd ?? '\n'
  const put = (path: string, text: string): void => void nodes.set(path, utf8ToBytes(text))
  const lines = (algorithm: DigestName, paths: readonly string[]): string =>
    paths
      .map((path) => {
        const digest = digestOf(algorithm, nodes.get(path) as Uint8Array)
        return `${bag.upper === true ? digest.toUpperCase() : digest}  ${path}${end}`
      })
      .join('')
  for (const [path, text] of payload) put(path, text)
  put('bagit.txt', bag.bagit ?? `BagIt-Version: 1.0${end}Tag-File-Character-Encoding: UTF-8${end}`)
  for (const algorithm of bag.algorithms ?? ['sha512']) {
    put(`manifest-${algorithm}.txt`, lines(algorithm, payload.map(([path]) => path)))
  }
  const octets = payload.reduce((sum, [path]) => sum + (nodes.get(path) as Uint8Array).length, 0)
  if (bag.info !== null) put('bag-info.txt', bag.info ?? `Source-Organization: 磐梯町${end}Payload-Oxum: ${octets}.${payload.length}${end}`)
  for (const [path, text] of Object.entries(bag.more ?? {})) put(path, text)
  const tags = [...nodes.keys()].filter((path) => !path.startsWith('data/'))
  for (const algorithm of bag.tagAlgorithms ?? ['sha512']) put(`tagmanifest-${algorithm}.txt`, lines(algorithm, tags))
  return nodes
}

/** Writes the tag manifests again after a tag file was changed on purpose. */
export function retag(nodes: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const tags = [...nodes.keys()].filter((path) => !path.startsWith('data/') && !path.startsWith('tagmanifest-'))
  return nodes.set('tagmanifest-sha512.txt', utf8ToBytes(tags.map((path) => `${digestOf('sha512', nodes.get(path) as Uint8Array)}  ${path}\n`).join('')))
}
