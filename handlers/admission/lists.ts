import { addMonths, monthOf, monthRange } from '../../policy/time.ts'
import { findNoticeAdmission, type GateEntry, listAdmissions, listGateEntries } from '../../storage/admissions.ts'
import { findNotice, type Notice } from '../../storage/notices.ts'
import { answer, type Command } from '../handler.ts'
import { nameNotice } from '../notice/words.ts'
import { instantsOf } from '../query/period.ts'
import { shortenText } from '../reader.ts'
import { renderAdmission } from './words.ts'

const SHOWN = 15

/** Everything that may enter the grids. Source: S2-29, S2-23 (服务事项清单制) */
export const admissionListCommand: Command = {
  name: 'listAdmissions',
  matches: /^\s*准入(?:清单|目录|事项)\s*[?？。]?\s*$/u,
  who: 'queryGrid',
  dialog: { as: 'worker', turns: [['准入清单', '没有登记']] },
  async run({ db, pack }) {
    const admitted = await listAdmissions(db, { statuses: ['admitted'] })
    const gate = pack.admission.gate.value ? '' : '（现行办法没有规定准入审核）'
    if (admitted.length === 0) return answer(`准入清单还没有登记事项${gate}。`)
    const lines = admitted.slice(-SHOWN).map(renderAdmission)
    return answer([`准入清单${admitted.length}项${gate}：`, ...lines].join('\n'))
  },
}

/** 未准入: drafts that the gate holds back. Source: S2-29 */
export const boxCommand: Command = {
  name: 'listRefused',
  matches: /^\s*未准入(?:箱|清单|事项)?\s*[?？。]?\s*$/u,
  who: 'queryStreet',
  dialog: { as: 'office', turns: [['未准入', '没有']] },
  async run({ db }) {
    const held: Notice[] = []
    const ids = new Set(
      (await listGateEntries(db, { kinds: ['refused', 'appraisal'] })).map(({ noticeId }) => noticeId),
    )
    for (const id of ids) {
      const notice = id === undefined ? undefined : await findNotice(db, id)
      if (notice?.status === 'draft' && !(await findNoticeAdmission(db, notice.id))) held.push(notice)
    }
    if (held.length === 0) return answer('未准入里没有提示单。', { private: true })
    const lines = held.slice(-SHOWN).map(notice => `${nameNotice(notice)}，${notice.office ?? ''}`)
    return answer([`未准入${held.length}份：`, ...lines].join('\n'), { private: true })
  },
}

const COUNT = /^\s*(?:(上月|本月)的?)?转嫁统计\s*(上月|本月)?\s*[?？。]?\s*$/u

/** How often each office was turned away, or had its matter forced through. Source: S2-30 */
export const shiftingCommand: Command = {
  name: 'countShifting',
  matches: COUNT,
  who: 'queryStreet',
  dialog: { as: 'generalOffice', turns: [['转嫁统计', '没有']] },
  async run({ db, text, today, pack, roster }) {
    const [, first, second] = COUNT.exec(text)!
    const which = first ?? second ?? '本月'
    const month = monthOf(which === '上月' ? addMonths(today, -1) : today)
    const entries = await listGateEntries(db, instantsOf(monthRange(month)))
    const { clause } = pack.admission.departments
    if (entries.length === 0) return answer(`${which}没有被挡回或强制下发的事项。`)
    const offices = [...new Set(entries.map(({ office }) => office ?? '其他'))]
    const lines = offices.map(
      office => `${office}：${countKinds(entries.filter(entry => (entry.office ?? '其他') === office))}`,
    )
    const last = entries
      .slice(-3)
      .map(({ text: words, byId }) => `　${roster.memberById(byId)?.name ?? ''}：${shortenText(words.reveal(), 24)}`)
    return answer([`${which}转嫁统计（依据：${clause}）`, ...lines, '最近：', ...last].join('\n'), { private: true })
  },
}

function countKinds(entries: readonly GateEntry[]): string {
  const count = (kind: GateEntry['kind']) => entries.filter(entry => entry.kind === kind).length
  return `未准入${count('refused')}，强制下发${count('forced')}，未批评比考核${count('appraisal')}`
}
