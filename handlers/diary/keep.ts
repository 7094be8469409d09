import { type Day, timeOf } from '../../policy/time.ts'
import { findDiaryById, findDiaryNote, insertDiary, insertDiaryNote } from '../../storage/diaries.ts'
import { voidRecord } from '../../storage/records.ts'
import { type Answer, answer, type Command, type Ctx, refuse, type Undoable } from '../handler.ts'
import { shortenText } from '../reader.ts'
import { type DiaryDraft, draftDiary, titleDiary } from './draft.ts'
import { DAY, readDay } from './which-day.ts'

const END = '\\s*[。.!！?？]*\\s*$'
const SHOW = new RegExp(`^\\s*(?:我的)?(?:${DAY}的?)?\\s*(?:管理)?(?:工作)?日志\\s*(?:${DAY})?${END}`, 'u')
const CONFIRM = new RegExp(`^\\s*(?:确认\\s*(?:${DAY}的?)?\\s*(?:工作)?日志|日志确认)\\s*(?:${DAY})?${END}`, 'u')
const EMPTY = new RegExp(`^\\s*(?:日志)?\\s*(?:${DAY})?\\s*无事项\\s*(?:${DAY})?${END}`, 'u')
const ADD = new RegExp(
  `^\\s*(?:(?:工作)?日志\\s*(?:${DAY})?\\s*补充|补充\\s*(?:${DAY}的?)?\\s*(?:工作)?日志)(?:\\s*${DAY})?[\\s:：,，]+(\\S[\\s\\S]*)$`,
  'u',
)
/** Today's draft, or another day's; only its owner reads it. Source: S3B-03, S1-40 */
export const showDiary: Command = {
  name: 'showDiary',
  matches: SHOW,
  who: 'queryOwn',
  dialog: {
    as: 'worker',
    turns: [
      ['日志', '还没有记录'],
      ['走访了3幢王奶奶，20分钟', '已记走访'],
      ['日志', '走访1次'],
    ],
  },
  async run(ctx) {
    const day = readDay(ctx.text, ctx.today)
    if (typeof day !== 'string') return day.refused
    return showDraft(await draftDiary(ctx, ctx.actor, day), ctx.today)
  },
}

/** The draft with what can be said to it: one word, or one tap. */
export function showDraft(draft: DiaryDraft, today: Day): Answer {
  const { day, lines, confirmed } = draft
  const title = titleDiary(day)
  const when = day === today ? '' : ` ${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`
  if (lines.length === 0 && confirmed?.isCurrent) {
    return answer(`${title}：无事项（${timeOf(confirmed.at)}已确认）。`, { private: true })
  }
  if (lines.length === 0) {
    return answer(`${title}：这天还没有记录。没有事项点一下或回“无事项${when}”；有就直接说，如“走访了3幢王奶奶”。`, {
      private: true,
      card: { title: '工作日志', buttons: [{ key: 'empty', text: '无事项', says: `无事项${when}` }] },
    })
  }
  const changed = confirmed ? '，确认后有变动' : ''
  const state = confirmed?.isCurrent ? `（${timeOf(confirmed.at)}已确认）` : `（草稿${changed}）`
  const how = `没问题回“确认日志${when}”；漏的回“日志补充${when} ……”，记错的改原来的记录。`
  const text = [`${title}${state}`, ...lines, ...(confirmed?.isCurrent ? [] : [how])].join('\n')
  const buttons = [{ key: 'confirm', text: '确认日志', says: `确认日志${when}` }]
  return answer(text, {
    private: true,
    ...(confirmed?.isCurrent ? {} : { card: { title: '工作日志', buttons } }),
  })
}

/** One word keeps the day as it stands; after a change it is confirmed anew. */
export const confirmDiary: Command = {
  name: 'confirmDiary',
  matches: CONFIRM,
  who: 'queryOwn',
  dialog: {
    as: 'worker',
    turns: [
      ['走访了3幢王奶奶，20分钟', '已记走访'],
      ['确认日志', '日志已确认'],
    ],
  },
  async run(ctx) {
    const day = readDay(ctx.text, ctx.today)
    if (typeof day !== 'string') return day.refused
    const draft = await draftDiary(ctx, ctx.actor, day)
    return draft.lines.length === 0 ? showDraft(draft, ctx.today) : keep(ctx, draft)
  },
}

/** A day without anything to write down costs one tap. Source: S3B-03 */
export const emptyDiary: Command = {
  name: 'emptyDiary',
  matches: EMPTY,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['无事项', '日志已确认：无事项']] },
  async run(ctx) {
    const day = readDay(ctx.text, ctx.today)
    if (typeof day !== 'string') return day.refused
    const draft = await draftDiary(ctx, ctx.actor, day)
    if (draft.lines.length === 0) return keep(ctx, draft)
    const shown = showDraft(draft, ctx.today)
    return { ...shown, text: `这天有${draft.lines.length}项记录，没有记成“无事项”。\n${shown.text}` }
  },
}

async function keep(ctx: Ctx, { day, stamp, lines, confirmed }: DiaryDraft): Promise<Answer> {
  const { db, actor, at, now, message } = ctx
  const what = lines.length === 0 ? '无事项' : `${lines.length}项`
  if (confirmed?.isCurrent) {
    return refuse('repeated', `${titleDiary(day)}（${what}）${timeOf(confirmed.at)}已确认过。`, { private: true })
  }
  const diary = await insertDiary(db, { memberId: actor.id, day, stamp, confirmedAt: at, messageId: message.id }, now)
  await ctx.record('created', { type: 'diary', id: diary.id }, { day })
  return answer(`${titleDiary(day)}已确认：${what}。`, { private: true })
}

/** What no record tells; everything else belongs into a record, from where every ledger has it. */
export const addToDiary: Command = {
  name: 'addToDiary',
  matches: ADD,
  who: 'queryOwn',
  dialog: { as: 'worker', turns: [['日志补充 下午整理台账', '已补充']] },
  async run(ctx) {
    const { db, actor, at, now, message } = ctx
    const text = ADD.exec(ctx.text)![1]!.trim()
    // A day that the note itself speaks of is none of the diary's.
    const day = readDay(ctx.text.slice(0, ctx.text.lastIndexOf(text)), ctx.today)
    if (typeof day !== 'string') return day.refused
    const note = await insertDiaryNote(db, { memberId: actor.id, day, text, at, messageId: message.id }, now)
    await ctx.record('created', { type: 'diaryNote', id: note.id }, { day })
    const shown = showDraft(await draftDiary(ctx, actor, day), ctx.today)
    return { ...shown, text: `已补充：${shortenText(text)}\n${shown.text}` }
  },
}

export const undoableDiary: Undoable = {
  async describe({ db }, id) {
    const diary = await findDiaryById(db, id)
    return diary && !diary.voided ? `${titleDiary(diary.day)}的确认` : undefined
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'diary', id, { at: now, by: actor.id })
    return undefined
  },
}

export const undoableDiaryNote: Undoable = {
  async describe({ db }, id) {
    const note = await findDiaryNote(db, id)
    return note && !note.voided ? `${titleDiary(note.day)}的补充` : undefined
  },
  async undo({ db, now, actor }, id) {
    await voidRecord(db, 'diary_note', id, { at: now, by: actor.id })
    return undefined
  },
}
