import type { Selectable } from 'kysely'
import type { Day, DayRange } from '../policy/time.ts'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf, findRow, toVoided, type Voided } from './records.ts'
import type { Schema } from './schema.ts'
import { nextNumber } from './settings.ts'
import type { Personal } from './vault.ts'

/** 信息大会战: some days in which information is gathered with more care. Source: S2-47 */
export interface Campaign {
  id: string
  /** From 1 per street, never reset. */
  no: number
  /** What it is about (燃气); absent: information of every kind. */
  topic?: Personal
  /** Both included. */
  fromDay: Day
  toDay: Day
  byId: string
  at: number
  messageId: string
  voided?: Voided
}

export type NewCampaign = Omit<Campaign, 'id' | 'no' | 'topic' | 'voided'> & { topic?: string }

const TABLE = 'info_campaign'

/** Gives it the street's next number. `now` is the Clock's. */
export async function insertCampaign(db: StreetDb, campaign: NewCampaign, now: number): Promise<Campaign> {
  const id = newId(now)
  const row = await db.sql
    .insertInto(TABLE)
    .values({
      id,
      subdistrict_id: db.street,
      no: await nextNumber(db, 'campaign'),
      topic: fieldsOf(db, TABLE, id).seal('topic', campaign.topic),
      from_day: campaign.fromDay,
      to_day: campaign.toDay,
      by_id: campaign.byId,
      at: campaign.at,
      message_id: campaign.messageId,
      voided_at: null,
      voided_by: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toCampaign(db, row)
}

export async function findCampaign(db: StreetDb, id: string): Promise<Campaign | undefined> {
  const row = await findRow(db, TABLE, id)
  return row && toCampaign(db, row)
}

/** Those that stand and share a day with the range, the earliest first. */
export async function listCampaigns(db: StreetDb, { from, to }: DayRange): Promise<Campaign[]> {
  const rows = await db.sql
    .selectFrom(TABLE)
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('voided_at', 'is', null)
    .where('to_day', '>=', from)
    .where('from_day', '<=', to)
    .orderBy('from_day')
    .orderBy('id')
    .execute()
  return rows.map(row => toCampaign(db, row))
}

function toCampaign(db: StreetDb, row: Selectable<Schema['info_campaign']>): Campaign {
  return {
    id: row.id,
    no: row.no,
    topic: fieldsOf(db, TABLE, row.id).open('topic', row.topic),
    fromDay: row.from_day,
    toDay: row.to_day,
    byId: row.by_id,
    at: row.at,
    messageId: row.message_id,
    voided: toVoided(row),
  }
}
