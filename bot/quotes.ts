import { listNewestHeard, listNewestSaid } from '../storage/chat-texts.ts'
import type { StreetDb } from '../storage/database.ts'
import type { InboundMessage } from './channels/channel.ts'

/** People reply to what still stands on their screen. */
const LOOKED_BACK_MS = 14 * 24 * 60 * 60_000
const LOOKED_AT = 100
/** A quote that is cut short, or framed by a name, is known from so many characters on. */
const TELLING_LENGTH = 8

/**
 * A platform may tell the words that were replied to and neither whose they are nor which message (WeCom's 智能机器人). They are
 * looked for in that chat: word for word, then as a part, the newest first; then by the number they name.
 * @returns the quote with its id and, where it came cut, its whole text; unchanged where nothing fits
 */
export async function resolveQuote(
  db: StreetDb,
  { channel, chat, sender, quote }: Pick<InboundMessage, 'channel' | 'chat' | 'sender' | 'quote'>,
  now: number,
): Promise<InboundMessage['quote']> {
  if (quote?.text === undefined || quote.id !== undefined) return quote
  const targets = chat.kind === 'direct' && sender.platformId ? [chat.id, `@${sender.platformId}`] : [chat.id]
  const filter = { channel, targets, since: now - LOOKED_BACK_MS, limit: LOOKED_AT }
  const said = await listNewestSaid(db, filter)
  const texts = [...said, ...(await listNewestHeard(db, filter))].sort((a, b) => b.at - a.at)
  const words = fold(quote.text)
  if (words === '') return quote
  const found =
    texts.find(({ text }) => fold(text) === words) ??
    texts.find(({ text }) => isPart(fold(text), words)) ??
    findNumbered(said, quote.text)
  return found ? { ...quote, id: found.id, text: found.text } : quote
}

/** Full-width and plain signs alike, without what a platform rearranges: blanks, line breaks, invisible characters. */
function fold(text: string): string {
  return text.normalize('NFKC').replace(/[\s\p{Cf}]/gu, '')
}

/** The platform cuts long quotes and may put a name before them. */
function isPart(text: string, quoted: string): boolean {
  const shown = quoted.replace(/(\.{3}|…)$/, '')
  if (Math.min(shown.length, text.length) < TELLING_LENGTH) return false
  return text.startsWith(shown) || quoted.includes(text)
}

/** The newest of our texts that names the same number in the same way, `#9` or `第9号`: such a number is one of the program's own. */
function findNumbered<T extends { text: string }>(said: readonly T[], quoted: string): T | undefined {
  const [number] = /#\d+|第\d+号/.exec(quoted.normalize('NFKC')) ?? []
  if (number === undefined) return undefined
  return said.find(({ text }) => new RegExp(`${number}(?!\\d)`).test(text.normalize('NFKC')))
}
