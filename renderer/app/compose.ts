// The page's composition root: what main offers the page becomes SessionApi, the worker becomes VaultApi. Nothing is decided here.
// When the seat is locked, main loads the page anew, and with it ends everything that was open.

import type { Result } from '@shared/base/result.ts'
import { pageEvents, vaultPortMessage, type Bridge } from '@shared/ipc/bridge.ts'
import { createClient } from '@shared/ipc/client.ts'
import { contract, type Contract } from '@shared/ipc/contract.ts'
import type { Client } from '@shared/ipc/define.ts'
import type { SessionApi } from '../services/session-api.ts'
import type { VaultApi } from '../services/vault-api.ts'
import { createVaultClient } from '../services/vault-client.ts'
import type { FromVault, ToVault } from '../vault/rpc.ts'

export interface Services {
  readonly session: SessionApi
  readonly vault: () => VaultApi
}

/** To be called in the page's first script: the vault's port comes once, soon after. */
export function createServices(): Services {
  const bridge = (window as unknown as { readonly fumibako: Bridge }).fumibako
  const client = createClient(contract, 'page', bridge.call)
  const worker = new Worker(new URL('../vault/worker.ts', import.meta.url), { type: 'module', name: 'vault' })
  const port = portFromPreload().then((found) => worker.postMessage({ kind: 'port' } satisfies ToVault, [found]))
  // Nothing is said to the worker before it has its port; what is said meanwhile follows in order.
  const send = (message: ToVault): void => void port.then(() => worker.postMessage(message))
  const vault = createVaultClient({ postMessage: send, hear: (listener) => (worker.onmessage = (event) => listener(event.data as FromVault)) })
  let opened = false
  const open = (): VaultApi => {
    if (!opened) {
      opened = true
      send({ kind: 'open' })
    }
    return vault
  }
  const session = createSession(client, bridge, (language) => send({ kind: 'language', language }))
  return { session, vault: open }
}

/** The preload hands the port on by one message from this very window. */
function portFromPreload(): Promise<MessagePort> {
  return new Promise((resolve) => {
    const hear = (event: MessageEvent): void => {
      const [found] = event.ports
      if (event.source !== window || event.data !== vaultPortMessage || !found) return
      window.removeEventListener('message', hear)
      resolve(found)
    }
    window.addEventListener('message', hear)
  })
}

function createSession(client: Client<Contract, 'page'>, bridge: Bridge, speak: (language: 'ja' | 'en') => void): SessionApi {
  const listen = pageEvents(bridge)
  return {
    status: async () => value(await client.session.status({})),
    unlock: (input) => told(client.session.unlock(input)),
    async lock() {
      value(await client.session.lock({}))
    },
    createWorkspace: (input) => told(client.setup.createWorkspace({ ...input, seats: [...input.seats] })),
    samplePeople: async () => value(await client.setup.samplePeople({})),
    recoverPeople: (input) => told(client.setup.recoverPeople(input)),
    recover: (input) => told(client.setup.recover(input)),
    changePin: (input) => told(client.session.changePin(input)),
    saveSheet: (input) => told(client.setup.saveSheet(input)),
    readInvitation: (input) => told(client.join.read(input)),
    beginJoin: (input) => told(client.join.begin(input)),
    joining: async () => value(await client.join.status({})),
    lookForAnswer: (input) => told(client.join.look(input)),
    async leaveJoin() {
      value(await client.join.leave({}))
    },
    rehearse: (rules) => told(client.session.rehearse({ rules: [...rules] })),
    joinRequests: () => told(client.enrolment.pending({})),
    refuseJoin: (input) => told(client.enrolment.refuse(input)),
    saveInvitation: () => told(client.enrolment.invite({})),
    async settings() {
      const settings = value(await client.settings.get({}))
      speak(settings.language)
      return settings
    },
    async saveSettings(settings) {
      speak(settings.language)
      value(await client.settings.set(settings))
    },
    info: async () => value(await client.app.info({})),
    sync: async () => value(await client.sync.status({})),
    async syncNow() {
      value(await client.sync.now({}))
    },
    pauseSync: (paused, minutes) => told(client.sync.pause({ paused, minutes })),
    setLine: (line) => told(client.sync.setLine(line)),
    async reached(segment) {
      const answer = await client.sync.reached({ segment })
      return answer.ok ? answer.value : []
    },
    testStorage: (choice) => told(client.sync.testTarget(choice)),
    setStorage: (choice) => told(client.sync.setTarget(choice)),
    carrying: async () => value(await client.carry.status({})),
    beginCarry: (input) => told(client.carry.begin(input)),
    async stopCarry() {
      value(await client.carry.stop({}))
    },
    signIn: async (seat) => value(await client.signIn.status({ seat })),
    beginSignIn: (seat) => told(client.signIn.begin({ seat })),
    async cancelSignIn() {
      value(await client.signIn.cancel({}))
    },
    network: async () => value(await client.network.status({})),
    setProxy: (input) => told(client.network.setProxy(input)),
    setAuthorities: (input) => told(client.network.setAuthorities(input)),
    setClientCertificate: (input) => told(client.network.setClient(input)),
    posture: async () => value(await client.posture.state({})),
    checkPosture: async () => value(await client.posture.check({})),
    openSettings: (check) => told(client.posture.openSettings({ check })),
    unsaved: (count) => void client.app.unsaved({ count }),
    onSaveNow: (callback) => listen('app.saveNow', callback),
    onFileOpened: (callback) => listen('app.fileOpened', ({ path }) => callback(path)),
    onSync: (callback) => listen('sync.changed', callback),
    onPosture: (callback) => listen('posture.changed', callback),
    onCarry: (callback) => listen('carry.changed', callback),
    onSignIn: (callback) => listen('signIn.changed', callback),
    onState: (callback) => listen('session.changed', ({ status }) => callback(status)),
  }
}

/** For calls that have no failure of their own: what is left is a defect. */
function value<V>(answer: Result<V>): V {
  if (!answer.ok) throw new Error(`main does not answer: ${answer.error.type}`)
  return answer.value
}

/** Failures of the wall itself reach the screen like any other: by their type. */
function told<R>(answer: Promise<unknown>): Promise<R> {
  return answer as Promise<R>
}
