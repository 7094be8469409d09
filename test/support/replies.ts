import type { Said } from './street.ts'

/** What one person or group was told because of a message, joined by lines; `target` is a chat such as G01, or a person's key. */
export function toldTo({ replies }: Said, target: string): string {
  return replies
    .filter(reply => reply.target === target)
    .map(({ text }) => text)
    .join('\n')
}

/** Everything that went to any group because of a message. */
export function toldGroups({ replies }: Said): string[] {
  return replies.filter(({ to }) => to === 'group').map(({ text }) => text)
}
