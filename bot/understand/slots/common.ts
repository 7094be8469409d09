import type { Reading } from '../reading.ts'
import type { Reference, ThingKind } from '../references.ts'

/** The words of a span as they were written. */
export function cut(reading: Reading, span: { start: number; end: number }): string {
  return reading.surface.slice(span.start, span.end).trim()
}

/**
 * The number that the message is about: its own (of the wanted kind where the words say one), else the quoted one.
 */
export function findNo(reading: Reading, kinds: readonly ThingKind[]): number | undefined {
  const rank = (reference: Reference): number =>
    reference.kind && kinds.includes(reference.kind) ? 2 : reference.kind ? -1 : reference.isCertain ? 1 : 0
  const best = reading.references
    .filter(reference => rank(reference) >= 0)
    .sort((a, b) => rank(b) - rank(a) || a.start - b.start)[0]
  return best?.no ?? reading.quote?.no
}

/** Words between two positions without the particles, punctuation and courtesies at their ends. */
export function trimWords(words: string): string {
  return words
    .replace(/^[\s,。.;:!?、\-~]+|[\s,。.;:!?、\-~]+$/gu, '')
    .replace(/^(?:因为|由于|因|是因为|原因是?|理由是?|就是|那个|然后|嗯|那|所以|主要是|但是?|不过)[:：\s]*/u, '')
    .replace(
      /(?:谢谢|谢了|感谢|辛苦了?|麻烦了|拜托了?|哈|啊|呀|哦|了?啦|请批准|望批准|请领导批准|请批示|请知悉|特此请假|同意吗|可以吗|行不行|行吗|好吗|报备一下|报告一下)+$/u,
      '',
    )
    .replace(/^[\s,。.;:!?、]+|[\s,。.;:!?、]+$/gu, '')
}

/** Leaves out what is undefined: a slot that was not told is absent. */
export function compact<T extends object>(slots: T): T {
  return Object.fromEntries(Object.entries(slots).filter(([, value]) => value !== undefined)) as T
}
