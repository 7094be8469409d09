import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { composeSubmission } from '../handlers/incident/submission-paper.ts'
import { dayOf } from '../policy/time.ts'
import { inStreet, type Store, type StreetDb } from '../storage/database.ts'
import { findIncidentById } from '../storage/incidents.ts'
import { findMessageFile } from '../storage/message-files.ts'
import type { Attachment } from '../storage/outbox.ts'
import { loadPack } from '../storage/packs.ts'
import { findPhoto } from '../storage/photos.ts'
import { loadRoster } from '../storage/roster.ts'
import type { Vault } from '../storage/vault.ts'
import type { Outgoing } from './channels/channel.ts'
import type { Clock } from './clock.ts'
import { describeSheet, type SheetPage } from './documents/describe-sheet.ts'
import { writeNoticeSheet } from './documents/notice-sheet.ts'
import { writeSubmission } from './documents/submission.ts'
import { fillTemplate, findTemplate, TemplateFault } from './documents/template.ts'
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
const incidentId = z.object({ incidentId: z.string() })
const photoId = z.object({ photoId: z.string() })
const fileId = z.object({ fileId: z.string() })
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
    'incident-submission': async (data, db) => {
      const incident = await findIncidentById(db, incidentId.parse(data).incidentId)
      if (!incident) throw new Error('the incident is gone')
      const [pack, roster] = [await loadPack(db, dayOf(clock.now())), await loadRoster(db)]
      const paper = await composeSubmission({ db, pack, roster, now: clock.now() }, incident)
      const bytes = await writeSubmission(roster.street.name, paper)
      return { file: { bytes, mime: DOCX, fileName: `呈报件-事件${incident.no}.docx` } }
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
    const make = makers[kind]
    if (!make) throw new Error(`nobody here makes attachments of kind ${kind}`)
    return make(data, inStreet(store.read, street))
  }
}

async function picture(kind: string, data: unknown): Promise<NonNullable<Outgoing['image']>> {
  return { bytes: await drawPicture({ kind, data }), mime: 'image/png', fileName: `${kind}.png` }
}

function missing(state: string | undefined): Error {
  return state === 'pending' ? new NotThereYet('the file is not fetched yet') : new Error('the file was never stored')
}
