/** Reads the small XML of WeCom and WeChat callbacks: one `<xml>` element with fields, some of them nested. */
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { z } from 'zod'

/** Every leaf is the text as written: a `MsgId` is longer than a number can hold. A repeated field is a list. */
export type XmlFields = Record<string, unknown>

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  processEntities: false,
  maxNestedTags: 8,
})

const document = z.object({ xml: z.record(z.string(), z.unknown()) })

/**
 * @returns undefined where it is not one well-formed `<xml>` element, or declares anything: a document type could define entities,
 * and neither platform writes one
 */
export function parseXml(text: string): XmlFields | undefined {
  // What a person typed stands in CDATA and may hold any of this.
  if (/<![^-]/.test(text.replaceAll(/<!\[CDATA\[.*?\]\]>/gs, ''))) return undefined
  if (XMLValidator.validate(text) !== true) return undefined
  try {
    return document.parse(parser.parse(text)).xml
  } catch {
    // Too deep, a forbidden name, or text where the fields should be.
    return undefined
  }
}

/** The value of a field that has one; what is nested or repeated is not a text. */
export function readField(fields: XmlFields | undefined, name: string): string | undefined {
  const value = fields?.[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** CDATA that survives any text, as both platforms write and read it. */
export function toCdata(text: string): string {
  return `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
}
