// The wire as the app has it, without proxy, own authorities or limits: what servers on loopback are asked through.

import { Agent } from 'node:http'
import { createWire } from '../wire.ts'

const agent = new Agent({ keepAlive: true })

export const loopbackWire = createWire({ agentFor: async () => agent, up: async () => undefined, down: async () => undefined })
