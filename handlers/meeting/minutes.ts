import { addDays } from '../../policy/time.ts'
import { type Meeting, saveMinutes } from '../../storage/meetings.ts'
import { answer, type Command, type Ctx, defineHandler, refuse } from '../handler.ts'
import { narrowSigns, plainWords } from '../plain-words.ts'
import { listFurtherKinds, renderFurtherKinds } from './counts-for.ts'
import { type Decision, giveDecisions, readDecisions } from './decisions.ts'
import { listMeetingsHere, preferHere } from './find-meeting.ts'
import { listMissingParts } from './minutes-parts.ts'
import { findRun, MEETING_NO } from './numbered.ts'
import { callRoll } from './roll.ts'
import { nameMeeting, nameOf, renderStart } from './words.ts'

/** Minutes are written within the week that a meeting deals with. */
const DAYS_BACK = 7
const KINDS: [RegExp, string][] = [
  [/周?例会/, 'weekly'],
  [/月会/, 'monthly'],
  [/季度?会/, 'quarterly'],
  [/研判/, 'analysis'],
  [/培训/, 'training'],
]
const MORE = /^\s*(?:续|接上?)(?:会议)?纪要\s*[:：]?\s*/u
const GIVE = new RegExp(String.raw`^\s*落实\s*${MEETING_NO}\s*(?:的)?决定\s*[。.]?\s*$`, 'u')

/** Stored with the newest meeting here that has begun; who signed in is counted, and what was decided becomes tasks. */
export const meetingMinutes = defineHandler({
  intent: 'meetingMinutes',
  who: 'meetingMinutes',
  dialog: { as: 'instructor', turns: [['会议纪要：总结上周走访，部署本周防汛', '没查到']] },
  async run(ctx) {
    const meeting = await findMeant(ctx)
    if (!meeting) return refuse('no-meeting', '没查到最近一周开过的会，纪要没有存；请先说“几点开什么会”，开了再交。')
    const head = await store(ctx, meeting, plainWords(ctx.text))
    const again = meeting.minutesAt === undefined ? '' : '（替换了上一份）'
    return answer(`已存${renderStart(meeting)}${nameOf(ctx, meeting)}的纪要${again}：${head}`)
  },
})

/** Minutes longer than one message: what follows is put behind what is stored. */
export const moreMinutesCommand: Command = {
  name: 'continueMinutes',
  matches: MORE,
  who: 'meetingMinutes',
  dialog: { as: 'instructor', turns: [['续纪要：部署本周防汛', '没查到']] },
  async run(ctx) {
    const recent = await listMeetingsHere(ctx, { from: addDays(ctx.today, -DAYS_BACK), to: ctx.today })
    const written = preferHere(ctx, recent).filter(({ minutesAt }) => minutesAt !== undefined)
    const meeting = written.sort((a, b) => a.minutesAt! - b.minutesAt!).at(-1)
    const words = ctx.text.replace(MORE, '').trim()
    if (!meeting) return refuse('no-meeting', '没查到最近一周交过纪要的会，没有存；请先发“会议纪要：……”。')
    if (words.length === 0) return refuse('empty', '“续纪要”后面请带上要接着记的内容，没有改动。')
    const text = `${meeting.minutes!.reveal()}\n${words}`
    const head = await store(ctx, meeting, text)
    return answer(`已接在${renderStart(meeting)}${nameOf(ctx, meeting)}的纪要后面，共${[...text].length}字：${head}`)
  },
}

/** The decisions of minutes that somebody wrote who may not give tasks: whoever called the meeting lets them out. */
export const giveDecisionsCommand: Command = {
  name: 'giveDecisions',
  matches: GIVE,
  who: 'assignTask',
  dialog: { as: 'instructor', turns: [['落实3号会决定', '没有3号会']] },
  async run(ctx) {
    const meeting = await findRun(ctx, Number(GIVE.exec(narrowSigns(ctx.text))?.[1]))
    if ('refused' in meeting) return meeting
    const decisions = readDecisions(ctx.roster, meeting.minutes?.reveal() ?? '', ctx.today)
    if (decisions.length === 0)
      return refuse('nothing', `${nameMeeting(ctx, meeting)}的纪要里没有“决定：”，没有可派的。`)
    return answer(renderGiven(await giveDecisions(ctx, meeting, decisions)) || '这些决定都已经派过了。')
  },
}

/** @returns who came, what it counts for, what is missing, what was given, in one line */
async function store(ctx: Ctx, meeting: Meeting, text: string): Promise<string> {
  const { db, at, pack } = ctx
  const countsFor = listFurtherKinds(pack, meeting, `${meeting.topic?.reveal() ?? ''}\n${text}`)
  await saveMinutes(db, meeting.id, { text, at, countsFor })
  await ctx.record('created', { type: 'meetingMinutes', id: meeting.id }, { countsFor })
  const { present, excused } = await callRoll(ctx, meeting)
  const away = excused.length > 0 ? `，请假${excused.length}人` : ''
  const parts = listMissingParts(pack, meeting, text)
  const missing = parts.length > 0 ? `还没写到：${parts.join('、')}；补上再发一份就行。` : ''
  const decided = await handleDecisions(ctx, meeting, readDecisions(ctx.roster, text, ctx.today))
  return `签到${present.length}人${away}。${renderFurtherKinds(ctx, meeting, countsFor)}${missing}${decided}`
}

async function handleDecisions(ctx: Ctx, meeting: Meeting, decisions: readonly Decision[]): Promise<string> {
  if (decisions.length === 0) return ''
  if (ctx.may('assignTask')) return renderGiven(await giveDecisions(ctx, meeting, decisions))
  const caller = ctx.roster.memberById(meeting.calledBy)
  if (!caller) return ''
  await ctx.say.toMember(caller, `${nameMeeting(ctx, meeting)}的纪要里有${decisions.length}项决定，要派成任务吗？`, {
    kind: 'meeting',
    urgency: 'normal',
    subject: { type: 'meeting', id: meeting.id },
    card: {
      title: nameMeeting(ctx, meeting),
      buttons: [{ key: 'give', text: '派出去', says: `落实${meeting.no}号会决定` }],
    },
  })
  return `${decisions.length}项决定已请${caller.name}派出。`
}

function renderGiven({ given, open }: Awaited<ReturnType<typeof giveDecisions>>): string {
  const done = given.length > 0 ? `已派任务：${given.join('、')}。` : ''
  const lines = open.map(
    ({ content, members }) => `《${content.slice(0, 16)}》缺${members.length === 0 ? '姓名' : '日期'}`,
  )
  return `${done}${lines.length > 0 ? `没派出去：${lines.join('、')}。` : ''}`
}

async function findMeant(ctx: Ctx): Promise<Meeting | undefined> {
  const { at, today, text } = ctx
  const recent = await listMeetingsHere(ctx, { from: addDays(today, -DAYS_BACK), to: today })
  const begun = recent.filter(({ startAt }) => startAt === undefined || startAt <= at)
  const told = KINDS.find(([words]) => words.test(text))?.[1]
  const fitting = begun.filter(({ kind }) => kind === told)
  const meant = preferHere(ctx, fitting.length > 0 ? fitting : begun)
  return meant.findLast(({ minutesAt }) => minutesAt === undefined) ?? meant.at(-1)
}
