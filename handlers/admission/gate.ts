import { findAdmissionCode, findAppraisal, type GateReason, judgeMatter } from '../../policy/admission.ts'
import {
  type Admission,
  findNoticeAdmission,
  type GateKind,
  insertGateEntry,
  listAdmissions,
  listGateEntries,
  type NoticeAdmission,
  saveNoticeAdmission,
} from '../../storage/admissions.ts'
import type { Notice } from '../../storage/notices.ts'
import { rolesOn } from '../../storage/roster.ts'
import { type Answer, ask, type Ctx, refuse } from '../handler.ts'
import { officeOf } from '../notice/chain.ts'
import { nameNotice } from '../notice/words.ts'
import { isRunning, normalizeCode } from './words.ts'

/** Why a number that was told opens nothing. */
const reasons: Record<GateReason, string> = {
  'not-admitted': '没有登记',
  'not-yet': '还没有生效',
  ended: '已到期',
  stopped: '已停止',
  'is-appraisal': '是评比考核的批准文号，不是准入号',
}

/**
 * The gate before a notice is submitted: where the pack has one, only an admitted matter, a temporary one before its end, or one that the
 * principal leader forced goes on. What does not stays a draft in the 未准入 box, refused with the clause and counted once.
 * Source: S2-29, S2-31, S4D-28…30
 *
 * @returns undefined where the notice may go on; else the question for its number, under the asking handler's draft
 */
export async function judgeAdmission(ctx: Ctx, notice: Notice): Promise<Answer | undefined> {
  const words = [...new Set([notice.title, notice.content, notice.requirement])].filter(Boolean).join('\n')
  const contest = await judgeContest(ctx, `${words}\n${ctx.text}`, notice.id)
  if (contest) return contest
  const { gate } = ctx.pack.admission
  if (!gate.value) return undefined
  const link = await findLink(ctx, notice)
  if (link?.forced) return undefined
  const code = findAdmissionCode(`${ctx.text}\n${words}`)
  const told = code === undefined ? undefined : await linkNotice(ctx, notice, code)
  if (told?.ok) return undefined
  if (told === undefined && link?.admissionId !== undefined && (await isStillAdmitted(ctx, link.admissionId)))
    return undefined
  await logOnce(ctx, 'refused', notice, words)
  const why = told ? `的准入号${normalizeCode(code!)}${reasons[told.reason]}` : '没有准入号或临时备案'
  const text = `${nameNotice(notice)}${why}，先存在“未准入”里，没有报审（依据：${gate.clause}）。请回准入号，如“准入号 ZR-2026-08”；急用请主要领导说“强制准入提示单${notice.no}”并写原因。`
  return ask('draftNotice', { noticeId: notice.id, asks: 'admission' }, text)
}

/** A notice that puts another right goes out under that one's admission. */
async function findLink({ db }: Ctx, { id, correctsId }: Notice): Promise<NoticeAdmission | undefined> {
  const own = await findNoticeAdmission(db, id)
  return own ?? (correctsId === undefined ? undefined : findNoticeAdmission(db, correctsId))
}

/** Takes the bare answer to that question: the number without the word 准入号 before it. */
export async function nameAdmission(ctx: Ctx, notice: Notice, words: string): Promise<void> {
  const code = findAdmissionCode(words) ?? words.trim()
  if (/\d/.test(code) && code.length <= 40) await linkNotice(ctx, notice, code)
}

async function linkNotice(ctx: Ctx, notice: Notice, said: string) {
  const admission = await findByCode(ctx, said)
  const verdict = judgeMatter(admission, ctx.today)
  if (verdict.ok && admission) {
    await saveNoticeAdmission(ctx.db, { noticeId: notice.id, admissionId: admission.id, forced: false, at: ctx.now })
    await ctx.record('admitted', { type: 'notice', id: notice.id }, { code: admission.code })
  }
  return verdict
}

async function findByCode({ db }: Ctx, said: string): Promise<Admission | undefined> {
  return (await listAdmissions(db, { code: normalizeCode(said) }))[0]
}

async function isStillAdmitted({ db, today }: Ctx, id: string): Promise<boolean> {
  const [admission] = await listAdmissions(db, { ids: [id] })
  return admission !== undefined && isRunning(admission, today)
}

/**
 * A contest or ranking needs an approval number where the pack says so, and a department's own appraisal is refused outright.
 * Source: S4D-28 (取消所有未经批准的评比项目), S4D-29 (不允许职能部门的单独考核)
 */
export async function judgeContest(ctx: Ctx, words: string, noticeId?: string): Promise<Answer | undefined> {
  const { contests, ownAppraisals } = ctx.pack.admission
  const called = findAppraisal(words)
  if (called === undefined) return undefined
  if (ownAppraisals.value === 'forbidden' && /单独考核|专项考核/u.test(called)) {
    await log(ctx, 'appraisal', words, noticeId)
    return refuse('own-appraisal', `不能由部门单独考核（依据：${ownAppraisals.clause}），已记入未准入，没有报审。`)
  }
  if (contests.value === 'free') return undefined
  const code = findAdmissionCode(words)
  const admission = code === undefined ? undefined : await findByCode(ctx, code)
  if (admission?.kind === 'appraisal' && isRunning(admission, ctx.today)) return undefined
  await log(ctx, 'appraisal', words, noticeId)
  const text = `“${called}”没有批准文号，不能开展（依据：${contests.clause}），已记入未准入，没有报审。报批公示后先登记：“评比登记 名称 批准文号…”。`
  return refuse('unapproved-appraisal', text)
}

/**
 * The same gate for a single task, where a department gives it; those who work in the grids give theirs freely.
 * Source: S2-29, S2-30 (职能部门职责范围内的工作任务，不得随意向网格员转嫁)
 */
export async function judgeTaskAdmission(
  ctx: Ctx,
  text: string,
  content: string,
): Promise<Answer | { admissionId?: string }> {
  const { gate, departments } = ctx.pack.admission
  const isDepartment = rolesOn(ctx.actor, ctx.today).some(({ role }) => departments.value.includes(role))
  if (!isDepartment) return {}
  const contest = await judgeContest(ctx, text)
  if (contest) return contest
  if (!gate.value) return {}
  const code = findAdmissionCode(text)
  const admission = code === undefined ? undefined : await findByCode(ctx, code)
  const verdict = judgeMatter(admission, ctx.today)
  if (verdict.ok && admission) return { admissionId: admission.id }
  await log(ctx, 'refused', content)
  const why =
    code === undefined || verdict.ok ? '没有准入号或临时备案' : `${normalizeCode(code)}${reasons[verdict.reason]}`
  return refuse(
    'not-admitted',
    `这件事${why}，没有交办（依据：${gate.clause}）。请在话里写上准入号，如“……准入号 ZR-2026-08”。`,
  )
}

async function log(ctx: Ctx, kind: GateKind, text: string, noticeId?: string): Promise<void> {
  const { db, at, actor, message } = ctx
  const entry = { kind, at, byId: actor.id, office: officeOf(ctx, actor), noticeId, text, messageId: message.id }
  const id = await insertGateEntry(db, entry)
  await ctx.record('refused', { type: 'admissionGate', id }, { kind })
}

/** A draft that is asked for its number again and again is one matter turned away. */
async function logOnce(ctx: Ctx, kind: GateKind, notice: Notice, text: string): Promise<void> {
  const known = await listGateEntries(ctx.db, { noticeId: notice.id, kinds: [kind] })
  if (known.length === 0) await log(ctx, kind, text, notice.id)
}
