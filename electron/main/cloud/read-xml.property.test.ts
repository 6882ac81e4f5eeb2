import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readXml } from './read-xml.ts'

function read(text: string, spaces: readonly string[] = ['']): readonly (readonly [string, string])[] | null {
  const told: [string, string][] = []
  return readXml(text, spaces, (path, words) => told.push([path, words])) ? told : null
}

const escaped = (words: string): string => words.replace(/[&<>]/g, (one) => `&#${one.codePointAt(0)};`)

/** Any code points but NUL, which no XML may hold, and lone surrogates. */
const anyText = fc.array(fc.integer({ min: 1, max: 0x10ffff - 0x800 })).map((points) => String.fromCodePoint(...points.map((point) => (point < 0xd800 ? point : point + 0x800))))

describe('3.4 XML of a storage', () => {
  it('3.4 is told element by element, children first', () => {
    expect(read('<?xml version="1.0" encoding="UTF-8"?>\n<a><b>1 &amp; 2</b><!-- no --><c x="&gt;>"/><b><![CDATA[<3>]]></b> t</a>\n')).toEqual([['a/b', '1 & 2'], ['a/c', ''], ['a/b', '<3>'], ['a', ' t']])
  })

  it('3.4 knows names by their namespace, whatever the prefix', () => {
    const expected = [['multistatus/response/href', '/x'], ['multistatus/response/*', 'no'], ['multistatus/response', ''], ['multistatus', '']]
    expect(read('<D:multistatus xmlns:D="DAV:"><D:response><D:href>/x</D:href><href>no</href></D:response></D:multistatus>', ['DAV:'])).toEqual(expected)
    expect(read('<multistatus xmlns="DAV:"><response><q:href xmlns:q="DAV:">/x</q:href><href xmlns="http://evil">no</href></response></multistatus>', ['DAV:'])).toEqual(expected)
    expect(read('<D:multistatus><D:response/></D:multistatus>', ['DAV:'])).toBeNull()
  })

  it.each([
    ['nothing', ''],
    ['words', 'not found'],
    ['an HTML page', '<!doctype html><html><body>Log in</body></html>'],
    ['HTML without a type', '<html><head><meta charset=utf-8><title>Log in</title></head></html>'],
    ['a document type', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'],
    ['entities that grow', '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><a>&c;</a>'],
    ['an entity of its own', '<a>&nbsp;</a>'],
    ['a bare ampersand', '<a>1 & 2</a>'],
    ['a character that is none', '<a>&#xD800;</a>'],
    ['a character beyond all', '<a>&#x110000;</a>'],
    ['an instruction', '<a><?php evil ?></a>'],
    ['two roots', '<a/><a/>'],
    ['words after the root', '<a/>!'],
    ['crossed tags', '<a><b></a></b>'],
    ['an open end', '<a><b></b>'],
    ['a cut end', '<a><b>12</b><b'],
    ['an open comment', '<a><!-- </a>'],
    ['an attribute without quotes', '<a b=c/>'],
    ['depth without end', '<a>'.repeat(100_000)],
  ])('3.4 is refused when it is %s', (_, text) => {
    expect(read(text)).toBeNull()
  })

  it('3.4 brings any text back', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 5 }), (texts) => {
        expect(read(`<l>${texts.map((words) => `<k>${escaped(words)}</k>`).join('')}</l>`)).toEqual([...texts.map((words) => ['l/k', words]), ['l', '']])
      }),
      { seed: 34, numRuns: 100 },
    )
  })

  it('3.4 never throws, whatever comes, and is never taken for whole when it was cut', () => {
    const whole = '<?xml version="1.0"?><l xmlns="urn:s"><c><k a=\'1\'>x&amp;y</k><s>12</s></c><c><k>z</k><s>3</s></c></l>'
    for (let end = 0; end < whole.length; end++) expect(read(whole.slice(0, end), ['urn:s'])).toBeNull()
    const piece = fc.constantFrom('<', '>', '/', '&', ';', '"', "'", '=', ' ', 'a', '<a>', '</a>', '<a ', '<!--', '-->', '<![CDATA[', ']]>', '<?', '&#', '&amp;', ':', '\u{1F600}', '\uD800')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(() => read(pieces.join(''))).not.toThrow()
      }),
      { seed: 35, numRuns: 1000 },
    )
  })

  it('3.4 costs its length, not more', () => {
    const seconds = (text: string): number => {
      const before = process.cpuUsage()
      read(text)
      return process.cpuUsage(before).user / 1e6
    }
    const hostile = [`<a ${' '.repeat(400_000)}`, `<a ${'b="c" '.repeat(80_000)}`, `<a>${'&amp;'.repeat(200_000)}`, `<a>${'<'.repeat(400_000)}`, `<${'a'.repeat(400_000)}`, `<a>${'<b/>'.repeat(100_000)}`, `<a ${Array.from({ length: 40_000 }, (_, at) => `xmlns:b${at}="c" `).join('')}/>`]
    for (const text of hostile) expect(seconds(text)).toBeLessThan(2)
  })
})
