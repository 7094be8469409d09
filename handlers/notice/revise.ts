import { parseRecurrence, parseSpan } from '../../policy/recurrence.ts'
import { insertNoticeAttachments, listNoticeAttachments } from '../../storage/notice-attachments.ts'
import { getNotice, listNotices, type Notice, type NoticeChanges, type NoticeStatus } from '../../storage/notices.ts'
import { type Answer, type Command, type Ctx, refuse } from '../handler.ts'
import { isIssuer } from './close.ts'
import { findOneNamed, isAnswer, NOTICE_NO } from './notice-number.ts'
import { changeDraft, insertDraft, isOpen, keepDay } from './own-draft.ts'
import { advance, askForTargets } from './submit.ts'
import { readTargets } from './targets.ts'
import { nameNotice, nameState, titleOf } from './words.ts'

type Field = 'title' | 'content' | 'requirement' | 'due' | 'appraisal' | 'targets' | 'recurrence'

const FIELDS: readonly [Field, string][] = [
  ['title', '标题'],
  ['content', '(?:工作|主要)?内容'],
  ['requirement', '(?:任务|工作)?要求'],
  ['due', '时间节点|时间|截止(?:时间|日期)?|期限'],
  ['appraisal', '考核(?:规定|办法)?'],
  ['targets', '(?:下发)?(?:范围|对象)|网格'],
  ['recurrence', '周期|频次'],
]
const TO = '\\s*(?:改为|改成|改到|换成|调整为)\\s*[:：]?\\s*'
const CHANGE = new RegExp(`(${FIELDS.map(([, words]) => words).join('|')})${TO}`, 'g')
const REVISE = new RegExp(`^\\s*修改\\s*${NOTICE_NO}.*?${CHANGE.source}`, 's')
/** A figure that was told to it (更正 12号提示单进度 …) is the teller's own to correct. */
const CORRECT = new RegExp(`^\\s*更正\\s*${NOTICE_NO}(?!\\s*的?进度)`)
const EXAMPLE = '例如“更正提示单12 时间节点改为12月10日”'
const OPEN_STATES: NoticeStatus[] = ['draft', 'submitted', 'reviewed', 'signed', 'rejected']

/** `修改提示单12 时间节点改为周五`: a part of the drafter's own notice is changed, and it goes to the deputy again. */
export const reviseCommand: Command = {
  name: 'reviseNotice',
  matches: REVISE,
  who: 'draftNotice',
  dialog: { as: 'office', turns: [['修改提示单12 时间节点改为12月10日', '没有12号提示单']] },
  async run(ctx, told) {
    const notice = await findOneNamed(ctx, REVISE.exec(ctx.text) ?? [])
    if (isAnswer(notice)) return notice
    if (notice.drafterId !== ctx.actor.id) return refuseOther(ctx, notice)
    const isWaiting = notice.status === 'submitted'
    if (!isWaiting && !isOpen(notice)) return refuseSettled(notice)
    return applyChanges(ctx, notice, told.when)
  },
}

/** `更正提示单12 …`: what has gone out stays as it is; a new notice with the change goes through the chain and takes its place. */
export const correctCommand: Command = {
  name: 'correctNotice',
  matches: CORRECT,
  who: 'draftNotice',
  dialog: { as: 'office', turns: [['更正提示单12 时间节点改为12月10日', '没有12号提示单']] },
  async run(ctx, told) {
    const old = await findOneNamed(ctx, CORRECT.exec(ctx.text) ?? [])
    if (isAnswer(old)) return old
    if (!isIssuer(ctx, old)) return refuseOther(ctx, old)
    if (old.status !== 'broadcast') return refuseUnissued(old)
    const [open] = await listNotices(ctx.db, { correctsId: old.id, statuses: OPEN_STATES })
    if (open) return refuse('corrected-already', `${nameNotice(open)}正在更正它（${nameState(open)}），没有再建。`)
    if (readChanges(ctx.text).length === 0) return refuse('no-change', `请说清更正哪一项，${EXAMPLE}。`)
    const correction = await insertDraft(ctx, {
      kind: old.kind,
      title: old.title,
      content: old.content,
      requirement: old.requirement,
      appraisal: old.appraisal,
      due: old.due,
      gridIds: old.gridIds,
      roleNames: old.roleNames,
      memberIds: old.memberIds,
      line: old.line,
      recurrence: old.recurrence,
      startsOn: old.startsOn,
      endsOn: old.endsOn,
      correctsId: old.id,
    })
    await insertNoticeAttachments(ctx.db, correction.id, await listNoticeAttachments(ctx.db, old.id), ctx.at)
    return applyChanges(ctx, correction, told.when)
  },
}

async function applyChanges(ctx: Ctx, notice: Notice, when: string | undefined): Promise<Answer> {
  const changes: NoticeChanges = {}
  let question: string | undefined
  for (const { field, words } of readChanges(ctx.text)) {
    if (field === 'targets') {
      const targets = readTargets(ctx, words)
      if ('question' in targets) question = targets.question
      else Object.assign(changes, targets)
    } else if (field === 'recurrence') {
      Object.assign(changes, { recurrence: parseRecurrence(`周期：${words}`), ...parseSpan(words, ctx.today) })
    } else if (field === 'due') changes.due = keepDay(when)
    else changes[field] = words
  }
  if (changes.content && !changes.title && notice.title === titleOf(notice.content ?? '')) {
    changes.title = titleOf(changes.content)
  }
  const changed = await changeDraft(ctx, notice, changes)
  if (!changed) return refuseSettled(await getNotice(ctx.db, notice.id))
  return question === undefined ? advance(ctx, changed) : askForTargets(changed, question)
}

/** Each change with its words, up to the next one. */
function readChanges(text: string): { field: Field; words: string }[] {
  const heads = [...text.matchAll(CHANGE)]
  return heads.flatMap((head, index) => {
    const field = FIELDS.find(([, words]) => new RegExp(`^(?:${words})$`).test(head[1]!))?.[0]
    const words = text
      .slice(head.index + head[0].length, heads[index + 1]?.index)
      .replace(/^[\s，,]+|[\s，,。；;、]+$/gu, '')
    return field && words !== '' ? [{ field, words }] : []
  })
}

function refuseOther({ roster }: Ctx, notice: Notice): Answer {
  const drafter = roster.memberById(notice.drafterId)?.name ?? ''
  return refuse(
    'not-yours',
    `${nameNotice(notice)}是${notice.office ?? ''}${drafter}起草的，请由起草科室来改，没有改动。`,
  )
}

function refuseSettled(notice: Notice): Answer {
  const how = notice.broadcastAt === undefined ? '请领导退回后再改' : `请用“更正提示单${notice.no} 哪一项改为…”`
  return refuse('wrong-state', `${nameNotice(notice)}${nameState(notice)}，不能直接修改；${how}。没有改动。`)
}

function refuseUnissued(notice: Notice): Answer {
  const how = notice.broadcastAt === undefined ? `还没下发，请用“修改提示单${notice.no} 哪一项改为…”` : '不用再更正'
  return refuse('wrong-state', `${nameNotice(notice)}${nameState(notice)}，${how}。没有改动。`)
}
