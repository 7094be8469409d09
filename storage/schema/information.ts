import type { Millis, Row, Sealed, Voidable } from './columns.ts'

/** Changes of the population with their month's end, and campaigns for information (信息大会战). */
export interface InformationTables {
  population_change: Row &
    Voidable & {
      grid_id: string
      member_id: string
      /** To which it belongs: `2026-11`. */
      month: string
      at: Millis
      /** JSON list of `{kind, households?, people?}`: counts alone. */
      changes: string
      /** The words in which it was told. */
      detail: Sealed
      message_id: string
    }
  /** `noMore`: a grid's leader says that the month holds nothing else · `verified`: a community's figures were checked. */
  population_check: Row &
    Voidable & {
      /** `2026-11` */
      month: string
      kind: 'noMore' | 'verified'
      grid_id: string | null
      community: string | null
      by_id: string
      at: Millis
      message_id: string
    }
  info_campaign: Row &
    Voidable & {
      no: number
      /** What it is about; null: information of every kind. */
      topic: Sealed | null
      from_day: string
      to_day: string
      by_id: string
      at: Millis
      message_id: string
    }
}
