// Another world around the packaged app: other files and programs at the places it reads, mounted in a name space of its own, so that the
// app itself needs no way to be told to look elsewhere. Takes root; what happens in it is seen nowhere else.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

export interface World {
  /** Words to put before a command so that it runs in this world. */
  readonly enter: readonly string[]
  /** Writes a file of the world anew; what runs in it sees it at once. */
  write(path: string, text: string): void
  remove(): void
}

export interface WorldParts {
  /** Folders that hold nothing but the files below; one that this machine lacks is there, empty, while the world is. */
  readonly folders: readonly string[]
  /** Files by their absolute paths: inside one of the folders, or over a file that is there. */
  readonly files: Readonly<Record<string, string | Uint8Array>>
  /** Shell scripts over programs that are there. */
  readonly programs: Readonly<Record<string, string>>
  /** Of files, where not 0644. */
  readonly modes?: Readonly<Record<string, number>>
}

const worldName = 'fumibako-world-'

/** A folder that is mounted over in somebody else's world must stay: with it the mount would go. */
function isWanted(folder: string): boolean {
  return readdirSync(tmpdir()).some((name) => name.startsWith(worldName) && existsSync(join(tmpdir(), name, folder)))
}

export function makeWorld({ folders, files, programs, modes = {} }: WorldParts): World {
  const root = mkdtempSync(join(tmpdir(), worldName))
  chmodSync(root, 0o755)
  const put = (path: string, content: string | Uint8Array, mode: number): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true, mode: 0o755 })
    writeFileSync(join(root, path), content)
    chmodSync(join(root, path), mode)
  }
  for (const folder of folders) mkdirSync(join(root, folder), { recursive: true, mode: 0o755 })
  for (const [path, content] of Object.entries(files)) put(path, content, modes[path] ?? 0o644)
  for (const [path, script] of Object.entries(programs)) put(path, `#!/bin/sh\n${script}\n`, 0o755)
  const lacking = folders.filter((folder) => !existsSync(folder))
  for (const folder of lacking) mkdirSync(folder)
  const alone = [...Object.keys(files), ...Object.keys(programs)].filter((path) => !folders.some((folder) => path.startsWith(`${folder}/`)))
  const mounts = [...folders, ...alone].map((path) => `mount --bind '${join(root, path)}' '${path}'`)
  return {
    enter: ['unshare', '--mount', '--propagation', 'private', '--', '/bin/sh', '-ec', `${mounts.join('\n')}\nexec "$@"`, 'world'],
    write: (path, text) => writeFileSync(join(root, path), text),
    remove() {
      rmSync(root, { recursive: true, force: true })
      for (const folder of lacking) if (!isWanted(folder)) rmdirSync(folder)
    },
  }
}
