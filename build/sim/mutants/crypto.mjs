// The checks of sealing, wrapping and signing: under which key, for what and where a thing opens or holds.

/** @type {readonly import('../mutants.mjs').MutatedFile[]} */
export const cryptoMutants = [
  {
    file: 'shared/crypto/envelope.ts',
    tests: ['shared/crypto'],
    mutants: [
      ['sealed bytes that are too short', 'if (sealed.length < saltLength + commitmentLength + 16) return null', '', 'what is too short has no commitment or no tag'],
      ['a commitment to another key', 'if (!equalBytes(commitment, sealed.subarray(saltLength, saltLength + commitmentLength))) return null', ''],
      ['a purpose', 'utf8ToBytes(`fumibako/1/${purpose}`)', 'utf8ToBytes(`fumibako/1/`)'],
      ['where it stands', 'additionalData: aad }', 'additionalData: new Uint8Array() }'],
      ['a fresh salt', 'const salt = host.random.bytes(saltLength)', 'const salt = new Uint8Array(saltLength)'],
      ['a key of its own for each object', "hash: 'SHA-256', salt, info }", "hash: 'SHA-256', salt: nonce, info }"],
      ['padding', 'new Uint8Array(4 + paddedLength(plaintext.length))', 'new Uint8Array(4 + plaintext.length)'],
      ['the smallest length', 'Math.max(32, Math.ceil(length / step) * step)', 'Math.ceil(length / step) * step'],
      ['a length below two', 'if (length < 2) return 32', ''],
      ['what padding may cost', 'Math.floor(Math.log2(exponent)) + 1', 'Math.floor(Math.log2(exponent))'],
      ['steps that are coarse enough', 'Math.floor(Math.log2(exponent)) + 1', 'Math.floor(Math.log2(exponent)) + 2'],
      ['no room for a length', 'if (padded.length < 4) return null', '', 'reading it past the end throws, which opens nothing either'],
      ['a length beyond the end', 'length > padded.length - 4 ? null : ', ''],
    ],
  },
  {
    file: 'shared/crypto/wrap.ts',
    tests: ['shared/crypto'],
    mutants: [
      ['what a wrap is bound to', 'exact(encodeCbor(info))', 'exact(new Uint8Array())'],
      ['a wrap’s purpose', 'encodeCbor(info)', "encodeCbor({ ...info, purpose: '' })"],
      ['a wrap’s workspace', 'encodeCbor(info)', "encodeCbor({ ...info, workspace: '' })"],
      ['a wrap’s subject', 'encodeCbor(info)', "encodeCbor({ ...info, subject: '' })"],
      ['a wrap’s epoch', 'encodeCbor(info)', 'encodeCbor({ ...info, epoch: 0 })'],
      ['a wrap’s recipient', 'encodeCbor(info)', "encodeCbor({ ...info, recipient: '' })"],
    ],
  },
  {
    file: 'shared/crypto/sign.ts',
    tests: ['shared/crypto'],
    mutants: [
      ['a signature’s purpose', 'utf8ToBytes(`fumibako/1/${purpose}\\n`)', 'utf8ToBytes(`fumibako/1/\\n`)'],
      ['the end of a purpose', 'utf8ToBytes(`fumibako/1/${purpose}\\n`)', 'utf8ToBytes(`fumibako/1/${purpose}`)'],
      ['what was signed', 'signedBytes(purpose, data))\n    } catch', 'signedBytes(purpose, new Uint8Array()))\n    } catch'],
      ['a key that is no point', 'return false\n    }\n  }', 'return true\n    }\n  }'],
      ['a key that was used before', 'const name = bytesToHex(key)', "const name = ''"],
    ],
  },
  {
    file: 'shared/crypto/recovery-keys.ts',
    tests: ['shared/crypto'],
    mutants: [
      ['what a recovery key is for', 'fumibako/1/recovery/${use}/${n}', 'fumibako/1/recovery/${n}'],
      ['the second half of what a key comes from', 'fumibako/1/recovery/${use}/${n}', 'fumibako/1/recovery/${use}'],
    ],
  },
  {
    file: 'shared/crypto/recovery-shares.ts',
    tests: ['shared/crypto/recovery-shares.test.ts'],
    mutants: [
      ['one sheet twice', 'a.sheet === b.sheet || ', '', 'it gives zeros, which are no seed of its set'],
      ['a sheet of another set', ' || !equalBytes(a.set, b.set)) return null', ') return null'],
      ['a seed of another set', 'equalBytes(setOf(seed), a.set) ? seed : null', 'seed'],
      ['letters that are none', '!all || all.length', 'all.length'],
      ['a code’s length', ' || all.length !== 1 + setBytes + seedBytes + checkBytes) return null', ') return null'],
      ['a sheet that is none of the three', '(sheet !== 1 && sheet !== 2 && sheet !== 3) || ', ''],
      ['a slip', ' || !equalBytes(sha256(body).subarray(0, checkBytes), all.subarray(-checkBytes))) return null', ') return null'],
      ['a slope of its own for each seed', 'multiply(slope[i] ?? 0, sheet)', 'sheet'],
      ['what a set tells of the seed', 'concatBytes(seed, Uint8Array.of(0x2f))', 'seed'],
    ],
  },
]
