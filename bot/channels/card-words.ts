import type { OutgoingCard } from './channel.ts'

/** Where no button can be pressed, its words are what to send back; `page` is where the same can be done on the phone. */
export function tellWords({ buttons }: Pick<OutgoingCard, 'buttons'>, page?: string): string {
  const words = `可直接回：${buttons.map(({ says }) => `“${says}”`).join('、')}`
  return page === undefined ? words : `${words}，或打开手机页办理：${page}`
}
