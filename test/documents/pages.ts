import type { SheetPage } from '../../bot/documents/describe-sheet.ts'

export const PAGE: SheetPage = {
  street: '望江街道',
  number: '第12号',
  title: '出租房排查',
  date: '2026年11月18日',
  office: '消安办',
  marks: '加急',
  rows: [
    { name: '工作内容', words: '排查出租房' },
    { name: '任务要求', words: '逐户登记\n有记录' },
    { name: '时间节点', words: '12月4日（周五）24:00前' },
    { name: '考核规定', words: '漏一户扣0.5分' },
    { name: '下发范围', words: '全部网格' },
  ],
  attachments: '《排查表.xlsx》',
  drafter: '王科',
  reviewer: '高峰',
  signer: '陈晓（代方正）',
}
