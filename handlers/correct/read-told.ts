import type { Correctable, Told } from './correctable.ts'
import { correctables } from './correctables.ts'

const TO = /\s*(?:改为|改成|更正为|应该是|应为|→|->)\s*[:：]?\s*/u
const REASON = /[\s,，。;；]+(?:原因|理由|因为)(?:是|[:：])?\s*(\S[\s\S]*)$/u
const DROP = /\s*(?:作废|删掉|删除|不算)[。.！!]*$/u
const AT_ROLL = /\s*(我?(?:其实)?(?:到了?|来了|在场?|参加了|没(?:有)?(?:到|来|参加|去)|缺席了?)(?:的)?)[。.！!]*$/u
const DAY =
  /(?:今天|今日|昨天|昨日|前天|大前天|(?:上|本|这)?(?:周|星期|礼拜)[一二三四五六日天]|(?:\d{1,2}|十[一二]?|[一二三四五六七八九])月\d{1,2}[日号]|\d{1,2}[日号](?=的|\s|上|下|走|巡|打|信|公))(?:上午|下午|早上|晚上)?/gu
const LABELS: readonly [string, RegExp][] = [
  ['时长', /时长|用时|分钟数/gu],
  ['时间', /时间|时刻/gu],
  ['地点', /地点|地址|位置|在哪/gu],
  ['类别', /类别|类型|分类/gu],
  ['内容', /内容|描述|情况/gu],
  ['事由', /事由/gu],
  ['人', /(?:对象|姓名|名字)/gu],
]
const FILLING = /刚才|刚刚|上一?条|记录|那条|这条|[\s,，:：“”"]+/gu
const EDGES = /^(?:我|把|的|\s)+|(?:的|\s)+$/gu
const NUMBER = /^[#＃]?(\d{1,6})号?$/u

/** A wish to put something right, taken apart; `kind` is absent where the words name none. */
export interface Wish {
  kind?: Correctable
  told: Told
  /** The record was a mistake altogether. */
  dropped: boolean
  reason?: string
}

/**
 * Reads what stands behind 更正: `走访 王奶奶 改为 李奶奶`, `昨天上班 打卡 改为 8:20`, `例会 我到了`, `走访 王奶奶 作废`.
 *
 * @param when a day or local time told in the words, as `Understood` has it
 * @returns undefined where nothing is to be different
 */
export function readWish(words: string, when: string | undefined): Wish | undefined {
  const reason = REASON.exec(words)?.[1]?.trim()
  const bare = words.replace(REASON, '')
  const split = splitAt(bare)
  if (!split) return undefined
  const { before, value, dropped } = split
  const kind = correctables.find(one => new RegExp(one.words, 'u').test(before))
  const isDayNamed = before.match(DAY) !== null
  const withoutDay = before.replace(DAY, ' ')
  const named = kind ? (withoutDay.match(new RegExp(kind.words, 'gu')) ?? []).join(' ') : ''
  const withoutKind = kind ? withoutDay.replace(new RegExp(kind.words, 'gu'), ' ') : withoutDay
  const label = LABELS.find(([, pattern]) => withoutKind.match(pattern))
  const rest = (label ? withoutKind.replace(label[1], ' ') : withoutKind).replace(FILLING, ' ').replace(EDGES, '')
  const which = NUMBER.exec(rest)?.[1] ?? rest
  const day = isDayNamed ? when?.slice(0, 10) : undefined
  return { kind, told: { day, named, which, label: label?.[0], value: value.trim() }, dropped, reason }
}

/** The words without the days they name, so that the kind stands first. */
export function withoutDays(words: string): string {
  return words.replace(DAY, ' ').replace(EDGES, '')
}

function splitAt(words: string): { before: string; value: string; dropped: boolean } | undefined {
  const to = TO.exec(words)
  if (to) return { before: words.slice(0, to.index), value: words.slice(to.index + to[0].length), dropped: false }
  if (DROP.test(words)) return { before: words.replace(DROP, ''), value: '', dropped: true }
  const atRoll = AT_ROLL.exec(words)
  if (atRoll) return { before: words.slice(0, atRoll.index), value: atRoll[1]!, dropped: false }
  return undefined
}
