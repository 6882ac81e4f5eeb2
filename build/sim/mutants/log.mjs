// The checks of the forms: what is parsed, opened and believed of bytes, before anybody asks what they mean.

/** @type {readonly import('../mutants.mjs').MutatedFile[]} */
export const logMutants = [
  {
    file: 'shared/log/clock.ts',
    tests: ['shared/log/log.test.ts'],
    mutants: [
      ['a time far ahead', ' && hlc.ms <= clock.now() + driftMs', ''],
      ['a time far ahead at a start', 'see(start)', 'last = start'],
      ['a clock that goes back', 'now > last.ms ?', 'true ?'],
    ],
  },
  {
    file: 'shared/log/segment.ts',
    tests: ['shared/log/checks.test.ts', 'shared/judge/open-segment.test.ts', 'shared/log', 'shared/judge'],
    mutants: [
      ['a segment that is too large', 'if (object.length > largestSegmentBytes) return null', ''],
      ['suite', 's: v.literal(1)', 's: whole'],
      ['schema', 'v: v.literal(1)', 'v: whole'],
      ['a signature’s length', 'g: v.pipe(bytes, v.length(64))', 'g: bytes'],
      ['an event in another place', "return open(host, key, 'event', encodeCbor(place), sealed)", "return open(host, key, 'event', encodeCbor({ ...place, index: 0 }), sealed)"],
      ['a later version', '.some((n) => (n as number) > 1)', '.some((n) => (n as number) > 2)'],
      ['a header of another workspace', "encodeCbor(['header', workspace, epoch])", "encodeCbor(['header', epoch])"],
      ['events outside the chain’s hash', 'sha256Hex(header), events.map(sha256Hex)', 'sha256Hex(header), []'],
      ['the header outside the chain’s hash', "chainHash(epoch, sha256Hex(header), ", "chainHash(epoch, '', "],
    ],
  },
  {
    file: 'shared/log/header.ts',
    tests: ['shared/log/checks.test.ts', 'shared/judge/open-segment.test.ts', 'shared/log', 'shared/judge'],
    mutants: [
      ['a lane’s form', "v.pipe(v.string(), v.regex(/^[a-z0-9]+\\.[a-z0-9]+$/))", 'v.string()'],
      ['a number below one', 'seq: v.pipe(count, v.minValue(1))', 'seq: count'],
      ['a segment without acts', 'v.minLength(1),', ''],
      ['too many acts', 'v.maxLength(largestSegmentActs),', ''],
      ['prev that is no hash', 'prev: v.nullable(hex32)', 'prev: v.nullable(v.string())'],
      ['suite', 'suite: v.literal(1)', 'suite: v.number()'],
      ['schema', 'schema: v.literal(1)', 'schema: v.number()'],
    ],
  },
  {
    file: 'shared/log/session.ts',
    tests: ['shared/log/checks.test.ts', 'shared/log', 'shared/judge'],
    mutants: [
      ['a window turned round', 'notAfter > notBefore && ', ''],
      ['a window that is too long', ' && notAfter - notBefore <= longestSessionMs', ''],
      ['a window, when it is verified', 'hasSessionWindow(certificate.body) &&', ''],
      ['the seat’s signature', "(await verify(seatKey, 'session-by-seat', certificate.bytes, certificate.seatSignature)) &&", ''],
      ['the device’s signature', "(await verify(deviceKey, 'session-by-device', certificate.bytes, certificate.deviceSignature))", 'true'],
      ['what kind of thing it is', "kind: v.literal('session')", 'kind: v.string()'],
      ['a key’s length', 'sessionKey: v.pipe(bytes, v.length(65))', 'sessionKey: bytes'],
      ['suite', 'suite: v.literal(1)', 'suite: v.number()'],
      ['schema', 'schema: v.literal(1)', 'schema: v.number()'],
    ],
  },
  {
    file: 'shared/log/parse-event.ts',
    tests: ['shared/log/checks.test.ts', 'shared/log'],
    mutants: [
      ['an instant', 'v.check((text) => isInstant(text))', 'v.check(() => true)'],
      ['an instant in another form', 'Number.isFinite(ms) && new Date(ms).toISOString() === text', 'Number.isFinite(ms)'],
      ['a type’s form', "v.regex(/^[a-z-]+\\.[a-z-]+$/)", 'v.regex(/./)'],
      ['a dependency’s form', "v.regex(/^[0-9a-f]{64}$/)", 'v.regex(/./)'],
      ['too many dependencies', ', v.maxLength(256)', ''],
      ['a salt’s length', ', v.length(16)', ''],
      ['fields that this schema does not have', 'v.strictObject({ v: v.literal(1), ...shape })', 'v.looseObject({ v: v.literal(1), ...shape })'],
      ['a schema below two', 'v.minValue(2)', 'v.minValue(0)'],
    ],
  },
  {
    file: 'shared/log/beacon.ts',
    tests: ['shared/log/checks.test.ts', 'shared/log', 'shared/sync/hostile.test.ts'],
    mutants: [
      ['a beacon that is too large', 'if (object.length > largestBeaconBytes) return null', ''],
      ['a number below one', 'serial: v.pipe(count, v.minValue(1))', 'serial: count'],
      ['a publisher’s form', 'v.regex(/^[0-9a-z]{1,40}$/)', 'v.regex(/./)'],
      ['a hash’s length', 'v.pipe(bytes, v.length(32))', 'bytes'],
      ['what kind of thing it is', "kind: v.literal('beacon')", 'kind: v.string()'],
      ['its signature', "return verify(deviceKey, 'beacon', signed.body, signed.signature)", 'return Promise.resolve(true)'],
    ],
  },
  {
    file: 'shared/log/parcel.ts',
    tests: ['shared/log/checks.test.ts', 'shared/log', 'shared/sync/hostile.test.ts', 'shared/sync/engine.test.ts'],
    mutants: [
      ['an index that is cut', 'end <= parcel.length ? ', 'true ? ', 'what is cut is no CBOR'],
      ['an index of another workspace', ' || read.output.workspace !== workspace', ''],
      ['a name that is none', 'v.check(isObjectName)', 'v.check(() => true)'],
      ['a parcel that is too large', 'at > largestParcelBytes || ', ''],
      ['a name that comes twice', ' || new Set(items.map(({ name }) => name)).size < items.length', ''],
      ['bytes too few for a length', 'if (parcel.length < 4) return null', ''],
    ],
  },
  {
    file: 'shared/log/names.ts',
    tests: ['shared/log/checks.test.ts', 'shared/log'],
    mutants: [
      ['a name that is too long', 'name.length <= 120 && ', ''],
      ['a name’s form', 'allowed.test(name) && ', ''],
      ['a way up', " && !name.includes('..')", ''],
    ],
  },
  {
    file: 'shared/log/wraps.ts',
    tests: ['shared/log/checks.test.ts', 'shared/log', 'shared/judge'],
    mutants: [
      ['a document’s wrap in another place', "encodeCbor(['document-key', workspace, collection, epoch, docHandle])", "encodeCbor(['document-key'])"],
      ['a document key’s length', 'raw && raw.length === 32 ?', 'raw ?'],
      ['an epoch’s commitment', 'utf8ToBytes(`fumibako/1/epoch/${collection}/${epoch}/`), key', 'utf8ToBytes(`fumibako/1/epoch/${collection}/${epoch}/`)'],
      ['an epoch wrap’s kind', "kind: v.literal('epoch')", 'kind: v.string()'],
      ['a single wrap’s kind', "kind: v.literal('single')", 'kind: v.string()'],
    ],
  },
  {
    file: 'shared/log/pack.ts',
    tests: ['shared/log/checks.test.ts', 'shared/log'],
    mutants: [
      ['a chunk in another place', "encodeCbor(['chunk', workspace, docHandle, fileSha256, index])", "encodeCbor(['chunk'])"],
      ['a chunk of another size', '!plain || plain.length !== chunk.size', '!plain'],
      ['a file of another size', 'file.length === blob.size && ', ''],
      ['a file with another hash', ' && bytesToHex(await digest(host, file)) === blob.sha256', ''],
    ],
  },
]
