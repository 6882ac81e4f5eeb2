// A machine whose administrator named an identity provider, and a person who goes where the app sends the browser.
import { expect } from '@playwright/test'
import type { Host } from '../hosts/electron-host.ts'
import { makeWorld, type World } from '../hosts/world.ts'
import { UnlockScreen } from '../screens/unlock-screen.ts'
import { browse, type OidcServer } from '../servers/oidc-provider.ts'

/** The person goes where the app sends the browser, signs in there, and comes back; what the last page says. `start`: where not at the unlock screen. */
export async function inBrowser(host: Host, account: string, start?: () => Promise<void>): Promise<string> {
  const before = host.opened().length
  const unlock = new UnlockScreen(await host.page())
  await (start ?? (() => unlock.startSignIn()))()
  await expect.poll(() => host.opened().length).toBe(before + 1)
  const back = await browse(host.opened().at(-1) ?? '', { account, password: `password of ${account}` }, (address) => new URL(address).pathname === '/signed-in')
  return (await fetch(back)).text()
}

const file = '/etc/fumibako/managed.json'
/** A machine whose administrator named this provider. */
export const machineOf = ({ issuer, clientId }: OidcServer, mode = 0o644): World => makeWorld({ folders: ['/etc/fumibako'], files: { [file]: JSON.stringify({ signIn: { issuer, clientId } }) }, programs: {}, modes: { [file]: mode } })
