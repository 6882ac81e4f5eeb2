// The Electron the product pins, as its makers publish it. Its bytes must match the digest in the npm package `electron`.
// A place that cannot be reached is remembered for a day, so that the next command does not wait for it again.
import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable, Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { cacheFolder, isIntact, keep } from './runtime-cache.mjs'
import { say } from './say.mjs'
import { unzip } from './unzip.mjs'

const silenceLimit = 10_000
const wholeLimit = 600_000
const day = 86_400_000

/**
 * An Electron that somebody already put into node_modules.
 * @param {string} root
 * @returns {import('./runtime.mjs').Runtime | undefined}
 */
export function installedRuntime(root) {
  const folder = join(root, 'node_modules/electron')
  const path = join(folder, 'path.txt')
  const version = join(folder, 'dist/version')
  if (!existsSync(path) || !existsSync(version)) return undefined
  if (!existsSync(join(folder, 'dist', readFileSync(path, 'utf8')))) return undefined
  return { kind: 'official', version: readFileSync(version, 'utf8').trim().replace(/^v/, ''), dist: join(folder, 'dist') }
}

/**
 * @param {string} root
 * @returns {Promise<import('./runtime.mjs').Runtime | { readonly unavailable: string }>}
 */
export async function provideOfficialRuntime(root) {
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules/electron/package.json'), 'utf8'))
  const archive = `electron-v${version}-${process.platform}-${process.arch}.zip`
  const digest = JSON.parse(readFileSync(join(root, 'node_modules/electron/checksums.json'), 'utf8'))[archive]
  if (!digest) return { unavailable: `Electron ${version} is not published for ${process.platform} ${process.arch}` }
  const dist = join(cacheFolder('electron'), `official-${version}-${process.platform}-${process.arch}`)
  if (await isIntact(dist, digest)) return { kind: 'official', version, dist }
  const memory = `${dist}.unavailable`
  const remembered = statSync(memory, { throwIfNoEntry: false })
  if (remembered && Date.now() - remembered.mtimeMs < day) return { unavailable: readFileSync(memory, 'utf8') }
  const base = process.env['ELECTRON_MIRROR'] ?? 'https://github.com/electron/electron/releases/download/'
  const file = `${dist}.${process.pid}.zip`
  say(`fetching Electron ${version}`)
  try {
    await download(`${base}v${version}/${archive}`, file, digest)
    await keep(dist, digest, (folder) => unzip(file, folder, (name) => name))
    return { kind: 'official', version, dist }
  } catch (error) {
    const unavailable = `Electron ${version} could not be fetched (${reasonOf(error)})`
    writeFileSync(memory, unavailable)
    return { unavailable }
  } finally {
    rmSync(file, { force: true })
  }
}

/** Gives up after 10 s without an answer or without a byte. @param {string} url @param {string} file @param {string} digest SHA-256, hex */
async function download(url, file, digest) {
  const abort = new AbortController()
  const give = () => abort.abort(new Error(`no answer for ${silenceLimit / 1000} s`))
  let silence = setTimeout(give, silenceLimit)
  const whole = setTimeout(() => abort.abort(new Error(`not done after ${wholeLimit / 60_000} min`)), wholeLimit)
  try {
    const response = await fetch(url, { signal: abort.signal })
    if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`)
    const hash = createHash('sha256')
    const watch = new Transform({
      transform(chunk, _encoding, done) {
        clearTimeout(silence)
        silence = setTimeout(give, silenceLimit)
        hash.update(chunk)
        done(null, chunk)
      },
    })
    await pipeline(Readable.fromWeb(/** @type {import('node:stream/web').ReadableStream} */ (response.body)), watch, createWriteStream(file), { signal: abort.signal })
    if (hash.digest('hex') !== digest) throw new Error('the bytes are not those its makers published')
  } catch (error) {
    throw abort.signal.aborted ? abort.signal.reason : error
  } finally {
    clearTimeout(silence)
    clearTimeout(whole)
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message || error.message : error.message
}
