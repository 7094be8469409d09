import { XMLParser, XMLValidator } from 'fast-xml-parser'
import JSZip from 'jszip'

const BODY = 'word/document.xml'
/** A form of a few pages has some hundred kilobytes of XML; what unpacks to more is no form. */
const MOST_XML_BYTES = 8 * 1024 * 1024
const MOST_CHARACTERS = 20_000

/** The bytes are no document whose words can be read. */
export class UnreadableDocument extends Error {}

type Node = Record<string, unknown>

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  parseTagValue: false,
  processEntities: false,
  trimValues: false,
})

/**
 * The words of a .docx as lines: a paragraph is a line; a row of a table is one too, `工作内容：排查出租房` where its first cell names
 * the second.
 *
 * @throws {UnreadableDocument}
 */
export async function readDocument(bytes: Uint8Array): Promise<string> {
  const xml = await unpackBody(bytes)
  if (XMLValidator.validate(xml) !== true) throw new UnreadableDocument('not well-formed')
  const lines: string[] = []
  for (const body of findAll(parser.parse(xml) as Node[], 'w:body')) readBlocks(body, lines)
  return lines.join('\n').slice(0, MOST_CHARACTERS)
}

async function unpackBody(bytes: Uint8Array): Promise<string> {
  const zip = await JSZip.loadAsync(bytes).catch(error => {
    throw new UnreadableDocument('no archive', { cause: error })
  })
  const file = zip.file(BODY)
  if (!file) throw new UnreadableDocument('no Word document')
  // Counted while it unpacks: the size that the archive tells can be a lie.
  return new Promise((resolve, reject) => {
    const chunks: Uint8Array[] = []
    let length = 0
    const stream = file.nodeStream('nodebuffer')
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length
      chunks.push(chunk)
      if (length > MOST_XML_BYTES) {
        stream.pause()
        reject(new UnreadableDocument('too large'))
      }
    })
    stream.on('error', error => reject(new UnreadableDocument('cut off', { cause: error })))
    stream.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
  })
}

const nameOf = (node: Node): string => Object.keys(node).find(key => key !== ':@') ?? ''
const childrenOf = (node: Node): Node[] => {
  const inner = node[nameOf(node)]
  return Array.isArray(inner) ? (inner as Node[]) : []
}

/** The children of every node of this name, wherever it stands, the outermost only. */
function findAll(nodes: readonly Node[], name: string): Node[][] {
  return nodes.flatMap(node => (nameOf(node) === name ? [childrenOf(node)] : findAll(childrenOf(node), name)))
}

function readBlocks(nodes: readonly Node[], lines: string[]): void {
  for (const node of nodes) {
    const name = nameOf(node)
    if (name === 'w:p') addLine(lines, readWords(childrenOf(node)))
    else if (name === 'w:tbl') for (const row of findAll(childrenOf(node), 'w:tr')) addLine(lines, readRow(row))
    else readBlocks(childrenOf(node), lines)
  }
}

function readRow(row: readonly Node[]): string {
  const cells = findAll(row, 'w:tc')
    .map(cell => {
      const lines: string[] = []
      readBlocks(cell, lines)
      return lines
    })
    .filter(lines => lines.length > 0)
  const [label = [], ...rest] = cells
  if (rest.length === 0) return label.join('\n')
  const words = rest.map(lines => lines.join('；')).join(' ')
  const isLabel = label.length === 1 && label[0]!.length <= 8
  return isLabel ? `${label[0]!.replace(/[：:]$/, '')}：${words}` : `${label.join('')} ${words}`
}

function addLine(lines: string[], words: string): void {
  const line = words.replace(/[^\S\n]+/g, ' ').trim()
  if (line !== '') lines.push(line)
}

function readWords(nodes: readonly Node[]): string {
  return nodes
    .map(node => {
      const name = nameOf(node)
      if (name === '#text') return ''
      if (name === 'w:t') return childrenOf(node).map(readText).join('')
      if (name === 'w:tab') return ' '
      if (name === 'w:br') return '\n'
      // What was struck out while changes were tracked is no longer said.
      return name === 'w:del' ? '' : readWords(childrenOf(node))
    })
    .join('')
}

function readText(node: Node): string {
  const words = node['#text']
  return typeof words === 'string' ? decodeEntities(words) : ''
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([\da-fA-F]{1,6})|#(\d{1,7})|(\w{2,4}));/g, (all, hex, decimal, name) => {
    const code = hex ? Number.parseInt(hex, 16) : decimal ? Number(decimal) : undefined
    if (code !== undefined) return code <= 0x10ffff ? String.fromCodePoint(code) : all
    return ENTITIES[name] ?? all
  })
}
