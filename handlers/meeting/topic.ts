/** Words of time, place and calling that stand around a topic. */
const AROUND =
  /(?:今|明|后)(?:天|晚|早)(?:上|晨)?|(?:本|这个?|下个?)?(?:周|星期|礼拜)[一二三四五六日天]|\d{1,2}[.月/]\d{1,2}[日号]?|\d{1,2}[日号]|上午|下午|晚上|早上|中午|傍晚|(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:点半|点(?:\d{1,2}分?)?|[:：]\d{2})|通知[:：]?|请大家准时|紧急|临时|准时|全天|地点\S*/gu
const CALLS = /^(?:@\S+\s*)*(?:开会|开个会|开短会|召集开会|紧急会议|临时会议)[\s,，:：]*/u
const NAMED_OTHER =
  /[\p{Script=Han}A-Za-z]{0,8}(?:座谈会|动员会|部署会|推进会|协调会|调度会|碰头会|联席会|恳谈会|听证会|议事会)/u
const NAMED_TRAINING = /[\p{Script=Han}A-Za-z]{0,10}(?:培训|讲座|演练|党课|轮训|比武)/u
const LONGEST = 20

/**
 * What a meeting is about, where the words tell it: `开会 今晚7点 防汛` → 防汛, `下周三下午3点开居民座谈会` → 居民座谈会.
 * Kinds that a document names need none.
 */
export function readTopic(text: string, kind: string, place: string | undefined): string | undefined {
  if (kind !== 'other' && kind !== 'training') return undefined
  const bare = (place ? text.replace(place, ' ') : text).replace(AROUND, ' ')
  const named = (kind === 'training' ? NAMED_TRAINING : NAMED_OTHER).exec(bare)?.[0]
  if (named) return trim(named)
  if (!CALLS.test(bare.trim())) return undefined
  return trim(bare.trim().replace(CALLS, ''))
}

function trim(words: string): string | undefined {
  const topic = words
    .replace(/^(?:在|到|开个?|召开|举办|举行|组织|参加|安排|上|有)+/u, '')
    .replace(/[，,。.!！\s]+/gu, ' ')
    .trim()
  return topic.length >= 2 ? topic.slice(0, LONGEST) : undefined
}
