import type { Column, Ledger, Value } from '../../handlers/ledgers/ledger.ts'
import { type DayRange, dayOf, formatInstant } from '../../policy/time.ts'
import { writeLedgerDocument } from '../documents/ledger.ts'
import { showable } from '../documents/word.ts'
import { writeSheet } from '../spreadsheet.ts'
import { encodeCsv } from './csv.ts'

/** A ledger over some days, made at an instant (UTC epoch ms). */
export interface LedgerPage {
  ledger: Ledger
  street: string
  days: DayRange
  madeAt: number
  rows: Record<string, Value>[]
}

export interface LedgerFile {
  type: string
  /** Without ending; safe in any file system. */
  fileName: string
  body: string | Uint8Array
}

/** The ways a ledger can be had. */
export const formats = { xlsx: toXlsx, docx: toDocx, csv: toCsv, json: toJson }

export function isFormat(name: string): name is keyof typeof formats {
  return Object.hasOwn(formats, name)
}

async function toXlsx(page: LedgerPage): Promise<LedgerFile> {
  const { ledger } = page
  const body = await writeSheet({
    name: ledger.title,
    heading: describePage(page),
    columns: ledger.columns.map(({ title, width }) => ({ header: title, width })),
    rows: cellsOf(page),
  })
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
  return { type, fileName: `${nameFile(page)}.xlsx`, body }
}

/** To print and file. The source of each row is for the computer: its column stays out. */
async function toDocx(page: LedgerPage): Promise<LedgerFile> {
  const { ledger } = page
  const shown = ledger.columns.map((column, index) => ({ ...column, index })).filter(({ key }) => key !== 'messageId')
  const body = await writeLedgerDocument({
    title: `${page.street}${ledger.title}`,
    heading: describePage(page),
    columns: shown,
    rows: cellsOf(page).map(cells => shown.map(({ index }) => String(cells[index] ?? ''))),
  })
  const type = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
  return { type, fileName: `${nameFile(page)}.docx`, body }
}

function describePage({ ledger, street, days, madeAt }: LedgerPage): string {
  const made = formatInstant(madeAt).slice(0, 16).replace('T', ' ')
  return `${street} ${ledger.title}　${days.from} 至 ${days.to}　生成于 ${made}`
}

async function toCsv(page: LedgerPage): Promise<LedgerFile> {
  const header = page.ledger.columns.map(({ title }) => title)
  return {
    type: 'text/csv; charset=utf-8',
    fileName: `${nameFile(page)}.csv`,
    body: encodeCsv([header, ...cellsOf(page)]),
  }
}

async function toJson(page: LedgerPage): Promise<LedgerFile> {
  const { ledger, street, days, madeAt, rows } = page
  const body = {
    name: ledger.name,
    title: ledger.title,
    street,
    ...days,
    madeAt: formatInstant(madeAt),
    columns: ledger.columns.map(({ key, title }) => ({ key, title })),
    items: rows.map(row => Object.fromEntries(ledger.columns.flatMap(column => toEntry(column, row[column.key])))),
    total: rows.length,
    next: null,
  }
  return { type: 'application/json; charset=utf-8', fileName: `${nameFile(page)}.json`, body: JSON.stringify(body) }
}

function toEntry({ key, kind }: Column, value: Value): [string, Value][] {
  if (value === undefined) return []
  return [[key, kind === 'instant' ? formatInstant(Number(value)) : value]]
}

function cellsOf({ ledger, rows }: LedgerPage): (string | number | null)[][] {
  return rows.map(row => ledger.columns.map(column => toCell(column, row[column.key])))
}

/** Everything that is not counted is text: an identity number keeps its digits and a time its zone. */
function toCell({ kind }: Column, value: Value): string | number | null {
  if (value === undefined || value === '') return null
  if (kind === 'number') return Number(value)
  if (kind === 'instant') return formatInstant(Number(value)).slice(0, 19).replace('T', ' ')
  return showable(String(value))
}

function nameFile({ street, ledger, days: { from, to }, madeAt }: LedgerPage): string {
  const span = from === to ? from : `${from}_${to}`
  return `${street}${ledger.title}_${span}_${dayOf(madeAt)}制`.replace(/[\\/:*?"<>|\s]/g, '_')
}
