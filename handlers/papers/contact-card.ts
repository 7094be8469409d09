import { z } from 'zod'
import { listCardLines, listNumbers, listServices } from '../organisation/card-content.ts'
import type { PaperKind, Section } from './paper.ts'

const dataSchema = z.object({ gridIds: z.array(z.string()) })

/** 民情联系卡: who the grid's people are and how to reach them, one grid a page. Source: S3B-02, S4D-08 */
export const contactCard: PaperKind = {
  kind: 'contact-card',
  async compose(desk, data) {
    const grids = dataSchema.parse(data).gridIds.flatMap(id => desk.roster.gridById(id) ?? [])
    if (grids.length === 0) throw new Error('the grids are gone')
    const services = listServices(desk.pack)
    const sections: Section[] = []
    for (const [index, grid] of grids.entries()) {
      const people = await listCardLines(desk, grid)
      const rows = people.map(({ post, name, phone }) => [post, name, phone ?? '　'])
      sections.push({
        heading: `${grid.community}${grid.name}`,
        ...(index > 0 && { newPage: true as const }),
        table: {
          columns: [
            { title: '岗位', width: 30 },
            { title: '姓名', width: 30 },
            { title: '电话', width: 40 },
          ],
          rows: rows.length > 0 ? rows : [['待定', '', '']],
        },
      })
      sections.push({
        lines: [
          services ? `有事请找我们：${services.join('、')}。` : '有困难、有诉求、发现隐患，请找我们。',
          `政务服务和紧急电话：${listNumbers(desk.pack)}`,
        ],
      })
    }
    const [first] = grids
    return {
      title: `${desk.roster.street.name}网格民情联系卡`,
      fileName: grids.length === 1 ? `民情联系卡-${first!.community}${first!.no}网格` : '民情联系卡',
      sections,
    }
  },
}
