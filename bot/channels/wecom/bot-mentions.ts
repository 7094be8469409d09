/** In a group WeCom leaves every @ in the text: the bot's own and those of people, each up to a blank. */

/** Blanks that WeCom puts after a mention: one or two, ordinary or U+2005. */
const BLANKS = '[\\s\\u2005]'

/**
 * The text without the @ of the bot. Its name may hold blanks, then it must be the configured one. A single @ of another name is the
 * bot's too, since nothing reaches the bot without one: it goes by another name there.
 */
export function stripBotName(text: string, botName: string): string {
  const words = botName.trim().split(/\s+/).map(escapeWord).join(`${BLANKS}+`)
  const named = new RegExp(`@${words}(?:${BLANKS}+|$)`, 'gi')
  if (named.test(text)) return text.replace(named, '').trim()
  const others = findMentions(text)
  const only = others.length === 1 && text.trimStart().startsWith('@')
  return only
    ? text
        .trimStart()
        .replace(new RegExp(`^@\\S+${BLANKS}*`), '')
        .trim()
    : text.trim()
}

/** The names behind an @ at the beginning or after a blank: what stands in the middle of a word is an address. */
export function findMentions(text: string): { name: string }[] {
  return [...text.matchAll(/(?:^|[\s\u2005])@([^\s\u2005@]+)/g)].map(([, name]) => ({ name: name! }))
}

function escapeWord(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}
