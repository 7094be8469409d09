/**
 * What the two private conversations with a person (the app's and the 智能机器人's) are called inside: both lead to the same person.
 * No group is called so: WeCom's chat ids are letters, digits, `_` and `-`.
 */
export function directChatId(userId: string): string {
  return `@${userId}`
}

/** The person at the other end, where the chat is a private one. */
export function personOfChat(chatId: string): string | undefined {
  return chatId.startsWith('@') ? chatId.slice(1) : undefined
}
