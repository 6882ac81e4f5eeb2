// PC-11 boot.secure: does the machine start only what its maker or owner signed?

import { fail, type Finding, judgeText, pass, registryValues, textOf, type Told, unclear, unread } from './heard.ts'

/** EFI variables as hexadecimal text: four bytes of attributes, then the value. `firmware`: the names under /sys/firmware. */
export function linuxBoot(told: Told): Finding {
  const secure = textOf(told, 'secure-boot')
  if (secure === null) {
    const firmware = textOf(told, 'firmware')?.split('\n') ?? []
    // Without EFI beside the other tables of the firmware the machine was started the old way, which checks nothing.
    return firmware.includes('acpi') && !firmware.includes('efi') ? fail('owned', 'boot-legacy') : unread(told, 'owned', 'secure-boot')
  }
  const value = efiByte(secure)
  if (value === null) return unclear('owned')
  if (value !== 1 || efiByte(textOf(told, 'setup-mode')) === 1) return fail('owned', 'boot-off')
  // The firmware asks for signatures, and the loader it trusts was told not to go on asking.
  return efiByte(textOf(told, 'shim')) === 1 ? fail('owned', 'boot-shim-off') : pass('owned')
}

function efiByte(hex: string | null): number | null {
  const byte = /^[0-9a-f]{8}(00|01)$/.exec(hex?.trim() ?? '')?.[1]
  return byte === undefined ? null : Number.parseInt(byte, 16)
}

/** `reg query HKLM\SYSTEM\CurrentControlSet\Control\SecureBoot\State`. */
export function windowsBoot(told: Told): Finding {
  return judgeText(told, 'owned', 'secure-boot', (text) => {
    const value = registryValues(text).get('hkey_local_machine\\system\\currentcontrolset\\control\\secureboot\\state\\uefisecurebootenabled')
    return value === 1 ? pass('owned') : value === 0 ? fail('owned', 'boot-off') : unclear('owned')
  })
}

/** `csrutil status`, and the level of `system_profiler SPiBridgeDataType -json`. */
export function macosBoot(told: Told): Finding {
  const [sip, bridge] = [textOf(told, 'csrutil'), textOf(told, 'bridge')]
  if (sip === null) return unread(told, 'owned', 'csrutil')
  const integrity = /^System Integrity Protection status: (enabled|disabled)\.\s*$/.exec(sip)?.[1]
  if (integrity === 'disabled') return fail('owned', 'boot-integrity-off')
  if (bridge === null) return unread(told, 'owned', 'bridge')
  const level = /"ibridge_secure_boot"\s*:\s*"([^"]*)"/.exec(bridge)?.[1]
  if (integrity === undefined || level === undefined) return unclear('owned')
  if (/^(Full Security|ibridge_secure_boot_full)$/.test(level)) return pass('owned')
  return /^(Medium Security|Reduced Security|Permissive Security|No Security|ibridge_secure_boot_(medium|reduced|none|permissive))$/.test(level) ? fail('owned', 'boot-off') : unclear('owned')
}
