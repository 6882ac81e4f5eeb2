// The page for whoever looks after the machines names every setting there is, and no other.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { managedPlaces, parseManaged, parseManagedKeys } from './managed-config.ts'

const page = readFileSync(fileURLToPath(new URL('../../ADMINISTRATOR.md', import.meta.url)), 'utf8')

it('4.17 the administrator’s page says where settings are, and its example is read as it stands', () => {
  for (const place of Object.values(managedPlaces)) expect(page).toContain(`\`${place}\``)
  const example = /```json\n([\s\S]+?)```/.exec(page)?.[1] ?? ''
  expect(parseManaged(example)).toEqual({ issuer: 'https://login.example.jp/town', clientId: 'fumibako' })
  expect(parseManagedKeys(example)).toMatchObject({ in: 'pkcs11' })
})

it('4.17 every setting is documented with its effect, and nothing is documented that is none', () => {
  const source = readFileSync(fileURLToPath(new URL('managed-config.ts', import.meta.url)), 'utf8')
  const rows = [...page.matchAll(/^\| `((?:signIn|keys)\.\w+)` \| ([^|]+) \| ([^|]{20,}) \| ([^|]{5,}) \|$/gm)]
  expect(rows.map(([, name]) => name)).toEqual(['signIn.issuer', 'signIn.clientId', 'keys.in', 'keys.module'])
  expect([...source.matchAll(/value\('(\w+)'\)/g)].map(([, name]) => name)).toEqual(rows.flatMap(([, , value = '']) => /`(\w+)`/.exec(value)?.[1] ?? []))
  for (const member of ['issuer', 'clientId', 'module', 'in']) expect(source).toMatch(new RegExp(`\\b${member}: v\\.`))
})
