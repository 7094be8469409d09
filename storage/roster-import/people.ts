import { addDays } from '../../policy/time.ts'
import { newId } from '../ids.ts'
import { type Import, type PersonEntry, type RoleEntry, refName } from './entries.ts'
import { type GridRow, isEnded, readGridRows } from './grid-rows.ts'
import { listDifferences } from './grids.ts'
import { keyOf, type MemberRow, type RoleRow, readKnownPeople } from './known-people.ts'

/** Adds people and roles, ends roles (离岗), corrects what is known of somebody. @returns how many people were added or changed */
export async function applyPeople(at: Import, people: readonly PersonEntry[]): Promise<number> {
  const known = await readKnownPeople(at)
  const grids = await readGridRows(at)
  let changed = 0
  for (const person of people) {
    const found = known.find(person)
    if ('reason' in found) {
      at.faults.push({ ...person.at, reason: found.reason })
      continue
    }
    const gone = person.roles.find(({ active, grid }) => active && grid && isEnded(grids.get(refName(grid))!, at.today))
    if (gone?.grid) {
      const day = grids.get(refName(gone.grid))?.to_day
      at.faults.push({
        ...gone.at,
        reason: `${refName(gone.grid)}已在${day}停用，请写现在的网格号，或把状态写成“离岗”`,
      })
      continue
    }
    const { member, isNew, isChanged } = await saveMember(at, person, found.member)
    known.add(member, person)
    const roles = isNew ? [] : known.rolesOf(member)
    const joined = isNew ? person.joinedOn : undefined
    const moves = await saveRoles(
      at,
      member,
      person.roles,
      roles,
      joined,
      ({ grid }) => grid && grids.get(refName(grid)),
    )
    const settled = await settleStatus(at, member, roles)
    if (isNew || isChanged || moves > 0 || settled) changed += 1
  }
  return changed
}

async function saveMember(
  { db, now, record }: Import,
  person: PersonEntry,
  known: MemberRow | undefined,
): Promise<{ member: MemberRow; isNew: boolean; isChanged: boolean }> {
  const id = known?.id ?? newId(now)
  const phoneIndex = person.phone ? db.vault.index(person.phone, 'phone') : (known?.phone_index ?? null)
  const facts = {
    name: person.name,
    phone_index: phoneIndex,
    dingtalk_id: person.dingtalkId ?? known?.dingtalk_id ?? null,
    wecom_id: person.wecomId ?? known?.wecom_id ?? null,
    joined_on: person.joinedOn ?? known?.joined_on ?? null,
    titles: person.titles.length > 0 ? JSON.stringify(person.titles) : (known?.titles ?? null),
  }
  const phone =
    person.phone && phoneIndex !== known?.phone_index
      ? db.vault.seal(person.phone, { table: 'member', column: 'phone', id })
      : (known?.phone ?? null)
  const bornBefore = known?.born ? db.vault.open(known.born, bornOf(id)).reveal() : undefined
  const isBornNew = person.bornOn !== undefined && person.bornOn !== bornBefore
  const born = isBornNew ? db.vault.seal(person.bornOn!, bornOf(id)) : (known?.born ?? null)
  if (!known) {
    const rest = { key: keyOf(person), status: 'active' as const, last_channel: null, created_at: now }
    const member = { id, subdistrict_id: db.street, ...facts, phone, born, ...rest }
    await db.sql.insertInto('member').values(member).execute()
    await record('created', 'member', id, { key: member.key, name: person.name })
    return { member, isNew: true, isChanged: false }
  }
  const differing = listDifferences<MemberRow>(known, facts)
  if (!differing && !isBornNew) return { member: known, isNew: false, isChanged: false }
  const member = { ...known, ...facts, phone, born }
  await db.sql
    .updateTable('member')
    .set({ ...facts, phone, born })
    .where('id', '=', id)
    .execute()
  await record('changed', 'member', id, { ...differing, ...(isBornNew && { born: 'changed' }) })
  return { member, isNew: false, isChanged: true }
}

function bornOf(id: string) {
  return { table: 'member', column: 'born', id }
}

/** Brings `roles`, the rows of this member, to what the files tell; rows added are added there. @returns how many were added, changed or ended */
async function saveRoles(
  { db, now, today, record }: Import,
  member: MemberRow,
  entries: readonly RoleEntry[],
  roles: RoleRow[],
  joinedOn: string | undefined,
  gridOf: (role: RoleEntry) => GridRow | undefined,
): Promise<number> {
  const yesterday = addDays(today, -1)
  let moves = 0

  const insert = async (entry: RoleEntry, toDay: string | null) => {
    // Whoever is new holds the role since the day of joining; a role that somebody known is given begins today, in a grid that
    // is yet to be split off on its first day.
    const last = toDay ?? today
    const grid = gridOf(entry)
    const opens = grid && grid.predecessor_id !== null && grid.from_day > today ? grid.from_day : undefined
    const row: RoleRow = {
      id: newId(now),
      subdistrict_id: db.street,
      member_id: member.id,
      role: entry.role,
      role_name: entry.roleName,
      employment: entry.employment ?? null,
      community: entry.grid ? null : (entry.community ?? null),
      grid_id: grid?.id ?? null,
      office: entry.office ?? null,
      supervises: entry.supervises.length > 0 ? JSON.stringify(entry.supervises) : null,
      stand_in: entry.standIn ?? null,
      point: entry.point ?? null,
      from_day: opens ?? (joinedOn !== undefined && (joinedOn < last || toDay === null) ? joinedOn : last),
      to_day: toDay,
    }
    await db.sql.insertInto('member_role').values(row).execute()
    roles.push(row)
    await record('created', 'memberRole', row.id, {
      member: member.key,
      role: entry.roleName,
      from: row.from_day,
      to: toDay,
    })
    moves += 1
  }
  const end = async (row: RoleRow) => {
    row.to_day = yesterday
    await db.sql.updateTable('member_role').set({ to_day: yesterday }).where('id', '=', row.id).execute()
    await record('ended', 'memberRole', row.id, { member: member.key, role: row.role_name, to: yesterday })
    moves += 1
  }

  for (const entry of entries) {
    const same = roles.filter(row => isSameRole(row, entry, gridOf(entry)?.id ?? null))
    const open = same.find(row => row.to_day === null || row.to_day >= today)
    if (!entry.active) {
      if (open) await end(open)
      else if (same.length === 0) await insert(entry, yesterday)
    } else if (!open) {
      await insert(entry, null)
    } else if (open.role_name !== entry.roleName) {
      // 兼职 becomes 专职: two spells of service, since each day is judged by the role of that day.
      await end(open)
      await insert(entry, null)
    } else {
      const facts = {
        supervises: entry.supervises.length > 0 ? JSON.stringify(entry.supervises) : open.supervises,
        stand_in: entry.standIn ?? open.stand_in,
        point: entry.point ?? open.point,
      }
      const differing = listDifferences<RoleRow>(open, facts)
      if (!differing) continue
      await db.sql.updateTable('member_role').set(facts).where('id', '=', open.id).execute()
      await record('changed', 'memberRole', open.id, differing)
      moves += 1
    }
  }
  return moves
}

function isSameRole(row: RoleRow, entry: RoleEntry, gridId: string | null): boolean {
  return (
    row.role === entry.role &&
    row.grid_id === gridId &&
    row.office === (entry.office ?? null) &&
    (gridId !== null || row.community === (entry.community ?? null))
  )
}

/** Who holds no role any more has left; the rows stay, since every record of that person points at them. */
async function settleStatus(
  { db, today, record }: Import,
  member: MemberRow,
  roles: readonly RoleRow[],
): Promise<boolean> {
  const status = roles.some(({ to_day }) => to_day === null || to_day >= today) ? 'active' : 'left'
  if (status === member.status) return false
  await db.sql.updateTable('member').set({ status }).where('id', '=', member.id).execute()
  await record('changed', 'member', member.id, { status: { from: member.status, to: status } })
  return true
}
