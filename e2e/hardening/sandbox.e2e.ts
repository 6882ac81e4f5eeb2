// The wall between what a page can do and the machine: operating system sandbox, isolated world, no Node.
import { expect, test } from '../hosts/test.ts'
import { isRenderer, processTree } from './processes.ts'

test('2.4 every renderer runs in the real sandbox and none was started without it', async ({ launchApp }) => {
  const host = await launchApp()
  await host.page()
  const tree = processTree(host.pid)
  const renderers = tree.filter(isRenderer)
  expect(renderers.length).toBeGreaterThan(0)
  for (const renderer of renderers) {
    expect(renderer.seccomp).toBe(2)
    expect(renderer.noNewPrivileges).toBe(true)
    expect(renderer.namespacePids.length).toBeGreaterThan(1)
  }
  expect(tree.flatMap(({ argv }) => argv)).not.toContain('--no-sandbox')
})

test('2.4 an ordinary user cannot switch the sandbox off', async ({ launchApp }) => {
  const host = await launchApp({ args: ['--no-sandbox'] })
  await host.page()
  const renderers = processTree(host.pid).filter(isRenderer)
  expect(renderers.map(({ seccomp }) => seccomp)).toEqual(renderers.map(() => 2))
  expect(renderers.length).toBeGreaterThan(0)
})

test('2.4 the page lives in a world of its own: no Node, no Electron, a bridge it cannot change', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  const found = await page.evaluate(() => {
    const world = globalThis as unknown as Record<string, unknown>
    const absent = ['require', 'process', 'module', 'Buffer', 'global', 'ipcRenderer', 'electron', '__dirname'].filter((name) => typeof world[name] !== 'undefined')
    const bridge = world['fumibako'] as Record<string, unknown>
    const before = bridge['call']
    const change = (act: () => void): boolean => {
      try {
        act()
      } catch {
        return bridge['call'] === before
      }
      return bridge['call'] === before && world['fumibako'] === bridge
    }
    const unchanged = [
      change(() => (bridge['call'] = () => 'mine')),
      change(() => (world['fumibako'] = { call: () => 'mine' })),
      change(() => void Object.defineProperty(bridge, 'call', { value: () => 'mine' })),
      change(() => void delete bridge['call']),
    ]
    return { absent, unchanged, secure: isSecureContext, opener: window.opener as unknown }
  })
  expect(found).toEqual({ absent: [], unchanged: [true, true, true, true], secure: true, opener: null })
})

test('2.4 what the page does to its own built-ins does not reach the preload', async ({ launchApp }) => {
  const page = await (await launchApp()).page()
  const seen = await page.evaluate(async () => {
    const stolen: unknown[] = []
    const bridge = (window as unknown as { fumibako: { call(channel: string, input: unknown): Promise<{ ok: boolean }> } }).fumibako
    const has = Set.prototype.has
    const call = Function.prototype.call
    Set.prototype.has = () => true
    Function.prototype.call = function (...args) {
      // The app's own code may be at work meanwhile; what it calls is no loot.
      if (!new Error('who calls').stack?.includes('app://fumibako/')) stolen.push(args)
      return Reflect.apply(call, this, args)
    }
    const answers = await Promise.all([bridge.call('app.info', {}), bridge.call('vault.open', {}).catch((error: Error) => error.message)])
    Set.prototype.has = has
    Function.prototype.call = call
    return { ok: (answers[0] as { ok: boolean }).ok, refused: answers[1], stolen: stolen.length }
  })
  expect(seen).toEqual({ ok: true, refused: 'no such channel', stolen: 0 })
})
