// Runs in Node: prepares an office with documents decided and filed, then exports the volume through the product's own command
// onto the disk, and copies and hashes the same payload with the bare tools.

import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { VaultHost } from '../../../renderer/vault/ports.ts'
import { answerRuns } from '../answer-runs.ts'
import { furniture, photographs } from '../office/furniture.ts'
import { openOffice, type Office } from '../office/office.ts'
import { drafter, people } from '../office/roles.ts'
import { cheapPin } from '../office/town.ts'
import { workThrough } from '../office/work.ts'
import type { Race, Run } from '../row.ts'
import { startStopwatch, type Stopwatch } from '../stopwatch.ts'

async function prepare(root: string, documents: number): Promise<Race> {
  const folder = mkdtempSync(join(tmpdir(), 'fumibako-export-'))
  const exports = join(folder, 'exports')
  const office = await openOffice({ folder: join(folder, 'profile'), exports, people, cost: cheapPin, ...furniture(root) })
  const volume = await workThrough(office, documents, photographs(root))
  const exporter = await openExporter(office, volume)
  const first = await exporter.run(startStopwatch())
  const payload = join(folder, 'payload')
  execFileSync('cp', ['-r', join(first, 'data'), payload])
  const files = execFileSync('find', [payload, '-type', 'f'], { encoding: 'utf8' }).trim().split('\n').length
  const octets = Number(execFileSync('du', ['-sb', '--apparent-size', payload], { encoding: 'utf8' }).split('\t')[0])
  rmSync(first, { recursive: true })
  return {
    facts: { documents, files, octets },
    async product() {
      const watch = startStopwatch()
      const path = await exporter.run(watch)
      const run = watch.stop()
      rmSync(path, { recursive: true })
      return run
    },
    peer: async () => copyAndHash(payload, join(exports, 'copy')),
    close: async () => rmSync(folder, { recursive: true, force: true }),
  }
}

interface Exporter {
  /** The value is the package's folder. */
  run(watch: Stopwatch): Promise<string>
}

async function openExporter(office: Office, volume: string): Promise<Exporter> {
  const listener = createListener()
  const desk = await office.sit(drafter.person, listener.hear)
  return {
    async run(watch) {
      listener.begin(watch)
      const { path } = await desk.done('exportPackage', { scope: { kind: 'volume', id: volume }, position: drafter.position, reason: '移管' })
      return path
    },
  }
}

interface Listener {
  begin(watch: Stopwatch): void
  hear(host: VaultHost): VaultHost
}

/** Times main's side of the export, and by what it asks next what the vault did in between. */
function createListener(): Listener {
  let watch = startStopwatch()
  let last = performance.now()
  let isWriting = false
  const call = async <T>(name: string, before: string, work: () => Promise<T>): Promise<T> => {
    watch.add(isWriting ? 'vault: open, hash and hand over files' : before, performance.now() - last)
    const value = await watch.time(name, work)
    last = performance.now()
    return value
  }
  return {
    begin(next) {
      watch = next
      last = performance.now()
      isWriting = false
    },
    hear: (host) => ({
      ...host,
      consent: { request: (input) => call('main: consent (without the person)', 'vault: select and judge', () => host.consent.request(input)) },
      journal: {
        ...host.journal,
        commit: (input) => call('main: gate, sign, force to the medium', 'vault: seal the acts', () => host.journal.commit(input)),
        read: (input) => call('main: read the journal', 'vault: open headers and events', () => host.journal.read(input)),
      },
      objects: {
        ...host.objects,
        get: (input) => call('main: read sessions and wraps', 'vault: open headers and events', () => host.objects.get(input)),
        range: (input) => call('main: read packs', 'vault: open, hash and hand over files', () => host.objects.range(input)),
      },
      export: {
        ...host.export,
        put(input) {
          const put = call('main: write files', 'vault: build and prove the trail', () => host.export.put(input))
          isWriting = true
          return put
        },
        finish: (input) => call('main: force to the medium, rename', 'vault: open, hash and hand over files', () => host.export.finish(input)),
      },
    }),
  }
}

async function copyAndHash(payload: string, copy: string): Promise<Run> {
  const watch = startStopwatch()
  await watch.time('cp -r', () => void execFileSync('cp', ['-r', payload, copy]))
  await watch.time('sha512sum', () => void execFileSync('sh', ['-c', 'find . -type f -print0 | xargs -0 sha512sum > ../copy.sha512'], { cwd: copy }))
  await watch.time('sync', () => void execFileSync('sync', ['-f', copy]))
  const run = watch.stop()
  rmSync(copy, { recursive: true })
  return run
}

const [, , root = '', documents = '0'] = process.argv
prepare(root, Number(documents))
  .then(answerRuns)
  .catch((error: unknown) => {
    console.error(error)
    process.exitCode = 1
  })
