import { dayMs } from '../../policy/time.ts'
import { listCreatedBy } from '../../storage/own-records.ts'
import { answer, type Command, refuse } from '../handler.ts'
import { undoables } from '../undoable.ts'

const ASKED = /^\s*(?:刚才的?)?(?:都)?(?:记到(?:哪里|哪儿|哪)了?|记录?去向|去向)\s*[?？。]*\s*$/u

/** The ledgers, lists and papers that take up one kind of record. Source: S4A-02 (一家采集，共同使用) */
const FEEDS: Record<string, readonly string[]> = {
  checkIn: ['打卡台账', '我的考勤', '工作日志'],
  outing: ['我的考勤', '工作日志'],
  visit: ['走访巡查台账', '信息采集工作台账', '走访进度', '工作日志', '一格一档'],
  patrol: ['走访巡查台账', '信息采集工作台账', '工作日志', '一格一档'],
  infoItem: ['信息台账', '信息采集工作台账', '工作日志', '一格一档'],
  incident: ['事件台账', '信息采集工作台账', '督办单', '工作日志', '一格一档'],
  notice: ['工作提示单台账'],
  acknowledgement: ['工作提示单台账', '工作日志'],
  noticeProgress: ['工作提示单台账', '工作日志'],
  meeting: ['会议台账'],
  meetingCheckIn: ['会议台账', '工作日志'],
  meetingMinutes: ['会议台账'],
  leave: ['我的考勤', '请假名单'],
  workTarget: ['目标落实台账'],
  workDone: ['目标落实台账'],
  coverageReport: ['报送件', '月度汇总'],
}

/** `记到哪了`: what the sender's last message was recorded as, and every ledger that has it without anybody typing it again. */
export const whereRecordedCommand: Command = {
  name: 'whereRecorded',
  matches: ASKED,
  who: 'queryOwn',
  dialog: {
    as: 'worker',
    turns: [
      ['走访了3幢王奶奶，20分钟', '已记走访'],
      ['记到哪了', '走访巡查台账'],
    ],
  },
  async run(ctx) {
    const created = await listCreatedBy(ctx.db, ctx.actor.id, ctx.now - dayMs)
    const known = created.filter(({ type }) => FEEDS[type])
    for (const { messageId } of known) {
      const together = known.filter(one => one.messageId === messageId)
      const described: (string | undefined)[] = []
      for (const { type, id } of together) described.push(await undoables[type]?.describe(ctx, id))
      const standing = together.filter((_, index) => described[index] !== undefined)
      if (standing.length === 0) continue
      const ledgers = [...new Set(standing.flatMap(({ type }) => FEEDS[type]!))]
      const what = described.filter(words => words !== undefined).reverse()
      return answer(`“${what.join('、')}”一次记录，${ledgers.length}处共用：${ledgers.join('、')}，不用再填。`, {
        private: true,
      })
    }
    return refuse('nothing', '最近一天还没有您的记录。说一句就记，如“走访了3幢王奶奶，20分钟”。', { private: true })
  },
}
