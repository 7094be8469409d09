/**
 * Words of Cantonese, Wu and the north as people type them, each with a word of the common language that is as long: the
 * rules are written for the common language, and positions stay what they were.
 */
const WORDS: Readonly<Record<string, string>> = {
  唔该: '麻烦',
  唔使: '不用',
  乜嘢: '什么',
  点样: '怎样',
  点解: '为啥',
  几多: '多少',
  边个: '哪个',
  边度: '哪里',
  而家: '现在',
  即刻: '立刻',
  快啲: '快点',
  听日: '明日',
  听朝: '明早',
  寻日: '昨日',
  琴日: '昨日',
  寻晚: '昨晚',
  琴晚: '昨晚',
  今儿: '今日',
  明儿: '明日',
  昨儿: '昨日',
  昨黑: '昨夜',
  上昼: '上午',
  下昼: '下午',
  晏昼: '中午',
  晚黑: '晚上',
  朝早: '早上',
  近排: '最近',
  返工: '上班',
  放工: '下班',
  落班: '下班',
  收档: '收工',
  搞掂: '搞定',
  嗌交: '吵架',
  闹交: '吵架',
  相骂: '吵架',
  跌落: '掉下',
  事体: '事情',
  屋企: '家里',
  细路: '小孩',
  倾偈: '聊天',
  唠嗑: '聊天',
  行咗: '走了',
  行完: '走完',
  电单车: '电动车',
  𨋢: '电梯',
}
/** 倾, 唠 and 仔 are only now and then what they are here; 小心火烛 warns of a fire and tells none. */
const PHRASES: readonly [RegExp, string][] = [
  [/倾(?=[咗足左了下住])/g, '聊'],
  [/唠(?=[了着过会一])/g, '聊'],
  [/(?<=[看去到来走吃坐送讲谈])仔(?![^\s,。]?[的细])/g, '了'],
  [/(?<!小心|当心)火烛/g, '着火'],
  [/(?<=^|[\s,。我俺人都正还])搁(?=[^置浅下笔])/g, '在'],
]
const CHARACTERS: Readonly<Record<string, string>> = {
  咗: '了',
  唔: '不',
  冇: '没',
  呒: '没',
  嘅: '的',
  喺: '在',
  嗰: '那',
  啲: '些',
  佢: '他',
  嚟: '来',
  睇: '看',
  瞅: '看',
  揾: '找',
  搵: '找',
  咁: '这',
  喇: '啦',
  嘢: '事',
  俾: '给',
  畀: '给',
  攞: '拿',
  揸: '开',
  嗌: '喊',
  哉: '了',
  侬: '你',
  俺: '我',
  恁: '你',
}

const WORD = new RegExp(Object.keys(WORDS).join('|'), 'g')
const CHARACTER = new RegExp(`[${Object.keys(CHARACTERS).join('')}](?!叭)`, 'g')

/** Puts the words of the common language for those of the dialects; the length never changes. */
export function levelDialect(text: string): string {
  let level = text.replace(WORD, word => WORDS[word]!)
  for (const [pattern, word] of PHRASES) level = level.replace(pattern, word)
  return level.replace(CHARACTER, character => CHARACTERS[character]!)
}
