import type { ChannelName } from './channels/channel.ts'

/** The word for work that fetches a document. */
export const FILE_WORK = 'file'
const NAME_LENGTH = 80

export interface FileWork {
  fileId: string
  messageId: string
  channel: ChannelName
  ref: string
  name: string
}

/** As it is stored and sent on: no path, no character that a file system refuses. */
export function cleanFileName(name: string | undefined): string {
  const plain = (name ?? '')
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, '_')
    .trim()
  if (plain === '' || /^\.+$/.test(plain)) return '文件'
  const dot = plain.lastIndexOf('.')
  const ending = dot > 0 ? plain.slice(dot).slice(0, 10) : ''
  return plain.slice(0, dot > 0 ? Math.min(dot, NAME_LENGTH) : NAME_LENGTH) + ending
}
