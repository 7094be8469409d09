import { getNotice, type Notice, updateNotice } from '../../storage/notices.ts'
import { nameAdmission } from '../admission/gate.ts'
import { type Answer, answer, type Ctx, defineHandler } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import type { SlotsOf } from '../slots.ts'
import { waitForDocument } from './attachments.ts'
import { amendNotice, beginNotice, findOwnDraft, isOpen, keepDay } from './own-draft.ts'
import { advance, askForTargets, type DraftQuestion } from './submit.ts'
import { findTargetPhrase } from './target-words.ts'
import { chooseTargets, readTargets } from './targets.ts'
import { nameNotice, titleOf } from './words.ts'

type Slots = SlotsOf['draftNotice']

const GIVEN_UP = /^(?:算了|不发了|不拟了|不用了|取消|作废|撤回)/
const HEADING =
  /^(?:请|帮我|麻烦)?(?:按这[个份]|照这[个份]|把这[个份])?(?:做|作|转|发|拟|起草|出|下)?(?:成|为)?(?:一)?[个份张]?(?:工作|任务)*提示单$/
/** Lines of the form that understanding does not know: what is told from there on belongs to them. */
const CYCLE = /(?:^|[\s，,；;。])(?:周期|频次|频率|条线)\s*[:：]/
/** Whoever asks for another notice does not answer the question about this one. */
const ANEW = /^(?:请|帮我|麻烦)?(?:再|另)?(?:发|拟|起草|出|下)(?:一?[个份张])?(?:工作)?提示单[^。]*.{4}|^【工作提示单】/
/** What is left of 发给第3网格 where the grids were understood by themselves. */
const GIVEN_TO_GRIDS = /(?:^|[，,\s])(?:下?发(?:给|到|至)|派给)[、，,\s的和及]*$/u
/** Words that are never a part of a notice, whatever was asked. */
const NO_PART = new Set(['acknowledge', 'undo', 'help', 'checkIn', 'meetingCheckIn', 'decide'])
const SURE = 0.8

export const draftNotice = defineHandler({
  intent: 'draftNotice',
  who: 'draftNotice',
  dialog: {
    as: 'office',
    turns: [
      ['发个提示单，各网格本月底前完成出租房二维码门牌张贴，要求一户一码', '考核规定'],
      ['漏贴一户扣0.2分', '已报高峰审核'],
    ],
  },
  async run(ctx, told) {
    const slots = trimSlots(ctx, told)
    const earlier = await findOwnDraft(ctx, slots)
    const waits = earlier || slots.content ? undefined : await waitForDocument(ctx)
    if (waits) return waits
    const notice = (earlier && (await amendNotice(ctx, earlier, slots))) ?? (await beginNotice(ctx, slots))
    const targets = chooseTargets(ctx, slots.gridNos)
    if (!targets) return advance(ctx, notice)
    if ('question' in targets) return askForTargets(notice, targets.question, slots.gridNos)
    return advance(ctx, await updateNotice(ctx.db, notice.id, targets))
  },
  async resume(ctx, draft, understood) {
    const { noticeId, asks, nos } = draft as DraftQuestion
    const notice = await getNotice(ctx.db, noticeId)
    const words = plainWords(ctx.text)
    if (notice.drafterId !== ctx.actor.id || !isOpen(notice)) return undefined
    if (GIVEN_UP.test(words)) return withdraw(ctx, notice)
    if (NO_PART.has(understood.intent) && understood.confidence >= SURE) return undefined
    const slots: Slots = understood.intent === 'draftNotice' ? understood.slots : {}
    if (isAnother(slots, notice, words)) return undefined
    switch (asks) {
      case 'targets': {
        const targets = readTargets(ctx, words, nos)
        if ('question' in targets) return askForTargets(notice, targets.question, nos)
        return advance(ctx, await updateNotice(ctx.db, notice.id, targets))
      }
      case 'admission':
        await nameAdmission(ctx, notice, words)
        return advance(ctx, notice)
      case 'reviewer':
        return advance(ctx, notice, words)
      case 'due': {
        const due = keepDay(understood.when ?? slots.due)
        return advance(ctx, due ? await updateNotice(ctx.db, notice.id, { due }) : notice)
      }
      default: {
        // Sent once more as a whole, with what was missing: every part as it stands now.
        if (slots.content !== undefined && slots.content === notice.content)
          return advance(ctx, (await amendNotice(ctx, notice, slots)) ?? notice)
        const part = slots[asks] ?? words
        const title = asks === 'content' && !notice.title ? titleOf(part) : undefined
        return advance(ctx, await updateNotice(ctx.db, notice.id, { [asks]: part, title }))
      }
    }
  },
})

/** A content of its own beside a part, or the wish for one more notice: the draft that waits for an answer is not meant. */
function isAnother({ content, requirement, appraisal, due }: Slots, notice: Notice, words: string): boolean {
  if (!content) return false
  if (ANEW.test(words)) return true
  const parts = [requirement, appraisal, due].filter(Boolean)
  return notice.content !== undefined && content !== notice.content && parts.length >= 2
}

/** Without the words that only ask for a notice, name a part, or say whom it is for and how often. */
function trimSlots({ pack, text }: Ctx, told: Slots): Slots {
  const slots = {
    ...told,
    content: told.content && beforeCycle(told.content),
    requirement: told.requirement && beforeCycle(told.requirement),
    appraisal: told.appraisal && beforeCycle(told.appraisal),
  }
  if (slots.content === undefined) return slots
  let content = slots.content
  for (const { phrase, words } of findTargetPhrase(text)) {
    content = content.replace(phrase, '')
    if (content.startsWith(words)) content = content.slice(words.length)
  }
  content = content.replace(GIVEN_TO_GRIDS, '').replace(/^[\s，,。：:；;、]+|[\s，,；;、]+$/gu, '')
  const words = content.replace(/[\s\p{P}]/gu, '')
  const isHeading = HEADING.test(words) || Object.values(pack.notice.parts.value).includes(words)
  return { ...slots, content: isHeading || words === '' ? undefined : content }
}

function beforeCycle(words: string): string {
  return words.split(CYCLE, 1)[0]!.trim()
}

async function withdraw(ctx: Ctx, notice: Notice): Promise<Answer> {
  await updateNotice(ctx.db, notice.id, { status: 'withdrawn', withdrawnAt: ctx.at })
  await ctx.record('voided', { type: 'notice', id: notice.id })
  return answer(`${nameNotice(notice)}已撤回，没有报审。`)
}
