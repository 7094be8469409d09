import { findAdmissionCode } from '../../policy/admission.ts'
import { addDays, formatDayShort, isDay } from '../../policy/time.ts'
import { type AdmissionKind, amendAdmission, insertAdmission, listAdmissions } from '../../storage/admissions.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { kindNames, normalizeCode, renderAdmission } from './words.ts'

const EXAMPLE = '准入登记 反诈宣传 部门：公安局 标准：每户讲一次 培训：11月5日集中培训 准入号：ZR-2026-08'
const TEMPORARY_EXAMPLE = '临时备案 独居老人探访 标准：每户一访 培训：已培训 备案号：LS-2026-03 至2026-12-31'
const HEAD = /^\s*(准入登记|临时备案|评比登记|考核登记)[\s，,：:]*/u
const AMEND = /^\s*准入补充\s*(\S+)\s*([\s\S]*)$/u
const STOP = /^\s*(?:停止准入|停止备案)\s*(\S+)\s*[。.]?\s*$/u
const KEY =
  '(?:主管部门|牵头部门|部门|工作标准|标准|业务培训|培训|准入号|准入编号|备案号|批准文号|批准号|文号|截止|有效期|期限|至|到(?=\\s*\\d))'

/** What may enter the grids from now on, with its standard, its training and its number. Source: S2-29, S2-31, S2-32, S4D-28 */
export const registerCommand: Command = {
  name: 'registerAdmission',
  matches: HEAD,
  who: 'registerAdmission',
  dialog: { as: 'generalOffice', turns: [[EXAMPLE, '已登记']] },
  async run(ctx, { when }) {
    const words = ctx.text.normalize('NFKC')
    const [head, word] = HEAD.exec(words)!
    const kind: AdmissionKind = word === '准入登记' ? 'regular' : word === '临时备案' ? 'temporary' : 'appraisal'
    const body = words.slice(head.length)
    const code = findAdmissionCode(body)
    const title = new RegExp(`^([\\s\\S]*?)(?=[\\s，,；;]*${KEY}|$)`, 'u').exec(body)?.[1]?.trim()
    if (!title || !code)
      return refuse('incomplete', `请写上事项和编号，例如：\n${kind === 'temporary' ? TEMPORARY_EXAMPLE : EXAMPLE}`)
    const to = kind === 'regular' ? undefined : readEnd(body, when)
    if (kind === 'temporary' && to === undefined) {
      const { clause } = ctx.pack.admission.gate
      return refuse('no-end', `临时备案要写到哪一天，如“至2026-12-31”，没有登记（依据：${clause}）。`)
    }
    if (to !== undefined && to < ctx.today) return refuse('past', `${formatDayShort(to)}已经过了，没有登记。`)
    return save(ctx, { kind, title, code: normalizeCode(code), to, body })
  },
}

async function save(
  ctx: Ctx,
  { kind, title, code, to, body }: { kind: AdmissionKind; title: string; code: string; to?: string; body: string },
): Promise<Answer> {
  const admission = await insertAdmission(ctx.db, {
    code,
    kind,
    title,
    department: readPart(body, '主管部门|牵头部门|部门'),
    standard: readPart(body, '工作标准|标准'),
    training: readPart(body, '业务培训|培训'),
    from: ctx.today,
    to,
    registeredBy: ctx.actor.id,
    registeredAt: ctx.at,
    messageId: ctx.message.id,
  })
  if (!admission)
    return refuse('code-taken', `${code}已经登记过，没有改动。要补标准或培训，请说“准入补充 ${code} 标准：……”。`)
  await ctx.record('created', { type: 'admission', id: admission.id }, { code, kind })
  return answer(`已登记${kindNames[kind]}：${renderAdmission(admission)}。`)
}

/** What was missing comes later; only then the matter may be scored. Source: S2-32 */
export const amendCommand: Command = {
  name: 'amendAdmission',
  matches: AMEND,
  who: 'registerAdmission',
  dialog: { as: 'generalOffice', turns: [['准入补充 ZR-2026-08 标准：每户讲一次', '没有登记']] },
  async run(ctx) {
    const [, said = '', body = ''] = AMEND.exec(ctx.text.normalize('NFKC'))!
    const [admission] = await listAdmissions(ctx.db, { code: normalizeCode(said) })
    if (!admission) return refuse('unknown-code', `${normalizeCode(said)}没有登记。“准入清单”可以看全部。`)
    const standard = readPart(body, '工作标准|标准')
    const training = readPart(body, '业务培训|培训')
    if (!standard && !training)
      return refuse('incomplete', `请写上标准或培训，如“准入补充 ${admission.code} 标准：每户讲一次”。`)
    const amended = await amendAdmission(ctx.db, admission.id, { standard, training })
    await ctx.record('amended', { type: 'admission', id: admission.id }, { standard, training })
    return answer(`已补充：${renderAdmission(amended)}。`)
  },
}

/** Ends a matter before its day; what is out under it is stopped by the same night's run. */
export const stopCommand: Command = {
  name: 'stopAdmission',
  matches: STOP,
  who: 'registerAdmission',
  dialog: { as: 'generalOffice', turns: [['停止准入 ZR-2026-08', '没有登记']] },
  async run(ctx) {
    const said = STOP.exec(ctx.text.normalize('NFKC'))![1]!
    const [admission] = await listAdmissions(ctx.db, { code: normalizeCode(said) })
    if (!admission) return refuse('unknown-code', `${normalizeCode(said)}没有登记。“准入清单”可以看全部。`)
    if (admission.status === 'stopped') return refuse('wrong-state', `${renderAdmission(admission)}，没有改动。`)
    const stopped = await amendAdmission(ctx.db, admission.id, { to: addDays(ctx.today, -1) })
    await ctx.record('ended', { type: 'admission', id: admission.id })
    return answer(`已停止：${stopped.code}《${stopped.title}》，今后不能再按它下发；已下发的今晚一并停止。`)
  },
}

function readPart(body: string, names: string): string | undefined {
  const found = new RegExp(
    `(?:^|[\\s，,；;])(?:${names})\\s*[:：]\\s*([\\s\\S]*?)(?=[\\s，,；;]+${KEY}\\s*[:：]?|$)`,
    'u',
  ).exec(body)
  return found?.[1]?.trim() || undefined
}

/** The day behind 至; else the date the words name. */
function readEnd(body: string, when: string | undefined): string | undefined {
  const said = /(?:至|截止|有效期|期限|到)\s*[:：]?\s*(\d{4}-\d{2}-\d{2})/u.exec(body)?.[1]
  return said && isDay(said) ? said : when?.slice(0, 10)
}
