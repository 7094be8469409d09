import { formatDayShort } from '../../policy/time.ts'
import {
  type Inspection,
  type InspectionStatus,
  insertInspectionStep,
  listInspections,
  moveInspection,
} from '../../storage/inspections.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { feedbackBy } from './inspect.ts'
import { inspectedOf, inspectionStates, nameInspection, refuseOwnGrid } from './words.ts'

const NO = '(?:第|#|＃)?\\s*(\\d{1,6})\\s*号?'
const SAY = '[，,。：:；;\\s]*([\\s\\S]*)$'
const ANSWER = new RegExp(
  `^\\s*(?:(反馈|回复|说明|整改)督导\\s*${NO}|督导\\s*${NO}\\s*(反馈|回复|说明|已?整改)(?:完成|完毕|好了)?)${SAY}`,
  'u',
)
const RECHECK = new RegExp(
  `^\\s*(?:复查督导\\s*${NO}|督导\\s*${NO}\\s*复查)\\s*(不通过|未通过|没通过|不合格|通过|合格)${SAY}`,
  'u',
)

/** The inspected answer, or tell that it is put right; the inspector hears it. Source: S0-26 (及时反馈督导情况) */
export const answerInspectionCommand: Command = {
  name: 'answerInspection',
  matches: ANSWER,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['反馈督导3 台账已补齐', '没有3号督导']] },
  async run(ctx) {
    const [, first, no, other, second, words = ''] = ANSWER.exec(ctx.text.normalize('NFKC'))!
    const inspection = await findNumbered(ctx, Number(no ?? other))
    if (!inspection) return refuse('unknown-number', `没有${Number(no ?? other)}号督导。`, { private: true })
    if (!inspectedOf(ctx, inspection).some(({ id }) => id === ctx.actor.id)) {
      return refuse('not-yours', `${nameInspection(ctx, inspection)}不是对您的督导，没有记录。`, { private: true })
    }
    return step(ctx, inspection, (first ?? second)!.endsWith('整改'), words.trim())
  },
}

async function step(ctx: Ctx, inspection: Inspection, corrects: boolean, words: string): Promise<Answer> {
  const { no } = inspection
  if (!corrects && words.length < 2) {
    return refuse('no-words', `请写一句情况说明，如“反馈督导${no} 台账已补齐”。`, { private: true })
  }
  const from: InspectionStatus[] = corrects
    ? ['open', 'answered', 'failed']
    : ['open', 'answered', 'failed', 'corrected']
  const keeps = !corrects && inspection.status === 'corrected'
  const status = corrects ? 'corrected' : keeps ? 'corrected' : 'answered'
  const moved = await moveInspection(ctx.db, inspection.id, from, { status })
  if (!moved) return refuseState(ctx, inspection)
  await note(ctx, inspection, corrects ? 'correct' : 'answer', words || '已整改')
  await tellInspector(ctx, moved, words || '已整改')
  return answer(`${no}号督导${corrects ? '整改' : '反馈'}已记，已告诉督导人。`, { private: true })
}

/** A second look by somebody who may inspect and does not serve there: passed, or once more from the beginning. */
export const recheckCommand: Command = {
  name: 'recheckInspection',
  matches: RECHECK,
  who: 'inspect',
  dialog: { as: 'office', turns: [['复查督导3 通过', '没有3号督导']] },
  async run(ctx) {
    const [, no, other, verdict, words = ''] = RECHECK.exec(ctx.text.normalize('NFKC'))!
    const inspection = await findNumbered(ctx, Number(no ?? other))
    if (!inspection) return refuse('unknown-number', `没有${Number(no ?? other)}号督导。`, { private: true })
    const own = refuseOwnGrid(ctx, inspection)
    if (own) return own
    const passed = verdict === '通过' || verdict === '合格'
    const again = feedbackBy(ctx, ctx.today)
    const to = passed
      ? { status: 'passed' as const }
      : { status: 'failed' as const, feedbackDay: again.day, feedbackSum: again.sum }
    const moved = await moveInspection(ctx.db, inspection.id, ['open', 'answered', 'corrected'], to)
    if (!moved) return refuseState(ctx, inspection)
    const said = words.trim() || verdict!
    await note(ctx, inspection, passed ? 'pass' : 'fail', said)
    await tellVerdict(ctx, moved, said)
    const next = passed ? '' : `，请被督导人${formatDayShort(again.day)}前再整改`
    return answer(`${inspection.no}号督导复查${passed ? '通过，已结束' : '未通过'}${next}。`, { private: true })
  },
}

async function findNumbered({ db }: Ctx, no: number): Promise<Inspection | undefined> {
  return (await listInspections(db, { nos: [no] }))[0]
}

function refuseState(ctx: Ctx, inspection: Inspection): Answer {
  const { clause } = ctx.pack.actions.inspect
  const state = inspectionStates[inspection.status]
  return refuse('wrong-state', `${nameInspection(ctx, inspection)}${state}，没有改动（依据：${clause}）。`, {
    private: true,
  })
}

async function note(
  ctx: Ctx,
  { id }: Inspection,
  kind: 'answer' | 'correct' | 'pass' | 'fail',
  text: string,
): Promise<void> {
  const { db, at, actor, message } = ctx
  await insertInspectionStep(db, { inspectionId: id, at, byId: actor.id, step: kind, text, messageId: message.id })
  await ctx.record(kind, { type: 'inspection', id })
}

async function tellInspector(ctx: Ctx, inspection: Inspection, words: string): Promise<void> {
  const { roster, actor, say } = ctx
  const inspector = roster.memberById(inspection.inspectorId)
  if (!inspector || inspector.id === actor.id) return
  const { no, id, status } = inspection
  await say.toMember(
    inspector,
    `${nameInspection(ctx, inspection)}${actor.name}${inspectionStates[status]}：${words}`,
    {
      kind: 'inspection',
      urgency: 'normal',
      subject: { type: 'inspection', id },
      card: {
        title: `${no}号 督导复查`,
        buttons: [
          { key: 'pass', text: '复查通过', says: `复查督导${no} 通过` },
          { key: 'fail', text: '未通过', says: `复查督导${no} 未通过` },
        ],
      },
    },
  )
}

async function tellVerdict(ctx: Ctx, inspection: Inspection, words: string): Promise<void> {
  const { actor, say } = ctx
  const { no, status, feedbackDay, id } = inspection
  const next =
    status === 'failed' ? `请在${formatDayShort(feedbackDay)}24:00前再整改，回“整改督导${no}”。` : '已结束，辛苦了。'
  for (const member of inspectedOf(ctx, inspection).filter(one => one.id !== actor.id)) {
    await say.toMember(member, `${no}号督导${actor.name}复查：${words}。${next}`, {
      kind: 'inspection',
      urgency: 'normal',
      subject: { type: 'inspection', id },
    })
  }
}
