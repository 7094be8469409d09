import { findAdmissionCode } from '../../policy/admission.ts'
import { insertGateEntry, listAdmissions } from '../../storage/admissions.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { officeOf } from '../notice/chain.ts'
import { isRunning, normalizeCode, renderAdmission } from './words.ts'

const KINDS = '考核|评比|评选|竞赛|排名'
/** `新建评比 消防示范网格`, and as people say it: `我们想搞一个消防示范网格评比`. */
const NEW = new RegExp(
  `^\\s*(?:新建(?:部门)?(?:${KINDS})|(?:我们)?(?:要|想|准备|打算)?搞一?[个次场][^，,。]{0,20}(?:${KINDS}))[\\s，,：:]*[\\s\\S]*$`,
  'u',
)
const KIND = new RegExp(KINDS, 'u')

/**
 * Nobody opens an appraisal of their own: where the pack forbids it the wish is refused with the clause and counted; a contest goes on only
 * with an approval number that is registered. Source: S4D-28, S4D-29
 */
export const newAppraisalCommand: Command = {
  name: 'newAppraisal',
  matches: NEW,
  who: 'anyMember',
  dialog: { as: 'office', turns: [['新建评比 消防示范网格', '考核规定']] },
  async run(ctx) {
    const words = ctx.text.normalize('NFKC')
    const [kind = ''] = KIND.exec(words) ?? []
    const { contests, ownAppraisals } = ctx.pack.admission
    if (kind === '考核' && ownAppraisals.value === 'forbidden') {
      return turnAway(ctx, 'own-appraisal', `部门不能单独新建考核（依据：${ownAppraisals.clause}），没有建立，已记录。`)
    }
    if (contests.value === 'free') {
      const { value, clause, status } = ctx.pack.notice.parts
      const because = status === 'original' ? `（依据：${clause}）` : ''
      return refuse('not-separate', `${kind}不用单独新建：请写进提示单的“${value.appraisal}”${because}。`)
    }
    const code = findAdmissionCode(words)
    const [admission] = code === undefined ? [] : await listAdmissions(ctx.db, { code: normalizeCode(code) })
    if (admission?.kind === 'appraisal' && isRunning(admission, ctx.today)) {
      return answer(`已批准，可以开展：${renderAdmission(admission)}。`)
    }
    const why = code === undefined ? '没有批准文号' : `批准文号${normalizeCode(code)}没有登记或已停止`
    return turnAway(ctx, 'unapproved-appraisal', `${kind}${why}，不能新建（依据：${contests.clause}），已记录。`)
  },
}

async function turnAway(ctx: Ctx, reason: string, text: string): Promise<Answer> {
  const { db, at, actor, message } = ctx
  const entry = { kind: 'appraisal', at, byId: actor.id, office: officeOf(ctx, actor), text: ctx.text } as const
  const id = await insertGateEntry(db, { ...entry, messageId: message.id })
  await ctx.record('refused', { type: 'admissionGate', id }, { reason })
  return refuse(reason, text)
}
