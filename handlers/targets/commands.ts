import { yearOf } from '../../policy/time.ts'
import { communitiesOf, gridsOf } from '../../storage/roster.ts'
import { insertDone, insertTarget, listDone, listTargets, type WorkTarget } from '../../storage/work-targets.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { refuseRole } from '../not-allowed.ts'
import { percentOf } from '../percent.ts'
import { narrowSigns } from '../plain-words.ts'

const NAME = '([\\p{Script=Han}A-Za-z]{2,12})'
const SET = new RegExp(`^\\s*目标[\\s:：]+(?!完成|达到)${NAME}\\s*(\\d{1,7})\\s*[户人份件场次]?\\s*[。.]?\\s*$`, 'u')
/** Progress of a notice is told with a unit and a number of the notice; here the thing is named and the number stands bare. */
const DONE = new RegExp(`^\\s*(?:落实|完成)\\s+${NAME}\\s+(\\d{1,7})\\s*[。.]?\\s*$`, 'u')
const LIST = /^\s*(?:(\d{4})年)?(?:目标)?落实(?:情况|进度)\s*[?？。]?\s*$/u
/** Faith and the united front are nobody's business in a group, not even as a number. Source: S1-31 */
const SEALED = /民族|宗教|统战|统一战线|信教/u

/** `目标 医保 320`: what the community is to reach this year; said again, it is changed. Source: S1-26, S1-22, S1-11 */
export const setTargetCommand: Command = {
  name: 'setTarget',
  matches: SET,
  who: 'queryCommunity',
  dialog: { as: 'communityLead', turns: [['目标 医保 320', '医保 0/320']] },
  async run(ctx) {
    const { db, actor, at, message, now, today } = ctx
    const [, name = '', count = ''] = SET.exec(narrowSigns(ctx.text)) ?? []
    const [community] = communitiesOf(ctx.roster, actor, today)
    if (community === undefined) return refuseRole(ctx, 'queryCommunity')
    if (Number(count) === 0)
      return refuse('no-count', '目标要写大于0的数，如“目标 医保 320”，没有改动。', { private: true })
    const year = yearOf(today)
    const before = await findTarget(ctx, community, name)
    const id = await insertTarget(
      db,
      { community, year, name, count: Number(count), byId: actor.id, at, messageId: message.id },
      now,
    )
    await ctx.record('created', { type: 'workTarget', id }, { community, year, count: Number(count) })
    const target = await findTarget(ctx, community, name)
    const changed = before ? `（原来${before.count}）` : ''
    return say(
      name,
      `${community}${year}年 ${await renderTarget(ctx, target!)}${changed}。报完成数说“落实 ${name} 12”。`,
    )
  },
}

/** `落实 医保 12`, `完成 医保 12`: a piece of it done. */
export const doneCommand: Command = {
  name: 'targetDone',
  matches: DONE,
  who: 'reportProgress',
  dialog: { as: 'worker', turns: [['落实 医保 12', '没有']] },
  async run(ctx) {
    const { db, actor, at, message, now, roster, today } = ctx
    const [, name = '', count = ''] = DONE.exec(narrowSigns(ctx.text)) ?? []
    const communities = communitiesOf(roster, actor, today)
    const targets = await Promise.all(communities.map(community => findTarget(ctx, community, name)))
    const target = targets.find(found => found !== undefined)
    if (!target) {
      return refuse(
        'no-target',
        `没有“${name}”这个目标，没有记。社区书记可说“目标 ${name} 320”；报提示单进度请带编号，如“1号提示单完成${count}户”。`,
        { private: true },
      )
    }
    const [grid, other] = gridsOf(roster, actor, today).filter(({ community }) => community === target.community)
    const { community, year, nameIndex } = target
    const id = await insertDone(
      db,
      {
        community,
        year,
        nameIndex,
        count: Number(count),
        gridId: other ? undefined : grid?.id,
        byId: actor.id,
        at,
        messageId: message.id,
      },
      now,
    )
    await ctx.record('created', { type: 'workDone', id }, { community, count: Number(count) })
    return say(name, `已记${name}完成${count}：${await renderTarget(ctx, target)}。`)
  },
}

/** What is to be reached and how far it is, of the own community or of all. */
export const targetsCommand: Command = {
  name: 'targets',
  matches: LIST,
  who: 'queryOwn',
  dialog: { as: 'communityLead', turns: [['落实情况', '目标']] },
  async run(ctx) {
    const year = Number(LIST.exec(narrowSigns(ctx.text))?.[1] ?? yearOf(ctx.today))
    const own = communitiesOf(ctx.roster, ctx.actor, ctx.today)
    const all = await listTargets(ctx.db, year)
    const seen = ctx.may('queryStreet') ? all : all.filter(({ community }) => own.includes(community))
    const isPrivate = ctx.chat.kind === 'direct'
    const shown = seen.filter(({ name }) => isPrivate || !SEALED.test(name.reveal()))
    if (shown.length === 0) {
      return answer(`${year}年还没有定目标。社区书记可说“目标 医保 320”，完成了说“落实 医保 12”。`, { private: true })
    }
    const lines = await Promise.all(
      shown.map(
        async target => `${ctx.may('queryStreet') ? `${target.community} ` : ''}${await renderTarget(ctx, target)}`,
      ),
    )
    return answer([`${year}年落实情况：`, ...lines].join('\n'))
  },
}

export const targetCommands: readonly Command[] = [setTargetCommand, doneCommand, targetsCommand]

async function findTarget(ctx: Ctx, community: string, name: string): Promise<WorkTarget | undefined> {
  const targets = await listTargets(ctx.db, yearOf(ctx.today))
  return targets.find(target => target.community === community && target.name.reveal() === name)
}

/** `医保 132/320（41%）`. */
async function renderTarget({ db }: Ctx, { community, year, name, nameIndex, count }: WorkTarget): Promise<string> {
  const done = (await listDone(db, year)).filter(one => one.community === community && one.nameIndex === nameIndex)
  const sum = done.reduce((total, one) => total + one.count, 0)
  return `${name.reveal()} ${sum}/${count}（${percentOf(sum, count)}）`
}

function say(name: string, text: string): Answer {
  return answer(text, { private: SEALED.test(name) })
}
