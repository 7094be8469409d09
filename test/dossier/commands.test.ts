import { describe, expect, it } from 'vitest'
import { diaryCommands } from '../../handlers/diary/commands.ts'
import { dossierCommands } from '../../handlers/dossier/commands.ts'

const commands = [...dossierCommands, ...diaryCommands]
const nameOf = (words: string) => commands.find(({ matches }) => matches.test(words))?.name

describe('the commands about dossier and diary', () => {
  it.each([
    ['底数', 'showBasics'],
    ['底数 3网格？', 'showBasics'],
    ['第三网格底数', 'showBasics'],
    ['底数 党员代表 18人', 'tellBasics'],
    ['确认底数 3网格 出租房 30户', 'tellBasics'],
    ['3网格出租房12', 'countBasics'],
    ['一格一档3网格', 'showDossier'],
    ['一格一档 平台版', 'showDossier'],
    ['导出一格一档', 'exportDossier'],
    ['打印 3网格的一格一档', 'exportDossier'],
    ['应知应会', 'beginQuiz'],
    ['应知应会3-2 b', 'answerQuiz'],
    ['结束应知应会', 'stopQuiz'],
    ['应知应会成绩', 'quizResults'],
    ['2025年年终总结', 'yearSummary'],
    ['个人总结', 'yearSummary'],
    ['上月小结', 'monthSummary'],
    ['工作日志', 'showDiary'],
    ['昨天的日志', 'showDiary'],
    ['日志 11月17日', 'showDiary'],
    ['确认日志', 'confirmDiary'],
    ['确认昨天日志', 'confirmDiary'],
    ['无事项', 'emptyDiary'],
    ['日志无事项', 'emptyDiary'],
    ['日志补充：下午整理台账', 'addToDiary'],
    ['日志 昨天 补充 值班', 'addToDiary'],
    ['补充昨天日志 值班', 'addToDiary'],
    ['民情日记', 'visitDiary'],
    ['10月民情日记', 'visitDiary'],
    ['民情日记 3网格 10月', 'visitDiary'],
    ['导出日志 10月', 'dayDiary'],
    ['日志提醒开', 'chooseDraft'],
    ['早报关', 'chooseMorning'],
  ])('“%s” is meant for %s', (words, name) => {
    expect(nameOf(words)).toBe(name)
  })

  it.each([
    '日志写了没有',
    '日志本用完了，申请领两本',
    '请把日志交上来',
    '民情日记检查周五进行',
    '今天无事',
    '巡查无事项需要处理',
    '早报上登了我们社区',
    '应知应会考试周五下午',
    '年终总结会定在下周三',
    '本月小结会几点开',
    '一格一档的牌子掉了',
    '导出口的电动车停了一排',
    '3网格出租房着火了',
    '3网格出租房有12户没登记',
    '底数要摸清',
  ])('“%s” falls into none of them', words => {
    expect(nameOf(words)).toBeUndefined()
  })
})
