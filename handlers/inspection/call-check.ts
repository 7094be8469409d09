import type { Pack } from '../../policy/pack.ts'
import { gridsOf, hasRole, type Member } from '../../storage/roster.ts'
import { answer, type Command, type Ctx, refuse } from '../handler.ts'
import { listAbsent } from '../leave/absent.ts'
import { isGridInView } from '../notice/view.ts'
import { NUMERAL, readNumeral } from '../numerals.ts'
import { drawLots } from './lot.ts'
import { isOwnGrid } from './words.ts'

const CALL = new RegExp(String.raw`^\s*(?:@\S+\s+)?电话抽查\s*(?:${NUMERAL}\s*[人个名位])?\s*[。.]?\s*$`, 'u')
const USUAL_COUNT = 3
const MOST = 20

/**
 * 电话抽查 3人: by lot among those who carry out the work of the grids in view, without the asker, the asker's own grids and whoever is on
 * leave; the message is the seed, so that the same draw can be shown again. One call without an answer is no fault.
 * Source: S2-42 (two tries, half an hour apart, are a default)
 */
export const callCheckCommand: Command = {
  name: 'callCheck',
  matches: CALL,
  who: 'inspect',
  dialog: { as: 'office', turns: [['电话抽查 3人', '没有规定']] },
  async run(ctx) {
    const { message, pack } = ctx
    const { callAttempts, modes } = pack.inspection
    if (!callAttempts) return refuse('no-rule', '所用的文件没有规定电话抽查，没有抽取。', { private: true })
    const count = readNumeral(CALL.exec(ctx.text.normalize('NFKC'))?.[1]) ?? USUAL_COUNT
    if (count < 1 || count > MOST)
      return refuse('bad-count', `一次抽1到${MOST}人，如“电话抽查 3人”。`, { private: true })
    const candidates = await listCandidates(ctx)
    if (candidates.length === 0)
      return refuse('nobody', '您的范围里没有可抽的人（本人、本网格和请假的不抽）。', { private: true })
    const drawn = drawLots(candidates, ({ key }) => key, message.id).slice(0, count)
    await ctx.record(
      'drawn',
      { type: 'callCheck', id: message.id },
      {
        members: drawn.map(({ key }) => key),
        among: candidates.length,
      },
    )
    const lines = drawn.map((member, index) => `${index + 1}. ${nameWithGrid(ctx, member)}　接通（ ）　没接（ ）`)
    const few = drawn.length < count ? `（可抽的只有${drawn.length}人）` : ''
    const clause = modes?.clause ?? callAttempts.clause
    return answer(
      [
        `电话抽查${drawn.length}人${few}，从${candidates.length}人中随机抽取：`,
        ...lines,
        ...renderQuestions(pack),
        `没接通的，隔${pack.inspection.callMinutesApart?.value ?? 0}分钟再打，打满${callAttempts.value}次再记；一次没接不算问题。`,
        `结果请记“督导${drawn[0]!.name}：……”。（依据：${clause}）`,
      ].join('\n'),
      { private: true },
    )
  },
}

async function listCandidates(ctx: Ctx): Promise<Member[]> {
  const { actor, pack, roster, today } = ctx
  const absent = await listAbsent(ctx)
  return roster.members.filter(member => {
    const grids = gridsOf(roster, member, today)
    return (
      hasRole(member, pack.notice.receivers.value, today) &&
      member.id !== actor.id &&
      !absent.has(member.id) &&
      grids.some(({ id }) => isGridInView(ctx, id)) &&
      !grids.some(({ id }) => isOwnGrid(ctx, id))
    )
  })
}

function nameWithGrid({ roster, today }: Ctx, member: Member): string {
  return `${member.name}（${gridsOf(roster, member, today)
    .map(({ name }) => name)
    .join('、')}）`
}

function renderQuestions({ inspection }: Pack): string[] {
  if (!inspection.questions) return ['问什么原文未载：可问身份、职责、手上的任务。']
  return [`问：${inspection.questions.value.join('；')}`]
}
