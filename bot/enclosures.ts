import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { openDesk } from '../handlers/desk.ts'
import { findLedger } from '../handlers/ledgers/index.ts'
import { findPaper } from '../handlers/papers/index.ts'
import type { PaperKind } from '../handlers/papers/paper.ts'
import { dayOf } from '../policy/time.ts'
import { inStreet, type Store, type StreetDb } from '../storage/database.ts'
import { loadRoster } from '../storage/load-roster.ts'
import { findMessageFile } from '../storage/message-files.ts'
import type { Attachment } from '../storage/outbox.ts'
import { loadPack } from '../storage/packs.ts'
import { findPhoto } from '../storage/photos.ts'
import type { Vault } from '../storage/vault.ts'
import type { Outgoing } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import { describeSheet, type SheetPage } from './documents/describe-sheet.ts'
import { writeNoticeSheet } from './documents/notice-sheet.ts'
import { writePaper } from './documents/paper.ts'
import { fillTemplate, findTemplate, TemplateFault } from './documents/template.ts'
import { formats } from './ledgers/formats.ts'
import { readPhoto } from './photos.ts'
import { drawPicture } from './pictures/draw-picture.ts'

/** What goes along with a text. */
export interface Enclosure {
  image?: Outgoing['image']
  file?: Outgoing['file']
  /** A sentence for the reader of the text, where something about it must be told. */
  note?: string
}

/**
 * Makes the picture or document that an outbox row names.
 * @throws where it cannot be made; `NotThereYet` where it will be, soon
 */
export type Enclose = (attachment: Attachment, street: string) => Promise<Enclosure>

/** A file that still has to be fetched from its platform. */
export class NotThereYet extends Error {}

const noticeIds = z.object({ noticeIds: z.array(z.string()) })
const photoId = z.object({ photoId: z.string() })
const fileId = z.object({ fileId: z.string() })
const ledgerData = z.object({
  name: z.string(),
  days: z.object({ from: z.string(), to: z.string() }),
  gridIds: z.array(z.string()).optional(),
})
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export interface EnclosureParts {
  store: Pick<Store, 'read'>
  vault: Vault
  clock: Pick<Clock, 'now'>
  dataDir: string
}

/** Attachments by kind; `data` is parsed, since a row may be older than the program. */
export function createEnclose({ store, vault, clock, dataDir }: EnclosureParts): Enclose {
  const makers: Record<string, (data: unknown, db: StreetDb) => Promise<Enclosure>> = {
    'weekly-chart': async data => ({ image: await picture('weekly-chart', data) }),
    'notice-sheet': async (data, db) => {
      const pages = await describe(db, data, { masked: true })
      return { image: await picture('notice-pages', pages) }
    },
    'notice-document': async (data, db) => writeSheet(await describe(db, data, { masked: false })),
    ledger: async (data, db) => {
      const { name, days, gridIds } = ledgerData.parse(data)
      const ledger = findLedger(name)
      if (!ledger) throw new Error(`there is no ledger ${name}`)
      const roster = await loadRoster(db)
      const rows = await ledger.rows({ db, roster, gridIds }, days)
      const page = { ledger, street: roster.street.name, days, madeAt: clock.now(), rows }
      const { body, type, fileName } = await formats.xlsx(page)
      return { file: { bytes: Buffer.from(body), mime: type, fileName } }
    },
    photo: async data => {
      const photo = await findPhoto(store.read, photoId.parse(data).photoId)
      if (!photo?.file) throw missing(photo?.state)
      const bytes = await readPhoto(vault, dataDir, photo.file)
      return { image: { bytes, mime: photo.mime ?? 'image/jpeg', fileName: 'photo.jpg' } }
    },
    file: async (data, db) => {
      const file = await findMessageFile(db, fileId.parse(data).fileId)
      if (!file?.file) throw missing(file?.state)
      const bytes = vault.openBytes(await readFile(join(dataDir, 'files', file.file)), file.file)
      return { file: { bytes, mime: file.mime ?? 'application/octet-stream', fileName: file.name } }
    },
  }

  async function writeOut(kind: PaperKind, data: unknown, db: StreetDb): Promise<Enclosure> {
    const now = clock.now()
    const paper = await kind.compose(await openDesk(db, { by: 'paper', now, at: now }), data)
    return { file: { bytes: await writePaper(paper), mime: DOCX, fileName: `${paper.fileName}.docx` } }
  }

  async function describe(db: StreetDb, data: unknown, options: { masked: boolean }): Promise<SheetPage[]> {
    const pack = await loadPack(db, dayOf(clock.now()))
    const roster = await loadRoster(db)
    const pages = await describeSheet({ db, pack, roster }, noticeIds.parse(data).noticeIds, options)
    if (pages.length === 0) throw new Error('none of these notices is there')
    return pages
  }

  /** The office's own form where there is one that can be used; else the built-in one, and the reader is told why. */
  async function writeSheet(pages: readonly SheetPage[]): Promise<Enclosure> {
    const numbers = pages.map(({ number }) => number.replace(/\D/g, '')).join('、')
    const named = (bytes: Uint8Array) => ({ bytes, mime: DOCX, fileName: `工作提示单${numbers}号.docx` })
    try {
      const template = await findTemplate(dataDir)
      return { file: named(template ? await fillTemplate(template, pages) : await writeNoticeSheet(pages)) }
    } catch (error) {
      if (!(error instanceof TemplateFault)) throw error
      const note = `提示单模板 templates/notice-sheet.docx 用不了：${error.message}。附上的是内置样式，模板改好后自动换用。`
      return { file: named(await writeNoticeSheet(pages)), note }
    }
  }

  return async ({ kind, data }, street) => {
    const db = inStreet(store.read, street)
    const paper = findPaper(kind)
    if (paper) return writeOut(paper, data, db)
    const make = makers[kind]
    if (!make) throw new Error(`nobody here makes attachments of kind ${kind}`)
    return make(data, db)
  }
}

async function picture(kind: string, data: unknown): Promise<NonNullable<Outgoing['image']>> {
  return { bytes: await drawPicture({ kind, data }), mime: 'image/png', fileName: `${kind}.png` }
}

function missing(state: string | undefined): Error {
  return state === 'pending' ? new NotThereYet('the file is not fetched yet') : new Error('the file was never stored')
}
