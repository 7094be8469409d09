import { addDays, addMonths } from '../../policy/time.ts'
import { type Answer, type Command, type Ctx, refuse } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { correctRecord, isTooLate, refuseTooLate } from './correct.ts'
import { correctables } from './correctables.ts'
import { findNamed, findNewest, findQuoted, type Meant } from './find-record.ts'
import { readWish, withoutDays } from './read-told.ts'
import { correctionListCommand, decideCorrectionCommand, withdrawCorrectionCommand } from './request-commands.ts'

/** 公出 is told this long before. */
const AHEAD_DAYS = 31
const CORRECT = /^\s*更正(?!记录|清单|申请|一下)\s*[:：]?\s*(?=\S)([^?？]{2,200})$/u
const REFERS = '(?:刚才|刚刚|上一?条|上面|前面|那条|这条)(?:的|那条|这条|那个|这个)?\\s*'
const KINDS = '走访|巡查|巡逻|(?:上班|下班)?打卡|信息|公出'
/** One word that names a kind says what the record should have been; that is understood elsewhere. */
const NO_KIND = '(?!(?:走访|巡查|信息|事件|隐患|问题|打卡|上报|签到|请假|公出|会议)[。.！!]*$)'
const PAST_DAY = '(?:昨天|昨日|前天|今早|今天)(?:上午|下午|早上)?的?\\s*'
const WRONG = `(?:(?:${REFERS}(?:${KINDS})?(?:记录)?\\s*)?(?:记|写|说|报|填)错了?|不对)[,，。\\s]*`
const QUICK = new RegExp(
  `^\\s*(?:(?:把)?(?:${REFERS}|${PAST_DAY}(?=${KINDS}))(?:${KINDS})?(?:记录)?(?:的)?(?:时长|时间|地点|人|姓名|类别)?\\s*(?:改成|改为|更正为|应该是|应为)|改成|改为|更正为)\\s*[:：]?\\s*${NO_KIND}[^?？\\n]{1,40}$`,
  'u',
)
/** `不是王奶奶，是李奶奶`, `记错了，不是4幢是5幢`. */
const NOT_BUT = new RegExp(
  `^\\s*(?:${WRONG})?不是\\s*([^,，\\s]{2,12}?)[,，\\s]*(?:而|应该)?是\\s*${NO_KIND}([^,，?？\\s]{2,20})$`,
  'u',
)
/** `不对，是老柳`: what is wrong stands in the record. */
const BUT = new RegExp(`^\\s*${WRONG}(?:应该)?是\\s*(?![上下]班)${NO_KIND}([^,，?？\\s]{2,20})$`, 'u')

/** `更正 走访 王奶奶 改为 李奶奶`: a record of one's own, whenever it was told. */
const correctCommand: Command = {
  name: 'correct',
  matches: CORRECT,
  who: 'undo',
  dialog: {
    as: 'worker',
    turns: [
      ['更正 走访 王奶奶 改为 李奶奶', '没找到您自己一个月内的走访'],
      ['走访了7幢李大爷，15分钟', '已记走访'],
      ['更正 走访 李大爷 改为 30分钟', '已更正：走访 李大爷：15分钟 → 30分钟'],
    ],
  },
  async run(ctx, { when }) {
    const words = CORRECT.exec(narrowSigns(ctx.text))?.[1] ?? ''
    const wish = readWish(words, pastOf(ctx, when))
    if (!wish) {
      const kind = correctables.find(one => new RegExp(`^(?:${one.words})`, 'u').test(withoutDays(words)))
      return kind && refuse('no-change', `请写清改成什么。${kind.example}。`, { private: true })
    }
    if (wish.told.day !== undefined && isTooLate(ctx, wish.told.day)) return refuseTooLate()
    const meant = wish.kind
      ? await findNamed(ctx, wish.kind, wish)
      : ((await findQuoted(ctx, wish)) ?? (await findNewest(ctx, wish)))
    return meant && settle(ctx, meant, wish.reason)
  },
}

/** `改成李奶奶`, `刚才的走访改成30分钟`, `不是王奶奶，是李奶奶`: what was told last, or what is quoted. */
const quickCorrectCommand: Command = {
  name: 'correctLast',
  matches: new RegExp(`${QUICK.source}|${NOT_BUT.source}|${BUT.source}`, 'u'),
  who: 'undo',
  dialog: {
    as: 'worker',
    turns: [
      ['走访了7幢李大爷，15分钟', '已记走访'],
      ['改成王大爷', '已更正：走访 李大爷 → 王大爷'],
      ['刚才的走访改成30分钟', '已更正：走访 王大爷：15分钟 → 30分钟'],
    ],
  },
  async run(ctx, { when }) {
    const words = narrowSigns(ctx.text)
    const [, not, but] = NOT_BUT.exec(words) ?? []
    const only = BUT.exec(words)?.[1]
    const told = not === undefined ? (only === undefined ? words : `改为${only}`) : `${not}改为${but}`
    const wish = readWish(told, pastOf(ctx, when))
    if (!wish || (not !== undefined && wish.told.which === '')) return undefined
    const quoted = not === undefined ? await findQuoted(ctx, wish) : undefined
    const meant =
      quoted ?? (wish.kind && not === undefined ? await findNamed(ctx, wish.kind, wish) : await findNewest(ctx, wish))
    return meant && settle(ctx, meant, wish.reason)
  },
}

async function settle(ctx: Ctx, meant: Meant, reason: string | undefined): Promise<Answer> {
  return 'refused' in meant ? meant.refused : correctRecord(ctx, meant.kind, meant.record, meant.changes, reason)
}

/** A date without its year is this year's or the last: nothing that is put right lies far ahead. */
function pastOf({ today }: Ctx, when: string | undefined): string | undefined {
  if (when === undefined || when.slice(0, 10) <= addDays(today, AHEAD_DAYS)) return when
  return addMonths(when.slice(0, 10), -12)
}

/** Exact words first: a decision names a number, a wish never begins with one. */
export const correctionCommands: readonly Command[] = [
  decideCorrectionCommand,
  withdrawCorrectionCommand,
  correctionListCommand,
  correctCommand,
  quickCorrectCommand,
]
