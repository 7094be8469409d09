/**
 * The 智能机器人 speaks Markdown only. What we and the people we cite wrote must read as it was written: no heading out of a `#`, no
 * link or mention out of somebody's brackets. No document promises that a backslash is honoured, so a sign that would act is
 * replaced by its full-width twin, which reads alike and never acts; `normalize('NFKC')` turns it back where a text is quoted.
 */
export function toPlainMarkdown(text: string): string {
  // Two blanks before a break keep it one where single breaks are folded.
  return text.split('\n').map(toPlainLine).join('  \n')
}

/** The distance between a printable ASCII sign and its full-width twin. */
const TO_FULL_WIDTH = 0xfee0

function widen(signs: string): string {
  return signs.replace(/[!-~]/g, sign => String.fromCharCode(sign.charCodeAt(0) + TO_FULL_WIDTH))
}

function toPlainLine(line: string): string {
  // Rules, underlined headings, fences of tables and code: lines of nothing but such signs.
  if (/^\s*[-=*_|:`~\s]+$/.test(line) && /[-=*_`~|]{2}|\|/.test(line)) return widen(line)
  return (
    line
      // Anywhere: emphasis, code, struck out, tables, escapes, tags and mentions, entities, links.
      .replace(/[*`~|\\]/g, widen)
      .replace(/(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, widen)
      .replace(/<(?=[A-Za-z/!@?])/g, widen)
      .replace(/&(?=#?[A-Za-z0-9]+;)/g, widen)
      .replace(/\](?=[([:])/g, widen)
      // At the beginning: headings, quotes, lists that would be numbered anew, code by indentation.
      .replace(/^\s+/, blanks => '\u3000'.repeat(Math.ceil(blanks.length / 2)))
      .replace(/^(\u3000*)(#{1,6})(?=\s|$)/, (_, blanks: string, signs: string) => blanks + widen(signs))
      .replace(/^(\u3000*)([>+-])(?=\s|$)|^(\u3000*)>/, match => widen(match))
      .replace(/^(\u3000*\d+)([.)])(?=\s)/, (_, number: string, sign: string) => number + widen(sign))
  )
}
