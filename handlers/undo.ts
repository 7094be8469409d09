import { answer, type Command, defineHandler, refuse } from './handler.ts'
import { askToTakeBack, takeBackLast } from './take-back.ts'

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

const TAKE = '撤销|撤回|撤消|取消|删掉|删除|删|撤'
/** 别撤销, 不用删了: the opposite of a wish. */
const KEEP = new RegExp(
  `^\\s*(?:先)?(?:别|不要|不用|不必|不需要|无需|甭)(?:再|给我|帮我)*(?:${TAKE})[^,，。;；]{0,8}[。.！!\\s]*$`,
  'u',
)
const HOW = new RegExp(
  `^\\s*(?:我?(?:想问|问)(?:一下|下)?[,，\\s]*)?(?:怎么|怎样|如何|咋)(?:样|才能|能|可以)?\\s*(?:${TAKE})\\s*(?:刚才|刚刚)?的?\\s*(?:上班|下班)?(?:${Object.keys(KINDS).join('|')})?(?:记录)?[呢啊呀?？。.\\s]*$`,
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

const REQUEST = new RegExp(
  `^\\s*(?:我?(?:想|要))?申请(?:撤销|作废)(?:一下)?\\s*(?:刚才|刚刚|那条|这条|上一?条)?的?\\s*(${Object.keys(KINDS).join('|')})?(?:记录)?[。.！!\\s]*$`,
  'u',
)

/** `申请撤销`, `申请撤销 公出`: too late to do it alone, the sender asks for it; every kind of record can be asked for. Source: issue 6 part 10 */
export const requestUndoCommand: Command = {
  name: 'requestUndo',
  matches: REQUEST,
  who: 'undo',
  dialog: { as: 'worker', turns: [['申请撤销', '没有可撤销的记录']] },
  run(ctx) {
    const kind = REQUEST.exec(ctx.text.normalize('NFKC'))?.[1]
    return askToTakeBack(ctx, { types: kind === undefined ? undefined : KINDS[kind] })
  },
}

/** 怎么撤销打卡: asked how, nothing is done. */
export const undoHowCommand: Command = {
  name: 'undoHow',
  matches: HOW,
  who: 'undo',
  dialog: { as: 'worker', turns: [['怎么撤销打卡', '发“撤销”']] },
  run: async ({ pack }) =>
    answer(
      `发“撤销”收回您刚记的一条，发“撤销 打卡”收回最近的那一类；过了${pack.undo.withinMinutes.value}分钟说“更正 打卡 作废”，由网格长或社区书记核实。`,
      { private: true },
    ),
}

/** 别撤销: nothing is taken back by a word that only holds the wish. */
export const keepRecordCommand: Command = {
  name: 'keepRecord',
  matches: KEEP,
  who: 'undo',
  dialog: { as: 'worker', turns: [['不用撤销了', '没有撤销']] },
  run: async () => refuse('kept', '好，没有撤销，记录都在。', { private: true }),
}
