import { z } from 'zod'
import { listNumbers, listPosted, listServices } from '../organisation/card-content.ts'
import type { PaperKind, Section } from './paper.ts'

const dataSchema = z.object({ gridIds: z.array(z.string()) })

/** 上岗公示牌: grid, area, posts and names, duties; no telephone of anybody. Source: S4D-08 */
export const publicNotice: PaperKind = {
  kind: 'public-notice',
  async compose(desk, data) {
    const { roster, pack } = desk
    const grids = dataSchema.parse(data).gridIds.flatMap(id => roster.gridById(id) ?? [])
    if (grids.length === 0) throw new Error('the grids are gone')
    const services = listServices(pack)
    const sections = grids.flatMap((grid, index): Section[] => {
      const area = roster.places.filter(({ gridId, kind }) => gridId === grid.id && kind === 'building')
      const posted = listPosted(desk, grid)
      return [
        {
          heading: `${grid.community}${grid.name}（${grid.code}）`,
          ...(index > 0 && { newPage: true as const }),
          lines: area.length > 0 ? [`范围：${area.map(({ name }) => name).join('、')}`] : [],
        },
        {
          table: {
            columns: [
              { title: '岗位', width: 50 },
              { title: '姓名', width: 50 },
            ],
            rows: posted.length > 0 ? posted.map(({ post, name }) => [post, name]) : [['待定', '']],
          },
        },
        {
          lines: [
            services ? `工作职责：${services.join('；')}。` : '工作职责：（请填写）',
            `服务监督电话：${listNumbers(pack)}`,
          ],
        },
      ]
    })
    const [first] = grids
    return {
      title: `${roster.street.name}网格员上岗公示`,
      fileName: grids.length === 1 ? `上岗公示-${first!.community}${first!.no}网格` : '上岗公示',
      sections,
    }
  },
}
