import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseXml, readField, toCdata } from '../../../bot/channels/wecom/xml.ts'

describe('the XML of a callback', () => {
  it('keeps every value as it was written: long ids, leading zeros, spaces, emoji', () => {
    const fields = parseXml(
      '<xml><MsgId>7301234567890123456</MsgId><Code>0012</Code><Content><![CDATA[ 3号楼 & <堆物> 👍🏽\n]]></Content></xml>',
    )
    expect(fields).toMatchObject({
      MsgId: '7301234567890123456',
      Code: '0012',
      Content: ' 3号楼 & <堆物> 👍🏽\n',
    })
  })

  it('joins CDATA that was split for its own end mark', () => {
    const text = 'a]]>b]]>]]>c'
    expect(readField(parseXml(`<xml><Content>${toCdata(text)}</Content></xml>`), 'Content')).toBe(text)
  })

  it('gives back any text that was put in', () => {
    const text = fc.string({ unit: fc.constantFrom('<', '!', '[', ']', '>', 'CDATA', '&', ';', '-', '好', 'DOCTYPE') })
    fc.assert(
      fc.property(text, value => {
        expect(readField(parseXml(`<xml><A>${toCdata(value)}</A></xml>`), 'A')).toBe(value === '' ? undefined : value)
      }),
    )
  })

  it('lets people type a document type, and refuses one that is declared', () => {
    const typed = '<!DOCTYPE xml [<!ENTITY a "b">]>'
    expect(readField(parseXml(`<xml><Content><![CDATA[${typed}]]></Content></xml>`), 'Content')).toBe(typed)
    expect(parseXml(`${typed}<xml><Content>&a;</Content></xml>`)).toBeUndefined()
    expect(parseXml(`<!DOCTYPE x SYSTEM "file:///etc/passwd"><xml><A>1</A></xml>`)).toBeUndefined()
    expect(parseXml('<xml><!ENTITY a "b"><A>&a;</A></xml>')).toBeUndefined()
  })

  it('never turns an entity into anything', () => {
    expect(readField(parseXml('<xml><A>&lt;x&amp;</A></xml>'), 'A')).toBe('&lt;x&amp;')
  })

  it.each([
    ['nothing', ''],
    ['no XML', 'hello'],
    ['another element', '<html><A>1</A></html>'],
    ['text alone', '<xml>1</xml>'],
    ['two documents', '<xml><A>1</A></xml><xml><A>1</A></xml>'],
    ['a cut document', '<xml><A>1</A>'],
    ['an open CDATA', '<xml><A><![CDATA[1</A></xml>'],
    ['a forbidden name', '<xml><__proto__><x>1</x></__proto__></xml>'],
    ['ten thousand levels', `<xml>${'<a>'.repeat(10_000)}${'</a>'.repeat(10_000)}</xml>`],
  ])('is undefined for %s', (_name, text) => {
    expect(parseXml(text)).toBeUndefined()
  })

  it('tells a nested or repeated field from a text', () => {
    const fields = parseXml('<xml><A><B>1</B></A><C>1</C><C>2</C><D></D></xml>')
    expect(['A', 'C', 'D', 'E'].map(name => readField(fields, name))).toEqual(new Array(4).fill(undefined))
    expect(fields).toMatchObject({ A: { B: '1' }, C: ['1', '2'] })
  })
})
