import { endOfDay, formatDayShort, instantAt, monthOf, monthRange, yearOf } from '../../policy/time.ts'
import { countFieldRecords } from '../../storage/field-records.ts'
import { countInfoItems } from '../../storage/info-items.ts'
import { readMemberDetails } from '../../storage/member-details.ts'
import { communitiesOf, gridsOf, type Member, type MemberRole } from '../../storage/roster.ts'
import { listTrainingDone } from '../../storage/trainings.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { listTrained } from '../training/classes.ts'
import { type fieldNames, lineOfKind, listKinds } from './file-fields.ts'
import { findPerson, leadsGridOf, managesStaff, NAME } from './people.ts'

const OWN = '我的(?:人事)?档案'
const PROFILE = new RegExp(
  `^\\s*(?:${OWN}|档案(?:\\s*[:：]\\s*|\\s+|(?=[@＠]))${NAME}|${NAME}\\s+档案|([\\p{Script=Han}]{2,3})档案)\\s*[?？。]?\\s*$`,
  'u',
)

/** Who somebody is: posts with dates, grids, training, what the office noted. In private, by right. Source: S0-04, S2-20, S2-21, S2-46 */
export const profileCommand: Command = {
  name: 'profile',
  matches: PROFILE,
  who: 'queryOwn',
  dialog: { as: 'communityLead', turns: [['档案 李敏', '专职网格员']] },
  async run(ctx) {
    const [, after, spaced, joined] = PROFILE.exec(ctx.text.normalize('NFKC')) ?? []
    const before = spaced ?? joined
    const name = after ?? before
    const found = name === undefined || name === '我' ? { member: ctx.actor } : findPerson(ctx, name)
    if ('refused' in found) {
      // 整理 档案 is work, not somebody's name.
      return before !== undefined && found.refused.refused === 'unknown-person'
        ? undefined
        : { ...found.refused, private: true }
    }
    const { member } = found
    if (!mayRead(ctx, member)) {
      const text = `${member.name}的档案只给本人、所在网格的网格长、所在社区和街道看。`
      return refuse('not-yours', text, { private: true })
    }
    return answer((await describe(ctx, member)).join('\n'), { private: true })
  },
}

/** The own always; a leader those of the own grid, a community's people the own community, the street all. */
function mayRead(ctx: Ctx, member: Member): boolean {
  if (member.id === ctx.actor.id || ctx.may('queryStreet') || leadsGridOf(ctx, member) || managesStaff(ctx, member))
    return true
  const own = communitiesOf(ctx.roster, ctx.actor, ctx.today)
  return ctx.may('queryCommunity') && communitiesOf(ctx.roster, member, ctx.today).some(place => own.includes(place))
}

async function describe(ctx: Ctx, member: Member): Promise<string[]> {
  const { db, roster, today } = ctx
  const details = await readMemberDetails(db, member.id)
  const told = (field: keyof typeof fieldNames) => details[field]?.value.reveal()
  const kind = told('kind') ?? member.titles.find(title => listKinds(ctx.pack).includes(title))
  const line = kind === undefined ? undefined : lineOfKind(ctx.pack, kind)
  const seesPay = member.id === ctx.actor.id || managesStaff(ctx, member)
  const current = member.roles.filter(({ to }) => to === undefined || to >= today)
  const former = member.roles.filter(role => !current.includes(role))
  const grids = gridsOf(roster, member, today)
  return [
    `${member.name}的档案${member.status === 'left' ? '（已离岗）' : ''}`,
    ...current.map(role => `现任：${namePost(ctx, role)}，${formatDays(role)}`),
    ...former.map(role => `曾任：${namePost(ctx, role)}，${formatDays(role)}`),
    grids.length > 0 ? `网格：${grids.map(({ name, code }) => `${name}（${code}）`).join('、')}` : '',
    member.joinedOn ? `入职：${member.joinedOn}` : '',
    member.titles.length > 0 ? `职务：${member.titles.join('、')}` : '',
    kind ? `身份：${kind}${line ? `，除网格工作外承担${line.name}` : ''}` : '',
    `任职文号：${told('document') ?? '未登记'}`,
    `平安通：${told('device') ?? '未登记'}`,
    seesPay ? `补贴：${told('allowance') ?? '未登记'}` : '',
    seesPay && told('poverty') === '是' ? '建档立卡户：是（只本人和负责人可见）' : '',
    await describeTraining(ctx, member),
    told('party') === '是' ? await describePartyWork(ctx, member) : '',
  ].filter(Boolean)
}

/** 专职网格员（第2网格）. */
function namePost({ roster }: Ctx, { roleName, employment, gridId, community, office }: MemberRole): string {
  const where = roster.gridById(gridId)?.name ?? community ?? office
  const type = employment && !/[专兼]职/u.test(roleName) ? (employment === 'fullTime' ? '专职' : '兼职') : ''
  return `${type}${roleName}${where ? `（${where}）` : ''}`
}

function formatDays({ from, to }: MemberRole): string {
  return to === undefined ? `${from}起` : `${from}至${to}`
}

async function describeTraining(ctx: Ctx, { id }: Member): Promise<string> {
  const year = yearOf(ctx.today)
  const { trained, examined } = await listTrained(ctx, year)
  const [before] = await listTrainingDone(ctx.db, { kind: 'beforeDuty', memberId: id })
  const parts = [
    before && `岗前培训${formatDayShort(before.day)}完成`,
    trained.has(id) ? `${year}年已参训` : `${year}年还没有参训记录`,
    examined.has(id) && '考试已完成',
  ]
  return `培训：${parts.filter(Boolean).join('，')}`
}

/** What a party member did in the grid this month, for 先锋指数考评. Source: S2-09 */
async function describePartyWork({ db, today }: Ctx, { id }: Member): Promise<string> {
  const { from, to } = monthRange(monthOf(today))
  const filter = { from: instantAt(from, '00:00'), to: endOfDay(to), memberIds: [id] }
  const visits = await countFieldRecords(db, { ...filter, kind: 'visit' })
  const patrols = await countFieldRecords(db, { ...filter, kind: 'patrol' })
  const items = await countInfoItems(db, filter)
  return `党员，本月网格表现：走访${visits}、巡查${patrols}、信息${items}（可抄入先锋指数考评）`
}
