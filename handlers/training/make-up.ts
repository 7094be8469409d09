import { insertTrainingDone, listTrainingDone } from '../../storage/trainings.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { findRun, isOver, MEETING_NO } from '../meeting/numbered.ts'
import { nameMeeting } from '../meeting/words.ts'
import { narrowSigns } from '../plain-words.ts'

const MADE_UP = new RegExp(
  String.raw`^\s*补训\s*${MEETING_NO}[\s,，:：]+(?=[\p{Script=Han}@＠])([\s\S]+?)\s*[。.]?\s*$`,
  'u',
)

/** Who missed a class has made up for it, as whoever ran the class notes. Source: S2-36 (absent → make-up) */
export const makeUpCommand: Command = {
  name: 'makeUpTraining',
  matches: MADE_UP,
  who: 'meetingMinutes',
  dialog: { as: 'instructor', turns: [['补训 3号培训 李敏', '没有3号会']] },
  async run(ctx) {
    const { db, at, actor, message, roster, today } = ctx
    const [, no, words] = MADE_UP.exec(narrowSigns(ctx.text)) ?? []
    const meeting = await findRun(ctx, Number(no))
    if ('refused' in meeting) return meeting
    if (meeting.kind !== 'training' && !meeting.countsFor.includes('training')) {
      return refuse('no-training', `${nameMeeting(ctx, meeting)}不是培训，没有记。`, { private: true })
    }
    if (!isOver(ctx, meeting))
      return refuse('too-early', `${nameMeeting(ctx, meeting)}还没有开，没有记。`, { private: true })
    const trained = roster.members.filter(({ name, status }) => status === 'active' && words!.includes(name))
    if (trained.length === 0) return refuse('unknown-person', `名册里没有“${words}”，没有记。`, { private: true })
    if (trained.some(({ id }) => id === actor.id)) {
      return refuse('own-record', '本人的补训请由别人来记，没有改动。', { private: true })
    }
    const known = (await listTrainingDone(db, { kind: 'makeUp' })).filter(({ meetingId }) => meetingId === meeting.id)
    for (const { id: memberId } of trained) {
      if (known.some(one => one.memberId === memberId)) continue
      const done = { kind: 'makeUp', memberId, meetingId: meeting.id, day: today, byId: actor.id, at } as const
      const id = await insertTrainingDone(db, { ...done, messageId: message.id })
      await ctx.record('created', { type: 'trainingDone', id }, { kind: 'makeUp' })
    }
    return answer(`已记${trained.map(({ name }) => name).join('、')}补了${nameMeeting(ctx, meeting)}。`)
  },
}
