import { describe, expect, test } from 'vitest'
import { listGrids, parseGridNos } from '../../bot/understand/grids.ts'
import { repairHomophones } from '../../bot/understand/homophones.ts'
import { findKm, listMinutes, parseCount } from '../../bot/understand/measures.ts'
import { normalize } from '../../bot/understand/normalize.ts'
import { parseNumeral } from '../../bot/understand/numerals.ts'
import { listPersons } from '../../bot/understand/persons.ts'
import { joinPlaces, listAnchors } from '../../bot/understand/places.ts'
import { hasCrowd, judgeCategory, judgeProblem } from '../../bot/understand/problems.ts'
import { listReferences, readQuote } from '../../bot/understand/references.ts'
import { measureSoundDistance } from '../../bot/understand/sounds.ts'

describe('numerals', () => {
  test.each([
    ['12', 12],
    ['3.2', 3.2],
    ['十二', 12],
    ['二十二', 22],
    ['廿', 20],
    ['廿三', 23],
    ['一百二', 120],
    ['一百零二', 102],
    ['两百', 200],
    ['一万两千', 12_000],
    ['二〇二七', 2027],
  ])('%s is %d', (text, value) => {
    expect(parseNumeral(text)).toBe(value)
  })

  test.each(['', '个', '十二个', '3.', '一二百'])('%s is none', text => {
    expect(parseNumeral(text)).toBeUndefined()
  })
})

describe('lengths of time', () => {
  test.each([
    ['一个半钟头', 90],
    ['1个半小时', 90],
    ['两个半小时', 150],
    ['二十来分钟', 20],
    ['20多分钟', 20],
    ['一个多小时', 60],
    ['个把小时', 60],
    ['半小时左右', 30],
    ['一刻钟', 15],
    ['三刻钟', 45],
    ['1小时20分钟', 80],
    ['一小时十分', 70],
    ['20min', 20],
    ['廿分钟', 20],
    ['用时35分钟', 35],
  ])('%s is %d minutes', (text, minutes) => {
    expect(listMinutes(text)[0]?.value).toBe(minutes)
  })

  test.each(['扣2分', '9点20分', '小时候', '三分公司', '考了90分'])('%s is none', text => {
    expect(listMinutes(text)).toEqual([])
  })
})

describe('distances', () => {
  test.each([
    ['6里地', 3],
    ['五里路', 2.5],
    ['3.2公里', 3.2],
    ['四公里半', 4.5],
    ['两公里', 2],
    ['5km', 5],
    ['3000米', 3],
  ])('%s is %d km', (text, km) => {
    expect(findKm(text)?.value).toBe(km)
  })

  test('那里 and 家里 are no distance', () => {
    expect(findKm('余奶奶那里,家里都好')).toBeUndefined()
  })
})

test.each([
  ['一共查了73间', 73],
  ['走了35户', 35],
  ['完成40户,还剩25户', 40],
  ['好几户敲门没人', undefined],
])('counts what has been done: %s', (text, count) => {
  expect(parseCount(text)).toBe(count)
})

describe('grids', () => {
  test.each([
    ['第三网格', [3]],
    ['3网格', [3]],
    ['三号网格', [3]],
    ['第9网格', [9]],
    ['1-3网格', [1, 2, 3]],
    ['1到3网格', [1, 2, 3]],
    ['3、5、8网格', [3, 5, 8]],
    ['一二网格', [1, 2]],
    ['十一网格', [11]],
  ])('%s', (text, nos) => {
    expect(listGrids(text).flatMap(({ value }) => value)).toEqual(nos)
  })

  test.each(['抽3个网格', '各网格', '网格员', '互联网'])('%s names none', text => {
    expect(listGrids(text)).toEqual([])
  })

  test('a bare answer needs no word', () => {
    expect(parseGridNos('1-3、5')).toEqual([1, 2, 3, 5])
  })
})

describe('numbers of notices and incidents', () => {
  test.each([
    ['12号提示单', 12, 'notice'],
    ['#12', 12, undefined],
    ['第十二号', 12, undefined],
    ['提示单17号', 17, 'notice'],
    ['事件#33', 33, 'incident'],
    ['No.57', 57, undefined],
    ['23#单子', 23, 'notice'],
    ['第六十二号案子', 62, 'incident'],
    ['8号假条', 8, 'leave'],
  ])('%s', (text, no, kind) => {
    const [reference] = listReferences(text)
    expect(reference?.no).toBe(no)
    expect(reference?.kind).toBe(kind)
  })

  test.each(['石板巷8号', '3号楼', '12月3号', '后陈村六十五号', '三件事'])('%s is none', text => {
    expect(listReferences(text)).toEqual([])
  })

  test('the quote tells its kind and number', () => {
    expect(readQuote('【工作提示单 第20号】工作内容：消防检查')).toMatchObject({ kind: 'notice', no: 20 })
    expect(readQuote('【事件 57号】烧烤店夜间噪音')).toMatchObject({ kind: 'incident', no: 57 })
    expect(readQuote('【会议提醒】四季度会今天15:00召开，请准时参加').kind).toBe('meeting')
    expect(readQuote('张敏：3月8日想请一天假')).toMatchObject({ kind: 'leave', no: undefined })
    expect(readQuote('中午有没有人一起去吃面').kind).toBeUndefined()
  })
})

describe('normalisation', () => {
  test.each([
    ['打咔', '打卡'],
    ['大卡', '打卡'],
    ['到刚了', '到岗了'],
    ['以完成', '已完成'],
    ['提是单', '提示单'],
    ['网各', '网格'],
    ['走仿', '走访'],
    ['签道', '签到'],
    ['已收道', '已收到'],
    ['撤消', '撤销'],
  ])('hears %s as %s', (written, meant) => {
    expect(repairHomophones(written)).toBe(meant)
  })

  test.each([
    ['受到', '收到'],
    ['迁到', '签到'],
    ['收倒', '收到'],
    ['收倒,马上办', '收到,马上办'],
  ])('reads %s, which nobody would send by itself, as %s', (text, meant) => {
    expect(repairHomophones(text)).toBe(meant)
  })

  test.each(['大卡车', '到刚才', '受到表扬', '统一', '半截', '迁到三幢', '回收倒卖'])('leaves %s alone', text => {
    expect(repairHomophones(text)).toBe(text)
  })

  test('reads traditional characters and keeps them as written', () => {
    expect(normalize('剛從雙橋公寓出來')).toMatchObject({ text: '刚从双桥公寓出来', surface: '剛從雙橋公寓出來' })
  })

  test('removes mentions, emoji and the name at either end, and tells who else was mentioned', () => {
    expect(normalize('＠小格　到岗了🌞[微笑]')).toMatchObject({ text: '到岗了', mentions: [] })
    expect(normalize('@王科 表格呢')).toMatchObject({ text: '表格呢', mentions: ['王科'] })
    expect(normalize('小格小格我到了')).toMatchObject({ text: '我到了' })
  })

  test('another bot name is removed likewise', () => {
    expect(normalize('@阿宝 打卡', '阿宝').text).toBe('打卡')
  })

  test('surface and text have equal length', () => {
    const { surface, text } = normalize('２０２７年２月３日　簽到 ㎞ ①')
    expect(surface.length).toBe(text.length)
  })
})

test('sounds are compared without tone, common confusions cost one', () => {
  expect(measureSoundDistance('李建国', '李见国')).toBe(0)
  expect(measureSoundDistance('张', '章')).toBe(0)
  expect(measureSoundDistance('林', '宁')).toBe(1)
  expect(measureSoundDistance('王', '李')).toBe(Number.POSITIVE_INFINITY)
})

const placesIn = (text: string) =>
  joinPlaces(text, listAnchors(text), []).map(({ start, end }) => text.slice(start, end))

test.each([
  ['塘下弄14号二楼冒浓烟', '塘下弄14号二楼'],
  ['昨晚丽景新村12幢401漏水', '丽景新村12幢401'],
  ['路过幼儿园西门看到', '幼儿园西门'],
  ['和睦路66号新开了店', '和睦路66号'],
  ['和平路与中山路交叉口的灯', '和平路与中山路交叉口'],
  ['入户东湖家园2-1-501', '东湖家园2-1-501'],
  ['仁和医院大厅', '仁和医院大厅'],
])('finds the place in %s', (text, place) => {
  expect(placesIn(text)).toContain(place)
})

const personsIn = (text: string) => listPersons(text).map(({ start, end }) => text.slice(start, end))

test.each([
  ['刚从3幢王奶奶家出来', '王奶奶'],
  ['走访退役军人黄志明,送春联', '黄志明'],
  ['对象:沈月娥(低保户)', '沈月娥'],
  ['到后陈村老俞家里', '老俞'],
  ['老林头那儿坐了坐', '老林头'],
  ['刑满释放的范某电话', '范某'],
  ['督导十一网格徐伟的记录', '徐伟'],
])('finds the person in %s', (text, person) => {
  expect(personsIn(text)).toContain(person)
})

test('who came along is no person visited', () => {
  expect(listPersons('我跟徐书记一起去了厂里').find(({ isCompanion }) => !isCompanion)).toBeUndefined()
})

describe('problems', () => {
  test.each([
    ['三楼窗户冒黑烟', 'fire'],
    ['有人从窗口拉线充电', 'fire'],
    ['消防通道被车堵死', 'fire'],
    ['煤气味很重', 'safety'],
    ['又有人高空抛物', 'safety'],
    ['桥面结冰', 'disaster'],
    ['四五十个人拉横幅讨工资', 'massEvent'],
    ['老板欠了两个月工资不给', 'dispute'],
    ['放话要去上访', 'petition'],
    ['垃圾堆了三天没人清', 'environment'],
    ['路灯都不亮', 'facility'],
    ['大风把香樟吹倒了', 'facility'],
    ['刑满释放的范某联系不上', 'population'],
    ['孩子走丢了', 'security'],
    ['想申请临时救助', 'livelihood'],
    ['一只受伤的白鹭', 'other'],
  ])('%s is %s', (text, category) => {
    expect(judgeCategory(text)).toBe(category)
  })

  test.each([
    '火还在烧,冒浓烟',
    '电梯困人',
    '小孩走丢了',
    '有人要跳楼',
    '外墙瓷砖正在往下掉',
    '煤气味很重',
    '水没过脚踝还在涨',
    '紧急 来个人',
    '六七十号业主堵着要说法',
  ])('%s is urgent', text => {
    expect(judgeProblem(text).urgent).toBe(true)
  })

  test.each([
    '坟地着火已经扑灭了',
    '从窗口拉线充电',
    '软管老化开裂',
    '请尽快来锯一下',
    '十来个人签字',
    '31号烧烤店吵得睡不着',
  ])('%s is not urgent', text => {
    expect(judgeProblem(text).urgent).toBe(false)
  })

  test('thirty people are a crowd, ten and a house number are none', () => {
    expect(hasCrowd('来了三四十个家属')).toBe(true)
    expect(hasCrowd('上百业主')).toBe(true)
    expect(hasCrowd('十来个人')).toBe(false)
    expect(hasCrowd('31号个人')).toBe(false)
  })
})
