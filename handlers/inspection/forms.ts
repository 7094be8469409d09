import {
  type DayRange,
  endOfDay,
  formatDayShort,
  instantAt,
  monthOf,
  namedRange,
  periodRange,
  yearOf,
} from '../../policy/time.ts'
import { listFieldRecords } from '../../storage/field-records.ts'
import { listMeetings } from '../../storage/meetings.ts'
import { communitiesOf, type Grid } from '../../storage/roster.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { NUMERAL, readNumeral } from '../numerals.ts'
import { assignTask, tellAssigned } from '../task/assign.ts'
import { nameTask } from '../task/words.ts'

const SELF = /^\s*自查(?:表|清单)\s*[。.]?\s*$/u
const QUARTER = new RegExp(String.raw`^\s*(?:季检|季度检查)(?:\s*${NUMERAL}\s*季度)?\s*[。.]?\s*$`, 'u')
const SHEET = /^\s*(电话|实地)(?:抽查|检查)表(?!格)\s*(\p{Script=Han}{2,4})\s*[。.]?\s*$/u
const STUDY = /^\s*(?:责令|加强)(?:业务)?学习(?:\s+|\s*[@＠])(\p{Script=Han}{2,4})(?:[\s,，:：]+([\s\S]*))?$/u

/** What every grid did in a span, from the records, for whoever checks on paper or on the spot. */
async function renderWork(ctx: Ctx, grids: readonly Grid[], range: DayRange): Promise<string[]> {
  const span = { from: instantAt(range.from, '00:00'), to: endOfDay(range.to) }
  const visits = await listFieldRecords(ctx.db, { ...span, kind: 'visit' })
  const meetings = await listMeetings(ctx.db, { ...range, statuses: ['held'] })
  return grids.map(({ id, no }) => {
    const own = visits.filter(({ gridId }) => gridId === id)
    const leaders = ctx.roster.holders(['leader'], ctx.today, { gridId: id }).map(({ name }) => name)
    const told = own.filter(({ findings }) => findings !== undefined).length
    const held = meetings.filter(({ gridId }) => gridId === id).length
    return `${no}号网格（${leaders.join('、') || '网格长空缺'}）：走访${own.length}次，其中记了情况${told}次；开会${held}次`
  })
}

/** Those of the own communities; of the whole street where somebody serves in none. */
function listGridsInView({ roster, actor, today }: Ctx): Grid[] {
  const own = communitiesOf(roster, actor, today)
  return roster.grids.filter(({ community }) => own.length === 0 || own.includes(community))
}

/** 各村社区自查: this month's work of one's own grids, to be looked through. Source: S3C-07 */
const selfCheckCommand: Command = {
  name: 'selfCheck',
  matches: SELF,
  who: 'queryCommunity',
  dialog: { as: 'communityLead', turns: [['自查表', '1号网格']] },
  async run(ctx) {
    const lines = await renderWork(ctx, listGridsInView(ctx), periodRange(monthOf(ctx.today)))
    return answer(['本月自查表：', ...lines, '有问题请记“督导1网格：……”。'].join('\n'), { private: true })
  },
}

/** 每季度检查一次: what is to be heard and looked through, grid by grid. Source: S3C-09 */
const quarterCommand: Command = {
  name: 'quarterlyCheck',
  matches: QUARTER,
  who: 'queryCommunity',
  dialog: { as: 'office', turns: [['季检 三季度', '三季度检查']] },
  async run(ctx) {
    const number = readNumeral(QUARTER.exec(ctx.text)?.[1])
    if (number !== undefined && number > 4) return refuse('no-quarter', '没有这个季度。', { private: true })
    const range = number ? periodRange(`${yearOf(ctx.today)}-Q${number}`) : namedRange('thisQuarter', ctx.today)
    const ways = ctx.pack.lists.find(({ value }) => value.key === 'checkWays')
    const name = `${'一二三四'[Math.ceil(Number(range.from.slice(5, 7)) / 3) - 1]}季度检查`
    const how = ways ? [`方式：${ways.value.names.join('、')}（依据：${ways.clause}）`] : []
    const lines = await renderWork(ctx, listGridsInView(ctx), range)
    return answer([`${name}：`, ...how, ...lines, '结果请记“督导1网格：……”。'].join('\n'), { private: true })
  },
}

/** The questions of the document for one person, to be asked on the phone or face to face. Source: S3C-12, S3C-13 */
const sheetCommand: Command = {
  name: 'checkSheet',
  matches: SHEET,
  who: 'inspect',
  dialog: { as: 'office', turns: [['电话抽查表 陈桂芳', '没有规定']] },
  run(ctx) {
    const [, way, name] = SHEET.exec(ctx.text) ?? []
    return Promise.resolve(renderSheet(ctx, way!, name!))
  },
}

function renderSheet(ctx: Ctx, way: string, name: string): Answer {
  const questions = ctx.pack.inspection.questions
  if (!questions) return refuse('no-rule', '所用的文件没有规定抽查问哪些。', { private: true })
  const [member, other] = ctx.roster.membersNamed(name)
  if (!member || other) return refuse('unknown-person', `名册里没有（或不止一个）“${name}”。`, { private: true })
  const extra =
    way === '实地' ? ['台账：看了哪些　齐全（ ）　不齐（ ）'] : ['没接通：过一会儿再打一次，一次没接不算问题']
  const lines = questions.value.map((question, index) => `${index + 1}. ${question}　清楚（ ）　不清楚（ ）`)
  const study = `不清楚职责的，可发“加强学习 ${name} 下周五前”。`
  const head = `${way === '实地' ? '实地检查表' : '电话抽查表'}：${name}`
  return answer([head, ...lines, ...extra, `（依据：${questions.clause}）`, study].join('\n'), { private: true })
}

/** 不明确职责任务的，责令其加强业务学习: a finding becomes a task with a day; no deduction follows from it. Source: S3C-14 */
const studyCommand: Command = {
  name: 'orderStudy',
  matches: STUDY,
  who: 'inspect',
  dialog: { as: 'office', turns: [['加强学习 张三丰 周五前', '名册里没有']] },
  async run(ctx, { when }) {
    const [, name, words = ''] = STUDY.exec(ctx.text) ?? []
    const [member, other] = ctx.roster.membersNamed(name!)
    if (!member || other)
      return refuse('unknown-person', `名册里没有（或不止一个）“${name}”，没有派。`, { private: true })
    if (member.id === ctx.actor.id) return refuse('own-record', '请由别人来派，没有改动。', { private: true })
    const due = when?.slice(0, 10)
    if (!due || due < ctx.today) {
      return refuse('no-day', `请写明到哪天，如“加强学习 ${name} 下周五前”，没有派。`, { private: true })
    }
    const penalty = ctx.pack.penalties.items.find(({ value }) => value.name.includes('业务学习'))
    const subject = words.replace(/^\S*?前[\s,，]*/u, '').trim()
    const content = `业务学习：${subject || '熟悉岗位职责和任务'}${penalty ? `（依据：${penalty.clause}）` : ''}`
    const task = await assignTask(ctx, { member, giver: ctx.actor, content, due, messageId: ctx.message.id })
    await tellAssigned(ctx, task)
    return answer(`已派${member.name}${nameTask(task)}，${formatDayShort(due)}前。`, { private: true })
  },
}

export const checkFormCommands: readonly Command[] = [selfCheckCommand, quarterCommand, sheetCommand, studyCommand]
