import type { Desk } from '../desk.ts'

/** What a paper is made from: the records as they stand when it is sent. */
export type PaperDesk = Pick<Desk, 'db' | 'roster' | 'pack' | 'calendar' | 'now' | 'today'>

/** A document that writes itself from the records: words and tables only, no layout. */
export interface Paper {
  title: string
  /** Without ending; safe in any file system. */
  fileName: string
  /** Under the title: whom or what it is about. */
  subtitle?: string
  landscape?: true
  sections: Section[]
}

export interface Section {
  heading?: string
  lines?: string[]
  /** `width` is the column's part of the page. */
  table?: { columns: { title: string; width: number }[]; rows: string[][] }
  /** Begins on a page of its own. */
  newPage?: true
}

/** One kind of paper; `kind` names it in the outbox. */
export interface PaperKind {
  kind: string
  /** @param data as the outbox row holds it: ids, a period; never personal data. @throws where what it is about is gone */
  compose(desk: PaperDesk, data: unknown): Promise<Paper>
}
