import { describe, expect, it } from 'vitest'
import { toPlainMarkdown } from '../../../bot/channels/wecom/bot-text.ts'

describe('a text as Markdown', () => {
  it.each([
    ['【提示单 第12号】3-5 天内完成，进度 60%', '【提示单 第12号】3-5 天内完成，进度 60%'],
    ['事件 #9 已受理', '事件 #9 已受理'],
    ['http://h5.example.gov/check_in?a=1&b=2', 'http://h5.example.gov/check_in?a=1&b=2'],
  ])('%j reads as it is', (text, shown) => {
    expect(toPlainMarkdown(text)).toBe(shown)
  })

  it.each([
    ['# 标题', '＃ 标题'],
    ['### 标题', '＃＃＃ 标题'],
    ['> 引用', '＞ 引用'],
    ['>引用', '＞引用'],
    ['- 一', '－ 一'],
    ['3. 三', '3． 三'],
    ['2) 二', '2） 二'],
    ['**粗** *斜* ~~删~~ `码`', '＊＊粗＊＊ ＊斜＊ ～～删～～ ｀码｀'],
    ['_斜_', '＿斜＿'],
    ['[点我](http://evil.example)', '[点我］(http://evil.example)'],
    ['![](http://evil.example/x.png)', '![］(http://evil.example/x.png)'],
    ['<@all> <@zhangsan>', '＜@all> ＜@zhangsan>'],
    ['<think>想</think>', '＜think>想＜/think>'],
    ['<a href="x">y</a>', '＜a href="x">y＜/a>'],
    ['&lt;b&gt; &#42;', '＆lt;b＆gt; ＆#42;'],
    ['a \\* b', 'a ＼＊ b'],
    ['| a | b |', '｜ a ｜ b ｜'],
    ['|---|:-:|', '｜－－－｜：－：｜'],
    ['---', '－－－'],
    ['===', '＝＝＝'],
    ['    缩进', '　　缩进'],
  ])('%j does nothing', (text, shown) => {
    expect(toPlainMarkdown(text)).toBe(shown)
  })

  it('keeps its lines', () => {
    expect(toPlainMarkdown('一\n二\n\n三')).toBe('一  \n二  \n  \n三')
  })

  it('turns back when its signs are folded', () => {
    const text = '# **a** _b_ [c](d) <e> `f` ~g~ |h|'
    expect(toPlainMarkdown(text).normalize('NFKC')).toBe(text)
  })
})
