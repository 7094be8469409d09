import { addDays } from '../../policy/time.ts'
import { type Meeting, saveMinutes } from '../../storage/meetings.ts'
import { answer, type Ctx, defineHandler, refuse } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { listMeetingsHere, preferHere } from './find-meeting.ts'
import { callRoll } from './roll.ts'
import { nameKind, renderStart } from './words.ts'

/** Minutes are written within the week that a meeting deals with. */
const DAYS_BACK = 7
const KINDS: [RegExp, string][] = [
  [/周?例会/, 'weekly'],
  [/月会/, 'monthly'],
  [/季度?会/, 'quarterly'],
  [/研判/, 'analysis'],
  [/培训/, 'training'],
]

/** Stored with the newest meeting here that has begun; who signed in is counted. */
export const meetingMinutes = defineHandler({
  intent: 'meetingMinutes',
  who: 'meetingMinutes',
  dialog: { as: 'instructor', turns: [['会议纪要：总结上周走访，部署本周防汛', '没查到']] },
  async run(ctx) {
    const { db, at } = ctx
    const meeting = await findMeant(ctx)
    if (!meeting) return refuse('no-meeting', '没查到最近一周开过的会，纪要没有存；请先说“几点开什么会”，开了再交。')
    await saveMinutes(db, meeting.id, { text: plainWords(ctx.text), at })
    await ctx.record('created', { type: 'meetingMinutes', id: meeting.id })
    const { present, excused } = await callRoll(ctx, meeting)
    const away = excused.length > 0 ? `，请假${excused.length}人` : ''
    const again = meeting.minutesAt === undefined ? '' : '（替换了上一份）'
    return answer(
      `已存${renderStart(meeting)}${nameKind(ctx, meeting.kind)}的纪要${again}：签到${present.length}人${away}。`,
    )
  },
})

async function findMeant(ctx: Ctx): Promise<Meeting | undefined> {
  const { at, today, text } = ctx
  const recent = await listMeetingsHere(ctx, { from: addDays(today, -DAYS_BACK), to: today })
  const begun = recent.filter(({ startAt }) => startAt === undefined || startAt <= at)
  const told = KINDS.find(([words]) => words.test(text))?.[1]
  const fitting = begun.filter(({ kind }) => kind === told)
  const meant = preferHere(ctx, fitting.length > 0 ? fitting : begun)
  return meant.findLast(({ minutesAt }) => minutesAt === undefined) ?? meant.at(-1)
}
