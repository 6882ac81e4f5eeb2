// PC-17 mdm.enrolled: does the town manage this machine? PC-19 user.notadmin: is the person's everyday account an ordinary one?

import { type Context, fail, type Finding, judgeText, lineValue, pass, registryValues, textOf, type Told, unclear, unknown, unread } from './heard.ts'

/** `realm list`: a machine that is a member says so under the name of its realm. */
export function linuxManaged(told: Told, { rules }: Context): Finding {
  if (rules.tenant === null) return unknown('self', 'mdm-nothing-expected')
  return judgeText(told, 'self', 'realm', (text) => {
    if (text.trim() === '') return fail('self', 'mdm-none')
    const member = /^ {2}configured: (kerberos-member|no)$/m.exec(text)?.[1]
    if (member === undefined) return unclear('self')
    if (member === 'no') return fail('self', 'mdm-none')
    return lineValue(text, 'realm-name')?.toLowerCase() === rules.tenant?.toLowerCase() || lineValue(text, 'domain-name')?.toLowerCase() === rules.tenant?.toLowerCase() ? pass('self') : fail('self', 'mdm-other')
  })
}

/** `dsregcmd /status`: joined, the device's key works, and to the tenant or domain that is expected. */
export function windowsManaged(told: Told, { rules }: Context): Finding {
  if (rules.tenant === null) return unknown('self', 'mdm-nothing-expected')
  return judgeText(told, 'self', 'dsregcmd', (text) => {
    const [entra, domain] = [lineValue(text, 'AzureAdJoined'), lineValue(text, 'DomainJoined')]
    if (![entra, domain].every((value) => value === 'YES' || value === 'NO')) return unclear('self')
    if (entra === 'NO' && domain === 'NO') return fail('self', 'mdm-none')
    const names = [lineValue(text, 'TenantId'), lineValue(text, 'TenantName'), lineValue(text, 'DomainName')].map((name) => name?.toLowerCase())
    if (!names.includes(rules.tenant?.toLowerCase())) return fail('self', 'mdm-other')
    const status = lineValue(text, 'DeviceAuthStatus')
    return entra === 'NO' || status === 'SUCCESS' ? pass('self') : status === null ? unclear('self') : fail('self', 'mdm-key')
  })
}

/** `profiles status -type enrollment`: enrolled, by a person who approved it, at the server that is expected. */
export function macosManaged(told: Told, { rules }: Context): Finding {
  if (rules.tenant === null) return unknown('self', 'mdm-nothing-expected')
  return judgeText(told, 'self', 'profiles', (text) => {
    const enrolled = lineValue(text, 'MDM enrollment')
    if (enrolled === 'No') return fail('self', 'mdm-none')
    if (enrolled !== 'Yes (User Approved)') return enrolled === 'Yes' ? fail('self', 'mdm-unapproved') : unclear('self')
    const host = /^https:\/\/([^/:]+)/.exec(lineValue(text, 'MDM server') ?? '')?.[1]
    return host === undefined ? unclear('self') : host.toLowerCase() === rules.tenant?.toLowerCase() ? pass('self') : fail('self', 'mdm-other')
  })
}

/** `id`: `uid=1000(sato) gid=1000(sato) groups=1000(sato),27(sudo)`. */
export function linuxAccount(told: Told, { rules }: Context): Finding {
  return judgeText(told, 'self', 'id', (text) => {
    const match = /^uid=(\d+)(?:\([^()\n]*\))? gid=(\d+)(?:\([^()\n]*\))?(?: groups=(\d+(?:\([^()\n]*\))?(?:,\d+(?:\([^()\n]*\))?)*))?(?: context=\S+)?\s*$/.exec(text)
    if (!match) return unclear('self')
    const groups = (match[3] ?? '').split(',').map((one) => /\(([^()]*)\)/.exec(one)?.[1] ?? '')
    const isAdmin = match[1] === '0' || match[2] === '0' || groups.some((name) => rules.adminGroups.includes(name))
    return isAdmin ? fail('self', 'account-admin') : pass('self')
  })
}

/** `whoami /groups /fo csv /nh` by identifiers (names are in the language of the system), and whether User Account Control is on. */
export function windowsAccount(told: Told): Finding {
  return judgeText(told, 'self', 'groups', (text) => {
    const identifiers = text.trim().split(/\r?\n/).map((line) => /^"[^"]*","[^"]*","(S-1-[\d-]+)","[^"]*"$/.exec(line)?.[1] ?? null)
    // Everybody is one of Everyone: a list without it is not the list.
    if (identifiers.includes(null) || !identifiers.includes('S-1-1-0')) return unclear('self')
    // Also a group that counts for denying only: the person is an administrator who has not been asked yet.
    if (identifiers.includes('S-1-5-32-544')) return fail('self', 'account-admin')
    const lua = registryValues(textOf(told, 'uac') ?? '').get('hkey_local_machine\\software\\microsoft\\windows\\currentversion\\policies\\system\\enablelua')
    return lua === 1 ? pass('self') : lua === 0 ? fail('self', 'account-uac-off') : unread(told, 'self', 'uac')
  })
}

/** `dseditgroup -o checkmember -m <person> admin`. */
export function macosAccount(told: Told): Finding {
  return judgeText(told, 'self', 'admin-member', (text) => {
    if (/^yes \S+ is a member of admin\s*$/.test(text)) return fail('self', 'account-admin')
    return /^no \S+ is NOT a member of admin\s*$/.test(text) ? pass('self') : unclear('self')
  })
}
