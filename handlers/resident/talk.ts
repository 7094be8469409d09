import { dayMs } from '../../policy/time.ts'
import { type Incident, OPEN_STATUSES } from '../../storage/incidents.ts'
import { retryRefused } from '../../storage/outbox-queue.ts'
import { type Answer, answer, type StrangerCtx } from '../handler.ts'
import { isSamePlace, readPlaceName } from '../incident/place-names.ts'
import { readRating } from '../incident/remark.ts'
import { remarkAsResident } from '../incident/resident.ts'
import { saysNotFixed } from '../incident/says-not-fixed.ts'
import { findHandler } from '../index.ts'
import { plainWords } from '../plain-words.ts'
import type { Understood } from '../slots.ts'
import { listOwnReports } from './own-reports.ts'
import { readProgressWish, tellProgress } from './progress.ts'
import { continueReport, takeReport } from './report.ts'

/** What a resident may be told by: the official account's greeting, and the answer to 你好 and 帮助. */
export const RESIDENT_HELP =
  '您好，这里是街道网格。身边的问题说一句就行，如“3幢楼道的灯坏了”，也可以发照片、语音或位置；我给您编号，办理情况在这里告诉您。回“进度”查办理情况。遇火情险情请先拨 110/119/120。'

/** A result older than this is no news. */
const RETOLD_DAYS = 30

const GREETS = /^(?:你好|您好|在吗|有人吗|帮助|help|怎么用|\?|？)[！!。.？?]*$/iu
const THANKS =
  /^(?:(?:谢+谢*|多谢|感谢|好的?|收到|知道了|辛苦|嗯+|ok)(?:[你您侬了啦啊呀的哦]|你们|您们|大家)*[\s,，、！!。.~～]*)+$/iu
const FIXED =
  /^(?:(?:#|编号)?\d{1,6}号?)?(?:已经?|都)?(?:(?:修|弄|处理|解决|搞|清理|办)(?:好|完|掉)[了啦咯]?|(?:好|可以|没问题)[了啦咯])[。.！!]?$/u
/** 不用了，已经好了: of what is still under way, for whoever has it in hand to read. */
const NO_LONGER = /^(?:不用|不需要|不必|算了|取消|撤销)|(?:已经|自己)(?:修|弄)?好了/u
const ASKS_TO_REPORT = /^我?(?:要|想)?(?:来)?(?:反映|举报|投诉|上报)(?:一?[个下件些点])?(?:问题|情况|事情?)?[。.！!]?$/u
/** A remark on a report, not a report of its own. */
const REMARK_LENGTH = 12
/** 修好了，谢谢: the thanks say nothing of the matter. */
const THANKS_AFTER = /[\s,，。.!！]*(?:谢+谢*|多谢|感谢|辛苦)[^,，。]{0,6}[。.!！]?$/u
/** `#3`, `编号3`, `3号`, but no 3号楼 and no mark. */
const NUMBER = /(?:#|编号)\s*(\d{1,6})(?!\d)|^(\d{1,6})\s*号(?!楼|门|线|院)/u

/**
 * A conversation with a resident, who reports problems, asks how they stand, and says whether they are solved. No work of the street is
 * recorded as theirs, and nothing of anybody else's is told to them.
 */
export async function talkWithResident(ctx: StrangerCtx, understood: Understood): Promise<Answer | undefined> {
  const { db, chat, now } = ctx
  // After 48 hours of silence the platform refused what was told; whoever writes again can be told now.
  await retryRefused(db, { chatId: chat.id, kind: 'incident-update', since: now - RETOLD_DAYS * dayMs, now })
  const says = plainWords(ctx.text)
  if (GREETS.test(says)) return answer(RESIDENT_HELP, { kind: 'greeting' })
  if (ASKS_TO_REPORT.test(says)) return answer('请说。是什么事、在哪里，如“3幢楼道的灯坏了”，发照片或位置也行。')
  // Danger to life waits for nothing else.
  if (understood.intent === 'reportIncident' && understood.slots.urgent) {
    return findHandler('reportIncident')?.runForStranger?.(ctx, understood.slots)
  }
  const own = await listOwnReports(ctx)
  const isProblem = readsAsProblem(understood, says)
  const wish = readProgressWish(says, isProblem)
  if (wish) return tellProgress(ctx, own, wish.no)
  const remark = await remarkOnOwn(ctx, says, understood, own)
  if (remark) return remark
  if (THANKS.test(says)) return answer('不客气，有事随时说。')
  const more = await continueReport(ctx, own, isProblem)
  if (more) return more
  if (isProblem) return takeReport(ctx, understood.intent === 'reportIncident' ? understood.slots : {}, own)
  // Whatever else a resident writes at length is no work of a grid worker: it is told to the street as it stands.
  if (Array.from(says).length >= 4) return takeReport(ctx, {}, own)
  return answer(RESIDENT_HELP, { kind: 'greeting' })
}

/** Longer than a place or a telephone number. */
const SENTENCE_LENGTH = 12

/** Where nobody is sure, a whole sentence is a problem of its own rather than more about the last one. */
function readsAsProblem({ intent, alternative }: Understood, says: string): boolean {
  if (intent === 'reportIncident') return true
  return intent === 'none' && alternative === 'reportIncident' && Array.from(says).length >= SENTENCE_LENGTH
}

/**
 * 满意, 没修好, 修好了: of the report whose number stands there, else of the newest that is settled. What is wrong again is the newest
 * report that the words may be about.
 */
async function remarkOnOwn(
  ctx: StrangerCtx,
  says: string,
  understood: Understood,
  own: readonly Incident[],
): Promise<Answer | undefined> {
  const isFixed = FIXED.test(says.replace(THANKS_AFTER, ''))
  const isBad = saysNotFixed(says)
  const isShort = Array.from(says).length <= REMARK_LENGTH
  const isMark = understood.intent === 'updateIncident' || (readRating(says) !== undefined && isShort)
  const isOver = NO_LONGER.test(says) && isShort
  if (!isFixed && !isBad && !isMark && !isOver) return undefined
  const told = readNo(says, understood)
  // A number that is not theirs is not theirs to know, and opens no case either.
  if (told !== undefined && !own.some(({ no }) => no === told)) return tellProgress(ctx, own, told)
  const named = own.find(({ no }) => no === told)
  const meant = own.filter(incident => incident.status !== 'cancelled' && !isElsewhere(incident, understood))
  const settled = meant.find(({ status }) => status === 'resolved' || status === 'rechecked')
  const about = named ?? settled ?? (isBad || isOver ? meant[0] : undefined)
  if (!about) return undefined
  if (isOver && OPEN_STATUSES.includes(about.status)) return remarkAsResident(ctx, { no: about.no, action: 'note' })
  if (isFixed || isOver) return remarkAsResident({ ...ctx, text: '满意' }, { no: about.no, action: 'rate' })
  return remarkAsResident(ctx, { no: about.no, action: isBad ? 'note' : 'rate' })
}

function readNo(says: string, understood: Understood): number | undefined {
  if (understood.intent === 'updateIncident') return understood.slots.no
  const [, marked, plain] = NUMBER.exec(says) ?? []
  const told = marked ?? plain
  return told === undefined ? undefined : Number(told)
}

/** Whether the words tell of another place, or of another kind of problem, than this report. */
function isElsewhere(incident: Incident, understood: Understood): boolean {
  if (understood.intent !== 'reportIncident') return false
  const { place, category } = understood.slots
  const reported = incident.place?.reveal()
  if (place && reported) return !isSamePlace(readPlaceName(place), readPlaceName(reported))
  return category !== undefined && category !== incident.category
}
