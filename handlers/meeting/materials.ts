import { insertMaterials, listMaterials, type MeetingMaterial } from '../../storage/meeting-extras.ts'
import type { Meeting } from '../../storage/meetings.ts'
import { findMessageFile, listMessageFiles } from '../../storage/message-files.ts'
import type { Attachment } from '../../storage/outbox.ts'
import { listPhotosOfMessages } from '../../storage/photos.ts'
import { type Answer, answer, type Command, type Ctx, refuse } from '../handler.ts'
import { narrowSigns } from '../plain-words.ts'
import { findNumbered, findRun, MEETING_NO } from './numbered.ts'
import { nameMeeting } from './words.ts'

const MATERIALS = new RegExp(String.raw`^\s*(?:会议|培训)?(?:资料|课件|材料)\s*${MEETING_NO}\s*[。.]?\s*$`, 'u')

/**
 * `资料 3号会` with a document or picture keeps it with the meeting; without one it sends everybody who asks what is kept there, in
 * private. Source: S0-27
 */
export const materialsCommand: Command = {
  name: 'meetingMaterials',
  matches: MATERIALS,
  who: 'anyMember',
  dialog: { as: 'worker', turns: [['资料 3号会', '没有3号会']] },
  async run(ctx) {
    const no = Number(MATERIALS.exec(narrowSigns(ctx.text))?.[1])
    const photos = await listPhotosOfMessages(ctx.db, [ctx.message.id])
    const files = await listMessageFiles(ctx.db, ctx.message.id)
    const brought: MeetingMaterial[] = [
      ...photos.map(({ id }) => ({ photoId: id })),
      ...files.map(({ id }) => ({ fileId: id })),
    ]
    const meeting = brought.length > 0 ? await findRun(ctx, no) : await findNumbered(ctx, no)
    if ('refused' in meeting) return meeting
    return brought.length > 0 ? keep(ctx, meeting, brought) : send(ctx, meeting)
  },
}

async function keep(ctx: Ctx, meeting: Meeting, brought: readonly MeetingMaterial[]): Promise<Answer> {
  await insertMaterials(ctx.db, meeting.id, brought, ctx.at)
  await ctx.record('changed', { type: 'meeting', id: meeting.id }, { materials: brought.length })
  return answer(`已收进${nameMeeting(ctx, meeting)}的资料：${brought.length}份。要看的人回“资料 ${meeting.no}号会”。`)
}

async function send(ctx: Ctx, meeting: Meeting): Promise<Answer> {
  const described: { text: string; attachment: Attachment }[] = []
  for (const { photoId, fileId } of await listMaterials(ctx.db, meeting.id)) {
    if (photoId !== undefined) {
      described.push({ text: `${nameMeeting(ctx, meeting)}资料图片`, attachment: { kind: 'photo', data: { photoId } } })
      continue
    }
    const file = await findMessageFile(ctx.db, fileId)
    if (!file || file.state === 'failed') continue
    const text = `${nameMeeting(ctx, meeting)}资料《${file.name}》`
    described.push({ text, attachment: { kind: 'file', data: { fileId } } })
  }
  if (described.length === 0)
    return refuse('no-material', `${nameMeeting(ctx, meeting)}还没有资料。`, { private: true })
  for (const { text, attachment } of described) {
    await ctx.say.toMember(ctx.actor, text, { kind: 'meeting-material', urgency: 'answer', attachment })
  }
  return answer(`${nameMeeting(ctx, meeting)}的资料${described.length}份，已私下发您。`, { private: true })
}
