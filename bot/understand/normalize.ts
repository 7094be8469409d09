import { SIMPLIFIED, TRADITIONAL } from './data/traditional.ts'
import { levelDialect } from './dialect.ts'
import { repairHomophones } from './homophones.ts'

/** A message made readable. `text` and `surface` have equal length: a span found in one is the same span of the other. */
export interface Normalized {
  /** NFKC, without mentions, emoji and the bot's name: what the person wrote, for slots told "as written". */
  surface: string
  /** The surface in simplified characters with homophones repaired: what the rules read. */
  text: string
  /** Names that were mentioned with @, the bot's left out. */
  mentions: string[]
}

/** Longer messages are articles; what matters stands at the beginning. */
export const READ_CHARACTERS = 4000

const simplifiedOfCode = new Uint16Array(0x10000)
for (let index = 0; index < TRADITIONAL.length; index++)
  simplifiedOfCode[TRADITIONAL.charCodeAt(index)] = SIMPLIFIED.charCodeAt(index)

/** Traditional characters to simplified ones, one for one. */
export function simplify(text: string): string {
  let result = ''
  let kept = 0
  for (let index = 0; index < text.length; index++) {
    const code = simplifiedOfCode[text.charCodeAt(index)]!
    if (code === 0) continue
    result += text.slice(kept, index) + String.fromCharCode(code)
    kept = index + 1
  }
  return kept === 0 ? text : result + text.slice(kept)
}

const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|\p{Emoji_Modifier}|\u200D|\u20E3|\uFE0E|\uFE0F/gu
/** Pictures as words, as DingTalk and WeCom send them: [捂脸], [OK]. */
const NAMED_EMOJI = /\[[\u4e00-\u9fffA-Za-z]{1,6}\]/g
const MENTION = /@([^\s@,。:!?、;#]{1,16})/g
/** Control, format, private and unassigned characters: nothing a person typed. */
const RUBBISH = /[^\S\n ]|[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Cs}]/gu

const escapeForPattern = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')

interface NamePatterns {
  mentioned: RegExp
  bare: RegExp
}

const patternsByName = new Map<string, NamePatterns>()
function patternsOf(botName: string): NamePatterns {
  let patterns = patternsByName.get(botName)
  if (!patterns) {
    const name = escapeForPattern(botName)
    patterns = { mentioned: new RegExp(`@\\s*${name}`, 'g'), bare: new RegExp(`(?:${name})+(?![子局调外式])`, 'g') }
    if (patternsByName.size < 100) patternsByName.set(botName, patterns)
  }
  return patterns
}

/** What carries no meaning at either end; # and brackets stay, they belong to numbers and headings. */
const EDGES = /^[\s,。.!?~、;:…·\-—_=*^+|<>/\\'"`“”‘’]+|[\s,。.!?~、;:…·\-—_=*^+|<>/\\'"`“”‘’]+$/g

/** Anything but Chinese, its punctuation, and printable ASCII. */
const UNUSUAL = /[^\n -Z\\^-~\u3000-\u303f\u4e00-\u9fff]/

/** Takes emoji and what nobody typed out of a text; most have neither. */
function clean(text: string): string {
  if (!UNUSUAL.test(text)) return text
  return text
    .replace(NAMED_EMOJI, ' ')
    .replace(EMOJI, ' ')
    .replace(/\r\n?/g, '\n')
    .replace(RUBBISH, character => (character === '\n' ? '\n' : ' '))
}

/** A text as it was written, without the bot's name at either end: what fixed words are looked for in. */
export function withoutBotName(raw: string, botName = '小格'): string {
  const name = escapeForPattern(botName)
  return raw
    .replace(new RegExp(`^(?:\\s*(?:[@＠]\\s*${name}|${name}(?![子局调外式]))[\\s,，:：]*)+`, 'u'), '')
    .replace(new RegExp(`\\s*[@＠]\\s*${name}\\s*$`, 'u'), '')
    .trim()
}

/** Reads at most 4,000 characters of `raw`; any string gives a result. */
export function normalize(raw: string, botName = '小格'): Normalized {
  const name = patternsOf(botName)
  const mentions: string[] = []
  const surface = clean(raw.slice(0, READ_CHARACTERS).normalize('NFKC'))
    .replace(name.mentioned, ' ')
    .replace(MENTION, (_, mention: string) => {
      mentions.push(mention)
      return ' '
    })
    .replace(name.bare, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(EDGES, '')
  return { surface, text: repairHomophones(levelDialect(simplify(surface))), mentions }
}
