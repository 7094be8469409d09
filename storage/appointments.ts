import type { Selectable } from 'kysely'
import type { StreetDb } from './database.ts'
import { newId } from './ids.ts'
import { fieldsOf } from './records.ts'
import type { Schema } from './schema.ts'
import { nextNumber } from './settings.ts'
import type { Personal } from './vault.ts'

/** Somebody on the way to a post, step by step as the pack names them. Source: S4E-10, S2-21 */
export interface Appointment {
  id: string
  /** From 1 per street, never reset. */
  no: number
  name: Personal
  /** Absent where the roster does not know them yet. */
  memberId?: string
  gridId?: string
  roleName: string
  status: Schema['appointment']['status']
}

export interface AppointmentStep {
  kind: Schema['appointment_step']['kind']
  /** As the pack names it. */
  step: string
  note?: Personal
  at: number
}

export async function insertAppointment(
  db: StreetDb,
  appointment: Pick<Appointment, 'memberId' | 'gridId' | 'roleName'> & {
    name: string
    byId: string
    at: number
    messageId: string
  },
): Promise<Appointment> {
  const id = newId(appointment.at)
  const row = await db.sql
    .insertInto('appointment')
    .values({
      id,
      subdistrict_id: db.street,
      no: await nextNumber(db, 'appointment'),
      name: fieldsOf(db, 'appointment', id).seal('name', appointment.name)!,
      member_id: appointment.memberId ?? null,
      grid_id: appointment.gridId ?? null,
      role_name: appointment.roleName,
      status: 'open',
      by_id: appointment.byId,
      at: appointment.at,
      message_id: appointment.messageId,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  return toAppointment(db, row)
}

export async function findAppointment(
  db: StreetDb,
  key: { id: string } | { no: number },
): Promise<Appointment | undefined> {
  const query = db.sql.selectFrom('appointment').selectAll().where('subdistrict_id', '=', db.street)
  const row = await ('id' in key ? query.where('id', '=', key.id) : query.where('no', '=', key.no)).executeTakeFirst()
  return row && toAppointment(db, row)
}

/** Those under way, by number. */
export async function listOpenAppointments(db: StreetDb): Promise<Appointment[]> {
  const rows = await db.sql
    .selectFrom('appointment')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('status', '=', 'open')
    .orderBy('no')
    .execute()
  return rows.map(row => toAppointment(db, row))
}

export async function setAppointmentStatus(db: StreetDb, id: string, status: Appointment['status']): Promise<void> {
  await db.sql
    .updateTable('appointment')
    .set({ status })
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .execute()
}

/** @returns its id */
export async function insertAppointmentStep(
  db: StreetDb,
  step: Omit<AppointmentStep, 'note'> & { appointmentId: string; note?: string; byId: string; messageId: string },
): Promise<string> {
  const id = newId(step.at)
  await db.sql
    .insertInto('appointment_step')
    .values({
      id,
      subdistrict_id: db.street,
      appointment_id: step.appointmentId,
      kind: step.kind,
      step: step.step,
      note: fieldsOf(db, 'appointment_step', id).seal('note', step.note),
      by_id: step.byId,
      at: step.at,
      message_id: step.messageId,
    })
    .execute()
  return id
}

/** Oldest first. */
export async function listAppointmentSteps(db: StreetDb, appointmentId: string): Promise<AppointmentStep[]> {
  const rows = await db.sql
    .selectFrom('appointment_step')
    .selectAll()
    .where('subdistrict_id', '=', db.street)
    .where('appointment_id', '=', appointmentId)
    .orderBy('id')
    .execute()
  return rows.map(row => ({
    kind: row.kind,
    step: row.step,
    note: fieldsOf(db, 'appointment_step', row.id).open('note', row.note),
    at: row.at,
  }))
}

/** Noted by mistake: the step stands open again, and what it had finished goes on. */
export async function deleteAppointmentStep(db: StreetDb, id: string): Promise<void> {
  const row = await db.sql
    .deleteFrom('appointment_step')
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .returning('appointment_id')
    .executeTakeFirst()
  if (row) await setAppointmentStatus(db, row.appointment_id, 'open')
}

/** What a step was of; undefined where it was taken back. */
export async function findAppointmentStep(
  db: StreetDb,
  id: string,
): Promise<{ appointmentId: string; step: string } | undefined> {
  const row = await db.sql
    .selectFrom('appointment_step')
    .select(['appointment_id', 'step'])
    .where('subdistrict_id', '=', db.street)
    .where('id', '=', id)
    .executeTakeFirst()
  return row && { appointmentId: row.appointment_id, step: row.step }
}

function toAppointment(db: StreetDb, row: Selectable<Schema['appointment']>): Appointment {
  return {
    id: row.id,
    no: row.no,
    name: fieldsOf(db, 'appointment', row.id).open('name', row.name)!,
    memberId: row.member_id ?? undefined,
    gridId: row.grid_id ?? undefined,
    roleName: row.role_name,
    status: row.status,
  }
}
