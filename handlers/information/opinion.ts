import { isEmptyInfo } from '../../policy/information.ts'
import type { Command } from '../handler.ts'
import { plainWords } from '../plain-words.ts'
import { askForContent, fileInfo } from './file.ts'

/** What residents wish for, with or without a place or a name. Source: S0-09 (认真听取并及时反映群众意见建议) */
export const opinionCommand: Command = {
  name: 'opinion',
  matches: /^\s*(?:社情)?民意\s*[：:]\s*\S/u,
  who: 'submitInfo',
  dialog: { as: 'worker', turns: [['民意：3幢希望加路灯', '已记社情民意 1号']] },
  async run(ctx) {
    const text = plainWords(ctx.text)
    if (isEmptyInfo(ctx.pack, text)) return askForContent('publicOpinion')
    return fileInfo(ctx, { topic: 'publicOpinion', text, at: ctx.at })
  },
}

const BARE = /^\s*(信息|(?:社情)?民意)\s*[：:，,]?\s*(?:无|没有|暂无|无新增)?\s*[。.!！]?\s*$/u

/** The word alone says nothing yet. Source: S2-25 (empty ones do not count) */
export const bareInfoCommand: Command = {
  name: 'bareInfo',
  matches: BARE,
  who: 'submitInfo',
  dialog: {
    as: 'worker',
    turns: [
      ['信息：', '是什么情况'],
      ['新开了一家网吧', '已记信息'],
    ],
  },
  async run(ctx) {
    return askForContent(BARE.exec(ctx.text)?.[1] === '信息' ? 'other' : 'publicOpinion')
  },
}
