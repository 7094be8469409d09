import { soundAt } from './sounds.ts'

/**
 * Words of the work that voice input and fat fingers misspell, each with the real words that merely sound alike
 * (they are left as they are). Only words whose loss would change the meaning of a message belong here.
 */
const WORDS: readonly (readonly [word: string, ...soundalikes: string[]])[] = [
  ['打卡', '大咖', '打咖'],
  ['到岗', '到港', '到缸'],
  ['在岗', '在港'],
  ['上岗', '上港'],
  ['离岗', '离港'],
  ['上班', '上办', '上半', '上板'],
  ['下班', '夏班'],
  ['签到', '迁到', '前到', '牵到', '嵌到'],
  ['收到', '受到', '手到', '首到'],
  ['收悉'],
  ['网格'],
  ['走访', '走房', '走方'],
  ['入户'],
  ['巡查'],
  ['巡逻'],
  ['提示单'],
  ['已完成'],
  ['已收到'],
  ['已办结'],
  ['已走访'],
  ['完成', '万成'],
  ['办结', '半截', '办借'],
  ['撤销'],
  ['撤回'],
  ['督导', '督到'],
  ['督查'],
  ['督办'],
  ['请假', '请家', '请加'],
  ['例会', '李会'],
  ['会议纪要'],
  ['签发'],
  ['审核', '审和'],
  ['驳回'],
  ['受理'],
  ['培训'],
  ['绑定'],
  ['双随机'],
  ['慰问', '未问'],
  ['隐患'],
  ['井盖', '精盖'],
  ['消防', '消放'],
  ['矫正', '校正', '较正', '纠正'],
  ['出租房'],
]

/** What follows a misheard word and proves that it is none: 大卡车, 到刚才. */
const CONTINUED = /^(?:大卡[车片]|[到在上]刚[才刚好]|打开|收倒[卖买垃在伏地塌])/

interface Entry {
  word: string
  soundalikes: ReadonlySet<string>
}

/** More than the number of syllables: sounds are read as the digits of one number. */
const BASE = 512

/** The sound of `text` from `start` to `end` as one number; 0 where a character has no known sound. */
function soundOf(text: string, start: number, end: number): number {
  let sound = 0
  for (let index = start; index < end; index++) {
    const syllable = soundAt(text, index)
    if (syllable === 0) return 0
    sound = sound * BASE + syllable
  }
  return sound
}

const bySound = new Map<number, Entry>()
const lengthsByLast = new Map<number, number[]>()
for (const [word, ...soundalikes] of WORDS) {
  bySound.set(soundOf(word, 0, word.length), { word, soundalikes: new Set(soundalikes) })
  const last = soundAt(word, word.length - 1)
  const lengths = lengthsByLast.get(last)
  if (!lengths) lengthsByLast.set(last, [word.length])
  else if (!lengths.includes(word.length)) lengths.push(word.length)
}

function sharesCharacter(a: string, b: string): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] === b[index]) return true
  return false
}

/**
 * Puts the words of the work back where a homophone stands (打咔, 到刚, 以完成 → 打卡, 到岗, 已完成). The length never
 * changes, so positions in the result are positions in the argument. At least one character must already be right:
 * a wholly different spelling is more often another word.
 */
export function repairHomophones(text: string): string {
  let repaired = text
  for (let end = 2; end <= text.length; end++) {
    const lengths = lengthsByLast.get(soundAt(text, end - 1))
    if (!lengths) continue
    for (const length of lengths) {
      const start = end - length
      const entry = start < 0 ? undefined : bySound.get(soundOf(text, start, end))
      if (!entry) continue
      const written = text.slice(start, end)
      if (written === entry.word || !sharesCharacter(written, entry.word)) continue
      // 受到 alone tells nothing else than 收到; inside a sentence it is a word of its own.
      if (entry.soundalikes.has(written) && text.length > length) continue
      if (CONTINUED.test(text.slice(start, start + 4))) continue
      repaired = repaired.slice(0, start) + entry.word + repaired.slice(end)
    }
  }
  return repaired
}
