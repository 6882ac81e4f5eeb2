// PC-14 fw.on: does the machine refuse what nobody inside asked for?

import { fail, type Finding, judgeText, jsonObject, pass, registryValues, textOf, type Told, unclear, unknown, unread } from './heard.ts'

const states = new Set(['active', 'inactive', 'failed', 'activating', 'deactivating', 'reloading', 'maintenance', 'unknown', 'not-found'])

/**
 * `systemctl is-active firewalld ufw nftables`, one word for each. ufw's service is active also while ufw is switched off, so its own
 * file must say so too; the service of nftables loads a file, and only a chain that hooks the input there is a firewall.
 */
export function linuxFirewall(told: Told): Finding {
  return judgeText(told, 'owned', 'firewalls', (text) => {
    const said = text.trim().split('\n')
    if (said.length !== 3 || said.some((state) => !states.has(state))) return unclear('owned')
    const [firewalld, ufw, nftables] = said
    if (firewalld === 'active') return pass('owned')
    if (ufw === 'active') {
      const enabled = /^ENABLED=(yes|no)\s*$/im.exec(textOf(told, 'ufw') ?? '')?.[1]?.toLowerCase()
      if (enabled === 'yes') return pass('owned')
      if (enabled === undefined) return unread(told, 'owned', 'ufw')
    }
    if (nftables === 'active') return nftablesFinding(told)
    return fail('owned', 'fw-off')
  })
}

function nftablesFinding(told: Told): Finding {
  const text = textOf(told, 'nftables')
  if (text === null) return unread(told, 'owned', 'nftables')
  const rules = text.replace(/#.*$/gm, '')
  if (/hook\s+input\s+priority\s+[^;]+;[^}]*policy\s+drop\s*;/.test(rules)) return pass('owned')
  return unknown('owned', 'fw-rules-unseen')
}

/** The three profiles under SharedAccess, and above them what the administrator's policy says. */
export function windowsFirewall(told: Told): Finding {
  const own = textOf(told, 'firewall')
  if (own === null) return unread(told, 'self', 'firewall')
  const base = 'hkey_local_machine\\system\\currentcontrolset\\services\\sharedaccess\\parameters\\firewallpolicy\\'
  const above = 'hkey_local_machine\\software\\policies\\microsoft\\windowsfirewall\\'
  const [values, policy] = [registryValues(own), registryValues(textOf(told, 'firewall-policy') ?? '')]
  const profiles = ['domainprofile', 'publicprofile', 'standardprofile'].map((name) => {
    const managed = policy.get(`${above}${name}\\enablefirewall`)
    return { managed: managed !== undefined, on: managed ?? values.get(`${base}${name}\\enablefirewall`) }
  })
  const trust = profiles.every(({ managed }) => managed) ? 'owned' : 'self'
  if (profiles.some(({ on }) => on === 0)) return fail(trust, 'fw-off')
  return profiles.every(({ on }) => on === 1) ? pass(trust) : unclear(trust)
}

/** `socketfilterfw --getglobalstate` up to macOS 14; from macOS 15 on it is `system_profiler SPFirewallDataType -json` that tells. */
export function macosFirewall(told: Told): Finding {
  const major = Number(/^ProductVersion:\s*(\d+)\./m.exec(textOf(told, 'sw-vers') ?? '')?.[1] ?? Number.NaN)
  if (Number.isNaN(major)) return unread(told, 'self', 'sw-vers')
  if (major >= 15) return judgeText(told, 'self', 'firewall-profile', profileFinding)
  return judgeText(told, 'self', 'firewall', (text) => {
    const state = /^Firewall is (?:enabled|disabled|blocking all non-essential incoming connections)\. \(State = ([012])\)\s*$/.exec(text)?.[1]
    return state === undefined ? unclear('self') : state === '0' ? fail('self', 'fw-off') : pass('self')
  })
}

function profileFinding(text: string): Finding {
  const entries = jsonObject(text)?.['SPFirewallDataType']
  const [first] = Array.isArray(entries) ? (entries as readonly unknown[]) : []
  const state = typeof first === 'object' && first !== null ? (first as Readonly<Record<string, unknown>>)['spfirewall_globalstate'] : undefined
  if (state === 'spfirewall_globalstate_limit_connections' || state === 'spfirewall_globalstate_block_all') return pass('self')
  return state === 'spfirewall_globalstate_allow_all' ? fail('self', 'fw-off') : unclear('self')
}
