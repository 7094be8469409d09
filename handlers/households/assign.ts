import { findAssignment, insertAssignment } from '../../storage/household-assignments.ts'
import { assignHouseholds, type HouseholdKey, indexDoor, listHouseholdKeys } from '../../storage/households.ts'
import { voidRecord } from '../../storage/records.ts'
import { gridsOf, type Member } from '../../storage/roster.ts'
import { answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { chooseListScope } from '../incident/lists/scope.ts'
import { narrowSigns } from '../plain-words.ts'
import { readDoor } from './doors.ts'
import { nameBuilding } from './words.ts'

const ASSIGN =
  /^\s*分户(?:[\s:：]+|(?=[\dA-Za-z一二三四五六七八九十]+\s*(?:幢|栋|座|号楼)))(\S[^@＠]*?)\s*(?:给|归|由)\s*[@＠]?\s*([\p{Script=Han}·A-Za-z]{2,12})\s*[。.!！]?\s*$/u
const REST = /^(?:全部|所有|其余|剩下的?|未分的?)$/u

/** `分户 3幢 给 @李四`: who keeps in touch with which households; both sides are told once. Source: S3A-09b */
export const assignHouseholdsCommand: Command = {
  name: 'assignHouseholds',
  matches: ASSIGN,
  who: 'assignTask',
  dialog: { as: 'leader', turns: [['分户 3幢 给 @李敏', '分']] },
  async run(ctx) {
    const { db, actor, at, message, now, roster, today } = ctx
    const [, what = '', name = ''] = ASSIGN.exec(narrowSigns(ctx.text)) ?? []
    const scope = await chooseListScope(ctx)
    if ('refused' in scope) return scope.refused
    const fitting = roster.membersNamed(name)
    const member = fitting.find(one => gridsOf(roster, one, today).length > 0) ?? fitting[0]
    if (!member) return refuse('unknown-person', `名册里没有“${name}”，没有分。请写名册上的姓名。`, { private: true })
    const gridIds = gridsOf(roster, member, today)
      .map(({ id }) => id)
      .filter(id => !scope.gridIds || scope.gridIds.includes(id))
    if (gridIds.length === 0) {
      return refuse('not-yours', `${member.name}不在您负责的网格，没有分。请换本网格的人。`, { private: true })
    }
    const open = await listHouseholdKeys(db, { gridIds, open: true })
    const chosen = choose(ctx, open, what)
    if (chosen.length === 0) return refuseNothing(open.length, what)
    const moving = chosen.filter(({ memberId }) => memberId !== member.id)
    if (moving.length === 0) {
      return refuse('unchanged', `${what}的${chosen.length}户已经由${member.name}联系，没有改动。`, { private: true })
    }
    const former = moving.map(({ id, memberId }) => ({ householdId: id, memberId: memberId ?? null }))
    await assignHouseholds(
      db,
      moving.map(({ id }) => id),
      member.id,
    )
    const saved = await insertAssignment(
      db,
      { memberId: member.id, former, byId: actor.id, at, messageId: message.id },
      now,
    )
    await ctx.record('created', { type: 'householdAssignment', id: saved.id }, { count: moving.length })
    await tellSides(ctx, member, moving, saved.id)
    const place = readDoor(what).building
    const label = place === undefined ? '' : nameBuilding(place)
    return answer(`已把${label}${moving.length}户分给${member.name}联系，${member.name}发“我的联系户”可看清单。`)
  },
}

/** A building, a door, or whatever nobody has yet. */
function choose({ db }: Ctx, open: readonly HouseholdKey[], what: string): HouseholdKey[] {
  if (REST.test(what)) return open.filter(({ memberId }) => memberId === undefined)
  const door = readDoor(what)
  if (door.key === undefined) return open.filter(({ building }) => building !== undefined && building === door.building)
  const [exact, short] = [indexDoor(db, door.key), indexDoor(db, door.shortKey ?? door.key)]
  const same = open.filter(({ doorIndex }) => doorIndex === exact)
  return same.length > 0 ? same : open.filter(({ shortIndex }) => shortIndex === short)
}

function refuseNothing(registered: number, what: string) {
  return registered === 0
    ? refuse('no-register', '还没有住户名册，没有分。请管理员导入 households.csv，或一户一条说“住户 3幢501 入住”。', {
        private: true,
      })
    : refuse('no-household', `住户名册里没有“${what}”，没有分。楼栋写“3幢”，一户写“3幢501”，没人联系的写“其余”。`, {
        private: true,
      })
}

async function tellSides(ctx: Ctx, member: Member, moving: readonly HouseholdKey[], id: string): Promise<void> {
  const { actor, roster, say } = ctx
  const options = {
    kind: 'household-assignment',
    urgency: 'normal',
    subject: { type: 'householdAssignment', id },
  } as const
  if (member.id !== actor.id) {
    await say.toMember(member, `${actor.name}分给您${moving.length}户联系户，发“我的联系户”看清单。`, options)
  }
  const losing = new Map<string, number>()
  for (const { memberId } of moving) if (memberId) losing.set(memberId, (losing.get(memberId) ?? 0) + 1)
  for (const [memberId, count] of losing) {
    const before = roster.memberById(memberId)
    if (before && before.id !== actor.id && before.status === 'active') {
      await say.toMember(before, `${actor.name}把您的${count}户联系户改由${member.name}联系。`, options)
    }
  }
}

export const undoableAssignment: Undoable = {
  async describe({ db, roster }, id) {
    const found = await findAssignment(db, id)
    if (!found || found.voided) return undefined
    return `分户 ${found.former.length}户给${roster.memberById(found.memberId)?.name ?? ''}`
  },
  /** Only what the member still has goes back. */
  async undo({ db, now, actor }, id) {
    const found = await findAssignment(db, id)
    if (!found) return undefined
    const still = new Set((await listHouseholdKeys(db, { memberIds: [found.memberId] })).map(one => one.id))
    for (const { householdId, memberId } of found.former) {
      if (still.has(householdId)) await assignHouseholds(db, [householdId], memberId)
    }
    await voidRecord(db, 'household_assignment', id, { at: now, by: actor.id })
    return undefined
  },
}
