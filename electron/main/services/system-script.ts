// Where the settings of the system say that a proxy script (PAC) lies. Chromium, which is asked for everything else of them, would have to
// fetch it itself and resolves no name in this app. Asked at most once a minute, after a silence every five seconds; each connection follows.

import type { Clock } from '@shared/base/ports.ts'
import type { RunProgram } from './metered-line.ts'
import { scriptAddress } from './proxy-script.ts'

const lastsMs = 60_000
/** A system that did not answer said nothing of its settings. */
const silentMs = 5_000

interface Asked {
  readonly at: number
  readonly address: Promise<string | null>
  isSilent: boolean
}

/** The address, or null where none is set or the system does not answer. */
export function createSystemScript(platform: string, run: RunProgram, clock: Clock): () => Promise<string | null> {
  let kept: Asked | null = null
  return () => {
    const now = clock.now()
    if (kept && now >= kept.at && now - kept.at < (kept.isSilent ? silentMs : lastsMs)) return kept.address
    const heard: RunProgram = async (program, args) => {
      const answer = await run(program, args)
      asked.isSilent ||= answer === null
      return answer
    }
    const asked: Asked = { at: now, isSilent: false, address: Promise.resolve().then(() => askOn(platform, heard)).then((said) => (said === null ? null : scriptAddress(said))) }
    kept = asked
    return asked.address
  }
}

async function askOn(platform: string, run: RunProgram): Promise<string | null> {
  if (platform === 'win32') {
    const said = await run('C:\\Windows\\System32\\reg.exe', ['query', 'HKCU\\Software\\Microsoft\\Windows\\CurrentVersion\\Internet Settings', '/v', 'AutoConfigURL'])
    return /^\s+AutoConfigURL\s+REG_SZ\s+(\S+)\s*$/m.exec(said ?? '')?.[1] ?? null
  }
  if (platform === 'darwin') {
    const said = (await run('/usr/sbin/scutil', ['--proxy'])) ?? ''
    return /^\s*ProxyAutoConfigEnable : 1\s*$/m.test(said) ? (/^\s*ProxyAutoConfigURLString : (\S+)\s*$/m.exec(said)?.[1] ?? null) : null
  }
  const setting = async (key: string): Promise<string | null> => /^'([^']*)'\s*$/.exec((await run('/usr/bin/gsettings', ['get', 'org.gnome.system.proxy', key])) ?? '')?.[1] ?? null
  return (await setting('mode')) === 'auto' ? setting('autoconfig-url') : null
}
