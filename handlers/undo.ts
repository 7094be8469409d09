import { type Command, defineHandler } from './handler.ts'
import { takeBackLast } from './take-back.ts'

/** What people call the kinds, and the words of the audit for them. */
const KINDS: Readonly<Record<string, readonly string[]>> = {
  走访: ['visit'],
  巡查: ['patrol'],
  打卡: ['checkIn'],
  补卡: ['checkIn'],
  信息: ['infoItem'],
  公出: ['outing'],
  签到: ['meetingCheckIn'],
  回执: ['acknowledgement'],
}
const NAMED = new RegExp(
  `^\\s*(?:撤销|撤回|取消|删掉|删除)(?:一下)?\\s*(?:我?(?:刚才|刚刚|上一?条|最后一?[条次])?的?)?\\s*(上班|下班)?(${Object.keys(KINDS).join('|')})(?:记录)?[。.！!\\s]*$`,
  'u',
)

export const undo = defineHandler({
  intent: 'undo',
  who: 'undo',
  dialog: {
    as: 'worker',
    turns: [
      ['撤销', '没有可撤销的记录'],
      ['走访了7幢李大爷，15分钟', '已记走访'],
      ['撤销', '已撤销：走访'],
    ],
  },
  run: ctx => takeBackLast(ctx),
})

/** `撤销 走访`, `撤销 上班打卡`: the last of that kind, whatever was told since. */
export const undoKindCommand: Command = {
  name: 'undoKind',
  matches: NAMED,
  who: 'undo',
  dialog: {
    as: 'worker',
    turns: [
      ['走访了7幢李大爷，15分钟', '已记走访'],
      ['巡查了沿江路一圈，2公里', '已记巡查'],
      ['撤销 走访', '已撤销：走访 李大爷'],
    ],
  },
  run(ctx) {
    const [, begins, kind = ''] = NAMED.exec(ctx.text.normalize('NFKC')) ?? []
    return takeBackLast(ctx, { types: KINDS[kind], begins })
  },
}
