import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { createLogFile } from './log-file.ts'

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'log-'))
  onTestFinished(() => rmSync(made, { recursive: true }))
  return join(made, 'logs')
}

it('2.8 notes where a defect came from and never what its message quotes', () => {
  const at = folder()
  const log = createLogFile(at)
  const id = log.defect('vault.open', new TypeError('cannot read 磐梯花子 秘密'))
  log.note('ipc.bad-request', { channel: 'session.unlock' })
  const text = readFileSync(join(at, 'fumibako.log'), 'utf8')
  expect(text).not.toMatch(/磐梯|秘密|cannot read/)
  const [defect, note] = text.trim().split('\n').map((line) => JSON.parse(line) as Record<string, string>)
  expect(defect).toMatchObject({ code: 'defect', id, where: 'vault.open', kind: 'TypeError' })
  expect(defect?.['stack']).toContain('log-file.test.ts')
  expect(note).toMatchObject({ code: 'ipc.bad-request', channel: 'session.unlock' })
  expect(statSync(join(at, 'fumibako.log')).mode & 0o077).toBe(0)
})

it('keeps two files and no more', () => {
  const at = folder()
  const log = createLogFile(at)
  for (let round = 0; round < 3; round++) {
    writeFileSync(join(at, 'fumibako.log'), 'x'.repeat(1024 * 1024 + 1))
    log.note('round', { round })
  }
  expect(readdirSync(at).sort()).toEqual(['fumibako.log', 'fumibako.log.1'])
  expect(readFileSync(join(at, 'fumibako.log'), 'utf8')).toContain('"round":2')
})
